"""Number words, held against those of a library where it is right."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words  # type: ignore[import-untyped]

from domain.verbalizer import english_numbers
from domain.verbalizer.grammar import FEMININE, MASCULINE, NEUTER, Case, Gender
from domain.verbalizer.numbers import LARGEST
from domain.verbalizer.russian import NUMERALS as RUSSIAN
from domain.verbalizer.ukrainian import NUMERALS as UKRAINIAN

N, G, D, A, I, L = Case  # noqa: E741
numbers = st.integers(0, 10**9 - 1) | st.integers(0, 3000)
ONE_BEFORE = re.compile(r"^(?:одна|один) (?=тисяча|тысяча|мільйон\b|миллион\b)")
"""The library counts a single thousand at the beginning: "одна тисяча"."""


@given(number=numbers)
def test_cardinals_are_those_of_the_library(number: int) -> None:
    assert UKRAINIAN.cardinal(number) == ONE_BEFORE.sub("", num2words(number, lang="uk"))
    assert RUSSIAN.cardinal(number) == ONE_BEFORE.sub("", num2words(number, lang="ru"))
    english = num2words(number, lang="en").replace(" and ", " ").replace(",", "")
    assert english_numbers.cardinal(number) == english


@given(number=st.integers(0, 999))
def test_ordinals_are_those_of_the_library(number: int) -> None:
    assert english_numbers.ordinal(number) == num2words(number, lang="en", to="ordinal").replace(" and ", " ")
    if number:
        assert RUSSIAN.ordinal(number).replace("ё", "е") == num2words(number, lang="ru", to="ordinal").replace("ё", "е")
        assert UKRAINIAN.ordinal(number) == num2words(number, lang="uk", to="ordinal")


@pytest.mark.parametrize(
    ("number", "case", "gender", "said"),
    [
        (1, N, NEUTER, "одне"),
        (2141, N, FEMININE, "дві тисячі сто сорок одна"),
        (2141, G, FEMININE, "двох тисяч ста сорока однієї"),
        (1000, G, MASCULINE, "тисячі"),
        (200, G, MASCULINE, "двохсот"),
        (500, L, MASCULINE, "п'ятистах"),
        (90, I, MASCULINE, "дев'яноста"),
        (57, I, MASCULINE, "п'ятдесятьма сьома"),
        (1_001_001, N, MASCULINE, "мільйон одна тисяча один"),
        (2_000_022, A, FEMININE, "два мільйони двадцять дві"),
    ],
)
def test_a_ukrainian_number_has_its_case_and_gender(number: int, case: Case, gender: Gender, said: str) -> None:
    assert UKRAINIAN.cardinal(number, case, gender) == said


@pytest.mark.parametrize(
    ("number", "case", "gender", "said"),
    [
        (2000, A, MASCULINE, "две тысячи"),
        (300, G, MASCULINE, "трёхсот"),
        (50, I, MASCULINE, "пятьюдесятью"),
        (1, N, NEUTER, "одно"),
        (41, D, FEMININE, "сорока одной"),
    ],
)
def test_a_russian_number_has_its_case_and_gender(number: int, case: Case, gender: Gender, said: str) -> None:
    assert RUSSIAN.cardinal(number, case, gender) == said


@pytest.mark.parametrize(
    ("number", "case", "gender", "said"),
    [
        (3, G, MASCULINE, "третього"),
        (3, N, NEUTER, "третє"),
        (23, A, FEMININE, "двадцять третю"),
        (40, G, NEUTER, "сорокового"),
        (100, N, MASCULINE, "сотий"),
        (1000, N, MASCULINE, "тисячний"),
        (1900, G, MASCULINE, "тисяча дев'ятисотого"),
        (2026, L, MASCULINE, "дві тисячі двадцять шостому"),
        (0, L, FEMININE, "нульовій"),
        (2000, N, MASCULINE, "дві тисячі"),
    ],
)
def test_only_the_last_word_of_an_ordinal_is_one(number: int, case: Case, gender: Gender, said: str) -> None:
    assert UKRAINIAN.ordinal(number, case, gender) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, "дво"),
        (5, "п'яти"),
        (16, "шістнадцяти"),
        (21, "двадцятиодно"),
        (100, "сто"),
        (2000, "двохтисяч"),
        (0, "нуля"),
    ],
)
def test_a_number_may_begin_a_word(number: int, said: str) -> None:
    assert UKRAINIAN.prefix(number) == said


def test_what_is_larger_than_a_quantity_is_said_by_threes() -> None:
    assert UKRAINIAN.cardinal(LARGEST + 1).endswith("нуль")
    assert english_numbers.cardinal(LARGEST + 1) == "one" + " zero" * 12


@pytest.mark.parametrize(
    ("number", "said"),
    [(2026, "twenty twenty-six"), (1905, "nineteen oh five"), (1900, "nineteen hundred"), (2005, "two thousand five")],
)
def test_an_english_year_is_said_by_hundreds(number: int, said: str) -> None:
    assert english_numbers.year(number) == said
