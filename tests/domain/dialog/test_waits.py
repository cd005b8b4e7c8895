"""What the dialog waits for, phase by phase."""

import pytest

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
from domain.dialog.waits import Wait, waits
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.speech import Hypothesis

PHRASE = Announcement(Kind.SILENCE, "Я вас слухаю.")
WORDS = (Hypothesis(0, "шини", final=False),)


def waited(phase: Phase, **changes: object) -> dict[str, float]:
    state = State(phase=phase, **changes)  # type: ignore[arg-type]
    return {wait.name: at for at, wait in waits(state) if wait is not Wait.CALL}


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (Connected(), {}),
        (Ended(Outcome.COMPLETED), {}),
        (Greeting(PHRASE, 10), {"ANNOUNCEMENT": 40}),
        (Speaking(10, PHRASE), {"ANNOUNCEMENT": 40}),
        (HandingOver(Reason.CANNOT_HELP, "", 10), {"ANNOUNCEMENT": 40}),
        (Closing(Outcome.SILENT, 10), {"ANNOUNCEMENT": 40}),
        (Listening(10), {"SILENCE": 25}),
        (Speaking(10), {}),
        (Speaking(10, silent_since=20), {"TURN": 55, "FILLER": 21.5}),
        (Speaking(10, silent_since=60), {"TURN": 61.5, "FILLER": 61.5}),
        (Speaking(10, silent_since=20, tool_at=18), {"TURN": 55, "FILLER": 20.4}),
        (Speaking(10, silent_since=20, tool_at=22), {"TURN": 55, "FILLER": 22.4}),
        (Speaking(10, silent_since=20, tool_at=22, filled_at=21), {"TURN": 55, "FILLER": 29}),
        (Thinking(10), {"TURN": 55, "FILLER": 10.4}),
        (Thinking(10, worded_at=10.2), {"TURN": 55, "FILLER": 11.7}),
        (Thinking(10, worded_at=12), {"TURN": 55, "FILLER": 12.2}),
        (Thinking(10, worded_at=12, tool_at=13), {"TURN": 55, "FILLER": 13.4}),
        (Thinking(10, worded_at=12, tool_at=13, filled_at=14), {"TURN": 55, "FILLER": 22}),
    ],
)
def test_each_phase_waits_for_its_own(phase: Phase, expected: dict[str, float]) -> None:
    assert waited(phase) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"caller_speaking": True}, {"SILENCE": 40}),
        ({"caller_speaking": True, "heard": WORDS, "heard_at": 20}, {"UTTERANCE": 32}),
        ({"caller_speaking": True, "heard": WORDS, "heard_at": 2}, {"UTTERANCE": 22}),
        ({"final_owed_since": 12}, {"FINAL": 15, "FILLER": 13.2}),
        ({"final_owed_since": 12, "final_filled": True}, {"FINAL": 15}),
        ({"final_owed_since": 12, "caller_speaking": True}, {"SILENCE": 40}),
        ({"digits": "05", "digit_at": 14}, {"DIGITS": 17}),
    ],
)
def test_a_listening_agent_waits_for_what_the_caller_began(
    changes: dict[str, object], expected: dict[str, float]
) -> None:
    assert waited(Listening(10), **changes) == pytest.approx(expected)


def test_a_held_agent_waits_only_to_be_let_go() -> None:
    assert waited(Thinking(10), held_at=11) == {"HOLD": 13}
    assert waited(Speaking(10), held_at=11, voice_ended_at=11.5) == {"HOLD": 12.2}


@pytest.mark.parametrize("phase", [Greeting(PHRASE, 10), Listening(10), Thinking(10), Speaking(10)])
def test_the_call_itself_has_a_limit_in_every_phase_that_could_last(phase: Phase) -> None:
    assert (1805, Wait.CALL) in waits(State(phase=phase, answered_at=5))
