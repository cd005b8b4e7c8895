"""The leg of a real connection keeps the promises of every leg."""

from collections.abc import AsyncGenerator

import pytest

from application.ports.line import CallLeg
from domain.audio import Frame
from tests.adapters.audiosocket.peer import FAILURE, HANG_UP, Peer, a_line, message
from tests.contracts.line import CallLegContract

pytestmark = pytest.mark.anyio

_LAST_WORDS = {HANG_UP: "hung_up", FAILURE: "abandoned"}


class SocketLine:
    def __init__(self, peer: Peer, leg: CallLeg) -> None:
        self._peer = peer
        self.leg = leg

    async def hear(self, frames: int) -> list[Frame]:
        return [await self._peer.hear() for _ in range(frames)]

    async def say(self, frame: Frame) -> None:
        await self._peer.say(frame)

    async def press(self, digit: str) -> None:
        await self._peer.send(message(0x03, digit.encode()))

    async def hang_up(self) -> None:
        await self._peer.hang_up()

    async def last_word(self) -> str:
        last = await self._peer.last_word()
        await self._peer.hang_up()
        assert last is not None
        return _LAST_WORDS[last]


class TestAudioSocketLeg(CallLegContract):
    @pytest.fixture
    async def line(self) -> AsyncGenerator[SocketLine, None]:
        async with a_line() as (server, line):
            peer, leg = await line.call_unattended(server)
            yield SocketLine(peer, leg)
