"""The shop over its Store API keeps the contract of every shop, also while the line to it breaks."""

from collections.abc import AsyncIterator

import pytest

from adapters.demo_shop.shop import DemoShop
from adapters.store.client import StoreClient
from application.ports.shop import Shop
from domain.errors import Unavailable
from domain.shop.orders import OrderStatus
from entrypoints.demo_shop.faults import Fault, When
from tests.contracts.shop import (
    CALLER,
    TO_AN_ADDRESS,
    TODAY,
    ShopContract,
    any_wish,
    book,
    confirm,
    order_draft,
)
from tests.harness.shop import ServedShop, demo_shop_server

pytestmark = pytest.mark.anyio

AT_ONCE = (0.001, 0.001)


@pytest.fixture
async def served() -> AsyncIterator[ServedShop]:
    async with demo_shop_server(today=lambda: TODAY) as served:
        yield served


@pytest.fixture
async def shop(served: ServedShop) -> AsyncIterator[Shop]:
    client = StoreClient(url=served.url, key=served.key, today=lambda: TODAY, pauses_seconds=AT_ONCE)
    yield client
    await client.close()


@pytest.fixture
def inside(served: ServedShop) -> DemoShop:
    return served.inside


class TestStoreClient(ShopContract):
    pass


class TestStoreClientWhoseAnswersAreLost(ShopContract):
    """Three answers of ten are lost after the shop has done what was asked; nobody notices."""

    @pytest.fixture
    async def shop(self, served: ServedShop) -> AsyncIterator[Shop]:
        served.fail(Fault(when=When.AFTER, reset=True, probability=0.3, seed=1))
        client = StoreClient(url=served.url, key=served.key, today=lambda: TODAY, pauses_seconds=4 * AT_ONCE)
        yield client
        await client.close()


async def test_an_order_whose_answers_are_lost_is_made_once(served: ServedShop, shop: Shop) -> None:
    for path in ("/orders", "/orders/*/delivery", "/orders/*/confirm"):
        served.fail(Fault(path=path, when=When.AFTER, reset=True, count=2))
    draft = await order_draft(shop)
    await shop.set_delivery(draft.id, TO_AN_ADDRESS, key="deliver")
    assert (await confirm(shop, draft.id)).order_number == "10245"
    assert [count for _, count in served.faults.struck] == [2, 2, 2]
    assert [order["order_number"] for order in served.orders(CALLER)] == ["10245"]


async def test_what_was_done_without_an_answer_is_learnt_by_asking_again(served: ServedShop, shop: Shop) -> None:
    draft = await order_draft(shop)
    await shop.set_delivery(draft.id, TO_AN_ADDRESS, key="deliver")
    served.fail(Fault(path="*/confirm", when=When.AFTER, reset=True, count=3))
    with pytest.raises(Unavailable):
        await confirm(shop, draft.id)
    assert len(served.orders(CALLER, status=OrderStatus.CONFIRMED)) == 1
    assert (await confirm(shop, draft.id)).order_number == "10245"
    assert len(served.orders(CALLER)) == 1


async def test_a_booking_whose_answer_was_broken_is_made_once(served: ServedShop, shop: Shop) -> None:
    wish = await any_wish(shop, served.inside)
    served.fail(Fault(path="/fitting/bookings", method="POST", when=When.AFTER, broken_json=True, count=1))
    with pytest.raises(Unavailable, match="no JSON"):
        await book(shop, wish)
    booking = await book(shop, wish)
    assert [each["id"] for each in served.bookings(CALLER)] == [booking.id]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_busy_shop_is_asked_again(served: ServedShop, shop: Shop, status: int) -> None:
    served.fail(Fault(status=status, retry_after_seconds=0, count=2))
    assert len(await shop.stations()) == 15


async def test_a_wrong_key_is_told_as_one(served: ServedShop) -> None:
    client = StoreClient(url=served.url, key="wrong")
    with pytest.raises(Unavailable, match="STORE_API_KEY"):
        await client.stations()
    await client.close()
