"""The caller presses keys: digits where digits are asked for, and 0 for a person."""

import pytest

from domain.dialog.actions import Forget, Hush
from domain.dialog.events import DigitPressed, Hushed
from domain.dialog.phases import Greeting, HandingOver, Listening, Thinking
from domain.endpointing import SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN
from domain.speech import Expectation
from domain.transcript import CallerTurn
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


def asking(question: str, *, heard: str = "", before: str = "Чим можу допомогти?") -> Talk:
    """The agent is saying this question, so much of which was heard."""
    talk = asked(before).says("шини").reply_begins().with_state(saying=question)
    talk.cut = Hushed(heard, None)
    return talk


def test_keys_answer_a_question_that_is_still_being_said() -> None:
    talk = asking(f"Добре. {NUMBER}", heard="Добре. Який у вас")
    assert talk.tell(DigitPressed("0")).owed == [Forget(), Hush()]
    press(talk, "671234567#")
    assert talk.turns[-2:] == ["agent: Добре. Який у вас —", "caller: 0671234567"]
    assert talk.state.turns[-1] == CallerTurn("0671234567", understood="0671234567")


def test_keys_count_although_hardly_a_word_of_the_question_was_heard() -> None:
    talk = press(asking(f"Добре. {NUMBER}", heard="Добре."), "0671234567#")
    assert talk.state.turns[-1] == CallerTurn("0671234567", understood="0671234567")


def test_a_lone_zero_into_a_question_for_digits_is_still_an_operator() -> None:
    talk = press(asking(NUMBER, heard="Який"), "0")
    assert not isinstance(talk.phase, HandingOver)
    assert isinstance(talk.wait().phase, HandingOver)


def test_zero_into_any_other_question_is_an_operator_at_once() -> None:
    assert isinstance(asking("Оформлюємо?", before=NUMBER).tell(DigitPressed("0")).phase, HandingOver)


def test_keys_answer_a_question_that_is_asked_again() -> None:
    talk = asked(NUMBER).wait()
    assert talk.announced == [NUMBER]
    talk.cut = Hushed("Який", talk.saying)
    assert press(talk, "0671234567#").turns[-1] == "caller: 0671234567"


def test_keys_into_the_greeting_are_no_answer() -> None:
    talk = answered().announces()
    assert talk.tell(DigitPressed("5")).owed == [] and isinstance(talk.phase, Greeting)


def test_who_interrupts_a_question_answers_it() -> None:
    talk = asking("Є. Який розмір шин вам потрібен?", heard="Є. Який розмір")
    talk.tell(SpeechStarted(), 0.1).heard("двісті п'ять на п'ятдесят п'ять на шістнадцять")
    assert talk.state.expectation is Expectation.SIZE
    assert talk.tell(UtteranceEnded(0.5, 1.0), 1.0).turns[-1].startswith("caller: двісті")
    assert talk.state.turns[-1] == CallerTurn("двісті п'ять на п'ятдесят п'ять на шістнадцять", understood="205/55 R16")


def test_who_interrupts_before_the_question_has_not_heard_it() -> None:
    talk = asking("Є кілька варіантів. Скільки шин потрібно?", heard="Є кілька")
    talk.tell(SpeechStarted(), 0.1).heard("чотири")
    assert talk.state.expectation is Expectation.FREE
