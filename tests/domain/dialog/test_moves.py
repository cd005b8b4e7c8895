"""What the dialog can do next, move by move."""

import pytest

from domain.dialog import moves
from domain.dialog.actions import Announce, Forget, Hold, Hush, Release
from domain.dialog.phases import (
    Closing,
    Connected,
    Ended,
    Greeting,
    HandingOver,
    Listening,
    Outcome,
    Phase,
    Speaking,
    Thinking,
)
from domain.dialog.state import State
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN, Announcement, Kind
from domain.speech import Expectation
from domain.transcript import AgentTurn

LEGAL = Announcement(Kind.GREETING, "З вами розмовляє автоматична система.")
QUESTION = Announcement(Kind.GREETING_QUESTION, "Чим можу допомогти?")


@pytest.mark.parametrize(
    ("phase", "interruptible"),
    [
        (Connected(), False),
        (Greeting(LEGAL, 0), False),
        (Greeting(QUESTION, 0), True),
        (Listening(0), False),
        (Thinking(0), True),
        (Speaking(0), True),
        (Speaking(0, QUESTION), True),
        (HandingOver(Reason.CANNOT_HELP, "", 0), False),
        (Closing(Outcome.SILENT, 0), False),
        (Ended(Outcome.SILENT), False),
    ],
)
def test_only_an_agent_that_speaks_or_thinks_unprotected_can_be_interrupted(phase: Phase, interruptible: bool) -> None:
    state = State(phase=phase)
    assert moves.interruptible(state) is interruptible
    assert moves.hold(state, 1.0)[1] == ((Hold(),) if interruptible else ())


def test_what_nobody_heard_is_not_remembered() -> None:
    assert moves.remember(State(), "") == State()


def test_what_was_heard_says_what_is_expected_next() -> None:
    state = moves.remember(State(), "Скільки шин вам потрібно?")
    assert state.turns == (AgentTurn("Скільки шин вам потрібно?"),)
    assert state.expectation is Expectation.QUANTITY


def test_what_is_said_in_place_of_a_reply_releases_a_held_line_first() -> None:
    _, actions = moves.say(State(phase=Speaking(0), held_at=1), Kind.SILENCE, "Я вас слухаю.", 2)
    assert actions == (Release(), Announce(Announcement(Kind.SILENCE, "Я вас слухаю.")))


def test_a_hand_over_drops_what_was_said_and_thought() -> None:
    state, actions = moves.hand_over(State(phase=Speaking(0), held_at=1), Reason.CANNOT_HELP, "диски", 2)
    assert state.phase == HandingOver(Reason.CANNOT_HELP, "диски", 2) and state.held_at is None
    assert actions == (Forget(), Hush(), Announce(Announcement(Kind.HAND_OVER, UKRAINIAN.hand_over)))


@pytest.mark.parametrize("phase", [HandingOver(Reason.CANNOT_HELP, "", 0), Closing(Outcome.SILENT, 0)])
def test_who_is_leaving_anyway_is_not_apologised_to(phase: Phase) -> None:
    assert moves.give_up(State(phase=phase), "Перепрошую.", 1) == (State(phase=phase), ())
