"""What calls count, as it happens and when they have ended.

A latency is taken between two events of the same call; an event that never
comes leaves none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from application.ports.operations import CallRecord
from domain.dialog import events
from domain.dialog.events import Event
from domain.dialog.phases import Ended, HandingOver, Outcome, Thinking
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.hand_over import Reason
from domain.transcript import CallerTurn
from domain.truth.judgement import Judgement
from domain.words import same_words

_MILLISECONDS = (5, 10, 20, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 2500, 3000, 5000, 10_000)
_LATENESS_MS = (0.5, 1, 2, 5, 10, 20, 40, 80, 160, 500)
_CALL_SECONDS = (5, 15, 30, 60, 120, 180, 300, 600, 1200, 1800)
_SILENCE_SECONDS = (0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5, 10)
_DOLLARS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2)
_STAGES = ("model", "voice", "ear")


@dataclass(slots=True)
class _Clock:
    """When what happened last in a call happened."""

    asked_at: float | None = None
    """When the caller's voice ended."""
    final_owed: bool = False
    considered: str | None = None
    """The words to which the model considers a reply, before its turn has come."""
    model_asked_at: float | None = None
    thinking_since: float | None = None
    worded_at: float | None = None
    put_on_line_at: float | None = None
    tool: tuple[str, float] | None = None


class CallMetrics:
    """Fulfils the port `CallObserver`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        self._clocks: dict[UUID, _Clock] = {}
        self._truth_gate = self._counter(
            "truth_gate",
            "Clauses of the language model that the truth gate looked at, by what became of them.",
            "verdict",
            [each.value for each in Judgement],
        )
        self._active = Gauge("callcenter_active_calls", "Calls that run now.", registry=registry)
        self._calls = self._counter("calls", "Calls that have ended.", "status", [each.value for each in Outcome])
        self._transfers = self._counter(
            "transfers_to_operator", "Callers given to a person.", "reason", [each.value for each in Reason]
        )
        self._errors = self._counter("pipeline_errors", "What failed under a call.", "stage", _STAGES)
        self._barge_ins = Counter("callcenter_barge_in", "Times that a caller cut the agent short.", registry=registry)
        self._tool_errors = self._counter("tool_call_errors", "Tools that failed.", "tool_name", ())
        self._tools = self._histogram("tool_call_duration_ms", "How long a tool took.", _MILLISECONDS, "tool_name")
        self._stt = self._histogram(
            "stt_latency_ms", "From the end of the caller's voice to the recognizer's last word.", _MILLISECONDS
        )
        self._llm = self._histogram(
            "llm_latency_ms", "From asking the language model to its first words.", _MILLISECONDS
        )
        self._tts = self._histogram(
            "tts_latency_ms", "From the model's first words to the voice's first frame.", _MILLISECONDS
        )
        self._delivery = self._histogram(
            "tts_delivery_ms", "From the voice's first frame to its leaving for the caller.", _MILLISECONDS
        )
        self._response = self._histogram(
            "total_response_latency_ms",
            "From the end of the caller's voice to the first sound of the reply.",
            _MILLISECONDS,
        )
        self._duration = self._histogram("call_duration_seconds", "How long calls lasted.", _CALL_SECONDS)
        self._dead_air = self._histogram(
            "dead_air_seconds", "Silences while the agent owed the caller something.", _SILENCE_SECONDS
        )
        self._cost = self._histogram("call_cost_usd", "What a call's providers take, as far as is known.", _DOLLARS)
        self._lateness = self._histogram(
            "frame_lateness_ms", "How late the slowest hundredth of a call's frames was.", _LATENESS_MS
        )

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        if call_id not in self._clocks:
            self._active.inc()
        clock = self._clocks.setdefault(call_id, _Clock())
        self._count(event, state)
        self._take_times(clock, event, state, at)

    def ended(self, record: CallRecord) -> None:
        if self._clocks.pop(record.call_id, None) is not None:
            self._active.dec()
        self._calls.labels(record.ended.outcome.value).inc()
        if record.ended.reason is not None:
            self._transfers.labels(record.ended.reason.value).inc()
        self._duration.observe(record.seconds)
        self._cost.observe(float(record.cost.total.amount))
        self._lateness.observe(record.line.lateness_p99_ms)
        for seconds in record.figures.responses_seconds:
            self._response.observe(seconds * 1000)
        for seconds in record.figures.dead_air_seconds:
            self._dead_air.observe(seconds)

    def _count(self, event: Event, state: State) -> None:
        match event:
            case events.ClauseJudged(judgement):
                self._truth_gate.labels(judgement.value).inc()
            case events.Hushed(heard) if heard and not isinstance(state.phase, HandingOver | Ended):
                self._barge_ins.inc()
            case events.ReplyFailed(stage):
                self._errors.labels(stage).inc()
            case events.EarFailed():
                self._errors.labels("ear").inc()
            case events.ToolEnded(use) if use.failed:
                self._tool_errors.labels(use.call.name).inc()
            case _:
                pass

    def _take_times(self, clock: _Clock, event: Event, state: State, at: float) -> None:
        self._see_who_thinks(clock, state, at)
        match event:
            case UtteranceEnded():
                clock.asked_at, clock.final_owed = at - event.silence_seconds, True
            case events.Heard(hypothesis) if hypothesis.final and clock.final_owed and clock.asked_at is not None:
                self._stt.observe((at - clock.asked_at) * 1000)
                clock.final_owed = False
            case events.ReplyWorded():
                clock.worded_at, clock.model_asked_at = at, self._spent(self._llm, clock.model_asked_at, at)
            case events.ReplyAudible():
                clock.put_on_line_at, clock.worded_at = at, self._spent(self._tts, clock.worded_at, at)
            case events.LineAudible():
                clock.put_on_line_at = self._spent(self._delivery, clock.put_on_line_at, at)
            case events.ToolStarted(name):
                clock.tool = (name, at)
            case events.ToolEnded() if clock.tool is not None:
                name, began = clock.tool
                clock.tool = self._spent(self._tools.labels(name), began, at)
            case _:
                pass

    @staticmethod
    def _see_who_thinks(clock: _Clock, state: State, at: float) -> None:
        if isinstance(state.phase, Thinking):
            if state.phase.since != clock.thinking_since:
                answered = next((turn.text for turn in reversed(state.turns) if isinstance(turn, CallerTurn)), "")
                if clock.considered is None or not same_words(clock.considered, answered):
                    clock.model_asked_at = at
            clock.thinking_since, clock.considered = state.phase.since, None
        elif state.considered is not None and state.considered != clock.considered:
            clock.considered, clock.model_asked_at = state.considered, at

    @staticmethod
    def _spent(histogram: Histogram, since: float | None, at: float) -> None:
        """Observe the time that has passed since then; nothing runs any more."""
        if since is not None:
            histogram.observe((at - since) * 1000)

    def _counter(self, name: str, told: str, label: str, values: Sequence[str]) -> Counter:
        """Make a counter whose known values are there before the first call."""
        counter = Counter(f"callcenter_{name}", told, [label], registry=self._registry)
        for value in values:
            counter.labels(value)
        return counter

    def _histogram(self, name: str, told: str, buckets: Sequence[float], *labels: str) -> Histogram:
        return Histogram(f"callcenter_{name}", told, labels, buckets=buckets, registry=self._registry)
