"""What was said and done in calls, kept for those who run the line.

All methods raise `Unavailable` when the archive cannot be read or written in
time.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domain.records import AnyEntry, CallFilter, CallKey, CallPage, Sort, StoredRecord, Tally
from domain.usage import Usage

MOST_RECALLED = 60
"""So many of a call's turns are read while other calls run on the same event loop."""


class UnknownCall(Exception):
    """Nothing is kept of this call."""


class CallArchive(Protocol):
    async def save(self, entries: Sequence[AnyEntry]) -> None:
        """Keep all of them, or none and raise; what is kept already stays as it is.

        A call is there from its first entry on, whichever that is.
        """
        ...

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        """Return the calls that follow on this key of a page of the same sort.

        Sorted by a figure are those calls of which it is known: none that runs.
        """
        ...

    async def count(self, where: CallFilter) -> int:
        """Return how many calls fit; of very many that takes so long that it may raise."""
        ...

    async def load(self, call_id: UUID) -> StoredRecord:
        """Return all that is kept of a call; raises `UnknownCall`."""
        ...

    async def tallies(self, times: Sequence[datetime]) -> Sequence[Tally]:
        """Count the calls that began from each of these times on and before the next; trials are not counted."""
        ...

    async def usage(self, times: Sequence[datetime]) -> Sequence[tuple[Usage, ...]]:
        """Sum what was used in the calls that began from each of these times on and before the next."""
        ...

    async def erase(self, caller: str) -> int:
        """Forget all that is kept of the calls from this number; return how many they were."""
        ...


class CallHistory(Protocol):
    """What an agent may know of earlier calls while he talks."""

    async def recent(self, caller: str, since: datetime, *, limit: int) -> Sequence[StoredRecord]:
        """Return the calls from this number that began since then, the latest first, without the models' usage.

        Of a long call the last `MOST_RECALLED` turns and tool calls are there.
        """
        ...
