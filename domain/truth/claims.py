"""What a sentence claims to be so."""

import re
from datetime import date

from domain.money import Money
from domain.truth.claim import Claim, Kind
from domain.truth.numerals import with_figures

_MONEY = re.compile(r"(\d+(?:[ .,]\d+)*)\s*(?:грн|гривень|гривня|гривні|гривны|гривна|гривен|uah|₴|hryvnia)", re.I)


def claims(clause: str, *, today: date) -> tuple[Claim, ...]:
    """Return what a clause of the agent claims."""
    return tuple(
        Claim(kind=Kind.MONEY, text=m.group(), value=Money.hryvnias(m[1].replace(" ", "").replace(",", ".")))
        for m in _MONEY.finditer(with_figures(clause))
    )
