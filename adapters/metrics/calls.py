"""What calls count."""

from uuid import UUID

from prometheus_client import CollectorRegistry, Counter

from application.ports.operations import CallRecord
from domain.dialog.events import ClauseJudged, Event
from domain.dialog.state import State
from domain.truth.judgement import Judgement


class CallMetrics:
    """Fulfils the port `CallObserver`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._truth_gate = Counter(
            "callcenter_truth_gate",
            "Clauses of the language model that the truth gate looked at, by what became of them.",
            ["verdict"],
            registry=registry,
        )
        for judgement in Judgement:
            self._truth_gate.labels(judgement.value)

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        match event:
            case ClauseJudged(judgement):
                self._truth_gate.labels(judgement.value).inc()
            case _:
                pass

    def ended(self, record: CallRecord) -> None:
        """All that is counted so far is counted as it happens."""
