from uuid import UUID

import pytest

from adapters.memory.switchboard import InMemorySwitchboard
from application.ports.telephony import Switchboard
from domain.errors import Unavailable
from domain.hand_over import Card, Reason
from domain.transcript import CallerTurn

pytestmark = pytest.mark.anyio

KNOWN, STRANGE = UUID(int=1), UUID(int=2)
CARD = Card("380671234567", Reason.CUSTOMER_REQUEST, "wants a person", (CallerTurn("оператора"),))


async def test_a_caller_is_known_by_his_call() -> None:
    switchboard: Switchboard = InMemorySwitchboard({KNOWN: "380671234567"})
    assert await switchboard.caller(KNOWN) == "380671234567"
    assert await switchboard.caller(STRANGE) is None


async def test_a_call_is_on_the_line_as_long_as_it_has_a_caller() -> None:
    switchboard = InMemorySwitchboard({KNOWN: "380671234567"})
    assert (await switchboard.on_line(KNOWN), await switchboard.on_line(STRANGE)) == (True, False)


async def test_a_hand_over_leaves_its_card() -> None:
    switchboard = InMemorySwitchboard()
    await switchboard.hand_over(KNOWN, CARD)
    assert switchboard.cards == {KNOWN: CARD}


async def test_a_release_is_remembered() -> None:
    switchboard = InMemorySwitchboard()
    await switchboard.release(KNOWN)
    assert switchboard.released == {KNOWN}


async def test_operators_and_queue_are_what_they_are_set_to() -> None:
    switchboard = InMemorySwitchboard()
    switchboard.operator_free, switchboard.queue_length, switchboard.causes[KNOWN] = False, 3, 16
    seen: Switchboard = switchboard
    assert (seen.operator_free, seen.queue_length, seen.cause(KNOWN), seen.cause(STRANGE)) == (False, 3, 16, None)


async def test_an_unavailable_switchboard_says_so_and_does_nothing() -> None:
    switchboard = InMemorySwitchboard({KNOWN: "380671234567"})
    switchboard.faults.fail(times=3)
    with pytest.raises(Unavailable):
        await switchboard.caller(KNOWN)
    with pytest.raises(Unavailable):
        await switchboard.hand_over(KNOWN, CARD)
    with pytest.raises(Unavailable):
        await switchboard.release(KNOWN)
    assert not switchboard.cards
    assert not switchboard.released
