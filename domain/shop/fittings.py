"""Fitting tyres: stations, free times, bookings, prices; and tyres that the shop stores."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum

from domain.money import Money


class Work(Enum):
    """What is done at a fitting station."""

    TIRE_CHANGE = "tire_change"
    BALANCING = "balancing"
    FULL_SERVICE = "full_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    id: str
    name: str
    city: str
    district: str
    address: str
    phone: str
    working_hours: str
    services: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A free time at a station, on the shop's clock (Kyiv)."""

    station_id: str
    date: date
    time: time


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingWish:
    slot: Slot
    work: Work
    customer_name: str
    car: str
    tire_diameter: int | None = None
    storage_contract: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    id: str
    station_id: str
    station: str
    """Its name and address, as they are said."""
    date: date
    time: time
    work: Work | None = None
    car: str = ""
    tire_diameter: int | None = None
    storage_contract: str | None = None
    estimated_minutes: int | None = None
    price: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingPrice:
    work: Work
    label: str
    by_diameter: Mapping[int, Money]
    """By the tyre's diameter in inches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageContract:
    number: str
    place: str
    items: str
    debt: Money
