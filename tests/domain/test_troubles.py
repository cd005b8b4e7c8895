"""What goes wrong in calls, and which calls need somebody's look."""

import pytest

from domain.dialog.events import ClauseJudged, EarFailed, Event, ReplyFailed, TimePassed
from domain.dialog.phases import Outcome
from domain.dialog.state import State
from domain.hand_over import Reason
from domain.troubles import NO_TROUBLES, Concern, Troubles, concerns
from domain.truth.judgement import Judgement

REFUSED = next(each for each in Judgement if each is not Judgement.PASSED)


@pytest.mark.parametrize(
    ("event", "state", "counted"),
    [
        (ClauseJudged(Judgement.PASSED), State(), NO_TROUBLES),
        (ClauseJudged(REFUSED), State(), Troubles(refused=1)),
        (EarFailed(), State(), Troubles(failures=1)),
        (ReplyFailed("voice", ""), State(), Troubles(failures=1)),
        (TimePassed(), State(misunderstandings=1), Troubles(asked_again=1)),
        (TimePassed(), State(silences=1), Troubles(unanswered=1)),
        (TimePassed(), State(), NO_TROUBLES),
    ],
)
def test_what_goes_wrong_is_counted(event: Event, state: State, counted: Troubles) -> None:
    assert NO_TROUBLES.after(event, State(), state) == counted
    assert counted.after(TimePassed(), state, state) == counted


@pytest.mark.parametrize(
    ("outcome", "reason", "troubles", "silence", "reply", "found"),
    [
        (Outcome.COMPLETED, None, NO_TROUBLES, 4.9, 4.9, []),
        (Outcome.COMPLETED, None, Troubles(asked_again=1, refused=1, unanswered=3), 0.0, None, []),
        (Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST, NO_TROUBLES, 0.0, None, []),
        (Outcome.FAILED, None, NO_TROUBLES, 0.0, None, [Concern.FAILED]),
        (Outcome.LOST, None, NO_TROUBLES, 0.0, None, [Concern.FAILED]),
        (Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE, NO_TROUBLES, 0.0, None, [Concern.FAILED]),
        (Outcome.COMPLETED, None, Troubles(failures=1), 0.0, None, [Concern.FAILED]),
        (Outcome.COMPLETED, None, NO_TROUBLES, 5.0, 5.0, [Concern.SILENCE, Concern.SLOW_REPLY]),
        (
            Outcome.COMPLETED,
            None,
            Troubles(asked_again=2, refused=2),
            0.0,
            1.0,
            [Concern.MISUNDERSTANDING, Concern.REFUSED],
        ),
        (Outcome.HANDED_OVER, Reason.REPEATED_MISUNDERSTANDING, NO_TROUBLES, 0.0, None, [Concern.MISUNDERSTANDING]),
        (Outcome.HANDED_OVER, Reason.NEGATIVE_EMOTION, NO_TROUBLES, 0.0, None, [Concern.UPSET]),
    ],
)
def test_a_call_needs_a_look_when_its_caller_had_a_bad_time(
    outcome: Outcome,
    reason: Reason | None,
    troubles: Troubles,
    silence: float,
    reply: float | None,
    found: list[Concern],
) -> None:
    assert found == concerns(
        outcome=outcome,
        reason=reason,
        troubles=troubles,
        dead_air_seconds=silence,
        response_p95_seconds=reply,
    )
