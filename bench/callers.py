"""Callers by the hundred: each holds a whole call over AudioSocket and notes when it heard what.

Run in a process of its own.  One clock sends the frames of all callers, in
four groups 5 ms apart, and whoever listens only looks whether a frame is
silence.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle, pairwise
from typing import Final
from uuid import uuid4

import uvloop

from bench.sentences import INTERRUPTION, LONG_QUESTION, QUESTIONS, spoken
from domain.audio import FRAME_BYTES, FRAME_SECONDS, FRAMES_PER_SECOND, SILENCE, Frame

_HEADER: Final = b"\x10\x01\x40"
_MESSAGE_BYTES: Final = len(_HEADER) + FRAME_BYTES
_GROUPS: Final = 4
_QUIET_SECONDS: Final = 0.7
"""The agent's silence after which the caller speaks."""
_PATIENCE_SECONDS: Final = 8.0
_INTERRUPTS_AFTER_SECONDS: Final = 2.0
_MOST_REPORTED: Final = 2_000
"""Values of frame lateness; more would say the same."""
_STOPPED_SECONDS: Final = 0.3
"""Silence after which the agent has stopped, and not only paused."""


@dataclass(slots=True)
class Noted:
    """What the callers noticed, in seconds."""

    calls: int = 0
    failed: int = 0
    at_once: int = 0
    most_at_once: int = 0
    call_seconds: float = 0.0
    first_audio: list[float] = field(default_factory=list)
    """From the UUID to the first frame of the greeting."""
    responses: list[float] = field(default_factory=list)
    """From the caller's last voiced frame to the agent's first."""
    stops: list[float] = field(default_factory=list)
    """From an interruption's first voiced frame to the agent's last."""
    lateness: array[float] = field(default_factory=lambda: array("f"))
    """Of each frame, against the earliest of the second before it."""
    frames: int = 0
    gaps: int = 0
    """Frames that came more than 40 ms after the one before."""
    trouble: list[str] = field(default_factory=list)


class Caller(asyncio.Protocol):
    def __init__(self, noted: Noted, recordings: dict[str, list[Frame]], turns: Sequence[str]) -> None:
        self._noted = noted
        self._recordings = recordings
        self._turns = turns
        self._rest = b""
        self._to_say: list[bytes] = []
        self._arrivals = array("d")
        self._loud_at = 0.0
        self._last_loud_before_stop = 0.0
        self._next_loud: asyncio.Future[float] | None = None
        self.open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._began = self._loop.time()
        self.write(b"\x01\x00\x10" + uuid4().bytes)
        self.open = True

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False

    def write(self, message: bytes) -> None:
        self._transport.write(message)  # type: ignore[attr-defined]

    def tick(self) -> None:
        """Send the frame that is due."""
        if self.open:
            self.write(self._to_say.pop() if self._to_say else _HEADER + SILENCE)

    def data_received(self, data: bytes) -> None:
        now = self._loop.time()
        if self._rest:
            data = self._rest + data
        at, end = 0, len(data)
        while end - at >= _MESSAGE_BYTES:
            if data[at] != 0x10:
                self._noted.trouble.append(f"kind {data[at]:02x}")
                self.hang_up()
                return
            self._arrivals.append(now)
            if data.count(0, at + 3, at + _MESSAGE_BYTES) != FRAME_BYTES:
                self._hear_loud(now)
            at += _MESSAGE_BYTES
        self._rest = data[at:]

    def _hear_loud(self, now: float) -> None:
        self._loud_at = now
        if self._next_loud is not None and not self._next_loud.done():
            self._next_loud.set_result(now)

    def hang_up(self) -> None:
        self._transport.close()
        self.open = False

    async def converse(self) -> None:
        """Hold the call; raise TimeoutError when the agent does not answer."""
        first = await self._loud(_PATIENCE_SECONDS)
        self._noted.first_audio.append(first - self._began)
        for turn in self._turns:
            await self._agent_quiet()
            spoken_at = await self._say(turn)
            self._noted.responses.append(await self._loud(_PATIENCE_SECONDS) - spoken_at)
            if turn == LONG_QUESTION:
                await asyncio.sleep(_INTERRUPTS_AFTER_SECONDS)
                began = self._loop.time()
                await self._say(INTERRUPTION)
                self._noted.stops.append(max(0.0, self._last_loud_before_stop - began))
                await self._loud(_PATIENCE_SECONDS)
        await self._agent_quiet()

    async def _loud(self, within: float) -> float:
        self._next_loud = self._loop.create_future()
        async with asyncio.timeout(within):
            return await self._next_loud

    async def _agent_quiet(self) -> None:
        async with asyncio.timeout(60):
            while (left := _QUIET_SECONDS - (self._loop.time() - self._loud_at)) > 0:  # noqa: ASYNC110
                await asyncio.sleep(left)

    async def _say(self, sentence: str) -> float:
        """Speak; return when the last voiced frame left.  Notes when the agent stopped meanwhile."""
        audio = [_HEADER + frame for frame in reversed(self._recordings[sentence])]
        self._to_say = audio
        self._last_loud_before_stop = self._loop.time()
        stopped = False
        while audio:
            if not self.open:
                raise ConnectionError("the agent left the line")
            if not stopped:
                self._last_loud_before_stop = max(self._loud_at, self._last_loud_before_stop)
                stopped = self._loop.time() - self._loud_at > _STOPPED_SECONDS
            await asyncio.sleep(0.01)
        return self._loop.time()

    def settle(self) -> None:
        """Count how its frames came."""
        self._noted.call_seconds += self._loop.time() - self._began
        arrivals = self._arrivals
        if len(arrivals) < 2:
            return
        moved = [arrival - index * FRAME_SECONDS for index, arrival in enumerate(arrivals)]
        self._noted.lateness.extend(
            late - min(moved[max(0, index - FRAMES_PER_SECOND) : index + 1]) for index, late in enumerate(moved)
        )
        self._noted.frames += len(arrivals)
        self._noted.gaps += sum(later - sooner > 2 * FRAME_SECONDS for sooner, later in pairwise(arrivals))


