"""A call that was announced as a trial is taken for one; no other call notices that there are such."""

from collections.abc import Sequence
from uuid import UUID, uuid4

import anyio
import pytest

from adapters.memory.switchboard import InMemorySwitchboard
from adapters.memory.trials import InMemoryTrialRegister
from application.calls.trials import TrialAssistant, Trials, TrialSwitchboard
from application.ports.line import LineFigures
from application.ports.operations import CallRecord
from domain.dialog.events import Answered
from domain.dialog.phases import Ended, Outcome
from domain.dialog.state import State
from domain.errors import Unavailable
from domain.figures import Figures
from domain.hand_over import Card, Reason
from domain.transcript import CallerTurn, Turn
from domain.trial import Trial
from domain.visit.agreed import agreed
from tests.harness.assistant import PlainAssistant
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

TRIAL = Trial(call_id=UUID(int=1), by="olga")
REAL = Trial(call_id=UUID(int=2), by="olga", real=True)
OTHER, CALLER = UUID(int=3), "+380671234567"
CARD = Card(None, Reason.CANNOT_HELP, "", (), agreed(()))
TURNS: Sequence[Turn] = (CallerTurn("шини"),)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Counting(InMemoryTrialRegister):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def announced(self, call_id: UUID) -> Trial | None:
        self.asked += 1
        return await super().announced(call_id)


async def known(register: InMemoryTrialRegister | None = None) -> Trials:
    register = register or InMemoryTrialRegister()
    for trial in (TRIAL, REAL):
        await register.announce(trial)
    trials = Trials(register)
    for call_id in (TRIAL.call_id, REAL.call_id, OTHER):
        await trials.learn(call_id)
    return trials


def ended(call_id: UUID) -> CallRecord:
    return CallRecord(
        call_id, None, State(), Ended(Outcome.COMPLETED), Figures(), LineFigures(), seconds=1.0, cause=None
    )


async def test_a_call_is_asked_for_once_and_forgotten_when_it_ends() -> None:
    register = Counting()
    trials = await known(register)
    assert (await trials.learn(TRIAL.call_id), register.asked) == (TRIAL, 3)
    trials.notice(TRIAL.call_id, Answered(""), State(), 0.0)
    assert trials.running(TRIAL.call_id) == TRIAL and trials.running(OTHER) is None
    trials.ended(ended(TRIAL.call_id))
    trials.ended(ended(OTHER))
    assert trials.running(TRIAL.call_id) is None and trials.running(REAL.call_id) == REAL


async def test_a_register_that_does_not_answer_is_waited_for_once_and_then_left_alone_for_a_while() -> None:
    register = InMemoryTrialRegister()
    await register.announce(TRIAL)
    register.faults.hang()
    trials, began = Trials(register), anyio.current_time()
    assert await trials.learn(TRIAL.call_id) is None
    assert anyio.current_time() - began < 0.3
    register.faults.repair()
    assert await trials.learn(TRIAL.call_id) is None
    await anyio.sleep(5)
    assert await trials.learn(TRIAL.call_id) == TRIAL


async def test_a_register_that_fails_makes_no_trial() -> None:
    register = InMemoryTrialRegister()
    await register.announce(TRIAL)
    register.faults.fail()
    assert await Trials(register).learn(TRIAL.call_id) is None


async def test_calls_that_are_asked_for_when_they_have_ended_are_not_remembered_for_ever() -> None:
    register = InMemoryTrialRegister()
    trials = Trials(register)
    made = [Trial(call_id=uuid4(), by="olga") for _ in range(200)]
    for trial in made:
        await register.announce(trial)
        await trials.learn(trial.call_id)
    assert [trial for trial in made if trials.running(trial.call_id)] == made[-100:]


async def test_who_tries_stands_where_the_switchboard_would_name_the_caller() -> None:
    switchboard = InMemorySwitchboard({TRIAL.call_id: CALLER, OTHER: CALLER})
    around = TrialSwitchboard(switchboard, await known())
    assert [await around.caller(each) for each in (TRIAL.call_id, OTHER)] == ["test:olga", CALLER]


async def test_a_trial_is_handed_over_and_released_to_nobody() -> None:
    switchboard = InMemorySwitchboard()
    switchboard.causes[OTHER], switchboard.queue_length = 16, 2
    around = TrialSwitchboard(switchboard, await known())
    for call_id in (TRIAL.call_id, OTHER):
        await around.hand_over(call_id, CARD)
        await around.release(call_id)
    assert switchboard.cards == {OTHER: CARD} and switchboard.released == {OTHER}
    assert (around.operator_free, around.queue_length, around.cause(OTHER), around.cause(TRIAL.call_id)) == (
        True,
        2,
        16,
        None,
    )


async def test_a_trial_is_on_the_line_although_no_switchboard_knows_it() -> None:
    around = TrialSwitchboard(InMemorySwitchboard(), await known())
    assert [await around.on_line(each) for each in (TRIAL.call_id, OTHER)] == [True, False]


async def test_a_trial_is_one_also_where_the_switchboard_is_away() -> None:
    switchboard = InMemorySwitchboard()
    switchboard.faults.fail()
    around = TrialSwitchboard(switchboard, await known())
    assert await around.caller(TRIAL.call_id) == "test:olga"
    with pytest.raises(Unavailable):
        await around.caller(OTHER)


@pytest.mark.parametrize(
    ("call_id", "caller", "met", "trying"),
    [
        (TRIAL.call_id, TRIAL.caller, TRIAL.number, True),
        (REAL.call_id, REAL.caller, REAL.number, False),
        (OTHER, CALLER, CALLER, False),
        (OTHER, None, None, False),
    ],
)
async def test_the_caller_of_a_trial_has_nobodys_number_and_only_tries_unless_orders_are_real(
    call_id: UUID, caller: str | None, met: str | None, trying: bool
) -> None:
    plain = PlainAssistant()
    assistant = TrialAssistant(call_id, assistant=lambda _: plain, trials=await known())
    await assistant.meet(caller)
    assert (plain.caller, plain.trying) == (met, trying)
    assert assistant.tools == plain.tools and assistant.brief(TURNS) == plain.brief(TURNS)
    assert await assistant.welcome() == await plain.welcome()
    await assistant.remember(TURNS)
    assert plain.remembered == TURNS
