import pytest

from adapters.offline.rules.asking import YES_NO, Ask
from adapters.offline.rules.english import ENGLISH
from adapters.offline.rules.ukrainian import UKRAINIAN
from adapters.offline.rules.wording import Phrase, Wording, question_in
from domain.expectation import expected, pending_question
from domain.speech import Expectation
from domain.words import is_farewell

TONGUES = pytest.mark.parametrize("tongue", [ENGLISH, UKRAINIAN], ids=["en", "uk"])


@TONGUES
def test_every_question_and_phrase_is_worded(tongue: Wording) -> None:
    assert set(tongue.questions) == set(Ask) - {Ask.PROPOSAL}
    assert set(tongue.phrases) == set(Phrase)


@TONGUES
def test_each_question_is_known_by_its_words_and_is_part_of_no_other(tongue: Wording) -> None:
    for ask, question in tongue.questions.items():
        assert question_in(f"Добре. {question}", tongue.questions) is ask
        assert pending_question(question) == question


@TONGUES
def test_questions_of_yes_and_no_are_heard_as_such(tongue: Wording) -> None:
    for ask in YES_NO - {Ask.PROPOSAL}:
        assert expected(tongue.questions[ask]) is Expectation.YES_NO, ask


@TONGUES
def test_the_farewell_is_one_that_the_call_ends_by(tongue: Wording) -> None:
    assert is_farewell(tongue.say(Phrase.FAREWELL))


def test_dates_and_lists_are_said_as_people_say_them() -> None:
    assert UKRAINIAN.day("2026-11-26") == "26 листопада"
    assert ENGLISH.day("2026-11-26") == "November 26"
    assert UKRAINIAN.list(["Центр", "Лівий берег", "Поділ"]) == "Центр, Лівий берег або Поділ"
    assert ENGLISH.price("3450 грн") == "3450 hryvnias"
