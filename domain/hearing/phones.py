"""Phone numbers: `0671234567` from "нуль шістдесят сім, сто двадцять три, сорок п'ять, шістдесят сім".

Rule 1: leading zeros are kept, and nothing is read from less than a whole
number, nor across a word that is not understood: it may have been a figure.
Rule 2: "сто двадцять тридцять" is 120 and 30, or 100, 20 and 30: what makes a whole number is meant.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from domain.hearing.numbers import Numeral, Token, numerals, runs

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
    whole = {phone for row in rows if (phone := _of_row(row))}
    if len(whole) == 1:
        return whole.pop()
    if whole:
        return ""
    figures = "".join(numeral.digits for numeral in numerals(spoken))
    plus = international or any(token.text in ("плюс", "plus") for token in spoken)
    return f"+{figures}" if plus and not figures.startswith(_COUNTRY) and _FOREIGN.fullmatch(figures) else ""


def _of_row(row: Sequence[Numeral]) -> str:
    found = {phone for figures in _spoken_otherwise(row, 0) if (phone := _national(figures))}
    if found:
        return found.pop() if len(found) == 1 else ""
    splits = sum(max(len(numeral.parts) - 1, 0) for numeral in row)
    for count in range(1, min(splits, 3) + 1):
        found = {phone for figures in _spoken_otherwise(row, count) if (phone := _national(figures))}
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _spoken_otherwise(row: Sequence[Numeral], count: int) -> Iterator[str]:
    """Yield the figures when so many of the numbers are taken apart into their words."""
    seams = [(at, part) for at, numeral in enumerate(row) for part in range(1, len(numeral.parts))]
    for chosen in combinations(seams, count):
        figures = ""
        for at, numeral in enumerate(row):
            cuts = [0, *(part for index, part in chosen if index == at), len(numeral.parts)]
            pieces = [numeral.parts[first:last] for first, last in pairwise(cuts)]
            figures += "".join(str(sum(piece)) for piece in pieces) if len(cuts) > 2 else numeral.digits
        yield figures


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
