"""What goes wrong on demand in the demo shop's server.

A fault strikes requests whose method and path fit, with a probability, so many times.  It may strike
before anything is done, or after a write is done, which loses its answer.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase


class When(Enum):
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Latency first; then one of a status, broken JSON or a reset, where one is set; else the true answer."""

    path: str = "*"
    """A pattern of shell wildcards, against a path such as `/orders/ord_000001/confirm`."""
    method: str | None = None
    when: When = When.BEFORE
    latency_seconds: float = 0.0
    status: int | None = None
    retry_after_seconds: int | None = None
    broken_json: bool = False
    reset: bool = False
    probability: float = 1.0
    count: int | None = None
    """How many requests it strikes; None is all that come."""
    seed: int = 0
    """Of its chance: the same seed strikes the same requests of a sequence."""


class _Armed:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.struck = 0
        self._chance = random.Random(fault.seed)

    def strikes(self, method: str, path: str) -> bool:
        fault = self.fault
        if fault.count is not None and self.struck >= fault.count:
            return False
        if fault.method not in (None, method) or not fnmatchcase(path, fault.path):
            return False
        if self._chance.random() >= fault.probability:
            return False
        self.struck += 1
        return True


class Faults:
    """Those that are set now; of several that fit, the first one strikes."""

    def __init__(self) -> None:
        self._armed: list[_Armed] = []

    def add(self, fault: Fault) -> None:
        self._armed.append(_Armed(fault))

    def clear(self) -> None:
        self._armed.clear()

    @property
    def struck(self) -> Sequence[tuple[Fault, int]]:
        """Return the faults that are set, and how many requests each has struck."""
        return [(each.fault, each.struck) for each in self._armed]

    def next(self, method: str, path: str) -> Fault | None:
        """Return what strikes this request."""
        return next((each.fault for each in self._armed if each.strikes(method, path)), None)
