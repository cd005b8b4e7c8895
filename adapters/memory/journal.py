"""The journal in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Sequence
from itertools import count, islice

from adapters.memory.faults import Faults
from application.ports.journal import Batch
from domain.records import AnyEntry


class InMemoryJournal:
    """Fulfils the port `Journal`; what it holds may be looked at."""

    def __init__(self) -> None:
        self.entries: dict[str, AnyEntry] = {}
        """By place."""
        self.faults = Faults()
        self._places = count()

    async def append(self, entries: Sequence[AnyEntry]) -> None:
        await self.faults.endure()
        self.entries.update((str(next(self._places)), entry) for entry in entries)

    async def some(self, most: int) -> Batch:
        await self.faults.endure()
        found = dict(islice(self.entries.items(), most))
        return Batch(tuple(found.values()), tuple(found))

    async def remove(self, batch: Batch) -> None:
        await self.faults.endure()
        for place in batch.places:
            self.entries.pop(place, None)
