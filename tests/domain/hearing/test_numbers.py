"""Numbers in words and figures, one after another."""

import pytest

from domain.hearing.number_words import NUMBER_WORDS
from domain.hearing.numbers import ends_in_number, numerals, read_amounts, read_numbers, tokens
from domain.money import Money


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("двісті п'ять п'ятдесят п'ять шістнадцять", [205, 55, 16]),
        ("двадцять п'ять п'ять", [25, 5]),
        ("двадцять-п'ять", [25]),
        ("сто двадцять тридцять", [120, 30]),
        ("сто, двадцять", [100, 20]),
        ("десять двадцять", [10, 20]),
        ("двадцять п'ятнадцять", [20, 15]),
        ("п'ятнадцять п'ять", [15, 5]),
        ("сто п'ятнадцять", [115]),
        ("дві тисячі сто сорок одна", [2141]),
        ("тисяча двісті", [1200]),
        ("сорок п'ять тисяч", [45_000]),
        ("сто двадцять три тисячі чотириста п'ять", [123_405]),
        ("нуль тисяч", [0, 1000]),
        ("дві тисячі тисяча", [2000, 1000]),
        ("півтори тисячі", [1500]),
        ("дві півтори тисячі", [2, 1500]),
        ("півтора року", []),
        ("3 тисячі 450", [3450]),
        ("3 тисячі 4500", [3000, 4500]),
        ("3 450", [3, 450]),
        ("двадцять 5", [20, 5]),
        ("двох тисяч", [2000]),
        ("двадцять шостого", [26]),
        ("перша друга третя", [1, 2, 3]),
        ("двенадцать тысяч триста", [12_300]),
        ("two hundred and five", [205]),
        ("a hundred", [100]),
        ("twelve hundred", [1200]),
        ("two hundred hundred", [200, 100]),
        ("two thousand and forty one", [2041]),
        ("two hundred and", [200]),
        ("two and three", [2, 3]),
        ("two hundred and zero", [200, 0]),
        ("twenty-fifth", [25]),
        ("double five", [55]),
        ("triple zero", [0]),
        ("три сімки", [777]),
        ("дев'ять сімок", [9, 7]),
        ("другий сімки", [2, 7]),
        ("double twenty", [20]),
        ("другой город", []),
        ("шини", []),
        ("", []),
    ],
)
def test_a_word_continues_a_number_only_if_it_is_smaller_in_kind(text: str, numbers: list[int]) -> None:
    assert read_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("нуль шістдесят сім", ["0", "67"]),
        ("067 00 5", ["067", "00", "5"]),
        ("два нуля", ["00"]),
        ("double oh seven", ["00", "7"]),
    ],
)
def test_figures_are_kept_as_they_were_dictated(text: str, digits: list[str]) -> None:
    assert [numeral.digits for numeral in numerals(tokens(text))] == digits


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("дві тисячі сто сорок одна гривня", ["2141"]),
        ("дві тисячі сто сорок одна гривня п'ятдесят копійок", ["2141.50"]),
        ("2141 грн 50 коп", ["2141.50"]),
        ("13 800 грн", ["13800"]),
        ("1200 800 грн", ["800"]),
        ("двадцять копійок", ["0.20"]),
        ("від двох тисяч гривень до трьох тисяч гривень", ["2000", "3000"]),
        ("сто гривень за штуку, а копійок двадцять", ["100"]),
        ("сто гривень, потім ще двадцять копійок", ["100", "0.20"]),
        ("две тысячи сто сорок одна гривна", ["2141"]),
        ("two thousand one hundred forty-one hryvnias", ["2141"]),
        ("чотири шини", []),
    ],
)
def test_amounts_of_money_are_read(text: str, amounts: list[str]) -> None:
    assert read_amounts(text) == [Money.hryvnias(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("нуль п'ять нуль", True),
        ("номер 050", True),
        ("ноль пять", True),
        ("двадцать пять", True),
        ("forty two", True),
        ("на десяту", False),
        ("шини", False),
        ("", False),
    ],
)
def test_a_number_at_the_end_is_known(text: str, ends: bool) -> None:
    assert ends_in_number(text) is ends


def test_words_with_any_apostrophe_are_the_same() -> None:
    assert tokens("п’ять пʼять п`ять") == tokens("п'ять п'ять п'ять")


def test_every_number_word_is_small_and_plain() -> None:
    assert [word for word in NUMBER_WORDS if tokens(word) != tokens(word.upper()) or len(tokens(word)) != 1] == []
