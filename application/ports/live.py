"""Running calls between the engine that conducts them and whoever watches from another process.

All methods raise `Unavailable` when nobody can be reached in time.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol
from uuid import UUID

from domain.live import LiveCall, LiveTranscript

SHOWN_SECONDS = 20
"""So long a call is seen that nobody has shown again: its engine may have been killed."""
MOST_CALLS = 500
"""More are not looked at at once."""
MOST_TYPED = 250
"""Letters that are said in writing at once."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A running call, whole."""

    call: LiveCall
    transcript: LiveTranscript


class LiveBoard(Protocol):
    async def show(self, sights: Sequence[Sight]) -> None:
        """Have these calls seen for `SHOWN_SECONDS`, in place of what was seen of them."""
        ...

    async def take_down(self, call_ids: Sequence[UUID]) -> None:
        """Have these calls seen no longer."""
        ...

    async def calls(self) -> Sequence[LiveCall]:
        """Return the calls that are seen, `MOST_CALLS` at most, in no order."""
        ...

    async def look(self, call_id: UUID) -> Sight | None:
        """Return one of them; None when it is not seen."""
        ...


class Demand(Enum):
    GIVE_TO_OPERATOR = "give_to_operator"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What somebody who watches wants done with a call."""

    call_id: UUID
    demand: Demand
    by: str
    """The name under which he has signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What somebody who tries the agent says in writing; a call that is no trial of his never obeys it."""

    call_id: UUID
    text: str
    """`MOST_TYPED` letters at most."""
    by: str


Told = Command | Typing


class Commands(Protocol):
    async def give(self, command: Told) -> bool:
        """Tell it to all engines that listen now; return False when none does."""
        ...

    def given(self) -> AsyncGenerator[Told, None]:
        """Yield what is given from now on; raises `Unavailable` when it cannot be known any more."""
        ...
