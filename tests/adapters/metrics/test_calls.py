"""What calls count, as Prometheus reads it."""

from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from adapters.metrics.calls import CallMetrics
from domain.dialog import events
from domain.dialog.events import ClauseJudged, Event, ReplyAudible
from domain.dialog.phases import Ended, Listening, Outcome, Thinking
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.hand_over import Reason
from domain.speech import Hypothesis
from domain.transcript import CallerTurn, ToolCall, ToolUse
from domain.truth.judgement import Judgement
from tests.entrypoints.calls_seen import CALL_ID, RECORD

NOTHING = State()
ASKED = CallerTurn("які є шини")


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> CallMetrics:
    return CallMetrics(registry)


def moved(registry: CollectorRegistry) -> dict[str, float]:
    """Return what is not zero, without the buckets of histograms."""
    lines = [line for line in generate_latest(registry).decode().splitlines() if line.startswith("callcenter_")]
    pairs = [line.rsplit(" ", 1) for line in lines if "_bucket{" not in line and "_created" not in line]
    return {name.removeprefix("callcenter_"): float(value) for name, value in pairs if float(value)}


def follow(metrics: CallMetrics, *seen: tuple[float, Event, State]) -> None:
    for at, event, state in seen:
        metrics.notice(CALL_ID, event, state, at)


def test_every_known_value_is_there_before_the_first_call(registry: CollectorRegistry, metrics: CallMetrics) -> None:
    told = generate_latest(registry).decode()
    for value in (
        *(f'callcenter_truth_gate_total{{verdict="{each.value}"}} 0.0' for each in Judgement),
        *(f'callcenter_calls_total{{status="{each.value}"}} 0.0' for each in Outcome),
        *(f'callcenter_transfers_to_operator_total{{reason="{each.value}"}} 0.0' for each in Reason),
        *(f'callcenter_pipeline_errors_total{{stage="{each}"}} 0.0' for each in ("model", "voice", "ear")),
        "callcenter_active_calls 0.0",
    ):
        assert value in told


@pytest.mark.parametrize("judgement", Judgement)
def test_a_judged_clause_moves_its_verdict_and_no_other(
    registry: CollectorRegistry, metrics: CallMetrics, judgement: Judgement
) -> None:
    follow(metrics, (0, ClauseJudged(judgement), NOTHING), (0, ReplyAudible(), NOTHING))
    assert moved(registry) == {f'truth_gate_total{{verdict="{judgement.value}"}}': 1, "active_calls": 1}


@pytest.mark.parametrize(
    ("event", "state", "name"),
    [
        (events.ReplyFailed("model", ""), NOTHING, 'pipeline_errors_total{stage="model"}'),
        (events.ReplyFailed("voice", ""), NOTHING, 'pipeline_errors_total{stage="voice"}'),
        (events.EarFailed(), NOTHING, 'pipeline_errors_total{stage="ear"}'),
        (events.Hushed("Є шини", None), State(phase=Listening(0)), "barge_in_total"),
        (events.Hushed("", None), State(phase=Listening(0)), None),
        (events.Hushed("Є шини", None), State(phase=Ended(Outcome.ABANDONED)), None),
    ],
)
def test_what_happens_in_a_call_is_counted_once(
    registry: CollectorRegistry, metrics: CallMetrics, event: Event, state: State, name: str | None
) -> None:
    follow(metrics, (0, event, state))
    assert moved(registry) == {"active_calls": 1} | ({name: 1} if name else {})


