"""Calling a caller back: what a person needs to know for it, and how far he is with it.

Rule 1: who takes a callback has it alone, until he gives it back or has done it.
Rule 2: what was done may be given back: it waits again.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from hashlib import sha256
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequest:
    """Two that differ only in `at` are the same request."""

    call_id: UUID
    number: str
    """Whom to call: the number that the line named."""
    preferred_time: str = ""
    """In the caller's words; "" is any time."""
    note: str = ""
    """What it is about."""
    reason: str = ""
    """Why the call itself could not settle it, in the system's words: `after_hours`, `shop_unavailable`, …"""
    at: datetime
    """When it was asked for; with its zone."""

    @property
    def key(self) -> str:
        """The name of the request, made of its content."""
        content = (str(self.call_id), self.number, self.preferred_time, self.note, self.reason)
        return sha256("\0".join(content).encode()).hexdigest()[:32]


class CallbackState(Enum):
    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


class HeldByAnother(Exception):
    """Another has taken the callback, or has done it already."""

    def __init__(self, by: str) -> None:
        super().__init__("another has it")
        self.by = by


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    request: CallbackRequest
    state: CallbackState = CallbackState.WAITING
    by: str = ""
    """Who has taken or done it."""
    remark: str = ""
    """What came of it, in his words."""
    changed: datetime | None = None
    """When it came to be so; None for what nobody has touched."""

    def taken(self, by: str, at: datetime) -> "Callback":
        """Raise `HeldByAnother` where it does not wait; whoever has it may take it again."""
        if self.state is CallbackState.TAKEN and self.by == by:
            return self
        if self.state is not CallbackState.WAITING:
            raise HeldByAnother(self.by)
        return replace(self, state=CallbackState.TAKEN, by=by, changed=at)

    def remarked(self, by: str, remark: str, at: datetime) -> "Callback":
        """Raise `HeldByAnother` where another has it."""
        self._not_anothers(by)
        return replace(self, remark=remark, changed=at)

    def done(self, by: str, remark: str, at: datetime) -> "Callback":
        """Raise `HeldByAnother` where another has it; "" leaves the remark as it is."""
        self._not_anothers(by)
        return replace(self, state=CallbackState.DONE, by=by, remark=remark or self.remark, changed=at)

    def given_back(self, by: str, at: datetime) -> "Callback":
        """Have it wait again.  Raise `HeldByAnother` where another works at it; what is done anybody may reopen."""
        if self.state is CallbackState.TAKEN and self.by != by:
            raise HeldByAnother(self.by)
        return replace(self, state=CallbackState.WAITING, by="", changed=at)

    def _not_anothers(self, by: str) -> None:
        if self.state is not CallbackState.WAITING and self.by != by:
            raise HeldByAnother(self.by)
