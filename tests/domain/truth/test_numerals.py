"""Number words as figures."""

import pytest

from domain.truth.numerals import with_figures


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("дві тисячі сто сорок одна гривня", "2141 гривня"),
        ("близько двох тисяч", "близько 2000"),
        ("2 тисячі сто гривень", "2100 гривень"),
        ("2,1 тис грн", "2100 грн"),
        ("півтори тисячі", "1500"),
        ("тысяча девятьсот", "1900"),
        ("сто тисяч", "100000"),
        ("two thousand one hundred and forty-one", "2141"),
        ("twenty-one hundred", "2100"),
        ("нуль шістдесят сім, сто двадцять три", "0 67, 123"),
        ("нуль п'ять нуль", "0 5 0"),
        ("один два три", "1 2 3"),
        ("одне-два речення", "1-2 речення"),
        ("двадцять шостого листопада", "26º листопада"),
        ("двадцять шосте сьоме", "26º 7º"),
        ("десята тридцять", "10ª 30"),
        ("о десятій тридцять", "о 10º 30"),
        ("November twenty-sixth", "November 26º"),
        ("другой вариант", "другой вариант"),
        ("тисяча тисяч", "1000 1000"),
        ("hundred hundred", "100 100"),
        ("п'ять і шість", "5 і 6"),
        ("10 20", "10 20"),
        ("rock and roll", "rock and roll"),
        ("шини", "шини"),
    ],
)
def test_number_words_become_figures(words: str, figures: str) -> None:
    assert with_figures(words) == figures
