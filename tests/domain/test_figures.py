"""What a call was like for the caller, in seconds."""

import pytest

from domain.dialog import events
from domain.dialog.events import Event
from domain.dialog.phases import Ended, Greeting, HandingOver, Listening, Outcome, Phase, Speaking, Thinking
from domain.dialog.state import State
from domain.endpointing import SpeechStarted, UtteranceEnded
from domain.figures import Figures, percentile
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.speech import Hypothesis
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse

GREETING = Announcement(Kind.GREETING, "Добрий день!")
AUDIBLE, SILENT = events.LineAudible(), events.LineSilent()


def figures(*story: tuple[float, Event, Phase], **changes: object) -> Figures:
    noticed = Figures()
    for at, event, phase in story:
        noticed.notice(event, State(phase=phase, **changes), at)  # type: ignore[arg-type]
    return noticed


def test_a_response_is_counted_from_the_end_of_the_voice_to_the_first_sound_of_the_reply() -> None:
    noticed = figures(
        (10.0, UtteranceEnded(0.5, 1.0), Thinking(10.0)),
        (10.3, events.ReplyAudible(), Speaking(10.0)),
        (10.4, AUDIBLE, Speaking(10.0)),
        (11.4, AUDIBLE, Speaking(10.0)),
    )
    assert noticed.responses_seconds == [pytest.approx(0.9)]


def test_a_response_to_what_was_written_is_counted_from_then() -> None:
    noticed = figures(
        (10.0, events.Typed("шини"), Thinking(10.0)),
        (10.3, events.ReplyAudible(), Speaking(10.0)),
        (10.4, AUDIBLE, Speaking(10.0)),
    )
    assert noticed.responses_seconds == [pytest.approx(0.4)]


def test_a_filler_is_no_response() -> None:
    noticed = figures(
        (10.0, UtteranceEnded(0.5, 1.0), Thinking(10.0)),
        (10.5, AUDIBLE, Thinking(10.0)),
        (12.0, SILENT, Thinking(10.0)),
    )
    assert noticed.responses_seconds == []


def test_a_reply_that_follows_a_filler_without_a_gap_is_counted_when_it_is_put_on_the_line() -> None:
    noticed = figures(
        (10.0, UtteranceEnded(0.5, 1.0), Thinking(10.0)),
        (10.5, AUDIBLE, Thinking(10.0)),
        (11.0, events.ReplyAudible(), Speaking(10.0)),
    )
    assert noticed.responses_seconds == [pytest.approx(1.5)]


def test_a_reply_that_nobody_asked_for_is_no_response() -> None:
    assert figures((1.0, events.ReplyAudible(), Speaking(1.0)), (1.1, AUDIBLE, Speaking(1.0))).responses_seconds == []


def test_dead_air_is_counted_while_the_agent_owes_something() -> None:
    noticed = figures(
        (0.0, events.Answered("Добрий день!"), Greeting(GREETING, 0.0)),
        (0.1, AUDIBLE, Greeting(GREETING, 0.0)),
        (3.0, SILENT, Greeting(GREETING, 0.0)),
        (3.1, events.Announced(GREETING, GREETING.text), Listening(3.1)),
        (13.1, events.TimePassed(), Listening(3.1)),
    )
    assert noticed.dead_air_seconds == [pytest.approx(0.1), pytest.approx(0.1)]


def test_dead_air_before_an_answer_begins_where_the_callers_voice_ended() -> None:
    noticed = figures(
        (10.0, UtteranceEnded(0.5, 1.0), Thinking(10.0)),
        (10.4, AUDIBLE, Thinking(10.0)),
        voice_ended_at=9.5,
    )
    assert noticed.dead_air_seconds == [pytest.approx(0.9)]


def test_words_that_are_owed_by_the_recognizer_are_waited_for_in_dead_air() -> None:
    noticed = Figures()
    noticed.notice(UtteranceEnded(0.5, 1.0), State(phase=Listening(0), final_owed_since=10, voice_ended_at=9.5), 10)
    heard = events.Heard(Hypothesis(0, "шини", final=True))
    noticed.notice(heard, State(phase=Thinking(11), voice_ended_at=9.5), 11)
    noticed.notice(AUDIBLE, State(phase=Thinking(11), voice_ended_at=9.5), 11.5)
    assert noticed.dead_air_seconds == [pytest.approx(2.0)]


@pytest.mark.parametrize(
    ("event", "phase", "changes"),
    [
        (events.HungUp(), Ended(Outcome.ABANDONED), {}),
        (SpeechStarted(), Thinking(10.0), {"caller_speaking": True}),
        (SpeechStarted(), Thinking(10.0), {"held_at": 25.0}),
    ],
)
def test_dead_air_that_the_caller_ends_is_counted_too(event: Event, phase: Phase, changes: dict[str, object]) -> None:
    noticed = Figures()
    noticed.notice(events.ToolStarted("search_tires"), State(phase=Thinking(10.0)), 10.0)
    noticed.notice(event, State(phase=phase, **changes), 25.0)  # type: ignore[arg-type]
    assert noticed.dead_air_seconds == [15.0]


def test_the_silence_of_a_caller_who_has_the_floor_is_not_dead_air() -> None:
    assert figures((0.0, SILENT, Listening(0.0)), (9.0, AUDIBLE, Speaking(9.0))).dead_air_seconds == []


def test_an_interruption_is_a_cut_that_the_caller_made() -> None:
    cut = events.Hushed("Є три", None)
    assert figures((1.0, cut, Listening(1.0))).interruptions == 1
    assert figures((1.0, events.Hushed("", None), Listening(1.0))).interruptions == 0
    assert figures((1.0, cut, Ended(Outcome.ABANDONED))).interruptions == 0
    assert figures((1.0, cut, HandingOver(Reason.TECHNICAL_FAILURE, "", 1.0))).interruptions == 0


def test_turns_are_what_both_said() -> None:
    turns = (AgentTurn("Добрий день!"), CallerTurn("шини"), ToolUse(ToolCall("1", "search_tires", {}), "три"))
    assert figures((1.0, SILENT, Listening(1.0)), turns=turns).turns == 2


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, 0.0), ([3.0], 0.99, 3.0), ([3.0, 1.0, 2.0], 0.5, 2.0), ([float(n) for n in range(100)], 0.95, 95.0)],
)
def test_a_percentile_is_one_of_the_values(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == expected
