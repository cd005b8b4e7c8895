import pytest

from adapters.offline.rules.figures import figures


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("двісті п'ять на п'ятдесят п'ять на шістнадцять", "205 на 55 на 16"),
        ("двести пять пятьдесят пять шестнадцать", "205 55 16"),
        ("сто дев'яносто п'ять шістдесят п'ять п'ятнадцять", "195 65 15"),
        ("205/55 R16", "205 55 r 16"),
        ("205/55р16", "205 55 р 16"),
        ("two oh five fifty five sixteen", "205 55 16"),
        ("two zero five fifty five r sixteen", "205 55 r 16"),
        ("one ninety five sixty five fifteen", "195 65 15"),
        ("a hundred and ninety five", "a 195"),
        ("two hundred five", "205"),
        ("чотири шини", "4 шини"),
        ("десять тисяч штук", "10000 штук"),
        ("тисяча", "1000"),
        ("10:30", "10 30"),
        ("2026-11-26", "2026-11-26"),
        ("вул. Сагайдака, 12-А", "вул сагайдака 12-а"),
        ("десять двісті сорок п'ять", "10 245"),
        ("on the first and the second", "on the first and the second"),
    ],
)
def test_number_words_are_read_as_figures(said: str, read: str) -> None:
    assert figures(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("двадцять шостого листопада о десятій тридцять", "26 листопада о 10 30"),
        ("на тридцяте", "на 30"),
        ("в десять утра", "в 10 утра"),
        ("november twenty sixth", "november 26"),
    ],
)
def test_ordinals_are_figures_where_they_are_asked_for(said: str, read: str) -> None:
    assert figures(said, ordinals=True) == read
