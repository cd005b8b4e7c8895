"""What the way of the caller's voice to the recognizer counts."""

from prometheus_client import CollectorRegistry, Histogram

_MILLISECONDS = (1, 2, 5, 10, 20, 30, 50, 75, 100, 200, 500, 1000)


class SpeechMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self._sent = Histogram(
            "callcenter_audiosocket_to_stt_ms",
            "From the caller's voice on the line to its leaving for the recognizer.",
            buckets=_MILLISECONDS,
            registry=registry,
        )

    def sent(self, seconds: float) -> None:
        self._sent.observe(seconds * 1000)
