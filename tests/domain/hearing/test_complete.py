"""Whether words are all that was asked for."""

import pytest

from domain.hearing.understood import is_complete
from domain.speech import Expectation


@pytest.mark.parametrize(
    ("text", "slot", "complete"),
    [
        ("0671234567", Expectation.PHONE, True),
        ("067 123", Expectation.PHONE, False),
        ("АЕ 1234 СВ", Expectation.PLATE, True),
        ("205 55 16", Expectation.SIZE, True),
        ("205 55", Expectation.SIZE, False),
        ("радіус шістнадцять", Expectation.SIZE, False),
        ("чотири", Expectation.QUANTITY, True),
        ("двадцять", Expectation.QUANTITY, False),
        ("не знаю", Expectation.QUANTITY, False),
        ("десята тридцять", Expectation.TIME, True),
        ("о десятій", Expectation.TIME, False),
        ("зранку", Expectation.TIME, False),
        ("десять двісті сорок п'ять", Expectation.ORDER_NUMBER, False),
        ("завтра", Expectation.DATE, False),
    ],
)
def test_what_nothing_can_follow_is_complete(text: str, slot: Expectation, complete: bool) -> None:
    assert is_complete(text, slot) is complete
