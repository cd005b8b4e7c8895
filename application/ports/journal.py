"""Where entries lie between the call in which they were made and the archive.

All methods raise `Unavailable` when the journal cannot be written or read in
time.  What was written before that may be there all the same: whoever writes
it again, here or elsewhere, does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.records import AnyEntry


@dataclass(frozen=True, slots=True)
class Batch:
    """Some entries, and where in their journal they lie."""

    entries: tuple[AnyEntry, ...] = ()
    places: tuple[str, ...] = ()


class Journal(Protocol):
    async def append(self, entries: Sequence[AnyEntry]) -> None:
        """Keep them so that they outlive this process, all or none."""
        ...

    async def some(self, most: int) -> Batch:
        """Return some that are kept, about so many; none when there is nothing for this process to do."""
        ...

    async def remove(self, batch: Batch) -> None:
        """Keep these no longer."""
        ...
