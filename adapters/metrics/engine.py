"""What an engine tells of itself, asked for whenever somebody asks."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge


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

    def watch(
        self, *, voice_ready: Callable[[], bool], accepting: Callable[[], bool], journal_waiting: Callable[[], int]
    ) -> None:
        self._voice_ready.set_function(lambda: float(voice_ready()))
        self._accepting.set_function(lambda: float(accepting()))
        self._waiting.set_function(journal_waiting)
