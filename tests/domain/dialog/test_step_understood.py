"""What was asked for is read from the words of a turn when the turn is taken."""

from datetime import date

import pytest

from domain.dialog.actions import Consider
from domain.dialog.events import DigitPressed
from domain.dialog.phases import Thinking
from domain.endpointing import SpeechPaused, SpeechStarted
from domain.speech import Expectation
from domain.transcript import CallerTurn
from tests.domain.dialog.talk import Talk, asked, listening

TODAY = date(2026, 11, 25)


def taken(talk: Talk) -> CallerTurn:
    turn = talk.state.turns[-1]
    assert isinstance(turn, CallerTurn)
    return turn


@pytest.mark.parametrize(
    ("question", "answer", "understood"),
    [
        ("Який розмір шин?", "двісті п'ять на п'ятдесят п'ять на шістнадцять", "205/55 R16"),
        ("Скільки шин потрібно?", "комплект", "4"),
        ("Який у вас номер телефону?", "нуль шістдесят сім сто двадцять три сорок п'ять шістдесят сім", "0671234567"),
        ("На який день?", "на завтра", "2026-11-26"),
        ("О котрій годині?", "о пів на одинадцяту", "10:30"),
        ("Оформлюємо?", "так", "yes"),
        ("Чим можу допомогти?", "двісті п'ять", ""),
    ],
)
def test_an_answer_carries_what_was_asked_for(question: str, answer: str, understood: str) -> None:
    talk = asked(question).with_state(today=TODAY).says(answer)
    assert taken(talk) == CallerTurn(answer, understood=understood)


def test_keyed_digits_are_understood_as_spoken_ones_are() -> None:
    talk = asked("Який у вас номер телефону?")
    for key in "0671234567#":
        talk.tell(DigitPressed(key), 0.3)
    assert taken(talk) == CallerTurn("0671234567", understood="0671234567")


def test_the_reply_that_is_considered_knows_it_too() -> None:
    talk = asked("Скільки шин потрібно?").tell(SpeechStarted(), 0.1).heard("чотири").tell(SpeechPaused(), 1.0)
    (considered,) = [action for action in talk.owed if isinstance(action, Consider)]
    assert considered.turns[-1] == CallerTurn("чотири", understood="4")


def test_a_final_that_says_something_else_is_read_anew() -> None:
    talk = asked("Скільки шин потрібно?").says("чотири")
    talk.heard("дві", talk.state.utterance - 1, final=True, confidence=0.9)
    assert taken(talk) == CallerTurn("дві", 0.9, understood="2")


def test_a_final_that_comes_after_the_next_question_is_read_as_the_answer_to_its_own() -> None:
    talk = asked("Скільки шин потрібно?").says("чотири")
    utterance = talk.state.utterance - 1
    talk.reply("На який день?").heard("чотири штуки", utterance, final=True, confidence=0.9)
    assert talk.state.expectation is Expectation.DATE
    (answer,) = [turn for turn in talk.state.turns if isinstance(turn, CallerTurn) and turn.understood]
    assert answer == CallerTurn("чотири штуки", 0.9, understood="4")


def test_a_turn_that_goes_on_is_read_as_a_whole() -> None:
    talk = asked("Який у вас номер телефону?").says("нуль шістдесят сім сто двадцять три")
    assert isinstance(talk.phase, Thinking) and taken(talk).understood == ""
    talk.says("сорок п'ять шістдесят сім")
    assert taken(talk).understood == "0671234567"


def test_what_nobody_asked_for_is_not_read() -> None:
    assert taken(listening().says("нуль п'ять нуль")).understood == ""
