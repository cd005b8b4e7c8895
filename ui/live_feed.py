"""What is told to browsers as it happens.

Rule 1: however many watch, the board is looked at twice a second at most.
Rule 2: a browser is told only what has changed, and each stream ends with its viewer's ticket, and with this process.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import anyio
from sanic import Request
from sanic.exceptions import ServiceUnavailable

from application.ports.live import LiveBoard, Sight
from domain.live import LiveCall, by_trouble

_FRESH_SECONDS = 0.5
_TELL_SECONDS = 0.5
_ALIVE_SECONDS = 15.0
"""A stream that has nothing to tell says so this often: proxies and Sanic itself end silent ones."""
_MOST_STREAMS = 100
_LAST_SECONDS = 2.0
_NOTHING = ": \n\n"
"""What a browser passes over."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a page; it is written and told anew when its key is another."""

    key: object
    write: Callable[[], str]


Pieces = Mapping[str, Piece]
"""By the names under which the page's elements wait for them.  After `over` nothing follows."""


class LiveFeed:
    """What all who watch see, read once for all of them."""

    def __init__(self, board: LiveBoard, *, now: Callable[[], datetime]) -> None:
        self.now = now
        self._board = board
        self._reading = anyio.Lock()
        self._calls: tuple[LiveCall, ...] = ()
        self._fresh_until = float("-inf")
        self._ending = anyio.Event()
        self._streams = 0

    async def calls(self) -> tuple[LiveCall, ...]:
        """Return what is on the board, in the order of trouble."""
        async with self._reading:
            if anyio.current_time() >= self._fresh_until:
                self._calls = by_trouble(tuple(await self._board.calls()), self.now())
                self._fresh_until = anyio.current_time() + _FRESH_SECONDS
            return self._calls

    async def look(self, call_id: UUID) -> Sight | None:
        return await self._board.look(call_id)

    async def tell(
        self, request: Request, pieces: Callable[[], Awaitable[Pieces]], *, allowed: Callable[[], Awaitable[bool]]
    ) -> None:
        """Stream what changes, until the viewer goes, is allowed it no more, or this process ends."""
        if self._streams >= _MOST_STREAMS or self._ending.is_set():
            raise ServiceUnavailable("too many watch")
        self._streams += 1
        try:
            response = await request.respond(content_type="text/event-stream; charset=utf-8")
            sent: dict[str, object] = {}
            silent_since = float("-inf")
            while not self._ending.is_set() and await allowed() and "over" not in sent:
                told = await pieces()
                changed = {name: piece for name, piece in told.items() if name not in sent or sent[name] != piece.key}
                if changed or anyio.current_time() - silent_since >= _ALIVE_SECONDS:
                    await response.send("".join(_event(*each) for each in changed.items()) or _NOTHING)
                    silent_since = anyio.current_time()
                sent = {name: piece.key for name, piece in told.items()}
                with anyio.move_on_after(_TELL_SECONDS):
                    await self._ending.wait()
            await response.eof()
        finally:
            self._streams -= 1

    @asynccontextmanager
    async def ending_first(self) -> AsyncGenerator[None, None]:
        """When the block is left, end all streams: nobody waits for them then."""
        try:
            yield
        finally:
            self._ending.set()
            with anyio.CancelScope(shield=True), anyio.move_on_after(_LAST_SECONDS):
                while self._streams:  # noqa: ASYNC110 - once, and for milliseconds
                    await anyio.sleep(0.01)


def _event(name: str, piece: Piece) -> str:
    lines = piece.write().splitlines() or [""]
    return f"event: {name}\n" + "".join(f"data: {line}\n" for line in lines) + "\n"
