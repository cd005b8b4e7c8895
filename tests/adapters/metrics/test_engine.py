"""What an engine tells of itself."""

from prometheus_client import CollectorRegistry

from adapters.metrics.engine import EngineMetrics


def test_the_voice_is_told_ready_as_it_is_when_asked() -> None:
    registry = CollectorRegistry()
    answers = iter([False, True])
    EngineMetrics(registry).watch(lambda: next(answers))
    told = [registry.get_sample_value("callcenter_voice_ready") for _ in range(2)]
    assert told == [0, 1]
