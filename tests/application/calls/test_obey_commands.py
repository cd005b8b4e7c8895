"""Those who watch are obeyed, by the engine that has the call."""

from collections.abc import AsyncGenerator
from uuid import uuid4

import anyio
import pytest

from adapters.memory.live import InMemoryCommands
from application.calls.obey_commands import ObeyCommands
from application.ports.live import Command, Demand
from domain.dialog.phases import Ended, Outcome
from domain.errors import Unavailable
from domain.hand_over import Reason
from tests.application.calls.desk import Desk, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Wavering(InMemoryCommands):
    """Cannot be listened to at first, and once more later."""

    def __init__(self) -> None:
        super().__init__()
        self.failures = 0

    async def given(self) -> AsyncGenerator[Command, None]:
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
        tasks.start_soon(ObeyCommands(commands, desk.conduct_call, obeyed=obeyed.append).run)
        async with conducting(desk):
            await desk.hear_opening()
            await desk.pause(3)
            assert await commands.give(_of_another(desk))
            assert await commands.give(command)
            record = await desk.record()
        tasks.cancel_scope.cancel()
    assert record.ended == ended and obeyed == [command]


def _of_another(desk: Desk) -> Command:
    call_id = uuid4()
    assert call_id != desk.leg.call_id
    return Command(call_id=call_id, demand=Demand.END, by="olga")
