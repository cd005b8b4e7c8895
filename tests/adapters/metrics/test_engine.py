"""What an engine tells of itself, and what others count for it."""

from prometheus_client import CollectorRegistry

from adapters.metrics.engine import EngineMetrics
from adapters.metrics.watched import Counted, WatchedCounters


def test_an_engine_is_told_of_as_it_is_when_asked() -> None:
    registry = CollectorRegistry()
    ready, accepting, waiting = False, True, 7
    queue: int | None = None
    EngineMetrics(registry).watch(
        voice_ready=lambda: ready,
        accepting=lambda: accepting,
        journal_waiting=lambda: waiting,
        queue_length=lambda: queue,
    )

    def told() -> list[float | None]:
        names = ("voice_ready", "accepting_calls", "journal_waiting", "operator_queue_length")
        return [registry.get_sample_value(f"callcenter_{name}") for name in names]

    assert told() == [0, 1, 7, None]
    ready, accepting, waiting, queue = True, False, 0, 2
    assert told() == [1, 0, 0, 2]


def test_what_others_count_is_told_as_counters() -> None:
    registry = CollectorRegistry()
    hits = 0
    WatchedCounters(registry, {"tts_cache_hits": Counted("Clauses that had been voiced before.", lambda: hits)})
    assert registry.get_sample_value("callcenter_tts_cache_hits_total") == 0
    hits = 3
    assert registry.get_sample_value("callcenter_tts_cache_hits_total") == 3
