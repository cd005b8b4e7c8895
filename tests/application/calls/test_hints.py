"""The recognizer's hints follow the shop's catalogue."""

from collections.abc import Sequence

import anyio
import pytest

from application.calls.hints import CatalogHints
from domain.errors import Unavailable
from domain.shop.catalog import Availability, Tire, TireQuery, Vehicle
from domain.speech import Expectation
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Brands:
    """A catalogue of which only the brands are asked."""

    def __init__(self, *brands: str) -> None:
        self.sold: Sequence[str] | None = brands

    async def brands(self) -> Sequence[str]:
        if self.sold is None:
            raise Unavailable("the shop does not answer")
        return self.sold

    async def search_tires(self, query: TireQuery, *, limit: int = 20) -> Sequence[Tire]:
        raise AssertionError

    async def availability(self, tire_id: str) -> Availability:
        raise AssertionError

    async def vehicle(self, make: str, model: str, year: int | None = None) -> Vehicle:
        raise AssertionError


def named(hints: CatalogHints, brand: str) -> bool:
    return any(brand.lower() in hint.lower() for hint in hints(Expectation.FREE))


async def test_brands_are_hinted_at_when_the_shop_has_told_them() -> None:
    hints = CatalogHints(Brands("Michelin"), "uk")
    assert not named(hints, "Мішлен")
    await hints.refresh()
    assert named(hints, "Мішлен")


async def test_a_shop_that_does_not_answer_leaves_what_was_known() -> None:
    catalog = Brands("Michelin")
    hints = CatalogHints(catalog, "uk", refresh_seconds=60)
    await hints.refresh()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(hints.keep_fresh)
        catalog.sold = None
        await anyio.sleep(61)
        assert named(hints, "Мішлен")
        catalog.sold = ("Nokian",)
        await anyio.sleep(60)
        assert named(hints, "Нокіан") and not named(hints, "Мішлен")
        tasks.cancel_scope.cancel()


async def test_a_shop_that_does_not_answer_at_first_is_said_to_be_away() -> None:
    catalog = Brands()
    catalog.sold = None
    with pytest.raises(Unavailable):
        await CatalogHints(catalog, "uk").refresh()
