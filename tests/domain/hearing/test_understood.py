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


_LAST_DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_OF_MONTHS = {
    1: "січня",
    2: "лютого",
    3: "березня",
    4: "квітня",
    5: "травня",
    6: "червня",
    7: "липня",
    8: "серпня",
    9: "вересня",
    10: "жовтня",
    11: "листопада",
    12: "грудня",
}
_LATE_DAYS = {28: "двадцять восьмого", 29: "двадцять дев'ятого", 30: "тридцятого", 31: "тридцять першого"}


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", _LATE_DAYS)
def test_a_day_that_its_month_does_not_have_is_no_other_day(day: int, month: int) -> None:
    exists = day <= _LAST_DAYS[month]
    for said in (_LATE_DAYS[day], f"{day}", f"{day}-го", f"на {day}"):
        read = understood(f"{said} {_OF_MONTHS[month]}", Expectation.DATE, today=TODAY)
        assert read[5:] == (f"{month:02}-{day:02}" if exists else "")
    if not exists:
        assert understood(f"у п'ятницю, {_LATE_DAYS[day]} {_OF_MONTHS[month]}", Expectation.DATE, today=TODAY) == ""
        assert understood(f"{day}.{month:02}", Expectation.DATE, today=TODAY) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("у листопаді, на двадцять шосте", "2026-11-26"),
        ("у грудні, двадцять шостого числа", "2026-12-26"),
        ("десь у грудні, на двадцять шосте", "2026-12-26"),
        ("десь у листопаді, на тридцять перше", ""),
        ("may i come on the twenty sixth", "2026-11-26"),
        ("тридцять другого числа", ""),
        ("november thirty first", ""),
        ("31 ноября", ""),
        ("двадцать девятого февраля", "2028-02-29"),
    ],
)
def test_a_day_is_read_with_the_month_that_is_named(text: str, day: str) -> None:
    assert understood(text, Expectation.DATE, today=TODAY) == day
