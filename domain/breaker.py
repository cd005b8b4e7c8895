"""A breaker: whoever failed often is left alone for a while, then tried once.

It is a value; `now` is given.  Closed, it counts failures in a row; open, it
allows nothing until its time is up; half-open, it allows one trial, whose
outcome closes or opens it.  A trial of which nothing is ever heard ends by
itself.
"""

from dataclasses import dataclass, replace
from enum import Enum


class State(Enum):
    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True)
class Breaker:
    failures_to_open: int = 5
    open_seconds: float = 30.0
    trial_seconds: float = 10.0
    failures: int = 0
    opened_at: float | None = None
    trial_until: float | None = None

    def state(self, now: float) -> State:
        if self.opened_at is None:
            return State.CLOSED
        return State.OPEN if now < self.opened_at + self.open_seconds else State.HALF_OPEN

    def allows(self, now: float) -> bool:
        match self.state(now):
            case State.CLOSED:
                return True
            case State.OPEN:
                return False
            case _:  # half-open
                return self.trial_until is None or now >= self.trial_until

    def tried(self, now: float) -> "Breaker":
        """An attempt begins; when half-open, it is the trial and no other is allowed beside it."""
        if self.state(now) is not State.HALF_OPEN:
            return self
        return replace(self, trial_until=now + self.trial_seconds)

    def succeeded(self) -> "Breaker":
        return replace(self, failures=0, opened_at=None, trial_until=None)

    def failed(self, now: float) -> "Breaker":
        if self.state(now) is State.OPEN:
            return self  # an attempt from before it opened
        failures = self.failures + 1
        if failures < self.failures_to_open:
            return replace(self, failures=failures)
        return replace(self, failures=failures, opened_at=now, trial_until=None)

    def abandoned(self) -> "Breaker":
        """The attempt ended without telling anything, as when the caller interrupts: another may be made."""
        return replace(self, trial_until=None)
