"""Numbers that are names: of orders, bookings, contracts, parcels, plates; said so that they can be written down.

A long one is cut by threes and twos with its zeros, letters are named one by one.
"""

import re

from domain.verbalizer.tongue import Reading, Speller
from domain.verbalizer.written import dictated

_PLATE = re.compile(r"(?<!\w)([A-ZА-ЯІЇЄ]{2})[\s-]?(\d{4})[\s-]?([A-ZА-ЯІЇЄ]{2})(?!\w)")
_CODE = re.compile(r"(?<![\w-])([A-ZА-ЯҐЄІЇ]{1,5})(?:((?:-\d+)*-\d{3,})|-?(\d{4,}))(?![\w-])")
_CHAINED = re.compile(r"(?<![\w.,-])\d{3,}(?:-\d{3,}){2,}(?![\w-])")
_LONG = re.compile(r"(?<![\w.,-])\d{7,}(?!\w|[.,]\d)")
_RUNS = re.compile(r"\d+")


def references(tongue: Speller, *, orders: tuple[str, ...], sign: str) -> Reading:
    """Read references; `orders` begin the words before them, `sign` is what "№" is called."""
    words = "|".join((*orders, sign))
    named = re.compile(rf"(№\s?|(?<!\w)(?:{words})\w*[\s:]\s?(?:№\s?)?)(\d{{4,}})(?!\w|[.,]\d)", re.I)
    twice = re.compile(rf"((?<!\w){sign}\w*)\s+№", re.I)

    def read(text: str) -> str:
        text = _PLATE.sub(lambda found: ", ".join(_part(part, tongue) for part in found.groups()), text)
        text = _CODE.sub(lambda found: _code(found, tongue), text)
        text = named.sub(lambda found: found[1] + dictation(found[2], tongue), text)
        text = _CHAINED.sub(lambda found: _dictated_runs(found.group(), tongue), text)
        text = _LONG.sub(lambda found: dictation(found.group(), tongue), text)
        return twice.sub(r"\1", text)

    return read


def dictation(digits: str, tongue: Speller) -> str:
    return ", ".join(tongue.group(group) for group in dictated(digits))


def spelled(letters: str, tongue: Speller) -> str:
    return " ".join(tongue.letters[letter] for letter in letters)


def _part(part: str, tongue: Speller) -> str:
    return dictation(part, tongue) if part.isdecimal() else spelled(part, tongue)


def _code(found: re.Match[str], tongue: Speller) -> str:
    return f"{spelled(found[1], tongue)}, {_dictated_runs(found[2] or found[3], tongue)}"


def _dictated_runs(written: str, tongue: Speller) -> str:
    return ", ".join(dictation(run, tongue) for run in _RUNS.findall(written))
