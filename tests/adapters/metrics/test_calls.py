"""What calls count, as Prometheus reads it."""

from uuid import uuid4

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from adapters.metrics.calls import CallMetrics
from domain.dialog.events import ClauseJudged, ReplyAudible
from domain.dialog.state import State
from domain.truth.judgement import Judgement


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


def lines(registry: CollectorRegistry) -> set[str]:
    told = generate_latest(registry).decode()
    return {line for line in told.splitlines() if line.startswith("callcenter_truth_gate_total")}


def test_every_verdict_is_there_before_the_first_clause(registry: CollectorRegistry) -> None:
    CallMetrics(registry)
    assert lines(registry) == {
        'callcenter_truth_gate_total{verdict="passed"} 0.0',
        'callcenter_truth_gate_total{verdict="refused"} 0.0',
        'callcenter_truth_gate_total{verdict="replaced"} 0.0',
    }


@pytest.mark.parametrize("judgement", Judgement)
def test_a_judged_clause_moves_its_verdict_and_no_other(registry: CollectorRegistry, judgement: Judgement) -> None:
    metrics = CallMetrics(registry)
    metrics.notice(uuid4(), ClauseJudged(judgement), State(), 0.0)
    metrics.notice(uuid4(), ReplyAudible(), State(), 0.0)
    moved = {line for line in lines(registry) if not line.endswith(" 0.0")}
    assert moved == {f'callcenter_truth_gate_total{{verdict="{judgement.value}"}} 1.0'}
