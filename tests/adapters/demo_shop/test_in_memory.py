"""The port on the demo shop in memory: what the contract suite does not ask of every shop."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from adapters.demo_shop.in_memory import InMemoryShop
from application.ports.shop import NotFound, Shop, ShopRefused
from domain.money import Money
from domain.shop.catalog import Season, TireQuery
from domain.shop.fittings import BookingWish, Work
from domain.shop.orders import Delivery, DeliveryType, OrderItem, OrderStatus, PaymentMethod

pytestmark = pytest.mark.anyio

TODAY = date(2026, 11, 25)
CALLER = "+380671234567"


@pytest.fixture
def memory() -> InMemoryShop:
    return InMemoryShop(today=lambda: TODAY)


@pytest.fixture
def shop(memory: InMemoryShop) -> Shop:
    return memory


async def test_an_order_goes_all_its_way(shop: Shop, memory: InMemoryShop) -> None:
    query = TireQuery(width=205, profile=55, diameter=16, season=Season.WINTER, max_price=Money.hryvnias(4000))
    tire = (await shop.search_tires(query, limit=3))[0]
    draft = await shop.create_order([OrderItem(tire.id, 2)], phone=CALLER, call_id=uuid4(), key="a")
    wish = Delivery(type=DeliveryType.DELIVERY, city="Київ", address="вул. Саксаганського, 44")
    with_delivery = await shop.set_delivery(draft.id, wish, key="b")
    order = await shop.confirm_order(draft.id, payment=PaymentMethod.COD, customer_name="Іван", key="c")
    assert (draft.status, draft.order_number, draft.subtotal) == (OrderStatus.DRAFT, None, tire.price * 2)
    assert with_delivery.total == tire.price * 2 + Money.hryvnias(240)
    assert (order.order_number, order.estimated_delivery) == ("10245", TODAY + timedelta(days=2))
    assert await shop.order("10245", phone=CALLER) == order
    assert (await shop.availability(tire.id)).total_quantity == tire.stock_quantity - 2
    assert memory.inside.all_orders()[-1]["customer_name"] == "Іван"


async def test_a_booking_goes_all_its_way(shop: Shop, memory: InMemoryShop) -> None:
    station = (await shop.stations("Дніпро"))[0]
    slot = (await shop.slots(station.id, TODAY, TODAY + timedelta(days=9), Work.BALANCING))[0]
    wish = BookingWish(slot=slot, work=Work.BALANCING, customer_name="Іван", car="Skoda", tire_diameter=16)
    booking = await shop.book(wish, phone=CALLER, call_id=uuid4(), key="a")
    assert await shop.bookings_of(CALLER) == [booking]
    (price,) = [each for each in await shop.prices(diameter=16, station_id=station.id) if each.work is Work.BALANCING]
    assert booking.price == price.by_diameter[16]
    await shop.cancel(booking.id, phone=CALLER, key="b")
    await shop.cancel(booking.id, phone=CALLER, key="b")
    assert await shop.bookings_of(CALLER) == []
    assert memory.inside.all_bookings()[-1]["status"] == "cancelled"


async def test_what_is_unknown_is_not_found(shop: Shop) -> None:
    with pytest.raises(NotFound):
        await shop.availability("tire_of_nobody")
    with pytest.raises(NotFound):
        await shop.order("10240", phone=CALLER)
    with pytest.raises(NotFound):
        await shop.delivery_cost("Париж")


async def test_what_is_refused_has_the_shops_code(shop: Shop) -> None:
    with pytest.raises(ShopRefused) as refused:
        await shop.create_order([OrderItem("tire_of_nobody", 1)], phone=CALLER, call_id=uuid4(), key="a")
    assert refused.value.code == "unknown_product"


async def test_every_tire_and_every_car_can_be_read(shop: Shop) -> None:
    assert len(await shop.search_tires(TireQuery(in_stock=None), limit=5000)) >= 500
    assert len((await shop.vehicle("Skoda", "Octavia", 2015)).recommended) == 5
    assert "Nokian" in await shop.brands()
    assert len(await shop.pickup_points()) == 11
    assert (await shop.storage_contracts(phone="+380661234567"))[0].debt == Money.hryvnias(450)
