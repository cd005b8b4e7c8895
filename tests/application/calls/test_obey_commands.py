"""Those who watch are obeyed, by the engine that has the call."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import anyio
import pytest

from adapters.memory.live import InMemoryCommands
from adapters.memory.trials import InMemoryTrialRegister
from application.calls.obey_commands import ObeyCommands
from application.calls.trials import Trials
from application.ports.live import Command, Demand, Told, Typing
from domain.dialog.phases import Ended, Outcome
from domain.errors import Unavailable
from domain.hand_over import Reason
from domain.transcript import CallerTurn
from domain.trial import Trial
from tests.application.calls.desk import Desk, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


NO_TRIALS = Trials(InMemoryTrialRegister())


class Wavering(InMemoryCommands):
    """Cannot be listened to at first, and once more later."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    async def given(self) -> AsyncGenerator[Told, None]:
        self.failures += 1
        if self.failures <= 2:
            raise Unavailable("away")
        async for command in super().given():
            yield command


@pytest.mark.parametrize(
    ("demand", "ended"),
    [
        (Demand.END, Ended(Outcome.STOPPED)),
        (Demand.GIVE_TO_OPERATOR, Ended(Outcome.HANDED_OVER, Reason.CANNOT_HELP)),
    ],
)
async def test_a_demand_is_done_and_told_of(demand: Demand, ended: Ended) -> None:
    desk, commands = await a_desk(), Wavering()
    command = Command(call_id=desk.leg.call_id, demand=demand, by="olga")
    obeyed: list[Command] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ObeyCommands(commands, desk.conduct_call, NO_TRIALS, obeyed=obeyed.append).run)
        async with conducting(desk):
            await desk.hear_opening()
            await desk.pause(3)
            assert await commands.give(_of_another(desk))
            assert await commands.give(command)
            record = await desk.record()
        tasks.cancel_scope.cancel()
    assert record.ended == ended and obeyed == [command]


@pytest.mark.parametrize(
    ("trial_of", "heard"),
    [("olga", True), ("ivan", False), (None, False)],
)
async def test_words_in_writing_are_heard_in_a_trial_by_who_made_it_and_nowhere_else(
    trial_of: str | None, heard: bool
) -> None:
    desk, commands, register = await a_desk(script=("Чую.",)), InMemoryCommands(), InMemoryTrialRegister()
    trials = Trials(register)
    if trial_of is not None:
        await register.announce(Trial(call_id=desk.leg.call_id, by=trial_of))
        await trials.learn(desk.leg.call_id)
    obeyed: list[Command] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(ObeyCommands(commands, desk.conduct_call, trials, obeyed=obeyed.append).run)
        async with conducting(desk):
            await desk.hear_opening()
            assert await commands.give(Typing(call_id=desk.leg.call_id, text="потрібні шини", by="olga"))
            await desk.pause(3)
        tasks.cancel_scope.cancel()
    said = [turn.text for turn in desk.turns if isinstance(turn, CallerTurn)]
    assert said == (["потрібні шини"] if heard else []) and ("Чую." in desk.heard) == heard and not obeyed


def _of_another(desk: Desk) -> Command:
    call_id = uuid4()
    assert call_id != desk.leg.call_id
    return Command(call_id=call_id, demand=Demand.END, by="olga")
