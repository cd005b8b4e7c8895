"""Who has to wait: whoever tries passwords, and whoever asks for more than anybody needs.

Rule 1: what is remembered of anybody is bounded; whoever has been quiet for longest is forgotten first.
Rule 2: an attempt is counted before it is known to be wrong, so that those side by side are as many as they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Generic, TypeVar

from domain.access import Allowance, Attempts

_WITHIN_SECONDS = 15 * 60
_MOST_BY_NAME = 5
_MOST_BY_ADDRESS = 20
_MOST_KEYS = 10_000
_OWN_NETWORK_BITS = 64
"""Of an IPv6 address: everybody has the rest to himself."""

T = TypeVar("T")


class TooManyAttempts(Exception):
    def __init__(self, wait_seconds: float) -> None:
        super().__init__(f"wait {wait_seconds:.0f} s")
        self.wait_seconds = wait_seconds


class _Remembered(Generic[T]):
    def __init__(self, unknown: T) -> None:
        self._unknown = unknown
        self._known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        return self._known.get(key, self._unknown)

    def __setitem__(self, key: str, value: T) -> None:
        self._known.pop(key, None)
        if len(self._known) >= _MOST_KEYS:
            self._known.pop(next(iter(self._known)))
        self._known[key] = value

    def forget(self, key: str) -> None:
        self._known.pop(key, None)


class LoginGuard:
    """Few wrong passwords are free; more make everybody wait who tries that name, or comes from that address."""

    def __init__(self) -> None:
        self._attempts = _Remembered(Attempts())

    def attempt(self, name: str, address: str, now: float) -> None:
        """Count one, or raise `TooManyAttempts`."""
        keys = {f"name {name}": _MOST_BY_NAME, f"address {network(address)}": _MOST_BY_ADDRESS}
        waits = [
            self._attempts[key].wait_seconds(now, most=most, within_seconds=_WITHIN_SECONDS)
            for key, most in keys.items()
        ]
        if max(waits):
            raise TooManyAttempts(max(waits))
        for key in keys:
            self._attempts[key] = self._attempts[key].failed(now, within_seconds=_WITHIN_SECONDS)

    def take_back(self, name: str, address: str, at: float) -> None:
        """It was no attempt: nobody could know whether it was right."""
        for key in (f"name {name}", f"address {network(address)}"):
            self._attempts[key] = self._attempts[key].without(at)

    def forgive(self, name: str, address: str) -> None:
        for key in (f"name {name}", f"address {network(address)}"):
            self._attempts.forget(key)


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and then so many a second."""

    at_once: int
    a_second: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """Far more than a person or a well-behaved machine asks for, and far less than what would wear the pages down."""

    address: Pace = Pace(2_000, 200)
    """Many may sit behind one."""
    stranger: Pace = Pace(200, 20)
    """An address from which nobody is known."""
    holder: Pace = Pace(1_000, 100)


PACES = Paces()


class PaceGuard:
    def __init__(self, paces: Paces, now: Callable[[], float]) -> None:
        self.paces = paces
        self._now = now
        self._left = _Remembered[Allowance | None](None)

    def wait_seconds(self, who: str, pace: Pace) -> float:
        """Take one from what is left to whoever asks; return how long to wait where nothing is left."""
        left = self._left[who] or Allowance(pace.at_once, self._now())
        self._left[who], wait_seconds = left.less_one(self._now(), most=pace.at_once, a_second=pace.a_second)
        return wait_seconds


def network(address: str) -> str:
    """Return what stands for whoever comes from this address."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(known) if known.version == 4 else str(ip_network((known, _OWN_NETWORK_BITS), strict=False))
