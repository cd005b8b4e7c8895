"""Counters that somebody else counts, asked for whenever somebody asks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector


@dataclass(frozen=True, slots=True)
class Counted:
    told: str
    count: Callable[[], int]


class WatchedCounters(Collector):
    def __init__(self, registry: CollectorRegistry, counters: Mapping[str, Counted]) -> None:
        """Tell these counters by their names without `callcenter_` and `_total`."""
        self._counters = counters
        registry.register(self)

    def collect(self) -> Iterable[Metric]:
        for name, counted in self._counters.items():
            yield CounterMetricFamily(f"callcenter_{name}", counted.told, value=counted.count())
