"""Carrying what journals hold to where it is kept: to the archive, or to a journal that is nearer to it.

Rule 1: an entry leaves its journal when it is kept, and not before.  Who is stopped in between carries it again,
which the archive takes as once.
Rule 2: whatever is away is waited for.
Rule 3: an entry that will never be kept holds up no other: it goes to the journal of the refused.
"""

from collections.abc import Awaitable, Callable, Sequence

import anyio

from application.ports.journal import Batch, Journal
from domain.errors import Unavailable
from domain.records import AnyEntry

MOST_AT_ONCE = 25
"""So few that writing them keeps an event loop for milliseconds: calls may run on it."""
_LOOK_SECONDS = 0.5
_AWAY_SECONDS = 1.0
_REST_SECONDS = 0.02
"""Between batches, when many wait: what else runs in this process comes first."""


Keep = Callable[[Sequence[AnyEntry]], Awaitable[None]]
"""Keeps them all or none, once however often it is asked to; raises `Unavailable` when it cannot for now."""


class CarryJournal:
    def __init__(self, journals: Sequence[Journal], keep: Keep, *, refused: Journal) -> None:
        self._journals = journals
        self._keep = keep
        self._refused = refused

    async def run(self) -> None:
        """Carry until cancelled."""
        async with anyio.create_task_group() as carriers:
            for journal in self._journals:
                carriers.start_soon(self._carry_on, journal)

    async def _carry_on(self, journal: Journal) -> None:
        while True:
            try:
                carried = await self._carry(journal)
            except Unavailable:
                await anyio.sleep(_AWAY_SECONDS)
            else:
                await anyio.sleep(_REST_SECONDS if carried else _LOOK_SECONDS)

    async def _carry(self, journal: Journal) -> bool:
        batch = await journal.some(MOST_AT_ONCE)
        if batch == Batch():
            return False
        if not await self._kept(batch.entries):
            refused = [entry for entry in batch.entries if not await self._kept([entry])]
            await self._refused.append(refused)
        await journal.remove(batch)
        return True

    async def _kept(self, entries: Sequence[AnyEntry]) -> bool:
        """Have them kept; return False when they are refused."""
        try:
            await self._keep(entries)
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong with an entry, the others go on
            return False
        return True
