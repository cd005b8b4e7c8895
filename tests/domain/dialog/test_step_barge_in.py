"""The caller speaks over the agent: words stop it, a cough holds it for a moment, nothing mutes it for ever."""

import pytest

from domain.dialog.actions import FinishUtterance, Forget, Hold, Hush, Release
from domain.dialog.events import (
    Announced,
    DigitPressed,
    Hushed,
    LineAudible,
    LineSilent,
    ReplyAudible,
    ReplyEnded,
    ToolStarted,
)
from domain.dialog.phases import HandingOver, Listening, Speaking, Thinking
from domain.endpointing import SpeechPaused, SpeechStarted, UtteranceEnded
from domain.phrases import UKRAINIAN
from tests.domain.dialog.talk import answered, asked, listening, speaking, thinking


def test_a_voice_holds_the_agent_at_once() -> None:
    assert speaking().tell(SpeechStarted()).owed == [Hold()]


def test_words_stop_the_agent_for_good() -> None:
    talk = speaking().tell(SpeechStarted()).heard("зачекайте")
    assert talk.owed == [Forget(), Hush()]
    assert isinstance(talk.phase, Listening)


def test_what_was_heard_of_the_reply_is_remembered_where_it_was_cut() -> None:
    talk = speaking().tell(SpeechStarted())
    talk.cut = Hushed("Є три варіанти", None)
    talk.heard("зачекайте").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[2:] == ["caller: мені потрібні шини", "agent: Є три варіанти —", "caller: зачекайте"]


def test_words_that_came_with_the_silence_are_answered_as_soon_as_the_agent_is_silent() -> None:
    talk = speaking().speech().heard("зачекайте", 1, final=True)
    assert isinstance(talk.phase, Thinking) and talk.turns[-1] == "caller: зачекайте"


def test_words_in_a_pause_of_the_interrupting_caller_start_a_thought() -> None:
    talk = speaking().tell(SpeechStarted()).tell(SpeechPaused()).heard("зачекайте")
    assert [type(action).__name__ for action in talk.owed] == ["Forget", "Hush", "Consider"]


@pytest.mark.parametrize("murmur", ["угу", "Так-так.", "ага, ага", "mhm", "да, понятно"])
def test_mhm_does_not_stop_the_agent(murmur: str) -> None:
    talk = speaking().tell(SpeechStarted()).heard(murmur)
    assert talk.owed == []
    assert talk.tell(UtteranceEnded(0.5, 0.3)).owed == [FinishUtterance(), Release()]
    assert isinstance(talk.phase, Speaking)
    assert isinstance(talk.tell(ReplyEnded("Є три варіанти.")).phase, Listening)


def test_a_cough_that_the_recognizer_calls_empty_lets_the_agent_go_on_at_once() -> None:
    talk = speaking().speech(voice=0.2)
    assert talk.owed == [FinishUtterance()]
    assert talk.heard("", 1, final=True).owed == [Release()]


def test_a_cough_that_the_recognizer_says_nothing_of_lets_the_agent_go_on_soon() -> None:
    talk = speaking().speech(voice=0.2, silence=0.5)
    assert talk.deadline == 0.2
    assert talk.wait().owed == [Release()]


def test_a_voice_without_words_holds_the_agent_for_two_seconds_at_most() -> None:
    talk = speaking().tell(SpeechStarted())
    assert talk.deadline == 2.0
    assert talk.wait().owed == [Release()]
    assert isinstance(talk.phase, Speaking)


def test_words_that_come_after_the_agent_went_on_still_stop_it() -> None:
    talk = speaking().tell(SpeechStarted()).wait().heard("зачекайте")
    assert talk.owed == [Forget(), Hush()]


def test_the_last_cough_does_not_let_the_agent_speak_over_a_new_voice() -> None:
    talk = speaking().speech(voice=0.2).tell(SpeechStarted()).heard("", 1, final=True)
    assert talk.owed == []
    assert talk.state.held_at is not None


def test_a_second_voice_does_not_hold_twice() -> None:
    talk = speaking().speech(voice=0.2).tell(SpeechStarted())
    assert talk.owed == []


def test_a_false_alarm_while_the_agent_thinks_changes_nothing() -> None:
    talk = thinking().speech(voice=0.2)
    assert isinstance(talk.wait().phase, Thinking)
    assert talk.owed == [Release()]


def test_a_reply_that_begins_while_it_is_held_may_be_stopped_too() -> None:
    talk = thinking().tell(SpeechStarted()).tell(ReplyAudible()).heard("і ще одне")
    assert talk.owed == [Forget(), Hush()]


def test_a_reply_that_ends_while_it_is_held_lets_the_line_go() -> None:
    talk = speaking().tell(SpeechStarted()).tell(ReplyEnded("Так."))
    assert talk.owed == [Release()]
    assert isinstance(talk.phase, Listening)


def test_words_of_the_agents_own_are_held_and_cut_like_a_reply() -> None:
    talk = asked("Є три.").wait()
    assert talk.announced == [UKRAINIAN.silence]
    assert talk.tell(SpeechStarted()).owed == [Hold()]
    talk.cut = Hushed("Я вас", talk.saying)
    talk.heard("алло").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[-2:] == ["agent: Я вас —", "caller: алло"]


def test_a_filler_that_was_cut_is_no_turn() -> None:
    talk = thinking().wait()
    assert talk.announced == [UKRAINIAN.thinking]
    talk.cut = Hushed(UKRAINIAN.thinking, talk.saying)
    talk.tell(SpeechStarted()).heard("і ще").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[2:] == ["caller: мені потрібні шини і ще"]


def test_the_hand_over_phrase_is_heard_to_its_end() -> None:
    talk = listening().tell(DigitPressed("0"))
    assert talk.tell(SpeechStarted()).owed == []
    assert talk.heard("ні, зачекайте").owed == []
    assert talk.tell(UtteranceEnded(0.5, 1.0)).owed == [FinishUtterance()]
    assert isinstance(talk.phase, HandingOver)


def test_a_held_line_that_had_nothing_more_to_play_is_still_waited_for() -> None:
    talk = speaking().tell(SpeechStarted()).tell(LineSilent(), 0.1).wait()
    assert talk.owed == [Release()]
    assert talk.deadline == 1.5
    assert talk.tell(LineAudible()).deadline == 30 * 60 - round(talk.now - 100, 3)


def test_an_interruption_while_a_tool_works_leaves_the_turn_to_its_result() -> None:
    talk = thinking("запишіть мене").reply_begins().tell(ToolStarted("book")).says("стоп")
    assert talk.turns[2:] == ["caller: запишіть мене", "caller: стоп"]


def test_the_end_of_an_announcement_that_was_held_gives_the_caller_the_floor() -> None:
    talk = answered().announces().tell(SpeechStarted())
    assert talk.saying is not None
    assert talk.tell(Announced(talk.saying, talk.saying.text)).owed == [Release()]
