"""The leg made of memory keeps the promises of the real one."""

import anyio
import pytest

from domain.audio import Frame
from tests.contracts.line import CallLegContract
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class MemoryLine:
    def __init__(self) -> None:
        self.leg = MemoryLeg()

    async def hear(self, frames: int) -> list[Frame]:
        return self.leg.tick(frames)

    async def say(self, frame: Frame) -> None:
        self.leg.say(frame)

    async def press(self, digit: str) -> None:
        self.leg.press(digit)

    async def hang_up(self) -> None:
        self.leg.drop()

    async def last_word(self) -> str:
        await anyio.wait_all_tasks_blocked()
        assert self.leg.ended is not None
        return self.leg.ended


class TestMemoryLeg(CallLegContract):
    @pytest.fixture
    def line(self) -> MemoryLine:
        return MemoryLine()
