"""What a text of the shop makes known: whatever it names may be said, in its words or in others.

Rule: a figure counts however it is written; a number in words counts where
the gate takes it for a claim, so that "all four tyres" is no stock.
"""

import re
from datetime import date, time
from functools import reduce
from operator import or_

from domain.facts import NOTHING, Facts
from domain.money import Money
from domain.shop.fitting_facts import times_in
from domain.truth.claim import Claim, Kind, Place
from domain.truth.claims import claims

_MONEY = re.compile(
    r"(\d{1,3}(?:[  ]\d{3})+|\d+)(?:[.,](\d{1,2}))?\s*(?:грн|гривень|гривні|гривня|₴|uah|hryvnia)", re.IGNORECASE
)
_COUNT = re.compile(r"(?<![\w.,:/])\d{1,6}(?![\w/:]|[.,]\d)")
_DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?"
    r"(січ|лют|бер|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for names in (
        "січ лют бер квіт трав черв лип серп верес жовт листопад груд",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}


def written(text: str, today: date) -> Facts:
    """Return what a text names; a day without a year is this year's and the next."""
    return Facts(
        amounts=frozenset(
            Money.hryvnias(f"{re.sub(r'[  ]', '', whole)}.{rest or 0}") for whole, rest in _MONEY.findall(text)
        ),
        quantities=frozenset(int(count) for count in _COUNT.findall(text)),
        times=frozenset(times_in(text)),
        dates=frozenset(day for found in _DAY.findall(text) for day in _days(found[0], found[1], today)),
    ) | reduce(or_, map(_claimed, claims(text, today=today)), NOTHING)


def _claimed(claim: Claim) -> Facts:
    match claim.value:
        case Money() as amount:
            return Facts(amounts=frozenset({amount}))
        case int(count) if claim.kind is Kind.QUANTITY:
            return Facts(quantities=frozenset({count}))
        case date() as day:
            return Facts(dates=frozenset({day}))
        case time() as moment:
            return Facts(times=frozenset({moment}))
        case Place():
            return Facts(addresses=frozenset({claim.text}))
        case str(number) if claim.kind is Kind.NUMBER:
            return Facts(numbers=frozenset({number}))
        case _:
            return NOTHING


def _days(day: str, month: str, today: date) -> list[date]:
    days = []
    for year in (today.year, today.year + 1):
        try:
            days.append(date(year, _MONTHS[month.lower()], int(day)))
        except ValueError:
            continue
    return days
