"""What an engine tells of itself, asked for whenever somebody asks."""

from collections.abc import Callable, Iterable

from prometheus_client import CollectorRegistry, Gauge
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector


class EngineMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._voice_ready = Gauge(
            "callcenter_voice_ready", "1: all that the agent says of itself has been voiced.", registry=registry
        )
        self._accepting = Gauge(
            "callcenter_accepting_calls", "1: new calls are answered; 0: not yet, or no more.", registry=registry
        )
        self._waiting = Gauge(
            "callcenter_journal_waiting", "Entries of calls' records that no journal has yet.", registry=registry
        )

        self._queue = _QueueLength()
        registry.register(self._queue)

    def watch(
        self,
        *,
        voice_ready: Callable[[], bool],
        accepting: Callable[[], bool],
        journal_waiting: Callable[[], int],
        queue_length: Callable[[], int | None],
    ) -> None:
        self._voice_ready.set_function(lambda: float(voice_ready()))
        self._accepting.set_function(lambda: float(accepting()))
        self._waiting.set_function(journal_waiting)
        self._queue.length = queue_length


class _QueueLength(Collector):
    """Tells nothing while it is not known: an empty queue is something else.  Every engine tells of the same queue."""

    length: Callable[[], int | None] = staticmethod(lambda: None)

    def collect(self) -> Iterable[Metric]:
        told = GaugeMetricFamily("callcenter_operator_queue_length", "Callers who wait for an operator.")
        if (length := self.length()) is not None:
            told.add_metric([], length)
        yield told
