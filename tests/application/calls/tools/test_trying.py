"""A call that only tries the agent goes as any call, up to the step that would have effects."""

import json

import pytest

from application.calls.tools.toolbox import ToolRefused
from domain.facts import NOTHING
from domain.visit.promise import PromiseState
from domain.visit.visit import visit_of
from tests.application.calls.tools.fitting_desk import SOMEBODY_ELSE, TOMORROW, Desk
from tests.application.calls.tools.talk import CALLER, Talk
from tests.application.calls.tools.test_fitting import WISH

pytestmark = pytest.mark.anyio

MOVE = {"booking": "B1", "action": "reschedule", "new_slot": "L1"}
CANCEL = {"booking": "B1", "action": "cancel"}


def trying(caller: str = CALLER) -> Desk:
    desk = Desk(caller=caller)
    desk.visitor.trying = True
    return desk


async def test_an_order_is_read_out_and_not_placed() -> None:
    talk = Talk()
    await talk.assistant.meet(CALLER, trying=True)
    read_back = await talk.quote()
    assert read_back.say.endswith("Оформлюємо?")
    talk.says("Так, оформлюйте")
    refusal = await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    assert "test call" in refusal and talk.shop.placed() == []
    await talk.assistant.remember(talk.turns)
    assert not talk.ledger.promises and not talk.ledger.profiles


async def test_a_fitting_is_read_out_and_not_booked() -> None:
    desk = trying()
    await desk.offered("10:00", "12:30")
    use = await desk.agreed("book_fitting", **WISH)
    assert use.failed and "test call" in use.result and use.facts == NOTHING
    assert await desk.booked() == () and not desk.ledger.promises


@pytest.mark.parametrize("change", [MOVE, CANCEL])
async def test_a_booking_stays_where_it_is(change: dict[str, object]) -> None:
    desk = trying(SOMEBODY_ELSE)
    desk.free(TOMORROW, "10:00")
    before = await desk.booked()
    await desk.use("get_customer_bookings")
    await desk.use("get_fitting_slots", station="B1", date_from=TOMORROW.isoformat())
    await desk.use("update_customer_profile", name="Олександр")
    use = await desk.agreed("cancel_fitting", **change)
    assert use.failed and "test call" in use.result
    assert before and await desk.booked() == before and not desk.ledger.promises


async def test_no_callback_is_noted() -> None:
    desk = trying()
    use = await desk.use("create_callback_request", note="Диски")
    assert use.failed and "test call" in use.result and not desk.callbacks.callbacks


async def test_what_is_said_of_oneself_is_known_in_this_call_alone() -> None:
    desk = trying()
    use = await desk.use("update_customer_profile", name="Ірина")
    assert json.loads(use.result) == {"saved": [], "known_in_this_call": ["name"]}
    assert visit_of(desk.turns).profile.name == "Ірина" and not desk.ledger.profiles


def test_a_real_call_is_in_earnest() -> None:
    desk = Desk()
    desk.visitor.must_be_in_earnest()
    desk.visitor.trying = True
    with pytest.raises(ToolRefused):
        desk.visitor.must_be_in_earnest()


@pytest.mark.parametrize("trying", [True, False])
async def test_what_was_promised_in_an_earlier_call_is_not_heard_in_one_that_only_tries(trying: bool) -> None:
    earlier = await Talk().begin()
    await earlier.quote()
    earlier.says("Так, оформлюйте")
    placed = await earlier.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    talk = Talk(shop=earlier.shop, ledger=earlier.ledger)
    await talk.assistant.meet(CALLER, trying=trying)
    talk.hears(placed.say)
    await talk.assistant.remember(talk.turns)
    (promise,) = talk.ledger.promises.values()
    assert (promise.state is PromiseState.HEARD) is not trying
