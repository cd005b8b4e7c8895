"""What the caller wants, as far as he has said."""

from dataclasses import dataclass
from enum import Enum, auto

from domain.shop.catalog import TireSize


class Topic(Enum):
    BUYING = auto()
    FITTING = auto()
    RESCHEDULE = auto()
    CANCEL = auto()
    CALLBACK = auto()
    COMPLAINT = auto()
    ORDER = auto()
    BOOKINGS = auto()
    PRICE = auto()
    """What fitting costs."""
    STORAGE = auto()
    PLACE = auto()
    """Where the shop is, and when it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """None is not said yet; what is chosen from a list is a handle."""

    size: TireSize | None = None
    section: tuple[int, int] | None = None
    """Width and profile, where no diameter is said yet."""
    season: str | None = None
    brand: str | None = None
    most_price: int | None = None
    make: str | None = None
    model: str | None = None
    year: int | None = None

    tire: str | None = None
    quantity: int | None = None
    delivery: str | None = None
    city: str | None = None
    address: str | None = None
    point: str | None = None
    payment: str | None = None
    name: str | None = None

    district: str | None = None
    station: str | None = None
    work: str | None = None
    day: str | None = None
    """An ISO date."""
    soon: bool = False
    """Any day will do."""
    time: str | None = None
    slot: str | None = None
    car: str | None = None
    diameter: int | None = None
    booking: str | None = None

    order_number: str | None = None
    callback_time: str | None = None
