"""What the shop's answers count."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge

from domain.breaker import State

_STATES = {State.CLOSED: 0.0, State.HALF_OPEN: 1.0, State.OPEN: 2.0}
_ANSWERS = frozenset({404, 409, 422})
"""What the shop says no with; nothing is wrong then."""


class StoreMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._errors = Counter(
            "callcenter_store_api_errors",
            "Attempts that the shop answered with an error, or not at all.",
            ["status_code"],
            registry=registry,
        )
        self._breaker = Gauge(
            "callcenter_store_api_circuit_breaker_state",
            "0: the shop is asked; 1: it is tried; 2: it is left alone.",
            registry=registry,
        )

    def responded(self, _pattern: str, status: int | None) -> None:
        """Learn of an attempt; no status means no answer."""
        if status is None or (status >= 400 and status not in _ANSWERS):
            self._errors.labels("none" if status is None else str(status)).inc()

    def watch(self, breaker: Callable[[], State]) -> None:
        """Tell this breaker's state whenever somebody asks."""
        self._breaker.set_function(lambda: _STATES[breaker()])
