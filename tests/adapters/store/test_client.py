"""What the Store API says is what the shop's values hold, and what it must not say is no answer."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

import anyio
import pytest

from adapters.store.client import StoreClient
from application.ports.shop import NotFound
from domain.errors import Unavailable
from domain.money import Money
from domain.shop.catalog import Availability, Season, Stock, Tire, TireQuery, TireSize, Vehicle
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract, Work
from domain.shop.orders import Delivery, DeliveryType, Order, OrderItem, OrderStatus, PaymentMethod, PickupPoint
from tests.adapters.store.documents import ORDER, PHONE, TIRE
from tests.adapters.store.raw_shop import KEY, Asked, RawShop, data, raw_shop, says

pytestmark = pytest.mark.anyio

CALL = UUID(int=7)
TODAY = date(2026, 11, 25)
SIZE = TireSize(205, 55, 16)
SLOT = Slot("st_1", date(2026, 11, 26), time(10))
WISH = BookingWish(slot=SLOT, work=Work.TIRE_CHANGE, customer_name="Олена", car="Toyota Corolla, синя")
X_ICE = Tire(
    id="t1",
    brand="Michelin",
    model="X-Ice Snow",
    size=SIZE,
    season=Season.WINTER,
    load_index="94",
    speed_index="H",
    price=Money(345_050),
    stock_quantity=12,
)
BOOKING: dict[str, object] = {
    "id": "bk_1",
    "station": {"id": "st_1", "name": "Шини на Перемозі", "city": "Дніпро", "address": "вул. Набережна, 5"},
    "date": "2026-11-26",
    "time": "9:30",
    "estimated_duration_min": 40,
    "price": "800.00",
    "currency": "UAH",
}
BOOKED = Booking(
    id="bk_1",
    station_id="st_1",
    station="Шини на Перемозі, вул. Набережна, 5",
    date=date(2026, 11, 26),
    time=time(9, 30),
    estimated_minutes=40,
    price=Money(80_000),
)


@pytest.fixture
async def shop() -> AsyncIterator[RawShop]:
    async with raw_shop() as shop:
        yield shop


@dataclass(slots=True)
class Clock:
    at: float = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def client(shop: RawShop, clock: Clock) -> AsyncIterator[StoreClient]:
    client = StoreClient(url=f"{shop.url}/", key=KEY, now=clock, today=lambda: TODAY, pauses_seconds=(0.001, 0.001))
    yield client
    await client.close()


Ask = Callable[[StoreClient], Awaitable[object]]

READS: list[tuple[str, Ask, object, object]] = [
    (
        "/tires/search?width=205&profile=55&diameter=16&season=winter&brand=Michelin&max_price=4000.5"
        "&in_stock=true&sort=popularity&per_page=20",
        lambda shop: shop.search_tires(
            TireQuery(
                width=205, profile=55, diameter=16, season=Season.WINTER, brand="Michelin", max_price=Money(400_050)
            )
        ),
        [TIRE],
        [X_ICE],
    ),
    (
        "/tires/t1/availability",
        lambda shop: shop.availability("t1"),
        {
            "total_quantity": 8,
            "in_stock": True,
            "locations": [{"warehouse": "Дніпро", "quantity": 8, "available_from": "2026-11-25T08:00:00+02:00"}],
            "next_delivery": None,
        },
        Availability(tire_id="t1", total_quantity=8, locations=(Stock("Дніпро", 8, TODAY),)),
    ),
    (
        "/vehicles/tires?make=toyota&model=Corolla&year=2018",
        lambda shop: shop.vehicle("toyota", "Corolla", 2018),
        {
            "vehicle": {"make": "Toyota", "oem_sizes": ["205/55 R16"], "acceptable_sizes": ["195/65R15"]},
            "recommended_tires": [TIRE],
        },
        Vehicle(
            make="Toyota",
            model="Corolla",
            year=2018,
            oem_sizes=(SIZE,),
            acceptable_sizes=(TireSize(195, 65, 15),),
            recommended=(X_ICE,),
        ),
    ),
    (
        "/orders/search?phone=%2B380671234567&order_number=10245",
        lambda shop: shop.order("10245", phone=PHONE),
        [ORDER],
        Order(
            id="ord_1",
            order_number="10245",
            status=OrderStatus.CONFIRMED,
            status_label="підтверджено",
            total=Money(1_392_000),
            items_summary="Michelin X-Ice Snow × 4",
        ),
    ),
    (
        "/pickup-points?city=%D0%9A%D0%B8%D1%97%D0%B2",
        lambda shop: shop.pickup_points("Київ"),
        [{"id": 5, "name": "Пункт", "city": "Київ", "address": "вул. Довга, 1", "hours": "9–18"}],
        [PickupPoint(id="5", name="Пункт", city="Київ", address="вул. Довга, 1", hours="9–18")],
    ),
    (
        "/delivery/calculate?city=Lviv",
        lambda shop: shop.delivery_cost("Lviv"),
        {"cost": 120, "days": 2},
        (Money(12_000), 2),
    ),
    (
        "/fitting/stations",
        lambda shop: shop.stations(),
        [
            {
                "id": "st_1",
                "name": "Центр",
                "city": "Дніпро",
                "district": "Центр",
                "address": "вул. Довга, 1",
                "phone": "+380562000000",
                "working_hours": "9–18",
                "services": ["tire_change", "car_wash"],
            }
        ],
        [
            Station(
                id="st_1",
                name="Центр",
                city="Дніпро",
                district="Центр",
                address="вул. Довга, 1",
                phone="+380562000000",
                working_hours="9–18",
                services=(Work.TIRE_CHANGE,),
            )
        ],
    ),
    (
        "/fitting/stations/st_1/slots?date_from=2026-11-26&date_to=2026-11-27&service_type=balancing",
        lambda shop: shop.slots("st_1", date(2026, 11, 26), date(2026, 11, 27), Work.BALANCING),
        {
            "slots": [
                {"date": "2026-11-28", "times": [{"time": "10:00", "available": True}]},
                {"date": "2026-11-27", "times": [{"time": "10:00", "available": False}]},
                {
                    "date": "2026-11-26",
                    "times": [{"time": "10:30", "available": True}, {"time": "10:00", "available": True}],
                },
            ]
        },
        [SLOT, Slot("st_1", date(2026, 11, 26), time(10, 30))],
    ),
    (
        "/fitting/prices?tire_diameter=16",
        lambda shop: shop.prices(diameter=16),
        [
            {"service": "tire_change", "label": "Перевзування", "prices_by_diameter": {"R16": 600, "17": 650.5}},
            {"service": "car_wash", "label": "Мийка", "prices_by_diameter": {}},
        ],
        [FittingPrice(work=Work.TIRE_CHANGE, label="Перевзування", by_diameter={16: Money(60_000), 17: Money(65_050)})],
    ),
    (
        "/storage/contracts?phone=%2B380671234567",
        lambda shop: shop.storage_contracts(phone=PHONE),
        [
            {"number": "ЗБ-1", "place": "Київ", "items": "4 шини", "debt": 0},
            {"number": "ЗБ-2", "place": "Київ", "items": ["4 шини", "2 диски"], "debt": 450},
        ],
        [
            StorageContract(number="ЗБ-1", place="Київ", items="4 шини", debt=Money(0)),
            StorageContract(number="ЗБ-2", place="Київ", items="4 шини, 2 диски", debt=Money(45_000)),
        ],
    ),
    (
        "/fitting/bookings?phone=%2B380671234567",
        lambda shop: shop.bookings_of(PHONE),
        [
            {**BOOKING, "id": "bk_2", "date": "2026-11-30", "station": "Станція на Перемозі", "station_id": "st_2"},
            {**BOOKING, "id": "bk_3", "status": "cancelled"},
            {**BOOKING, "id": "bk_4", "date": "2026-11-24"},
            BOOKING,
        ],
        [
            BOOKED,
            Booking(
                id="bk_2",
                station_id="st_2",
                station="Станція на Перемозі",
                date=date(2026, 11, 30),
                time=time(9, 30),
                estimated_minutes=40,
                price=Money(80_000),
            ),
        ],
    ),
]


@pytest.mark.parametrize(("path", "ask", "answer", "value"), READS, ids=[path.partition("?")[0] for path, *_ in READS])
async def test_each_question_is_put_as_the_api_has_it_and_its_answer_read(
    shop: RawShop, client: StoreClient, path: str, ask: Ask, answer: object, value: object
) -> None:
    shop.answer(data(answer))
    found = await ask(client)
    assert (list(found) if isinstance(found, list) else found) == value
    assert [(asked.method, asked.path) for asked in shop.asked] == [("GET", f"/api/v1{path}")]


WRITES: list[tuple[str, str, Ask, object, object]] = [
    (
        "POST",
        "/orders",
        lambda shop: shop.create_order([OrderItem("t1", 4)], phone=PHONE, call_id=CALL, key="k"),
        ORDER,
        {
            "customer_phone": PHONE,
            "items": [{"product_id": "t1", "quantity": 4}],
            "source": "ai_agent",
            "call_id": str(CALL),
        },
    ),
    (
        "PATCH",
        "/orders/ord_1/delivery",
        lambda shop: shop.set_delivery("ord_1", Delivery(type=DeliveryType.PICKUP, pickup_point_id="p1"), key="k"),
        ORDER,
        {"delivery_type": "pickup", "pickup_point_id": "p1"},
    ),
    (
        "POST",
        "/fitting/bookings",
        lambda shop: shop.book(WISH, phone=PHONE, call_id=CALL, key="k"),
        BOOKING,
        {
            "station_id": "st_1",
            "date": "2026-11-26",
            "time": "10:00",
            "service_type": "tire_change",
            "customer_phone": PHONE,
            "customer_name": "Олена",
            "vehicle_info": "Toyota Corolla, синя",
            "source": "ai_agent",
            "call_id": str(CALL),
        },
    ),
    (
        "DELETE",
        "/fitting/bookings/bk_1?customer_phone=%2B380671234567",
        lambda shop: shop.cancel("bk_1", phone=PHONE, key="k"),
        BOOKING,
        None,
    ),
]


@pytest.mark.parametrize(("method", "path", "ask", "answer", "body"), WRITES)
async def test_each_write_carries_its_key_and_says_who_and_what(
    shop: RawShop, client: StoreClient, method: str, path: str, ask: Ask, answer: object, body: object
) -> None:
    shop.answer(data(answer))
    await ask(client)
    asked: Asked = shop.asked[0]
    assert (asked.method, asked.path, asked.body) == (method, f"/api/v1{path}", body)
    assert asked.headers["Idempotency-Key"] == "k"


async def test_an_answer_to_a_cancellation_may_be_empty(shop: RawShop, client: StoreClient) -> None:
    shop.answer(says(204, ""))
    await client.cancel("bk_1", phone=PHONE, key="k")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"price": "three thousand"}, r"data\[1\]\.price is no amount"),
        ({"price": True}, r"data\[1\]\.price is no amount"),
        ({"price": -1}, r"data\[1\]\.price is no amount that can be"),
        ({"price": 10**9}, r"data\[1\]\.price is no amount that can be"),
        ({"price": None}, r"data\[1\]\.price is missing"),
        ({"currency": "USD"}, r"data\[1\]\.currency is not UAH"),
        ({"width": 205.5}, r"data\[1\]\.width is no whole number"),
        ({"width": 10**18}, r"data\[1\]\.width is no whole number"),
        ({"width": "wide"}, r"data\[1\]\.width is no whole number"),
        ({"width": True}, r"data\[1\]\.width is no whole number"),
        ({"season": "monsoon"}, r"data\[1\]\.season is none of what it may be"),
        ({"brand": ["Michelin"]}, r"data\[1\]\.brand is no text"),
        ({"in_stock": "yes"}, r"data\[1\]\.in_stock is neither true nor false"),
    ],
)
async def test_a_wrong_value_makes_the_answer_none_and_is_told_by_its_place_alone(
    shop: RawShop, client: StoreClient, change: Mapping[str, object], told: str
) -> None:
    shop.answer(data([TIRE, {**TIRE, **change}]))
    with pytest.raises(Unavailable, match=f"^GET /tires/search: {told}$"):
        await client.search_tires(TireQuery())


@pytest.mark.parametrize(
    ("ask", "answer", "told"),
    [
        (lambda shop: shop.search_tires(TireQuery()), {"items": []}, "data is no list"),
        (lambda shop: shop.availability("t1"), [], "data is no object"),
        (lambda shop: shop.availability("t1"), {"total_quantity": 1, "next_delivery": "soon"}, "is no date"),
        (lambda shop: shop.vehicle("a", "b"), {"vehicle": {"oem_sizes": ["big"]}}, r"oem_sizes\[0\] is no tyre size"),
        (lambda shop: shop.bookings_of(PHONE), [{**BOOKING, "time": "noon"}], "time is no time"),
        (
            lambda shop: shop.prices(),
            [{"service": "balancing", "label": "", "prices_by_diameter": {"big": 1}}],
            r"prices_by_diameter\[0\] stands under no diameter",
        ),
        (
            lambda shop: shop.prices(),
            [{"service": "balancing", "label": "", "prices_by_diameter": [1]}],
            "prices_by_diameter is no object",
        ),
        (
            lambda shop: shop.confirm_order("o", payment=PaymentMethod.COD, customer_name="Олена", key="k"),
            {**ORDER, "order_number": None},
            "order_number is missing",
        ),
        (
            lambda shop: shop.book(WISH, phone=PHONE, call_id=CALL, key="k"),
            {**BOOKING, "status": "cancelled"},
            "status says that it is cancelled",
        ),
    ],
)
async def test_what_cannot_be_is_no_answer(
    shop: RawShop, client: StoreClient, ask: Ask, answer: object, told: str
) -> None:
    shop.answer(data(answer))
    with pytest.raises(Unavailable, match=told):
        await ask(client)


async def test_amounts_are_exact(shop: RawShop, client: StoreClient) -> None:
    shop.answer(says(200, '{"data": {"cost": 2141.35, "days": "1"}}'))
    assert await client.delivery_cost("Київ") == (Money(214_135), 1)


async def test_numbers_beyond_measure_are_refused_before_they_are_worked_out(
    shop: RawShop, client: StoreClient
) -> None:
    shop.answer(says(200, '{"data": {"cost": 1, "days": 1e999999999}}'))
    with pytest.raises(Unavailable, match="days is no whole number"):
        await client.delivery_cost("Київ")
    shop.answer(says(200, '{"data": {"cost": 1e999999999, "days": 1}}'))
    with pytest.raises(Unavailable, match="cost is no amount"):
        await client.delivery_cost("Київ")


async def test_what_is_said_to_be_out_of_stock_is_not_there(shop: RawShop, client: StoreClient) -> None:
    shop.answer(data([{**TIRE, "in_stock": False}]))
    assert [tire.stock_quantity for tire in await client.search_tires(TireQuery(in_stock=None))] == [0]
    assert "in_stock" not in shop.asked[0].path


async def test_another_persons_order_is_not_found(shop: RawShop, client: StoreClient) -> None:
    shop.answer(data([]))
    with pytest.raises(NotFound):
        await client.order("10245", phone=PHONE)
    shop.answer(data([{**ORDER, "order_number": "10246"}]))
    with pytest.raises(NotFound):
        await client.order("10245", phone=PHONE)


async def test_an_order_is_read_with_all_that_the_shop_tells(shop: RawShop, client: StoreClient) -> None:
    shop.answer(
        data(
            [
                {
                    **ORDER,
                    "subtotal": 13800,
                    "delivery": {"type": "delivery", "city": "Київ", "address": "вул. Довга, 1", "cost": 120},
                    "items": [{"product_id": "t1", "quantity": 4}],
                    "estimated_delivery": "2026-11-27",
                    "tracking_number": 20450731118834,
                    "created_at": "2026-11-25T10:00:00+02:00",
                }
            ]
        )
    )
    (order,) = await client.orders_of(PHONE)
    assert order == Order(
        id="ord_1",
        order_number="10245",
        status=OrderStatus.CONFIRMED,
        status_label="підтверджено",
        total=Money(1_392_000),
        subtotal=Money(1_380_000),
        delivery=Delivery(type=DeliveryType.DELIVERY, city="Київ", address="вул. Довга, 1", cost=Money(12_000)),
        items_summary="Michelin X-Ice Snow × 4",
        items=(OrderItem("t1", 4),),
        estimated_delivery=date(2026, 11, 27),
        tracking_number="20450731118834",
        created_on=TODAY,
    )


async def test_pages_are_read_up_to_what_is_asked_for(shop: RawShop, client: StoreClient) -> None:
    many = data([TIRE] * 50, pagination={"total_pages": 3})
    shop.answer(many)
    assert len(await client.search_tires(TireQuery(in_stock=False), limit=70)) == 70
    assert [asked.path.rpartition("per_page=")[2] for asked in shop.asked] == ["50", "50&page=2"]


async def test_pages_that_are_empty_or_never_end_are_not_read_for_ever(shop: RawShop, client: StoreClient) -> None:
    shop.answer(data([], pagination={"total_pages": 10**6}))
    assert await client.orders_of(PHONE) == []
    shop.answer(data([ORDER], pagination={"total_pages": 10**6}))
    assert len(await client.orders_of(PHONE)) == 20


async def test_brands_are_kept_for_a_while_and_outlive_a_failure(
    shop: RawShop, client: StoreClient, clock: Clock
) -> None:
    shop.answer(data([TIRE, {**TIRE, "brand": "Nokian"}, TIRE]))
    async with anyio.create_task_group() as group:
        group.start_soon(client.brands)
        group.start_soon(client.brands)
    assert await client.brands() == ("Michelin", "Nokian")
    assert len(shop.asked) == 1

    clock.at += 601
    shop.answer(says(500, ""))
    assert await client.brands() == ("Michelin", "Nokian")
    shop.answer(data([TIRE]))
    assert await client.brands() == ("Michelin",)
    assert len(shop.asked) == 3


async def test_brands_that_were_never_known_are_unavailable(shop: RawShop, client: StoreClient) -> None:
    shop.answer(says(500, ""))
    with pytest.raises(Unavailable):
        await client.brands()
