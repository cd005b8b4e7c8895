"""The caller presses keys: digits where digits are asked for, and 0 for a person."""

import pytest

from domain.dialog.actions import Forget, Hush
from domain.dialog.events import DigitPressed
from domain.dialog.phases import Greeting, HandingOver, Listening, Thinking
from domain.endpointing import SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN
from tests.domain.dialog.talk import Talk, answered, asked, listening, speaking, thinking

NUMBER = "Який у вас номер телефону?"


def press(talk: Talk, keys: str, *, every: float = 0.5) -> Talk:
    for key in keys:
        talk.tell(DigitPressed(key), every)
    return talk


@pytest.mark.parametrize("begin", [answered, listening, thinking, speaking])
def test_zero_calls_an_operator_at_any_time(begin: type[Talk]) -> None:
    talk = begin().tell(DigitPressed("0"))
    assert talk.announced == [UKRAINIAN.hand_over]
    assert isinstance(talk.phase, HandingOver) and talk.phase.reason is Reason.CUSTOMER_REQUEST


def test_zero_changes_nothing_before_the_greeting_and_during_the_hand_over() -> None:
    assert Talk().tell(DigitPressed("0")).owed == []
    assert listening().tell(DigitPressed("0")).tell(DigitPressed("0")).owed == []


@pytest.mark.parametrize("key", list("123456789*#A"))
def test_a_key_that_nobody_asked_for_changes_nothing(key: str) -> None:
    talk = listening()
    before = talk.state
    assert talk.tell(DigitPressed(key)).owed == [] and talk.state == before


def test_keyed_digits_are_the_callers_words_after_the_hash() -> None:
    talk = press(asked(NUMBER), "0501234567#")
    assert isinstance(talk.phase, Thinking) and talk.turns[-1] == "caller: 0501234567"


def test_keyed_digits_are_whole_three_seconds_after_the_last() -> None:
    talk = press(asked(NUMBER), "050", every=2.5)
    assert isinstance(talk.phase, Listening) and talk.deadline == 3.0
    assert talk.wait().turns[-1] == "caller: 050"


def test_a_lone_zero_is_an_operator_even_where_digits_are_asked_for() -> None:
    talk = press(asked(NUMBER), "0")
    assert talk.owed == []
    assert isinstance(talk.wait().phase, HandingOver)


def test_a_hash_alone_says_nothing() -> None:
    talk = press(asked(NUMBER), "#")
    assert talk.owed == [] and isinstance(talk.phase, Listening)


def test_keys_stop_the_agent() -> None:
    talk = press(asked(NUMBER).says("зараз").reply_begins(), "0")
    assert talk.owed == [Forget(), Hush()]
    assert isinstance(talk.phase, Listening)


def test_words_before_the_keys_wait_for_the_last_key() -> None:
    talk = press(asked(NUMBER).says("мій номер"), "050")
    assert isinstance(talk.phase, Listening)
    assert talk.wait().turns[-1] == "caller: мій номер 050"


def test_keys_pressed_while_the_caller_speaks_wait_for_his_words() -> None:
    talk = press(asked(NUMBER).tell(SpeechStarted()), "050#")
    assert isinstance(talk.phase, Listening)
    talk.heard("ось").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[-1] == "caller: 050 ось"


def test_digits_do_not_stop_the_legal_sentence() -> None:
    talk = answered().with_state(digits="1").tell(DigitPressed("2"))
    assert talk.owed == [] and isinstance(talk.phase, Greeting)
