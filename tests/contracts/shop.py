"""What every shop promises, whether it is asked over HTTP or in memory.

The shop is the demo shop, on a day of November, with the customers that it
begins with; `inside` is its own view of itself.
"""

from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta
from uuid import UUID

import anyio
import pytest

from adapters.demo_shop.shop import DemoShop
from application.ports.shop import NotFound, Shop, ShopRefused
from domain.money import Money
from domain.shop.catalog import Season, Tire, TireQuery, TireSize
from domain.shop.fittings import Booking, BookingWish, Slot, Work
from domain.shop.orders import Delivery, DeliveryType, Order, OrderItem, OrderStatus, PaymentMethod

TODAY = date(2026, 11, 25)
TOMORROW = TODAY + timedelta(days=1)
CALL = UUID(int=7)
CALLER, CUSTOMER, BOOKER, STORER = "+380670000001", "+380671112233", "+380501234567", "+380631234567"
SIZE = TireSize(205, 55, 16)
WINTER = TireQuery(width=205, profile=55, diameter=16, season=Season.WINTER)
TO_AN_ADDRESS = Delivery(type=DeliveryType.DELIVERY, city="Дніпро", address="вул. Робоча, 152, кв. 8")
STATION = "st_dnipro_peremoha"


class ShopContract:
    # What is sold

    async def test_a_search_finds_what_fits_and_nothing_else(self, shop: Shop) -> None:
        found = await shop.search_tires(WINTER)
        assert 3 <= len(found) <= 20
        assert {(tire.size, tire.season, tire.in_stock) for tire in found} == {(SIZE, Season.WINTER, True)}
        assert all(tire.price > Money(0) and tire.brand and tire.model and tire.load_index for tire in found)
        assert list(await shop.search_tires(WINTER, limit=2)) == list(found[:2])

    async def test_a_search_respects_each_wish(self, shop: Shop, inside: DemoShop) -> None:
        found = await shop.search_tires(WINTER)
        dearest = max(found, key=lambda tire: tire.price)
        limit = Money(dearest.price.kopecks - 1)
        wish = TireQuery(width=205, profile=55, diameter=16, season=Season.WINTER, max_price=limit)
        assert dearest.id not in {tire.id for tire in await shop.search_tires(wish)}
        wish = TireQuery(brand=dearest.brand, model=dearest.model, diameter=16)
        assert {(tire.brand, tire.model) for tire in await shop.search_tires(wish)} == {(dearest.brand, dearest.model)}
        inside.set_stock(dearest.id, 0)
        assert dearest.id not in {tire.id for tire in await shop.search_tires(WINTER)}
        sold_out = TireQuery(width=205, profile=55, diameter=16, season=Season.WINTER, in_stock=False)
        assert dearest.id in {tire.id for tire in await shop.search_tires(sold_out)}

    async def test_a_search_without_wishes_comes_in_as_many_as_are_asked_for(self, shop: Shop) -> None:
        found = await shop.search_tires(TireQuery(in_stock=None), limit=120)
        assert len({tire.id for tire in found}) == 120

    async def test_nothing_found_is_an_empty_answer(self, shop: Shop) -> None:
        assert list(await shop.search_tires(TireQuery(width=305, profile=30, diameter=21))) == []

    async def test_stock_is_told_with_the_places_where_it_lies(self, shop: Shop, inside: DemoShop) -> None:
        tire = await any_tire(shop)
        inside.set_stock(tire.id, 7)
        available = await shop.availability(tire.id)
        assert (available.tire_id, available.total_quantity, available.in_stock) == (tire.id, 7, True)
        assert sum(stock.quantity for stock in available.locations) == 7
        inside.set_stock(tire.id, 0)
        available = await shop.availability(tire.id)
        assert (available.total_quantity, available.in_stock) == (0, False)
        assert available.next_delivery is not None and available.next_delivery > TODAY

    @pytest.mark.parametrize("tire_id", ["no such tyre", "", "..", "a/b"])
    async def test_a_tire_that_is_not_there_is_not_found(self, shop: Shop, tire_id: str) -> None:
        with pytest.raises(NotFound):
            await shop.availability(tire_id)

    async def test_a_car_is_known_with_its_sizes(self, shop: Shop) -> None:
        car = await shop.vehicle("toyota", "corolla", 2018)
        assert (car.make, car.model, car.year) == ("Toyota", "Corolla", 2018)
        assert SIZE in (*car.oem_sizes, *car.acceptable_sizes)
        assert all(tire.size in (*car.oem_sizes, *car.acceptable_sizes) for tire in car.recommended)
        assert (await shop.vehicle("Toyota", "Corolla")).year is None

    @pytest.mark.parametrize(("make", "model", "year"), [("Toyota", "Spaceship", None), ("Toyota", "Corolla", 1951)])
    async def test_a_car_that_the_shop_does_not_know_is_not_found(
        self, shop: Shop, make: str, model: str, year: int | None
    ) -> None:
        with pytest.raises(NotFound):
            await shop.vehicle(make, model, year)

    async def test_brands_are_all_that_are_sold_each_once(self, shop: Shop) -> None:
        brands = await shop.brands()
        assert len(brands) == len(set(brands)) >= 20
        assert {"Michelin", "Nokian", "Premiorri"} <= set(brands)

    # Orders

    async def test_an_order_goes_from_draft_to_confirmed_with_exact_totals(self, shop: Shop, inside: DemoShop) -> None:
        tire = await any_tire(shop)
        inside.set_stock(tire.id, 10)
        draft = await shop.create_order([OrderItem(tire.id, 4)], phone=CALLER, call_id=CALL, key="create")
        assert (draft.status, draft.order_number, draft.total) == (OrderStatus.DRAFT, None, tire.price * 4)
        assert draft.items == (OrderItem(tire.id, 4),)

        delivered = await shop.set_delivery(draft.id, TO_AN_ADDRESS, key="deliver")
        cost, days = await shop.delivery_cost("Дніпро")
        assert delivered.delivery == Delivery(
            type=DeliveryType.DELIVERY, city="Дніпро", address=TO_AN_ADDRESS.address, cost=cost, estimated_days=days
        )
        assert (delivered.subtotal, delivered.total) == (tire.price * 4, tire.price * 4 + cost)

        confirmed = await confirm(shop, draft.id)
        assert (confirmed.status, confirmed.total) == (OrderStatus.CONFIRMED, delivered.total)
        assert confirmed.order_number is not None and confirmed.order_number.isdecimal()
        assert confirmed.created_on == TODAY
        assert confirmed.estimated_delivery is not None and confirmed.estimated_delivery >= TODAY
        assert (await shop.availability(tire.id)).total_quantity == 6
        assert await shop.order(confirmed.order_number, phone=CALLER) == confirmed
        (kept,) = [order for order in inside.all_orders() if order["customer_phone"] == CALLER]
        assert (kept["call_id"], kept["customer_name"], kept["payment_method"]) == (str(CALL), "Олена", "cod")

    async def test_an_order_may_be_fetched_at_a_point(self, shop: Shop) -> None:
        point = (await shop.pickup_points("Київ"))[0]
        draft = await order_draft(shop)
        wish = Delivery(type=DeliveryType.PICKUP, pickup_point_id=point.id)
        fetched = await shop.set_delivery(draft.id, wish, key="deliver")
        assert fetched.delivery is not None
        assert (fetched.delivery.type, fetched.delivery.pickup_point_id) == (DeliveryType.PICKUP, point.id)
        assert fetched.delivery.cost == Money(0) and fetched.total == fetched.subtotal

    async def test_whoever_asks_again_with_the_same_key_gets_the_first_answer(
        self, shop: Shop, inside: DemoShop
    ) -> None:
        tire = await any_tire(shop)
        inside.set_stock(tire.id, 10)
        items = [OrderItem(tire.id, 2)]
        first = await shop.create_order(items, phone=CALLER, call_id=CALL, key="create")
        assert await shop.create_order(items, phone=CALLER, call_id=CALL, key="create") == first
        set_once = await shop.set_delivery(first.id, TO_AN_ADDRESS, key="deliver")
        assert await shop.set_delivery(first.id, TO_AN_ADDRESS, key="deliver") == set_once
        confirmed = await confirm(shop, first.id)
        assert await confirm(shop, first.id) == confirmed
        assert [order.id for order in await shop.orders_of(CALLER)] == [first.id]
        assert (await shop.availability(tire.id)).total_quantity == 8

    async def test_all_who_ask_at_once_with_the_same_key_get_one_answer(self, shop: Shop) -> None:
        tire = await any_tire(shop)
        answers: list[Order] = []

        async def create() -> None:
            items = [OrderItem(tire.id, 1)]
            answers.append(await shop.create_order(items, phone=CALLER, call_id=CALL, key="one-key"))

        async with anyio.create_task_group() as group:
            for _ in range(5):
                group.start_soon(create)
        assert len({answer.id for answer in answers}) == 1
        assert len(await shop.orders_of(CALLER)) == 1

    async def test_a_key_for_other_content_is_refused(self, shop: Shop) -> None:
        tire = await any_tire(shop)
        await shop.create_order([OrderItem(tire.id, 1)], phone=CALLER, call_id=CALL, key="key")
        await refused(
            "idempotency_conflict",
            lambda: shop.create_order([OrderItem(tire.id, 2)], phone=CALLER, call_id=CALL, key="key"),
        )

    async def test_what_is_sold_out_meanwhile_is_refused_and_nothing_is_done(
        self, shop: Shop, inside: DemoShop
    ) -> None:
        draft = await order_draft(shop)
        await shop.set_delivery(draft.id, TO_AN_ADDRESS, key="deliver")
        inside.set_stock(draft.items[0].tire_id, 1)
        await refused("out_of_stock", lambda: confirm(shop, draft.id))
        assert (await shop.availability(draft.items[0].tire_id)).total_quantity == 1
        assert [order.status for order in await shop.orders_of(CALLER)] == [OrderStatus.DRAFT]
        inside.set_stock(draft.items[0].tire_id, 8)
        assert (await confirm(shop, draft.id)).status is OrderStatus.CONFIRMED, "a refusal is not kept under its key"

    async def test_more_than_there_is_is_refused_at_once(self, shop: Shop, inside: DemoShop) -> None:
        tire = await any_tire(shop)
        inside.set_stock(tire.id, 3)
        await refused(
            "out_of_stock", lambda: shop.create_order([OrderItem(tire.id, 4)], phone=CALLER, call_id=CALL, key="k")
        )

    async def test_what_cannot_be_right_is_refused(self, shop: Shop) -> None:
        items = [OrderItem("no such tyre", 4)]
        with pytest.raises(ShopRefused):
            await shop.create_order(items, phone=CALLER, call_id=CALL, key="k")
        draft = await order_draft(shop)
        nowhere = Delivery(type=DeliveryType.DELIVERY, city="Атлантида", address="вул. Довга, 1")
        with pytest.raises(ShopRefused):
            await shop.set_delivery(draft.id, nowhere, key="k2")
        with pytest.raises(NotFound):
            await shop.set_delivery("no such order", TO_AN_ADDRESS, key="k3")
        with pytest.raises(ShopRefused):
            await confirm(shop, draft.id, key="too-early")

    async def test_orders_are_those_of_a_number_the_newest_first(self, shop: Shop) -> None:
        orders = await shop.orders_of(CUSTOMER)
        assert [order.order_number for order in orders] == ["10240", "10231"]
        assert orders[0].status is OrderStatus.DELIVERING
        assert orders[0].status_label and orders[0].items_summary and orders[0].tracking_number
        assert list(await shop.orders_of(CALLER)) == []

    async def test_another_persons_order_is_as_unknown_as_one_that_is_not_there(self, shop: Shop) -> None:
        assert (await shop.order("10240", phone=CUSTOMER)).order_number == "10240"
        for number, phone in (("10240", CALLER), ("99999", CUSTOMER)):
            with pytest.raises(NotFound):
                await shop.order(number, phone=phone)

    async def test_delivery_and_points_are_known_by_city(self, shop: Shop) -> None:
        points = await shop.pickup_points()
        assert {point.city for point in points} >= {"Дніпро", "Київ", "Запоріжжя", "Харків", "Черкаси"}
        in_kyiv = await shop.pickup_points("Київ")
        assert list(in_kyiv) == [point for point in points if point.city == "Київ"]
        assert all(point.name and point.address and point.hours for point in points)
        cost, days = await shop.delivery_cost("Львів")
        assert cost > Money(0) and days > 0
        with pytest.raises(NotFound):
            await shop.delivery_cost("Атлантида")
        assert list(await shop.pickup_points("Атлантида")) == []

    # Fitting and storage

    async def test_stations_are_known_by_city(self, shop: Shop) -> None:
        stations = await shop.stations()
        assert len(stations) == 15
        assert all(each.name and each.district and each.address and each.services for each in stations)
        in_dnipro = await shop.stations("Дніпро")
        assert list(in_dnipro) == [each for each in stations if each.city == "Дніпро"]
        assert list(await shop.stations("Атлантида")) == []

    async def test_free_times_are_those_of_the_days_asked_for_the_earliest_first(
        self, shop: Shop, inside: DemoShop
    ) -> None:
        inside.set_slots(STATION, TOMORROW, free=False)
        inside.set_slots(STATION, TOMORROW, time(10, 30), free=True)
        inside.set_slots(STATION, TOMORROW, time(9), free=True)
        found = await shop.slots(STATION, TOMORROW, TOMORROW, Work.TIRE_CHANGE)
        assert list(found) == [Slot(STATION, TOMORROW, time(9)), Slot(STATION, TOMORROW, time(10, 30))]
        week = await shop.slots(STATION, TOMORROW, TOMORROW + timedelta(days=6), Work.TIRE_CHANGE)
        assert list(week) == sorted(week) and len({slot.date for slot in week}) > 1
        assert list(await shop.slots(STATION, TODAY - timedelta(days=9), TODAY, Work.TIRE_CHANGE)) == []

    async def test_a_station_that_is_not_there_is_not_found(self, shop: Shop) -> None:
        with pytest.raises(NotFound):
            await shop.slots("no such station", TOMORROW, TOMORROW, Work.TIRE_CHANGE)

    async def test_a_booking_takes_its_time_and_its_cancellation_frees_it(self, shop: Shop, inside: DemoShop) -> None:
        wish = await any_wish(shop, inside)
        booking = await book(shop, wish)
        assert (booking.station_id, booking.date, booking.time) == (STATION, wish.slot.date, wish.slot.time)
        assert (booking.work, booking.car) == (Work.TIRE_CHANGE, wish.car)
        assert booking.estimated_minutes and booking.price and booking.station
        station = next(each for each in await shop.stations() if each.id == STATION)
        assert station.name in booking.station and station.address in booking.station
        prices = {price.work: price for price in await shop.prices(diameter=16, station_id=STATION)}
        assert booking.price == prices[Work.TIRE_CHANGE].by_diameter[16]

        assert list(await shop.bookings_of(CALLER)) == [booking]
        assert wish.slot not in await free_tomorrow(shop)
        await refused("slot_taken", lambda: book(shop, wish, phone=CUSTOMER, key="anothers"))

        await shop.cancel(booking.id, phone=CALLER, key="cancel")
        assert list(await shop.bookings_of(CALLER)) == []
        assert wish.slot in await free_tomorrow(shop)

    async def test_a_booking_and_a_cancellation_are_done_once(self, shop: Shop, inside: DemoShop) -> None:
        wish = await any_wish(shop, inside)
        booking = await book(shop, wish)
        assert await book(shop, wish) == booking
        assert len(await shop.bookings_of(CALLER)) == 1
        await shop.cancel(booking.id, phone=CALLER, key="cancel")
        await shop.cancel(booking.id, phone=CALLER, key="cancel")
        other = await book(shop, wish, key="book-again")
        await shop.cancel(booking.id, phone=CALLER, key="cancel")
        assert list(await shop.bookings_of(CALLER)) == [other], "the new one stands"

    async def test_another_persons_booking_cannot_be_cancelled(self, shop: Shop) -> None:
        (booking,) = await shop.bookings_of(BOOKER)
        for booking_id, phone in ((booking.id, CALLER), ("no such booking", BOOKER)):
            with pytest.raises(NotFound):
                await shop.cancel(booking_id, phone=phone, key=f"cancel-{phone}")
        assert list(await shop.bookings_of(BOOKER)) == [booking]

    async def test_a_time_that_is_none_is_refused(self, shop: Shop) -> None:
        for slot in (
            Slot(STATION, TODAY, time(10)),
            Slot(STATION, TODAY + timedelta(days=22), time(10)),
            Slot(STATION, TOMORROW, time(3)),
        ):
            with pytest.raises(ShopRefused):
                await book(shop, a_wish(slot), key=f"{slot.date}-{slot.time}")

    async def test_bookings_are_those_of_a_number_the_earliest_first(self, shop: Shop) -> None:
        bookings = await shop.bookings_of("+380991234567")
        assert [booking.date - TODAY for booking in bookings] == [timedelta(days=3), timedelta(days=9)]

    async def test_prices_are_by_work_and_diameter(self, shop: Shop) -> None:
        prices = await shop.prices()
        assert {price.work for price in prices} == set(Work)
        assert all(price.label and {13, 16, 20} <= set(price.by_diameter) for price in prices)
        of_one = await shop.prices(diameter=16)
        assert {tuple(price.by_diameter) for price in of_one} == {(16,)}
        with pytest.raises(NotFound):
            await shop.prices(station_id="no such station")

    async def test_stored_tires_are_their_owners_alone(self, shop: Shop) -> None:
        contracts = await shop.storage_contracts(phone=STORER)
        assert [contract.number for contract in contracts] == ["ЗБ-1103", "ЗБ-1104"]
        assert [contract.debt for contract in contracts] == [Money(0), Money.hryvnias(120)]
        assert all(contract.place and contract.items for contract in contracts)
        assert list(await shop.storage_contracts(phone=STORER, contract="ЗБ-1104")) == [contracts[1]]
        assert list(await shop.storage_contracts(phone=CALLER, contract="ЗБ-1104")) == []
        assert list(await shop.storage_contracts(phone=CALLER)) == []


