"""Keeping the journal of running calls: what happens in them is written where it outlives the process.

Rule 1: a call never waits for its record.  Entries wait in this process until a journal has them, 10,000 at most;
when so many wait, new ones are lost, and counted.
Rule 2: journals are asked in their order, and the first that takes an entry has it.  One that failed is left alone
for a while.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import anyio

from application.calls.notes import Notes
from application.ports.journal import Journal
from application.ports.operations import CallRecord
from domain.breaker import Breaker
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.errors import Unavailable
from domain.records import AnyEntry

MOST_WAITING = 10_000
_MOST_AT_ONCE = 200
_AGAIN_SECONDS = 0.2
_LEFT_ALONE_SECONDS = 5.0
_LAST_SECONDS = 3.0
"""For what still waits when the program ends."""


@dataclass(slots=True)
class _Place:
    journal: Journal
    breaker: Breaker = field(default=Breaker(failures_to_open=1, open_seconds=_LEFT_ALONE_SECONDS))


class KeepJournal:
    """Fulfils the port `CallObserver`; `run` writes what it has seen."""

    def __init__(self, journals: Sequence[Journal], *, now: Callable[[], datetime], language: str) -> None:
        self._places = [_Place(journal) for journal in journals]
        self._now = now
        self._language = language
        self._calls: dict[UUID, Notes] = {}
        self._waiting: deque[AnyEntry] = deque()
        self._came = anyio.Event()
        self.lost = 0
        """Entries that nothing could be done with."""

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        if call_id not in self._calls:
            self._begin(call_id, self._now(), at)
        self._put(self._calls[call_id].notice(event, state, at))

    def ended(self, record: CallRecord) -> None:
        if record.call_id not in self._calls:
            self._begin(record.call_id, self._now() - timedelta(seconds=record.seconds), 0.0)
        self._put(self._calls.pop(record.call_id).end(record))

    @property
    def waiting(self) -> int:
        """How many entries no journal has yet."""
        return len(self._waiting)

    async def run(self) -> None:
        """Write until cancelled, and then what still waits."""
        try:
            while True:
                await self._write_all()
                self._came = anyio.Event()
                await self._came.wait()
        finally:
            with anyio.move_on_after(_LAST_SECONDS, shield=True):
                await self._write_all()

    def _begin(self, call_id: UUID, began: datetime, clock: float) -> None:
        self._calls[call_id] = Notes(call_id, began, clock=clock, language=self._language)
        self._put(self._calls[call_id].begin())

    def _put(self, entries: Sequence[AnyEntry]) -> None:
        for entry in entries:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(entry)
            else:
                self.lost += 1
        if entries:
            self._came.set()

    async def _write_all(self) -> None:
        while self._waiting:
            if not await self._write():
                await anyio.sleep(_AGAIN_SECONDS)

    async def _write(self) -> bool:
        """Write the next entries; they wait until a journal has said that it has them."""
        entries = [self._waiting[place] for place in range(min(len(self._waiting), _MOST_AT_ONCE))]
        for place in self._places:
            if not place.breaker.allows(anyio.current_time()):
                continue
            try:
                await place.journal.append(entries)
            except Unavailable:
                place.breaker = place.breaker.failed(anyio.current_time())
            else:
                place.breaker = place.breaker.succeeded()
                for _ in entries:
                    self._waiting.popleft()
                return True
        return False
