"""What is read from the caller's words; the cases stand in `cases.tsv`."""

from datetime import date
from pathlib import Path

import pytest

from domain.hearing.understood import understood
from domain.speech import Expectation

TODAY = date(2026, 11, 25)


def cases() -> list[tuple[Expectation, str, str]]:
    lines = Path(__file__).with_name("cases.tsv").read_text().splitlines()[1:]
    return [(Expectation(slot), text, value) for slot, text, value in (line.split("\t") for line in lines)]


@pytest.mark.parametrize(("slot", "text", "value"), cases())
def test_what_was_asked_for_is_read_from_the_words(slot: Expectation, text: str, value: str) -> None:
    assert understood(text, slot, today=TODAY) == value


def test_there_are_many_cases_of_each_slot() -> None:
    assert len(cases()) >= 250
    assert {slot for slot, _, _ in cases()} == set(Expectation)


@pytest.mark.parametrize("text", ["завтра", "у п'ятницю", "через тиждень", "26 листопада", "двадцять шостого", "на 26"])
def test_without_a_calendar_no_day_is_guessed(text: str) -> None:
    assert understood(text, Expectation.DATE) == ""


def test_a_day_with_its_year_needs_no_calendar() -> None:
    assert understood("26 листопада 2026 року", Expectation.DATE) == "2026-11-26"
