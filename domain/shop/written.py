"""What a text of the shop makes known: the figures in an article may be said as they stand there."""

import re
from datetime import date

from domain.facts import Facts
from domain.money import Money
from domain.shop.fitting_facts import times_in

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
    """Return the amounts, counts, times and days of a text; a day without a year is this year's and the next."""
    return Facts(
        amounts=frozenset(
            Money.hryvnias(f"{re.sub(r'[  ]', '', whole)}.{rest or 0}") for whole, rest in _MONEY.findall(text)
        ),
        quantities=frozenset(int(count) for count in _COUNT.findall(text)),
        times=frozenset(times_in(text)),
        dates=frozenset(day for found in _DAY.findall(text) for day in _days(found[0], found[1], today)),
    )


def _days(day: str, month: str, today: date) -> list[date]:
    days = []
    for year in (today.year, today.year + 1):
        try:
            days.append(date(year, _MONTHS[month.lower()], int(day)))
        except ValueError:
            continue
    return days
