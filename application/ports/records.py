"""What must not be forgotten when a call ends, however it ends.

All methods raise `Unavailable` when the record cannot be read or written in
time.  A write that has returned survives the end of the process.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.callback import CallbackRequest
from domain.shop.events import ProfileSaved
from domain.visit.promise import Promise


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
        """Return whom to call back, the earliest request first."""
        ...


class Profiles(Protocol):
    async def profile(self, caller: str) -> ProfileSaved | None:
        """Return what callers from this number have said of themselves, None when nothing is known."""
        ...

    async def save(self, caller: str, changes: ProfileSaved) -> None:
        """Take over what is given; None leaves what is known."""
        ...


class Ledger(Promises, Callbacks, Profiles, Protocol):
    """All of it: what an adapter fulfils."""
