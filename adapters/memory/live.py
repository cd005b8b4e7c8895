"""Running calls and commands within one process: for the demonstration and tests."""

from collections.abc import AsyncGenerator, Callable, Sequence
from uuid import UUID

import anyio
from anyio import WouldBlock, create_memory_object_stream
from anyio.streams.memory import MemoryObjectSendStream

from adapters.memory.faults import Faults
from application.ports.live import MOST_CALLS, SHOWN_SECONDS, Sight, Told
from domain.live import LiveCall

_MOST_WAITING = 100
"""Commands beyond that are lost to an engine that does not read."""


class InMemoryBoard:
    """Fulfils the port `LiveBoard`."""

    def __init__(self, now: Callable[[], float] = anyio.current_time) -> None:
        self._now = now
        self._shown: dict[UUID, tuple[float, Sight]] = {}
        self.faults = Faults()

    async def show(self, sights: Sequence[Sight]) -> None:
        await self.faults.endure()
        until = self._now() + SHOWN_SECONDS
        self._shown |= {sight.call.call_id: (until, sight) for sight in sights}

    async def take_down(self, call_ids: Sequence[UUID]) -> None:
        await self.faults.endure()
        for call_id in call_ids:
            self._shown.pop(call_id, None)

    async def calls(self) -> Sequence[LiveCall]:
        await self.faults.endure()
        return [sight.call for sight in self._seen().values()][:MOST_CALLS]

    async def look(self, call_id: UUID) -> Sight | None:
        await self.faults.endure()
        return self._seen().get(call_id)

    def _seen(self) -> dict[UUID, Sight]:
        now = self._now()
        return {call_id: sight for call_id, (until, sight) in self._shown.items() if until > now}


class InMemoryCommands:
    """Fulfils the port `Commands`."""

    def __init__(self) -> None:
        self._listeners: set[MemoryObjectSendStream[Told]] = set()

    async def give(self, command: Told) -> bool:
        for listener in self._listeners:
            try:
                listener.send_nowait(command)
            except WouldBlock:
                continue
        return bool(self._listeners)

    async def given(self) -> AsyncGenerator[Told, None]:
        send, receive = create_memory_object_stream[Told](_MOST_WAITING)
        self._listeners.add(send)
        try:
            with send, receive:
                async for command in receive:
                    yield command
        finally:
            self._listeners.discard(send)
