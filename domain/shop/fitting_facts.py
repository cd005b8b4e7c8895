"""What the shop's answers about fittings and stored tyres let be said."""

import re
from collections.abc import Iterable
from datetime import date, time

from domain.facts import Facts, Finding
from domain.money import Money
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract

_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)\b")
_PIECES = re.compile(r"\b(\d{1,3})\s+(?:шин|колес|диск|шт|tyre|tire|wheel|rim)", re.IGNORECASE)


def of_stations(stations: Iterable[Station], *, found: int) -> Facts:
    some = tuple(stations)
    return Facts(
        quantities=frozenset({found, len(some)}),
        times=frozenset(moment for station in some for moment in times_in(station.working_hours)),
        addresses=frozenset(station.address for station in some),
        numbers=frozenset(re.sub(r"\D", "", station.phone) for station in some if station.phone),
    )


def of_slots(slots: Iterable[Slot], *, full: Iterable[date] = ()) -> Facts:
    some, none = tuple(slots), frozenset(full)
    return Facts(
        dates=frozenset(slot.date for slot in some) | none,
        times=frozenset(slot.time for slot in some),
        findings=frozenset([Finding.FREE_TIMES] * bool(some) + [Finding.NO_FREE_TIMES] * bool(none)),
    )


def of_bookings(bookings: Iterable[Booking]) -> Facts:
    """Return what may be said of bookings that stand."""
    some = tuple(bookings)
    counts = {len(some), *(booking.estimated_minutes for booking in some if booking.estimated_minutes)}
    return Facts(
        amounts=frozenset(booking.price for booking in some if booking.price),
        quantities=frozenset(counts),
        dates=frozenset(booking.date for booking in some),
        times=frozenset(booking.time for booking in some),
        addresses=frozenset(booking.station for booking in some),
        findings=frozenset({Finding.BOOKED} if some else ()),
    )


def of_wish(wish: BookingWish, where: str, price: Money | None) -> Facts:
    """Return what may be said of a booking that is proposed: all but that it is made."""
    return Facts(
        amounts=frozenset({price} if price else ()),
        dates=frozenset({wish.slot.date}),
        times=frozenset({wish.slot.time}),
        addresses=frozenset({where}),
    )


def of_prices(prices: Iterable[FittingPrice], diameter: int) -> Facts:
    amounts = (price.by_diameter.get(diameter) for price in prices)
    return Facts(amounts=frozenset(amount for amount in amounts if amount), quantities=frozenset({diameter}))


def of_contracts(contracts: Iterable[StorageContract]) -> Facts:
    some = tuple(contracts)
    counts = {int(count) for contract in some for count in _PIECES.findall(contract.items)}
    return Facts(
        amounts=frozenset(contract.debt for contract in some),
        quantities=frozenset({len(some), *counts}),
        addresses=frozenset(contract.place for contract in some),
        numbers=frozenset(re.sub(r"\s", "", contract.number) for contract in some),
    )


def times_in(text: str) -> tuple[time, ...]:
    """Return the times of day that a text names in figures."""
    return tuple(time(int(hour), int(minute)) for hour, minute in _CLOCK.findall(text))
