"""Carrying what the journals hold to the archive.

Rule 1: an entry leaves its journal when the archive has it, and not before.  Who is stopped in between carries it
again, which the archive takes as once.
Rule 2: whatever is away is waited for.
Rule 3: an entry that the archive will never take holds up no other: it goes to the journal of the refused.
"""

from collections.abc import Sequence

import anyio

from application.ports.calls import CallArchive
from application.ports.journal import Batch, Journal
from domain.errors import Unavailable
from domain.records import AnyEntry

MOST_AT_ONCE = 25
"""So few that writing them keeps an event loop for milliseconds: calls may run on it."""
_LOOK_SECONDS = 0.5
_AWAY_SECONDS = 1.0
_REST_SECONDS = 0.02
"""Between batches, when many wait: what else runs in this process comes first."""


class CarryJournal:
    def __init__(self, journals: Sequence[Journal], archive: CallArchive, *, refused: Journal) -> None:
        self._journals = journals
        self._archive = archive
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
        if not await self._saved(batch.entries):
            refused = [entry for entry in batch.entries if not await self._saved([entry])]
            await self._refused.append(refused)
        await journal.remove(batch)
        return True

    async def _saved(self, entries: Sequence[AnyEntry]) -> bool:
        """Save them; return False when the archive is there and will not have them."""
        try:
            await self._archive.save(entries)
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 - whatever is wrong with an entry, the others go on
            return False
        return True
