"""Closing the records of calls that nobody conducts any more: their engine was killed, or its machine is gone.

Rule 1: a call is lost that has no end and is on no board twice in a row, half a minute apart.
Rule 2: whatever the call itself notes counts more: one that goes on after all, unseen, comes to its own end.
Rule 3: whatever is away is waited for, and begins anew: who cannot look at the board closes nothing.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import anyio

from application.ports.calls import CallArchive, UnknownCall
from application.ports.live import LiveBoard
from domain.costs import Prices
from domain.errors import Unavailable
from domain.records import CallFilter, CallKey

_EVERY_SECONDS = 30.0
_YOUNGEST = timedelta(minutes=1)
"""A call is shown half a second after it began, and its record may be carried before that."""


class CloseLost:
    def __init__(self, archive: CallArchive, board: LiveBoard, prices: Prices, *, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._board = board
        self._prices = prices
        self._now = now
        self._missed: set[UUID] = set()

    async def run(self) -> None:
        """Close what is lost until cancelled."""
        while True:
            try:
                await self._look()
            except Unavailable:
                self._missed = set()
            await anyio.sleep(_EVERY_SECONDS)

    async def _look(self) -> None:
        missed_before, self._missed = self._missed, set()
        running = CallFilter(running=True, until=self._now() - _YOUNGEST)
        after: CallKey | None = None
        while True:
            page = await self._archive.page(running, after=after)
            for call in page.calls:
                if await self._board.look(call.call_id) is not None:
                    continue
                if call.call_id in missed_before:
                    await self._close(call.call_id)
                else:
                    self._missed.add(call.call_id)
            if page.after is None:
                return
            after = page.after

    async def _close(self, call_id: UUID) -> None:
        with suppress(UnknownCall):  # erased meanwhile
            record = await self._archive.load(call_id)
            cost = self._prices.cost(used.usage for used in record.usage)
            await self._archive.save([record.lost(cost)])
