"""What an engine tells of itself."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Gauge


class EngineMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._voice_ready = Gauge(
            "callcenter_voice_ready", "1: all that the agent says of itself has been voiced.", registry=registry
        )

    def watch(self, voice_ready: Callable[[], bool]) -> None:
        """Tell whether the voice is ready whenever somebody asks."""
        self._voice_ready.set_function(lambda: float(voice_ready()))