async def any_tire(shop: Shop) -> Tire:
    return (await shop.search_tires(WINTER))[0]


async def order_draft(shop: Shop) -> Order:
    plenty = [tire for tire in await shop.search_tires(WINTER) if tire.stock_quantity >= 4]
    return await shop.create_order([OrderItem(plenty[0].id, 4)], phone=CALLER, call_id=CALL, key="create")


async def confirm(shop: Shop, order_id: str, *, key: str = "confirm") -> Order:
    return await shop.confirm_order(order_id, payment=PaymentMethod.COD, customer_name="Олена", key=key)


def a_wish(slot: Slot) -> BookingWish:
    return BookingWish(
        slot=slot, work=Work.TIRE_CHANGE, customer_name="Олена", car="Toyota Corolla, синя", tire_diameter=16
    )


async def any_wish(shop: Shop, inside: DemoShop) -> BookingWish:
    inside.set_slots(STATION, TOMORROW, free=True)
    return a_wish((await free_tomorrow(shop))[0])


async def free_tomorrow(shop: Shop) -> list[Slot]:
    return list(await shop.slots(STATION, TOMORROW, TOMORROW, Work.TIRE_CHANGE))


async def book(shop: Shop, wish: BookingWish, *, phone: str = CALLER, key: str = "book") -> Booking:
    return await shop.book(wish, phone=phone, call_id=CALL, key=key)


async def refused(code: str, act: Callable[[], Awaitable[object]]) -> None:
    with pytest.raises(ShopRefused) as caught:
        await act()
    assert caught.value.code == code
