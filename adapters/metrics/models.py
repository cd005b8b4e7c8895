"""What asking the language models counts."""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Histogram

_MILLISECONDS = (50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000)


class ModelMetrics:
    """Watches the attempts of a reply, each with its provider."""

    def __init__(self, registry: CollectorRegistry, providers: Sequence[str]) -> None:
        self._requests = Counter(
            "callcenter_llm_requests", "Attempts to get an answer.", ["provider"], registry=registry
        )
        self._errors = Counter(
            "callcenter_llm_errors", "Attempts that failed, or broke off.", ["provider"], registry=registry
        )
        self._latency = Histogram(
            "callcenter_llm_provider_latency_ms",
            "From asking a provider to its first words or tool call.",
            ["provider"],
            buckets=_MILLISECONDS,
            registry=registry,
        )
        self._fallbacks = Counter(
            "callcenter_llm_fallbacks", "Replies asked of another provider than the first choice.", registry=registry
        )
        for provider in providers:
            for each in (self._requests, self._errors, self._latency):
                each.labels(provider)

    def asked(self, provider: str) -> None:
        self._requests.labels(provider).inc()

    def began(self, provider: str, seconds: float) -> None:
        self._latency.labels(provider).observe(seconds * 1000)

    def failed(self, provider: str) -> None:
        self._errors.labels(provider).inc()

    def passed_on(self) -> None:
        self._fallbacks.inc()
