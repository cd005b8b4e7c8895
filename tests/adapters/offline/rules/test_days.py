from datetime import date

import pytest

from adapters.offline.rules.days import day_in, is_soon, names_a_time, time_in

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("сьогодні", "2026-11-25"),
        ("запишіть на завтра", "2026-11-26"),
        ("післязавтра", "2026-11-27"),
        ("через тиждень", "2026-12-02"),
        ("у п'ятницю о 12", "2026-11-27"),
        ("в среду", "2026-12-02"),
        ("двадцять шостого листопада", "2026-11-26"),
        ("двадцять сьомого числа", "2026-11-27"),
        ("2026-11-30", "2026-11-30"),
        ("tomorrow", "2026-11-26"),
        ("on friday", "2026-11-27"),
        ("о десятій", None),
        ("перша", None),
        ("шини 205/55 R16", None),
    ],
)
def test_a_day_is_known_by_its_words(said: str, day: str | None) -> None:
    assert day_in(said, TODAY) == day


def test_a_bare_number_is_a_day_only_where_one_is_asked_for() -> None:
    assert day_in("на тридцяте", TODAY, asked=True) == "2026-11-30"
    assert day_in("на тридцяте", TODAY) is None


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("о десятій", "10:00"),
        ("о десятій тридцять", "10:30"),
        ("завтра о дев'ятій", "09:00"),
        ("26 листопада о 10", "10:00"),
        ("на 28 листопада на 12", "12:00"),
        ("at ten", "10:00"),
        ("26 листопада", None),
        ("чотири", None),
    ],
)
def test_a_time_is_known_by_its_words(said: str, time: str | None) -> None:
    assert time_in(said) == time


def test_a_bare_number_is_a_time_only_where_one_is_asked_for() -> None:
    assert time_in("десята", asked=True) == "10:00"
    assert time_in("десята") is None


def test_some_words_name_a_time_beyond_doubt() -> None:
    assert names_a_time("о дванадцятій")
    assert not names_a_time("на Сумську 12")


def test_any_day_will_do_for_who_says_so() -> None:
    assert is_soon("якнайшвидше")
    assert not is_soon("завтра")
