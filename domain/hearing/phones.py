"""Phone numbers: `0671234567` from "нуль шістдесят сім, сто двадцять три, сорок п'ять, шістдесят сім".

Rule 1: leading zeros are kept, and nothing is read from less than a whole
number, nor across a word that is not understood: it may have been a figure.
Rule 2: "сто двадцять" is 120 and never 100 and 20, unless there is a pause
between: else half a number would be taken for a whole one.
"""

import re
from collections.abc import Sequence

from domain.hearing.numbers import Token, numerals, runs

_BETWEEN = frozenset(
    """
    плюс plus і и та а потім потом далі дальше тоді ну е ем от вот так да значить значит це это код дефіс тире пробіл
    then dash and um uh мій мой номер телефон телефону телефона my number phone is it's the записуйте записывайте пишіть
    """.split()
)
_LENGTH = 10
_COUNTRY = "380"
_OPERATORS = frozenset("39 50 63 66 67 68 73 75 77 91 92 93 94 95 96 97 98 99 44 56 57 61 47".split())
_FOREIGN = re.compile(r"\d{11,15}")


def read_phone(spoken: Sequence[Token], *, international: bool = False) -> str:
    """Return the number that was dictated; `international` where a plus was written."""
    rows = runs(spoken, _BETWEEN)
    whole = {phone for row in rows if (phone := _national("".join(numeral.digits for numeral in row)))}
    if len(whole) == 1:
        return whole.pop()
    if whole:
        return ""
    figures = "".join(numeral.digits for numeral in numerals(spoken))
    plus = international or any(token.text in ("плюс", "plus") for token in spoken)
    return f"+{figures}" if plus and not figures.startswith(_COUNTRY) and _FOREIGN.fullmatch(figures) else ""


def _national(figures: str) -> str:
    if len(figures) == _LENGTH + 2 and figures.startswith(_COUNTRY):
        return figures[2:]
    if len(figures) == _LENGTH + 1 and figures.startswith("80"):
        return figures[1:]
    if len(figures) == _LENGTH and figures.startswith("0"):
        return figures
    if len(figures) == _LENGTH - 1 and figures[:2] in _OPERATORS:
        return f"0{figures}"
    return ""
