"""Sizes of tyres and rims, and the indices of load and speed.

The slash is "by", the R is named as the letter, a letter of speed has the name that the trade gives it: V is "ві",
so that it cannot be taken for W ("дабл-ю") or the number two.
"""

import re

from domain.verbalizer.counts import amount_in_words
from domain.verbalizer.tongue import Tongue
from domain.verbalizer.written import Amount

_LOAD = r"(?P<load>\d{2,3})(?:/(?P<twin>\d{2,3}))?"
_SPEED = r"(?P<speed>[HJ-NP-WYZНТМКР])(?!\w)"
_LOOK_ALIKE = str.maketrans("НТМКР", "HTMKP")
_SIZE = re.compile(
    r"(?<![\d/.,])(?P<width>\d{3})\s?(?:/|[xхXХ×*\\])\s?(?P<profile>\d{2})(?!\d)"
    r"(?:(?:\s?(?P<radius>Z?[RrРр])\s?-?|\s?[/\\-]\s?|\s(?=(?:1[2-9]|2[0-4])(?!\w|[.,]\d)))(?P<diameter>\d{2}(?:[.,]5)?)(?!\d)(?P<cargo>\s?[CС](?!\w))?)?"
    rf"(?P<indices>,?\s{_LOAD}\s?{_SPEED})?(?P<extra>\s?XL(?!\w))?"
)
_FLOTATION = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?)\s?[xхXХ×]\s?(\d{1,2}(?:[.,]\d{1,2})?)(?![\d.,]*\d)(?P<rim>(?=\s[RrРр]\d))?"
)
_RADIUS = re.compile(r"(?<!\w)(?P<radius>Z?[RrРр])\s?-?(?P<diameter>\d{1,2}(?:[.,]5)?)(?!\d)(?P<cargo>[CС](?!\w))?")
_ALONE = re.compile(rf"(?<![\w/.,]){_LOAD}{_SPEED}(?!['’])")


def sizes(text: str, tongue: Tongue) -> str:
    text = _SIZE.sub(lambda found: _size(found, tongue), text)
    text = _FLOTATION.sub(
        lambda found: f"{_inches(found[1], tongue)} {tongue.by} {_inches(found[2], tongue)}{_comma(found)}", text
    )
    text = _RADIUS.sub(lambda found: _radius(found, tongue), text)
    return _ALONE.sub(lambda found: _indices(found, tongue), text)


def _size(found: re.Match[str], tongue: Tongue) -> str:
    said = f"{tongue.number(int(found['width']))} {tongue.by} {tongue.number(int(found['profile']))}"
    if found["diameter"]:
        said += ", " + (
            _radius(found, tongue) if found["radius"] else f"{tongue.radius} {_inches(found['diameter'], tongue)}"
        )
    if found["indices"]:
        said += f", {tongue.index} {_indices(found, tongue)}"
    if found["extra"]:
        said += f", {tongue.letters['X']} {tongue.letters['L']}"
    return said


def _comma(found: re.Match[str]) -> str:
    return "" if found["rim"] is None else ","


def _radius(found: re.Match[str], tongue: Tongue) -> str:
    zed = f"{tongue.letters['Z']} " if found["radius"].upper().startswith("Z") else ""
    cargo = f" {tongue.letters['C']}" if found["cargo"] else ""
    return f"{zed}{tongue.radius} {_inches(found['diameter'], tongue)}{cargo}"


def _indices(found: re.Match[str], tongue: Tongue) -> str:
    load = tongue.number(int(found["load"]))
    if found["twin"]:
        load += f" {tongue.by} {tongue.number(int(found['twin']))}"
    letter = found["speed"].translate(_LOOK_ALIKE)
    return f"{load} {tongue.letters[letter]}"


def _inches(written: str, tongue: Tongue) -> str:
    return amount_in_words(Amount.read(written), tongue)
