"""Tyres and the cars they fit."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.money import Money

_SIZE = re.compile(r"(\d{3})\s*[/\\ -]\s*(\d{2})\s*[/\\ -]?\s*[rRрРZz]{0,2}\s*(\d{2})\s*[cCсС]?")


class Season(Enum):
    SUMMER = "summer"
    WINTER = "winter"
    ALL_SEASON = "all_season"

    @classmethod
    def of(cls, day: date) -> "Season":
        """Return what callers who name no season look for on this day: winter tyres from October to February."""
        return cls.WINTER if day.month >= 10 or day.month <= 2 else cls.SUMMER


@dataclass(frozen=True, slots=True, order=True)
class TireSize:
    width: int
    """Millimetres."""
    profile: int
    """Percent of the width."""
    diameter: int
    """Inches."""

    def __str__(self) -> str:
        return f"{self.width}/{self.profile} R{self.diameter}"

    @classmethod
    def read(cls, text: str) -> "TireSize | None":
        """Read a size as shops and people write it: `205/55 R16`, `205/55R16`, `205 55 16`."""
        found = _SIZE.search(text)
        return cls(*(int(part) for part in found.groups())) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tire:
    id: str
    brand: str
    model: str
    size: TireSize
    season: Season
    load_index: str
    speed_index: str
    price: Money
    """Of one tyre."""
    old_price: Money | None = None
    stock_quantity: int

    @property
    def in_stock(self) -> bool:
        return self.stock_quantity > 0

    @property
    def name(self) -> str:
        return f"{self.brand} {self.model}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TireQuery:
    """What is looked for; None is no wish."""

    width: int | None = None
    profile: int | None = None
    diameter: int | None = None
    season: Season | None = None
    brand: str | None = None
    model: str | None = None
    max_price: Money | None = None
    in_stock: bool | None = True

    @property
    def size(self) -> TireSize | None:
        if self.width is None or self.profile is None or self.diameter is None:
            return None
        return TireSize(self.width, self.profile, self.diameter)


@dataclass(frozen=True, slots=True)
class Stock:
    warehouse: str
    quantity: int
    available_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    tire_id: str
    total_quantity: int
    locations: tuple[Stock, ...] = ()
    next_delivery: date | None = None

    @property
    def in_stock(self) -> bool:
        return self.total_quantity > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A car and the sizes that fit it, as far as the shop knows the car."""

    make: str
    model: str
    year: int | None = None
    oem_sizes: tuple[TireSize, ...]
    acceptable_sizes: tuple[TireSize, ...] = ()
    recommended: tuple[Tire, ...] = ()
