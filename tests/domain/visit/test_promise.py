"""What was promised is remembered as far as it is known, and no late news undoes what is done."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.facts import Deed
from domain.visit.promise import Promise, PromiseState

BEGUN, DONE, HEARD, FAILED = PromiseState.BEGUN, PromiseState.DONE, PromiseState.HEARD, PromiseState.FAILED


def promise(state: PromiseState) -> Promise:
    return Promise(
        caller="+380671234567",
        call_id=UUID(int=1),
        key="a key",
        deed=Deed.ORDERED,
        content="4 × T1",
        at=datetime(2026, 11, 25, 10, tzinfo=UTC),
        state=state,
    )


def done(promise: Promise) -> Promise:
    return promise.done("10245", "Замовлення номер 10245 оформлено.")


@pytest.mark.parametrize(
    ("step", "ends"),
    [
        (Promise.begun_again, {BEGUN: BEGUN, DONE: DONE, HEARD: HEARD, FAILED: BEGUN}),
        (done, {BEGUN: DONE, DONE: DONE, HEARD: HEARD, FAILED: DONE}),
        (Promise.failed, {BEGUN: FAILED, DONE: DONE, HEARD: HEARD, FAILED: FAILED}),
        (Promise.heard, {BEGUN: HEARD, DONE: HEARD, HEARD: HEARD, FAILED: FAILED}),
    ],
)
def test_each_step_leads_from_each_state_to_one(
    step: Callable[[Promise], Promise], ends: dict[PromiseState, PromiseState]
) -> None:
    assert {state: step(promise(state)).state for state in PromiseState} == ends


def test_the_answer_is_kept_with_what_is_done() -> None:
    kept = done(promise(BEGUN)).heard()
    assert (kept.number, kept.text) == ("10245", "Замовлення номер 10245 оформлено.")


def test_a_promise_is_open_until_its_caller_has_heard_or_it_was_refused() -> None:
    assert {state for state in PromiseState if promise(state).open} == {BEGUN, DONE}
