"""What goes wrong in a call, counted as it happens, and which calls somebody should look at afterwards."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from domain.dialog.events import ClauseJudged, EarFailed, Event, ReplyFailed
from domain.dialog.phases import Outcome
from domain.dialog.state import State
from domain.hand_over import Reason
from domain.truth.judgement import Judgement

LONG_SILENCE_SECONDS = 5.0
"""Twice of what a caller is promised to wait at most without a sound."""
_SLOW_REPLY_SECONDS = 5.0
_MANY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """What has gone wrong in a call, counted."""

    asked_again: int = 0
    """The agent did not understand."""
    unanswered: int = 0
    """The caller was asked and said nothing."""
    refused: int = 0
    """The gate would not have a clause of the model spoken."""
    failures: int = 0
    """A model, a voice or the recognizer failed."""

    @property
    def weight(self) -> int:
        return 3 * self.failures + 2 * self.asked_again + 2 * self.refused + self.unanswered

    def after(self, event: Event, before: State, state: State) -> "Troubles":
        """Return them with what this event adds; `state` is the one after it."""
        match event:
            case ClauseJudged(judgement) if judgement is not Judgement.PASSED:
                return replace(self, refused=self.refused + 1)
            case ReplyFailed() | EarFailed():
                return replace(self, failures=self.failures + 1)
            case _ if state.misunderstandings > before.misunderstandings:
                return replace(self, asked_again=self.asked_again + 1)
            case _ if state.silences > before.silences:
                return replace(self, unanswered=self.unanswered + 1)
            case _:
                return self


NO_TROUBLES = Troubles()


class Concern(Enum):
    """Why somebody should look at a call."""

    FAILED = "failed"
    """Something of ours did, and the caller noticed."""
    SILENCE = "silence"
    SLOW_REPLY = "slow_reply"
    MISUNDERSTANDING = "misunderstanding"
    REFUSED = "refused"
    """The model went on saying what no tool had said."""
    UPSET = "upset"


def concerns(
    *,
    outcome: Outcome,
    reason: Reason | None,
    troubles: Troubles,
    dead_air_seconds: float,
    response_p95_seconds: float | None,
) -> Collection[Concern]:
    """Return what is amiss in a call that has ended, the worst first."""
    found = {
        Concern.FAILED: outcome in (Outcome.FAILED, Outcome.LOST)
        or reason is Reason.TECHNICAL_FAILURE
        or troubles.failures > 0,
        Concern.SILENCE: dead_air_seconds >= LONG_SILENCE_SECONDS,
        Concern.MISUNDERSTANDING: reason is Reason.REPEATED_MISUNDERSTANDING or troubles.asked_again >= _MANY,
        Concern.REFUSED: troubles.refused >= _MANY,
        Concern.UPSET: reason is Reason.NEGATIVE_EMOTION,
        Concern.SLOW_REPLY: (response_p95_seconds or 0.0) >= _SLOW_REPLY_SECONDS,
    }
    return [concern for concern, is_so in found.items() if is_so]
