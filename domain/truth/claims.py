"""What a clause claims to be so.

Rule 1: a figure is exact: "about 2,000" claims 2,000.
Rule 2: prices, dates, times, addresses and numbers are claims even within a
question; deeds, stock and free times are not.
Rule 3: tyre sizes and small numbers in talk claim nothing.
"""

import re
from datetime import date

from domain.truth.amounts import read_money, read_prices, read_quantities
from domain.truth.claim import Claim
from domain.truth.days import read_days
from domain.truth.deeds import read_deeds
from domain.truth.hours import read_hours
from domain.truth.labels import read_figures, read_numbers, read_phones
from domain.truth.leaks import read_leaks
from domain.truth.places import read_places
from domain.truth.plain import plain
from domain.truth.reading import Reading
from domain.truth.stock import read_free_times, read_stock

_SENTENCE = re.compile(r"(?<=[!?…])\s+|(?<=[^\W\d]{4}\.)\s+|(?<=[\dºª]\.)\s+(?=[А-ЯІЇЄҐA-Z])|(?<=\.\.\.)\s+")

_READERS = (
    read_leaks,
    read_phones,
    read_places,
    read_money,
    read_days,
    read_hours,
    read_numbers,
    read_prices,
    read_quantities,
    read_figures,
    read_free_times,
    read_stock,
    read_deeds,
)


def claims(clause: str, *, today: date) -> tuple[Claim, ...]:
    """Return what a clause of the agent claims."""
    found: list[Claim] = []
    for sentence in _SENTENCE.split(plain(clause)):
        reading = Reading(sentence, today)
        for read in _READERS:
            read(reading)
        found += reading.claims
    return tuple(found)
