"""Trials between the pages, where somebody makes them, and the engine that takes them for what they are."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID

from domain.errors import Unavailable
from domain.trial import Trial

ANNOUNCED_SECONDS = 60
"""So long a call that has not come is expected."""


class NoEngine(Unavailable):
    """Nobody takes calls where the engine should be."""


class TrialRegister(Protocol):
    """All methods raise `Unavailable` when nobody can be reached in time."""

    async def announce(self, trial: Trial) -> None:
        """Have every engine know for `ANNOUNCED_SECONDS` that this call will be a trial."""
        ...

    async def announced(self, call_id: UUID) -> Trial | None:
        """Return what was announced of this call; None when nothing was."""
        ...


class DialledLine(Protocol):
    """The caller's end of a call to the engine, as a telephone has it."""

    def say(self, slin: bytes) -> None:
        """Say this, at the pace of real time, after what was given before; silence is said meanwhile.

        What is more than half a second ahead of the line is too late for a conversation: the oldest of it is dropped.
        """
        ...

    async def ended(self) -> bool:
        """Wait until the engine has left the line; return whether it has hung up as it should."""
        ...


class Dialer(Protocol):
    def dial(self, call_id: UUID, hear: Callable[[bytes], None]) -> AbstractAsyncContextManager[DialledLine]:
        """Call the engine, and hang up when the block ends.  Raises `NoEngine` when it does not answer.

        `hear` is told whatever slin comes, at once, by a plain call that must not block or raise.
        """
        ...
