"""The demo shop: nothing is sold that is not there, no time is taken twice, nothing is done twice."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from adapters.demo_shop.catalog import TireFilter
from adapters.demo_shop.fittings import BookingChange, NewBooking
from adapters.demo_shop.orders import Confirmation, DeliveryWish, NewOrder
from adapters.demo_shop.places import KYIV
from adapters.demo_shop.refusals import Conflict, Invalid, Refusal, Unknown
from adapters.demo_shop.shop import KEYS_ARE_KEPT, DemoShop
from domain.shop.catalog import Season
from domain.shop.fittings import Work
from domain.shop.orders import DeliveryType, OrderItem, OrderStatus, PaymentMethod

MORNING = datetime(2026, 11, 25, 9, 0, tzinfo=KYIV)
TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
CALLER, ANOTHER = "+380671234567", "+380671112233"
STATION = "st_dnipro_peremoha"
AT_TEN = time(10)
TO_THE_SHOP = DeliveryWish(type=DeliveryType.PICKUP, pickup_point_id="pp_dnipro_1")
CASH = Confirmation(payment=PaymentMethod.COD, customer_name="Іван")


class Clock:
    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shop(clock: Clock) -> Iterator[DemoShop]:
    shop = DemoShop(now=clock)
    shop.set_slots(STATION, TOMORROW, free=True)
    yield shop
    shop.close()


def a_tire(shop: DemoShop, *, stock: int) -> str:
    tire_id = shop.search_tires(TireFilter(brand="Nokian")).tires[0]["id"]
    shop.set_stock(tire_id, stock)
    return tire_id


def draft(shop: DemoShop, tire_id: str, quantity: int, *, key: str = "draft") -> str:
    wanted = NewOrder(phone=CALLER, items=[OrderItem(tire_id, quantity)])
    order_id = shop.create_order(wanted, key=key, request=key)["id"]
    shop.set_delivery(order_id, TO_THE_SHOP, key=f"{key} delivery", request="delivery")
    return order_id


def wish(
    *, at: time = AT_TEN, day: date = TOMORROW, work: Work = Work.TIRE_CHANGE, station: str = STATION
) -> NewBooking:
    return NewBooking(
        station_id=station,
        day=day,
        at=at,
        work=work,
        phone=CALLER,
        customer_name="Іван",
        vehicle_info="біла Skoda",
        tire_diameter=16,
    )


def is_free(shop: DemoShop, at: time, day: date = TOMORROW) -> bool:
    days = shop.slots(STATION, date_from=day, date_to=day, work=Work.TIRE_CHANGE)["slots"]
    return next(each["available"] for each in days[0]["times"] if each["time"] == at.strftime("%H:%M"))


def stock(shop: DemoShop, tire_id: str) -> int:
    return shop.availability(tire_id)["total_quantity"]


# What it sells


@pytest.mark.parametrize(
    "wanted",
    [
        TireFilter(width=205, profile=55, diameter=16),
        TireFilter(season=Season.WINTER),
        TireFilter(brand="NOKIAN"),
        TireFilter(model="hakka"),
        TireFilter(min_price=3_000_00, max_price=3_500_00),
        TireFilter(in_stock=True),
        TireFilter(in_stock=False),
    ],
    ids=str,
)
def test_a_search_finds_what_fits_and_nothing_else(shop: DemoShop, wanted: TireFilter) -> None:
    found = shop.search_tires(wanted, per_page=2000)
    everything = shop.search_tires(TireFilter(), per_page=2000).tires
    fits = [
        tire
        for tire in everything
        if (wanted.width is None or (tire["width"], tire["profile"], tire["diameter"]) == (205, 55, 16))
        and (wanted.season is None or tire["season"] == wanted.season.value)
        and (wanted.brand is None or tire["brand"] == "Nokian")
        and (wanted.model is None or "Hakka" in tire["model"])
        and (wanted.min_price is None or 3_000 <= tire["price"] <= 3_500)
        and (wanted.in_stock is None or tire["in_stock"] is wanted.in_stock)
    ]
    assert found.tires == fits
    assert 0 < found.total == len(fits) < len(everything)


def test_pages_follow_one_another_without_a_gap(shop: DemoShop) -> None:
    wanted = TireFilter(brand="Michelin", sort="price_asc")
    together = shop.search_tires(wanted, page=1, per_page=20).tires
    assert together == [tire for page in (1, 2) for tire in shop.search_tires(wanted, page=page, per_page=10).tires]
    assert [tire["price"] for tire in together] == sorted(tire["price"] for tire in together)


def test_stock_lies_where_the_warehouses_say(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=5)
    found = shop.availability(tire_id)
    assert [each["quantity"] for each in found["locations"]] == [3, 2]
    assert found["next_delivery"] is None
    shop.set_stock(tire_id, 0)
    sold_out = shop.availability(tire_id)
    assert (sold_out["in_stock"], sold_out["locations"], sold_out["next_delivery"]) == (False, [], "2026-12-02")


@pytest.mark.parametrize(("make", "model"), [("Volkswagen", "Golf"), ("VW", "golf"), ("vw", " Golf")])
def test_a_car_is_known_by_the_names_that_people_use(shop: DemoShop, make: str, model: str) -> None:
    found = shop.vehicle_tires(make, model, year=2015)
    assert found["vehicle"]["oem_sizes"] == ["195/65 R15", "205/55 R16"]
    assert {tire["size"] for tire in found["recommended_tires"]} <= {"195/65 R15", "205/55 R16"}


def test_a_car_without_a_year_has_the_sizes_of_all_its_years(shop: DemoShop) -> None:
    sizes = shop.vehicle_tires("Toyota", "Camry")["vehicle"]["oem_sizes"]
    assert sizes == ["215/60 R16", "215/55 R17", "205/65 R16"]


@pytest.mark.parametrize(("make", "year"), [("Tesla", None), ("Volkswagen", 1980)])
def test_an_unknown_car_is_said_to_be_unknown(shop: DemoShop, make: str, year: int | None) -> None:
    with pytest.raises(Unknown):
        shop.vehicle_tires(make, "Golf", year=year)


# Orders


def test_stock_goes_down_when_an_order_is_confirmed_and_not_before(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    order_id = draft(shop, tire_id, 4)
    assert stock(shop, tire_id) == 6
    order = shop.confirm_order(order_id, CASH, key="k", request="r")
    assert (order["order_number"], order["status"], stock(shop, tire_id)) == ("10245", "confirmed", 2)


def test_the_last_tires_are_sold_once(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    first, second = draft(shop, tire_id, 4, key="one"), draft(shop, tire_id, 4, key="two")
    shop.confirm_order(first, CASH, key="k1", request="r")
    with pytest.raises(Conflict) as refused:
        shop.confirm_order(second, CASH, key="k2", request="r")
    assert (refused.value.code, stock(shop, tire_id)) == ("out_of_stock", 2)
    assert shop.order(second)["status"] == "draft"


def test_the_same_tire_on_two_lines_counts_together(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    with pytest.raises(Conflict) as refused:
        shop.create_order(NewOrder(phone=CALLER, items=[OrderItem(tire_id, 4)] * 2), key="k", request="r")
    assert refused.value.code == "out_of_stock"


def test_the_total_holds_the_delivery(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    order_id = draft(shop, tire_id, 2)
    home = DeliveryWish(type=DeliveryType.DELIVERY, city="Днепр", address="вул. Робоча, 1")
    order = shop.set_delivery(order_id, home, key="home", request="r")
    assert order["delivery"] == {
        "type": "delivery",
        "city": "Дніпро",
        "address": "вул. Робоча, 1",
        "pickup_point_id": None,
        "cost": 150,
        "estimated_days": 1,
    }
    assert order["total"] == order["subtotal"] + 150 == shop.tire(tire_id)["price"] * 2 + 150


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (DeliveryWish(type=DeliveryType.DELIVERY, city="Дніпро"), "validation_error"),
        (DeliveryWish(type=DeliveryType.DELIVERY, address="вул. Робоча, 1"), "validation_error"),
        (DeliveryWish(type=DeliveryType.DELIVERY, city="Париж", address="вул. Робоча, 1"), "city_not_served"),
        (DeliveryWish(type=DeliveryType.PICKUP), "validation_error"),
        (DeliveryWish(type=DeliveryType.PICKUP, pickup_point_id="nowhere"), "unknown_pickup_point"),
    ],
)
def test_a_delivery_that_cannot_be_is_refused(shop: DemoShop, wish: DeliveryWish, code: str) -> None:
    order_id = draft(shop, a_tire(shop, stock=6), 1)
    with pytest.raises(Refusal) as refused:
        shop.set_delivery(order_id, wish, key="k", request="r")
    assert refused.value.code == code


def test_an_order_without_a_delivery_or_a_name_is_not_confirmed(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    bare = shop.create_order(NewOrder(phone=CALLER, items=[OrderItem(tire_id, 1)]), key="k", request="r")["id"]
    with pytest.raises(Conflict) as no_delivery:
        shop.confirm_order(bare, CASH, key="k2", request="r")
    with pytest.raises(Conflict) as no_name:
        shop.confirm_order(draft(shop, tire_id, 1), Confirmation(payment=PaymentMethod.ONLINE), key="k3", request="r")
    assert (no_delivery.value.code, no_name.value.code) == ("delivery_not_set", "customer_name_missing")


def test_a_confirmed_order_stays_as_it_is(shop: DemoShop) -> None:
    order_id = draft(shop, a_tire(shop, stock=6), 1)
    shop.confirm_order(order_id, CASH, key="k", request="r")
    with pytest.raises(Conflict):
        shop.set_delivery(order_id, TO_THE_SHOP, key="late", request="r")
    with pytest.raises(Conflict):
        shop.confirm_order(order_id, CASH, key="again", request="r")


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([], "validation_error"),
        ([OrderItem("tire_of_nobody", 4)], "unknown_product"),
        ([OrderItem("tire_of_nobody", 0)], "validation_error"),
        ([OrderItem("tire_of_nobody", 100)], "validation_error"),
    ],
)
def test_an_order_of_nothing_is_refused(shop: DemoShop, items: list[OrderItem], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        shop.create_order(NewOrder(phone=CALLER, items=items), key="k", request="r")
    assert refused.value.code == code


def test_another_persons_order_is_not_found(shop: DemoShop) -> None:
    (order,) = shop.orders(order_number="10240")
    assert shop.orders(phone=CALLER, order_number="10240") == []
    assert shop.order(order["id"], phone=ANOTHER) == order
    with pytest.raises(Unknown):
        shop.order(order["id"], phone=CALLER)


def test_orders_of_a_number_come_the_newest_first(shop: DemoShop) -> None:
    assert [order["order_number"] for order in shop.orders(phone="0671112233")] == ["10240", "10231"]
    assert [order["order_number"] for order in shop.orders(phone=ANOTHER, status=OrderStatus.DELIVERED)] == ["10231"]
    with pytest.raises(Invalid):
        shop.orders()


def test_a_draft_keeps_the_price_of_its_day(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    before = shop.tire(tire_id)["price"]
    order_id = draft(shop, tire_id, 1)
    assert shop.set_price(tire_id, 1_00)["price"] == 1
    assert shop.order(order_id)["subtotal"] == before


# Nothing is done twice


def test_the_same_key_gets_the_first_answer_and_orders_once(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    order_id = draft(shop, tire_id, 4)
    first = shop.confirm_order(order_id, CASH, key="k", request="r")
    shop.set_stock(tire_id, 50)
    assert shop.confirm_order(order_id, CASH, key="k", request="r") == first
    assert stock(shop, tire_id) == 50
    drafts = [
        shop.create_order(NewOrder(phone=CALLER, items=[OrderItem(tire_id, 1)]), key="d", request="r") for _ in "ab"
    ]
    assert drafts[0] == drafts[1]
    assert len([order for order in shop.all_orders() if order["customer_phone"] == CALLER]) == 2


def test_the_same_key_for_another_request_is_refused(shop: DemoShop) -> None:
    wanted = NewOrder(phone=CALLER, items=[OrderItem(a_tire(shop, stock=6), 1)])
    shop.create_order(wanted, key="k", request="this")
    with pytest.raises(Conflict) as refused:
        shop.create_order(wanted, key="k", request="that")
    assert refused.value.code == "idempotency_conflict"


def test_a_key_is_forgotten_after_a_day(shop: DemoShop, clock: Clock) -> None:
    wanted = NewOrder(phone=CALLER, items=[OrderItem(a_tire(shop, stock=6), 1)])
    first = shop.create_order(wanted, key="k", request="r")
    clock.at += KEYS_ARE_KEPT - timedelta(seconds=1)
    assert shop.create_order(wanted, key="k", request="r") == first
    clock.at += timedelta(seconds=1)
    assert shop.create_order(wanted, key="k", request="r")["id"] != first["id"]


def test_a_refusal_does_nothing_and_may_be_asked_again(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    order_id = draft(shop, tire_id, 4)
    shop.set_stock(tire_id, 1)
    with pytest.raises(Conflict):
        shop.confirm_order(order_id, CASH, key="k", request="r")
    shop.set_stock(tire_id, 4)
    assert shop.confirm_order(order_id, CASH, key="k", request="r")["order_number"] == "10245"


def test_what_was_done_and_its_answer_survive_a_restart(tmp_path: Path, clock: Clock) -> None:
    data = tmp_path / "shop.db"
    before = DemoShop(data, now=clock)
    tire_id = a_tire(before, stock=6)
    order_id = draft(before, tire_id, 4)
    first = before.confirm_order(order_id, CASH, key="k", request="r")
    before.close()
    after = DemoShop(data, now=clock)
    assert after.confirm_order(order_id, CASH, key="k", request="r") == first
    assert stock(after, tire_id) == 2
    after.close()


def test_two_processes_on_one_file_sell_the_last_tires_once(tmp_path: Path, clock: Clock) -> None:
    one, other = DemoShop(tmp_path / "shop.db", now=clock), DemoShop(tmp_path / "shop.db", now=clock)
    tire_id = a_tire(one, stock=4)
    order_id = draft(one, tire_id, 4)
    first = one.confirm_order(order_id, CASH, key="k", request="r")
    assert other.confirm_order(order_id, CASH, key="k", request="r") == first
    assert stock(other, tire_id) == 0
    one.close()
    other.close()


def test_a_reset_forgets_everything(shop: DemoShop) -> None:
    tire_id = a_tire(shop, stock=6)
    draft(shop, tire_id, 4)
    shop.reset()
    assert not [order for order in shop.all_orders() if order["customer_phone"] == CALLER]
    draft(shop, tire_id, 1)


# Fitting


def test_a_time_is_taken_by_the_first_and_free_again_when_he_cancels(shop: DemoShop) -> None:
    booking = shop.book(wish(), key="k", request="r")
    assert not is_free(shop, AT_TEN)
    with pytest.raises(Conflict) as refused:
        shop.book(wish(), key="k2", request="r")
    assert refused.value.code == "slot_taken"
    shop.cancel_booking(booking["id"], phone=CALLER, key="k3", request="r")
    assert is_free(shop, AT_TEN)
    assert shop.bookings_of(CALLER) == []
    with pytest.raises(Conflict):
        shop.cancel_booking(booking["id"], phone=CALLER, key="k4", request="r")


def test_a_changed_booking_leaves_its_time_to_others(shop: DemoShop) -> None:
    booking = shop.book(wish(), key="k", request="r")
    later = BookingChange(at=time(11), vehicle_info="чорна Kia")
    changed = shop.change_booking(booking["id"], later, phone=CALLER, key="k2", request="r")
    assert (changed["time"], changed["vehicle_info"], changed["date"]) == ("11:00", "чорна Kia", booking["date"])
    assert is_free(shop, AT_TEN)
    assert not is_free(shop, time(11))
    same_time = BookingChange(tire_diameter=17)
    assert shop.change_booking(booking["id"], same_time, phone=None, key="k3", request="r")["tire_diameter"] == 17


def test_another_persons_booking_is_not_found(shop: DemoShop) -> None:
    booking = shop.book(wish(), key="k", request="r")
    with pytest.raises(Unknown):
        shop.cancel_booking(booking["id"], phone=ANOTHER, key="k2", request="r")
    with pytest.raises(Unknown):
        shop.change_booking(booking["id"], BookingChange(at=time(11)), phone=ANOTHER, key="k3", request="r")
    assert not is_free(shop, AT_TEN)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (wish(at=time(10, 15)), "no_such_slot"),
        (wish(at=time(18)), "no_such_slot"),
        (wish(day=TODAY), "outside_booking_window"),
        (wish(day=TODAY + timedelta(days=22)), "outside_booking_window"),
        (wish(station="st_nowhere"), "unknown_station"),
        (wish(station="st_dnipro_zaporizke", work=Work.FULL_SERVICE), "service_not_offered"),
    ],
)
def test_a_booking_that_cannot_be_is_refused(shop: DemoShop, wanted: NewBooking, code: str) -> None:
    with pytest.raises(Conflict) as refused:
        shop.book(wanted, key="k", request="r")
    assert refused.value.code == code


def test_times_are_told_from_tomorrow_for_three_weeks(shop: DemoShop) -> None:
    days = shop.slots(STATION, date_from=TODAY, date_to=TODAY + timedelta(days=60), work=Work.TIRE_CHANGE)["slots"]
    assert (days[0]["date"], days[-1]["date"], len(days)) == ("2026-11-26", "2026-12-16", 21)
    assert [days[0]["times"][0]["time"], days[0]["times"][-1]["time"]] == ["09:00", "17:30"]
    assert len(shop.slots(STATION, work=Work.TIRE_CHANGE)["slots"]) == 7
    free = [each["available"] for day in days[1:] for each in day["times"]]
    assert 0.4 < sum(free) / len(free) < 0.8


def test_a_full_day_has_no_free_time(shop: DemoShop) -> None:
    shop.set_slots(STATION, TOMORROW, free=False)
    shop.set_slots(STATION, TOMORROW, time(15), free=True)
    assert [at for hour in range(9, 18) if is_free(shop, at := time(hour))] == [time(15)]


def test_a_station_that_does_not_do_the_work_has_no_times_for_it(shop: DemoShop) -> None:
    assert shop.slots("st_dnipro_zaporizke", work=Work.FULL_SERVICE)["slots"] == []


def test_bookings_of_a_number_lie_ahead_the_earliest_first(shop: DemoShop, clock: Clock) -> None:
    marina = "+380991234567"
    assert [each["date"] for each in shop.bookings_of(marina)] == ["2026-11-28", "2026-12-04"]
    clock.at += timedelta(days=4)
    assert [each["date"] for each in shop.bookings_of(marina)] == ["2026-12-04"]


def test_fitting_costs_more_for_greater_wheels_and_in_the_capital(shop: DemoShop) -> None:
    outside, kyiv = shop.fitting_prices(), shop.fitting_prices(station_id="st_kyiv_pozniaky")
    change = outside[0]["prices_by_diameter"]
    assert list(change.values()) == sorted(change.values())
    assert kyiv[0]["prices_by_diameter"]["16"] > change["16"]
    assert list(shop.fitting_prices(diameter=16)[0]["prices_by_diameter"]) == ["16"]


def test_the_price_of_a_booking_is_that_of_the_list(shop: DemoShop) -> None:
    booking = shop.book(wish(), key="k", request="r")
    assert booking["price"] == shop.fitting_prices(station_id=STATION, diameter=16)[0]["prices_by_diameter"]["16"]


# Storage


@pytest.mark.parametrize(
    ("phone", "contract", "found"),
    [
        ("+380631234567", None, ["ЗБ-1103", "ЗБ-1104"]),
        ("+380631234567", "1104", ["ЗБ-1104"]),
        ("+380631234567", "зб 1104", ["ЗБ-1104"]),
        (None, "ЗБ-1077", ["ЗБ-1077"]),
        (CALLER, "ЗБ-1077", []),
    ],
)
def test_stored_tires_are_found_by_number_and_contract(
    shop: DemoShop, phone: str | None, contract: str | None, found: list[str]
) -> None:
    assert [each["number"] for each in shop.storage_contracts(phone=phone, contract=contract)] == found


def test_only_his_own_stored_tires_are_fitted(shop: DemoShop) -> None:
    wanted = NewBooking(
        station_id=STATION,
        day=TOMORROW,
        at=AT_TEN,
        work=Work.TIRE_CHANGE,
        phone=CALLER,
        customer_name="Іван",
        vehicle_info="Skoda",
        storage_contract="ЗБ-1077",
    )
    with pytest.raises(Conflict) as refused:
        shop.book(wanted, key="k", request="r")
    assert refused.value.code == "unknown_contract"


@pytest.mark.parametrize("phone", ["", "anonymous", "12345", "+38067123456789012"])
def test_what_is_no_telephone_number_is_refused(shop: DemoShop, phone: str) -> None:
    with pytest.raises(Invalid):
        shop.orders(phone=phone)