def test_a_reply_is_timed_from_the_callers_voice_to_the_line(registry: CollectorRegistry, metrics: CallMetrics) -> None:
    thinking = State(phase=Thinking(10.5), turns=(ASKED,))
    follow(
        metrics,
        (10.4, UtteranceEnded(voice_seconds=1.0, silence_seconds=0.4), NOTHING),
        (10.5, events.Heard(Hypothesis(0, "які є шини", final=True)), thinking),
        (10.6, events.Heard(Hypothesis(0, "які є шини", final=True)), thinking),
        (11.0, events.ReplyWorded(), thinking),
        (11.25, events.ReplyAudible(), NOTHING),
        (11.5, events.LineAudible(), NOTHING),
        (12.0, events.LineAudible(), NOTHING),
    )
    assert moved(registry) == {
        "active_calls": 1,
        "stt_latency_ms_count": 1,
        "stt_latency_ms_sum": pytest.approx(500),
        "llm_latency_ms_count": 1,
        "llm_latency_ms_sum": pytest.approx(500),
        "tts_latency_ms_count": 1,
        "tts_latency_ms_sum": pytest.approx(250),
        "tts_delivery_ms_count": 1,
        "tts_delivery_ms_sum": pytest.approx(250),
    }


@pytest.mark.parametrize(("considered", "milliseconds"), [("Які є шини?", 800), ("які є", 300)])
def test_a_model_that_was_asked_early_for_the_same_words_is_timed_from_then(
    registry: CollectorRegistry, metrics: CallMetrics, considered: str, milliseconds: float
) -> None:
    thinking = State(phase=Thinking(10.5), turns=(ASKED,))
    follow(
        metrics,
        (10.0, events.TimePassed(), State(phase=Listening(9), considered=considered, considerations=1)),
        (10.2, events.TimePassed(), State(phase=Listening(9), considered=considered, considerations=1)),
        (10.5, events.TimePassed(), thinking),
        (10.8, events.ReplyWorded(), thinking),
    )
    assert moved(registry)["llm_latency_ms_sum"] == pytest.approx(milliseconds)


def test_a_tool_is_timed_and_its_failure_counted(registry: CollectorRegistry, metrics: CallMetrics) -> None:
    use = ToolUse(ToolCall("1", "search_tires", {}), "the shop does not answer", failed=True)
    follow(metrics, (1.0, events.ToolStarted("search_tires"), NOTHING), (1.5, events.ToolEnded(use), NOTHING))
    assert moved(registry) == {
        "active_calls": 1,
        'tool_call_duration_ms_count{tool_name="search_tires"}': 1,
        'tool_call_duration_ms_sum{tool_name="search_tires"}': 500,
        'tool_call_errors_total{tool_name="search_tires"}': 1,
    }


def test_a_call_that_has_ended_is_counted_with_its_figures(registry: CollectorRegistry, metrics: CallMetrics) -> None:
    follow(metrics, (0, events.Answered("Добрий день!"), NOTHING))
    metrics.ended(RECORD)
    assert moved(registry) == {
        'calls_total{status="handed_over"}': 1,
        'transfers_to_operator_total{reason="customer_request"}': 1,
        "call_duration_seconds_count": 1,
        "call_duration_seconds_sum": 12.34,
        "call_cost_usd_count": 1,
        "call_cost_usd_sum": 0.0123,
        "total_response_latency_ms_count": 2,
        "total_response_latency_ms_sum": 1200,
        "dead_air_seconds_count": 2,
        "dead_air_seconds_sum": pytest.approx(1.6),
        "frame_lateness_ms_count": 1,
        "frame_lateness_ms_sum": 1.26,
    }


def test_calls_side_by_side_keep_their_own_time(registry: CollectorRegistry, metrics: CallMetrics) -> None:
    other = UUID(int=8)
    metrics.notice(CALL_ID, events.ToolStarted("search_tires"), NOTHING, 1.0)
    metrics.notice(other, events.ToolEnded(ToolUse(ToolCall("1", "search_tires", {}), "")), NOTHING, 2.0)
    assert moved(registry) == {"active_calls": 2}


def test_a_call_that_ends_without_an_event_leaves_nothing_running(
    registry: CollectorRegistry, metrics: CallMetrics
) -> None:
    metrics.ended(RECORD)
    assert "active_calls" not in moved(registry)
