"""The figures of an article may be said."""

from datetime import date, time

import pytest

from domain.facts import Facts
from domain.money import Money
from domain.truth.written import written

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Коштує 120 грн.", {"120"}),
        ("від 1 250 гривень до 12 500,50 грн", {"1250", "12500.50"}),
        ("2000₴, 99.9 UAH, 1 hryvnia", {"2000", "99.90", "1"}),
        ("4 шини", set()),
    ],
)
def test_amounts_are_read(text: str, amounts: set[str]) -> None:
    assert written(text, TODAY).amounts == {Money.hryvnias(amount) for amount in amounts}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("протягом 14 днів, до 80 кілометрів", {14, 80}),
        ("205/55 R16", set()),
        ("о 10:30, 1,6 мм", set()),
        ("91 це 615.", {91, 615}),
        ("гарантія п'ять років", {5}),
        ("чекає чотирнадцять днів", {14}),
        ("міняють усі чотири шини", set()),
    ],
)
def test_counts_are_read_and_sizes_are_not(text: str, counts: set[int]) -> None:
    assert written(text, TODAY).quantities == counts


def test_times_are_read() -> None:
    assert written("з 9:00 до 18.30", TODAY).times == {time(9), time(18, 30)}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("до 1 грудня", {date(2026, 12, 1), date(2027, 12, 1)}),
        ("the 3rd of March, 4 April", {date(y, m, d) for y in (2026, 2027) for m, d in ((3, 3), (4, 4))}),
        ("31 листопада", set()),
        ("1 бренд", set()),
    ],
)
def test_a_day_without_a_year_is_this_years_or_the_nexts(text: str, days: set[date]) -> None:
    assert written(text, TODAY).dates == days


def test_what_is_named_in_words_is_read() -> None:
    assert written("дві тисячі гривень, завтра о десятій, номер 7712", TODAY) == Facts(
        amounts=frozenset({Money.hryvnias(2000)}),
        quantities=frozenset({7712}),
        dates=frozenset({date(2026, 11, 26)}),
        times=frozenset({time(10)}),
        numbers=frozenset({"7712"}),
    )


def test_the_cities_of_the_shop_are_read() -> None:
    assert written("Наші станції у Києві та Дніпрі.", TODAY).addresses == {"Києві", "Дніпрі"}
    assert written("Замовлення оформлено, шини в наявності.", TODAY) == Facts()
