"""What the recognizer is told to expect."""

import pytest

from domain.hearing.hints import LONGEST_HINT, MOST_HINTS, hints
from domain.hearing.understood import understood
from domain.phrases import Language
from domain.speech import Expectation
from domain.verbalizer.brands import TIRE_BRANDS

LANGUAGES: tuple[Language, ...] = ("uk", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slot", Expectation)
def test_hints_are_few_short_and_none_is_there_twice(slot: Expectation, language: Language) -> None:
    told = hints(slot, list(TIRE_BRANDS), language)
    assert 0 < len(told) <= MOST_HINTS
    assert len(set(told)) == len(told)
    assert all(0 < len(hint) <= LONGEST_HINT for hint in told)


def test_brands_are_hinted_as_they_are_said_and_as_they_are_written() -> None:
    told = hints(Expectation.FREE, ["Michelin", "Ґума Плюс"], "uk")
    assert {"Мішлен", "Michelin", "Ґума Плюс"} <= set(told)
    assert "Мішлен" not in hints(Expectation.FREE, ["Michelin"], "en")


def test_a_brand_is_not_hinted_where_something_else_was_asked_for() -> None:
    assert "Мішлен" not in hints(Expectation.NAME, ["Michelin"], "uk")


def test_a_catalogue_of_too_many_brands_leaves_the_words_of_the_trade() -> None:
    told = hints(Expectation.FREE, [f"Brand{number}" for number in range(500)], "uk")
    assert len(told) == MOST_HINTS and "зимові шини" in told


def test_the_same_question_and_brands_make_the_same_hints() -> None:
    assert hints(Expectation.SIZE, ["Michelin"], "uk") is hints(Expectation.SIZE, ["Michelin"], "uk")


def test_a_size_that_is_hinted_is_understood() -> None:
    whole = [hint for hint in hints(Expectation.SIZE, (), "uk") if hint.count(" на ") == 2]
    assert len(whole) >= 3
    assert all("/" in understood(hint, Expectation.SIZE) for hint in whole)
