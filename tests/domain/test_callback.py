"""A callback is taken by one person at a time, and is never lost between two."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.callback import Callback, CallbackRequest, CallbackState, HeldByAnother

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
REQUEST = CallbackRequest(call_id=UUID(int=1), number="+380671234567", note="про шини", reason="asked", at=NOON)
WAITING = Callback(request=REQUEST)
OF_OKSANA = WAITING.taken("oksana", NOON)
DONE_BY_OKSANA = OF_OKSANA.done("oksana", "передзвонила", NOON)

Step = Callable[[Callback], Callback]


def test_a_request_is_named_by_its_content_and_not_by_its_time() -> None:
    assert replace(REQUEST, at=LATER).key == REQUEST.key
    others = [
        replace(REQUEST, call_id=UUID(int=2)),
        replace(REQUEST, number="+380509998877"),
        replace(REQUEST, note="про ши", reason="ниasked"),
        replace(REQUEST, preferred_time="зранку"),
        replace(REQUEST, reason="shop_unavailable"),
    ]
    assert len({REQUEST.key, *(each.key for each in others)}) == 6


def test_who_takes_it_has_it() -> None:
    assert (OF_OKSANA.state, OF_OKSANA.by, OF_OKSANA.changed) == (CallbackState.TAKEN, "oksana", NOON)
    assert OF_OKSANA.taken("oksana", LATER) == OF_OKSANA


@pytest.mark.parametrize("callback", [OF_OKSANA, DONE_BY_OKSANA])
@pytest.mark.parametrize(
    "step",
    [
        lambda each: each.taken("petro", LATER),
        lambda each: each.done("petro", "", LATER),
        lambda each: each.remarked("petro", "не відповідає", LATER),
    ],
)
def test_what_one_has_no_other_changes(callback: Callback, step: Step) -> None:
    with pytest.raises(HeldByAnother) as held:
        step(callback)
    assert held.value.by == "oksana"


def test_what_is_done_is_not_taken_again() -> None:
    with pytest.raises(HeldByAnother):
        DONE_BY_OKSANA.taken("oksana", LATER)


def test_only_who_has_it_gives_it_back() -> None:
    with pytest.raises(HeldByAnother):
        OF_OKSANA.given_back("petro", LATER)
    assert OF_OKSANA.given_back("oksana", LATER) == Callback(request=REQUEST, changed=LATER)


def test_what_is_done_anybody_may_reopen_and_its_remark_stays() -> None:
    again = DONE_BY_OKSANA.given_back("petro", LATER)
    assert (again.state, again.by, again.remark) == (CallbackState.WAITING, "", "передзвонила")


def test_it_is_done_without_being_taken_and_keeps_its_remark_when_nothing_is_said() -> None:
    remarked = WAITING.remarked("petro", "не відповідає", NOON)
    assert (remarked.state, remarked.remark) == (CallbackState.WAITING, "не відповідає")
    done = remarked.done("petro", "", LATER)
    assert (done.state, done.by, done.remark, done.changed) == (CallbackState.DONE, "petro", "не відповідає", LATER)
    assert remarked.done("petro", "замовив", LATER).remark == "замовив"
