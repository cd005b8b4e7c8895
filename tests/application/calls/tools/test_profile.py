"""What the caller says of himself: kept when it is new, and never a brand for a name."""

import json

import pytest

from domain.facts import Deed
from domain.shop.events import ProfileSaved
from domain.shop.limits import MOST_WRITES
from domain.visit.visit import visit_of
from tests.application.calls.tools.fitting_desk import CALLER, Desk

pytestmark = pytest.mark.anyio


async def test_what_is_said_is_kept_for_the_next_call() -> None:
    desk = Desk()
    use = await desk.use("update_customer_profile", name="Ірина", city="Дніпро")
    assert json.loads(use.result) == {"saved": ["name", "city"]} and use.facts.deeds == {Deed.SAVED}
    assert desk.ledger.profiles[CALLER] == ProfileSaved(name="Ірина", city="Дніпро")
    assert visit_of(desk.turns).profile.name == "Ірина"


async def test_only_what_is_new_is_kept() -> None:
    desk = Desk()
    desk.visitor.profile = ProfileSaved(city="Дніпро")
    await desk.use("update_customer_profile", name="Ірина")
    use = await desk.use("update_customer_profile", name="Ірина", city="Дніпро", vehicle="Kia Rio")
    assert json.loads(use.result) == {"saved": ["vehicle"]}
    use = await desk.use("update_customer_profile", name="Ірина")
    assert json.loads(use.result)["saved"] == [] and use.facts.deeds == frozenset()


async def test_what_was_corrected_in_this_call_counts_before_what_earlier_calls_told() -> None:
    desk = Desk()
    desk.visitor.profile = ProfileSaved(city="Дніпро")
    await desk.use("update_customer_profile", city="Київ")
    use = await desk.use("update_customer_profile", city="Дніпро")
    assert json.loads(use.result) == {"saved": ["city"]}


@pytest.mark.parametrize("name", ["Michelin", "Мишлен", "Тойота Королла"])
async def test_a_brand_is_nobodys_name(name: str) -> None:
    desk = Desk()
    use = await desk.use("update_customer_profile", name=name)
    assert use.failed and "is a brand" in use.result and not desk.ledger.profiles


async def test_nothing_given_is_refused() -> None:
    use = await Desk().use("update_customer_profile", name=" ")
    assert use.failed and "delivery_address" in use.result


@pytest.mark.parametrize("withheld", [True, False])
async def test_what_cannot_be_kept_is_known_in_this_call_and_not_called_saved(withheld: bool) -> None:
    desk = Desk(caller=None if withheld else CALLER)
    desk.ledger.faults.fail()
    use = await desk.use("update_customer_profile", name="Ірина")
    assert json.loads(use.result) == {"saved": [], "known_in_this_call": ["name"]}
    assert use.facts.deeds == frozenset() and visit_of(desk.turns).profile.name == "Ірина"


async def test_a_call_that_has_written_enough_keeps_nothing_more() -> None:
    desk = Desk()
    for number in range(MOST_WRITES):
        await desk.use("update_customer_profile", name=f"Ірина {number}")
    assert (await desk.use("update_customer_profile", name="Олена")).failed
