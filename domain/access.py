"""Who may do what in the admin, how often somebody may be wrong, and how much he may ask for, before he has to wait."""

from dataclasses import dataclass
from enum import Enum


class Permission(Enum):
    """What is done to what."""

    SEE_CALLS = "calls.see"
    """What was said, listed and whole."""
    EXPORT_CALLS = "calls.export"
    DRAFT_FEATURES = "calls.draft_feature"
    """Make a feature file of a call."""
    WATCH_CALLS = "live.see"
    SEE_CALLBACKS = "callbacks.see"
    FOLLOW_UP_CALLBACKS = "callbacks.follow_up"
    """Take one, give it back, say what came of it."""
    SEE_CUSTOMERS = "customers.see"
    EDIT_CUSTOMERS = "customers.edit"
    EXPORT_CUSTOMERS = "customers.export"
    ERASE_CUSTOMERS = "customers.erase"
    SEE_NUMBERS = "numbers.see"
    """Callers' numbers in full."""
    STEER_CALLS = "calls.steer"
    """End a call that runs, or give it to an operator."""
    TEST_CALLS = "calls.test"
    """Talk to the agent from the browser."""
    SEE_COSTS = "costs.see"
    SEE_OPERATORS = "operators.see"
    MANAGE_USERS = "users.manage"
    """People, their roles, and the tokens of machines."""
    SEE_AUDIT = "audit.see"
    SEE_STATUS = "status.see"
    """Settings, and which parts are ready."""


class Role(Enum):
    ADMIN = "admin"
    ANALYST = "analyst"
    OPERATOR = "operator"
    CONTENT_MANAGER = "content_manager"

    def may(self, permission: Permission) -> bool:
        return permission in _GRANTED[self]


_GRANTED = {
    Role.ADMIN: frozenset(Permission),
    Role.ANALYST: frozenset(
        {
            Permission.SEE_CALLS,
            Permission.EXPORT_CALLS,
            Permission.WATCH_CALLS,
            Permission.SEE_COSTS,
            Permission.SEE_OPERATORS,
            Permission.SEE_CALLBACKS,
        }
    ),
    Role.OPERATOR: frozenset(
        {
            Permission.SEE_CALLS,
            Permission.WATCH_CALLS,
            Permission.SEE_OPERATORS,
            Permission.SEE_CALLBACKS,
            Permission.FOLLOW_UP_CALLBACKS,
            Permission.SEE_CUSTOMERS,
            Permission.EDIT_CUSTOMERS,
            Permission.SEE_NUMBERS,
            Permission.STEER_CALLS,
        }
    ),
    Role.CONTENT_MANAGER: frozenset({Permission.SEE_CALLS, Permission.DRAFT_FEATURES, Permission.TEST_CALLS}),
}


@dataclass(frozen=True, slots=True)
class Attempts:
    """The failed attempts under one name, or from one address.

    It is a value; `now` is given, in seconds.
    """

    failed_at: tuple[float, ...] = ()

    def wait_seconds(self, now: float, *, most: int, within_seconds: float) -> float:
        """Return how long to wait until the next attempt: 0 while fewer than `most` failed in that time."""
        recent = self._since(now - within_seconds)
        return recent[-most] + within_seconds - now if len(recent) >= most else 0.0

    def failed(self, now: float, *, within_seconds: float) -> "Attempts":
        """Return what is remembered after one more failure."""
        return Attempts((*self._since(now - within_seconds), now))

    def without(self, at: float) -> "Attempts":
        """Return what is remembered when the one at that time was none."""
        rest = list(self.failed_at)
        if at in rest:
            rest.remove(at)
        return Attempts(tuple(rest))

    def _since(self, then: float) -> tuple[float, ...]:
        return tuple(at for at in self.failed_at if at > then)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much is left to somebody who may have so much at once, and so much again every second."""

    left: float
    at: float

    def less_one(self, now: float, *, most: float, a_second: float) -> tuple["Allowance", float]:
        """Return what is left after one more, and how long to wait for it: 0 where there was enough."""
        left = min(most, self.left + max(0.0, now - self.at) * a_second)
        if left < 1:
            return Allowance(left, now), (1 - left) / a_second
        return Allowance(left - 1, now), 0.0
