"""One thing that a sentence says is so."""

from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from domain.facts import Deed, Finding
from domain.money import Money


class Kind(Enum):
    MONEY = "amount"
    QUANTITY = "quantity"
    STOCK = "stock"
    FREE_TIMES = "free times"
    DATE = "date"
    TIME = "time"
    ADDRESS = "address"
    NUMBER = "number"
    FIGURE = "figure"
    """A large figure of which the sentence does not say what it counts."""
    DONE = "deed"
    LEAK = "talk about instructions"
    NONSENSE = "nonsense"


@dataclass(frozen=True, slots=True)
class Weekday:
    number: int
    """Monday is 0."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as it was said: its words in Latin letters, and its house numbers."""

    words: frozenset[str]
    houses: frozenset[str] = frozenset()


Value = Money | int | bool | date | Weekday | time | Place | str | frozenset[Deed | Finding] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    kind: Kind
    text: str
    """The words that claim it."""
    value: Value
    """A set of deeds and findings is claimed when any of them makes it true; None is never true."""
    is_promise: bool = False
    """Whether it must come from the shop: the caller's own words do not make it so."""
