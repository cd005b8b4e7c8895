"""What must not be forgotten when a call ends, however it ends.

All methods raise `Unavailable` when the record cannot be read or written in
time.  A write that has returned survives the end of the process.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from domain.callback import Callback, CallbackRequest, CallbackState
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise


class UnknownCallback(Exception):
    """Nothing is kept of this callback."""


class Promises(Protocol):
    """What the agent has begun to do for callers.

    A key that was never begun is nothing to `done`, `failed` and `heard`.
    """

    async def begin(self, promise: Promise) -> None:
        """Write it down, before the shop is asked.  Begun again, what is done or heard stays so."""
        ...

    async def done(self, key: str, *, number: str, text: str) -> None:
        """The shop has done it: `number` names it there, `text` is what the caller is told."""
        ...

    async def failed(self, key: str) -> None:
        """The shop has refused it.  Not for a shop that did not answer: that stays begun."""
        ...

    async def heard(self, key: str) -> None:
        """The caller has heard that it is done."""
        ...

    async def open_promises(self, caller: str, since: datetime) -> Sequence[Promise]:
        """Return what was begun or done for this number since then and not heard of, the earliest first."""
        ...


class Callbacks(Protocol):
    async def add(self, request: CallbackRequest) -> None:
        """Note it; the same request of the same call is noted once."""
        ...

    async def waiting(self) -> Sequence[CallbackRequest]:
        """Return whom to call back and nobody has taken yet, the earliest request first."""
        ...

    async def in_state(self, state: CallbackState, *, limit: int = 100) -> Sequence[Callback]:
        """Return those in this state: what waits, the earliest request first; else what changed last first."""
        ...

    async def callback(self, key: str) -> Callback:
        """Return the one whose request has this key; raises `UnknownCallback`."""
        ...

    async def change(self, key: str, step: Callable[[Callback], Callback]) -> Callback:
        """Put in its place what `step` makes of it, and nobody else changes it meanwhile.

        Raises `UnknownCallback`, and what `step` raises: then nothing is changed.
        """
        ...


class Profiles(Protocol):
    async def profile(self, caller: str) -> ProfileSaved | None:
        """Return what callers from this number have said of themselves, None when nothing is known."""
        ...

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        """Take over what is given; None leaves what is known."""
        ...

    async def rewrite(self, caller: str, profile: ProfileSaved) -> None:
        """Put this in the place of all that is known."""
        ...


class Ledger(Promises, Callbacks, Profiles, Protocol):
    """All of it: what an adapter fulfils."""

    async def callbacks_of(self, caller: str) -> Sequence[Callback]:
        """Return what this number asked for, the latest request first."""
        ...

    async def promises_of(self, caller: str) -> Sequence[Promise]:
        """Return what was begun for this number, whatever came of it, the latest first."""
        ...

    async def erase(self, caller: str) -> None:
        """Forget the promises, callbacks and profile of this number."""
        ...
