"""What a clause claims to be so.

Rule 1: a figure is exact: "about 2,000" claims 2,000.
Rule 2: prices, dates, times, addresses and numbers are claims even within a
question; deeds, stock and free times are not.
Rule 3: tyre sizes and small numbers in talk claim nothing.
Rule 4: what goes round and round in a few letters is no sentence; it is not
read, and not said.
"""

import re
from datetime import date

from domain.truth.amounts import read_money, read_prices, read_quantities
from domain.truth.claim import Claim, Kind
from domain.truth.days import read_days
from domain.truth.deeds import read_deeds
from domain.truth.hours import read_hours
from domain.truth.labels import read_figures, read_numbers, read_phones
from domain.truth.leaks import read_leaks
from domain.truth.places import read_places
from domain.truth.plain import plain
from domain.truth.reading import Reading
from domain.truth.stock import read_free_times, read_stock

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(
    r"(?<=[!?…])\s+|(?<=[^\W\d]{4}\.)(?<!(?i:просп)\.)(?<!(?i:бульв)\.)(?<!(?i:пров)\.)\s+"
    r"|(?:(?<=[\dºª]\.)|(?<=(?i:грн)\.))\s+(?=[А-ЯІЇЄҐA-Z])|(?<=\.\.\.)\s+"
)

_READERS = (
    (read_leaks, False),
    (read_phones, True),
    (read_places, False),
    (read_money, True),
    (read_days, False),
    (read_hours, True),
    (read_numbers, True),
    (read_prices, True),
    (read_quantities, False),
    (read_figures, True),
    (read_free_times, False),
    (read_stock, False),
    (read_deeds, False),
)
"""In this order; each with whether it finds nothing where there is no figure."""
_LONG, _LEAST_LETTERS = 60, 6
"""So many characters of so few kinds are no sentence of any language."""
_ENDED = re.compile(r"[.!?…]+[\"»”)]*\s*$")


def begun(said: str) -> str:
    """Return the beginning of the sentence that is not yet said to its end, "" when there is none."""
    return "" if _ENDED.search(said) else _SENTENCE.split(said)[-1]


def claims(clause: str, *, today: date) -> tuple[Claim, ...]:
    """Return what a clause of the agent claims."""
    if _is_nonsense(clause):
        return (Claim(kind=Kind.NONSENSE, text=clause[:_LEAST_LETTERS], value=None),)
    found: list[Claim] = []
    for sentence in _SENTENCE.split(plain(clause)):
        reading = Reading(sentence, today)
        has_figures = _DIGIT.search(sentence) is not None
        for read, needs_figures in _READERS:
            if has_figures or not needs_figures:
                read(reading)
        found += reading.claims
    return tuple(found)


def _is_nonsense(clause: str) -> bool:
    return len(clause) > _LONG and len(set(clause)) <= _LEAST_LETTERS