async def load(port: int, calls: int, calls_per_second: float, turns: int) -> Noted:
    """Hold so many calls at once, each of so many turns; new ones come at this pace."""
    noted = Noted()
    recordings = await spoken()
    callers: list[list[Caller]] = [[] for _ in range(_GROUPS)]
    ticking = asyncio.create_task(_tick(callers))
    async with asyncio.TaskGroup() as group:
        for number in range(calls):
            questions = cycle(QUESTIONS[number % len(QUESTIONS) :] + QUESTIONS[: number % len(QUESTIONS)])
            script = [LONG_QUESTION if turn % 3 == 2 else next(questions) for turn in range(turns)]
            group.create_task(_hold(port, Caller(noted, recordings, script), callers[number % _GROUPS], noted))
            await asyncio.sleep(1 / calls_per_second)
    ticking.cancel()
    return noted


async def _hold(port: int, caller: Caller, group: list[Caller], noted: Noted) -> None:
    noted.calls += 1
    try:
        await asyncio.get_running_loop().create_connection(lambda: caller, "127.0.0.1", port)
        group.append(caller)
        noted.at_once += 1
        noted.most_at_once = max(noted.most_at_once, noted.at_once)
        await caller.converse()
        if not caller.open:
            raise ConnectionError("the line was cut")
    except (OSError, TimeoutError) as error:
        noted.failed += 1
        noted.trouble.append(f"{type(error).__name__}: {error}")
    finally:
        if caller in group:
            group.remove(caller)
            noted.at_once -= 1
            caller.settle()
            caller.hang_up()


async def _tick(groups: list[list[Caller]]) -> None:
    loop = asyncio.get_running_loop()
    due, number = loop.time(), 0
    while True:
        due += FRAME_SECONDS / _GROUPS
        await asyncio.sleep(max(0.0, due - loop.time()))
        for caller in groups[number % _GROUPS]:
            caller.tick()
        number += 1


def main() -> None:
    port, calls, calls_per_second, turns = sys.argv[1:]
    noted = uvloop.run(load(int(port), int(calls), float(calls_per_second), int(turns)))
    report = asdict(noted) | {
        "lateness": sorted(round(late, 5) for late in noted.lateness)[:: max(1, len(noted.lateness) // _MOST_REPORTED)]
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
