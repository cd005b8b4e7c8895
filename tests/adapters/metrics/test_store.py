"""What the shop's answers count."""

import pytest
from prometheus_client import CollectorRegistry

from adapters.metrics.store import StoreMetrics
from domain.breaker import State


@pytest.mark.parametrize(
    ("status", "code"),
    [(200, None), (404, None), (409, None), (422, None), (401, "401"), (429, "429"), (503, "503"), (None, "none")],
)
def test_an_error_is_counted_and_a_no_is_none(status: int | None, code: str | None) -> None:
    registry = CollectorRegistry()
    StoreMetrics(registry).responded("/tires/search", status)
    counted = {
        sample.labels["status_code"]: sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "callcenter_store_api_errors_total"
    }
    assert counted == ({code: 1} if code else {})


@pytest.mark.parametrize(("state", "value"), [(State.CLOSED, 0), (State.HALF_OPEN, 1), (State.OPEN, 2)])
def test_the_breakers_state_is_told_as_it_is_when_asked(state: State, value: float) -> None:
    registry = CollectorRegistry()
    states = iter([State.CLOSED, state])
    StoreMetrics(registry).watch(lambda: next(states))
    assert registry.get_sample_value("callcenter_store_api_circuit_breaker_state") == 0
    assert registry.get_sample_value("callcenter_store_api_circuit_breaker_state") == value
