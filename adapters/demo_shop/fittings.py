"""Fitting stations, their free times, bookings and prices; and the tyres that are stored."""

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from adapters.demo_shop import slots
from adapters.demo_shop.database import next_number
from adapters.demo_shop.documents import (
    CURRENCY,
    BookingDocument,
    DayDocument,
    FittingPriceDocument,
    SlotsDocument,
    StationDocument,
    StorageDocument,
    hryvnias,
)
from adapters.demo_shop.phones import phone_number
from adapters.demo_shop.places import (
    DIAMETERS,
    FITTING_LABELS,
    FITTING_MINUTES,
    STATIONS,
    StationPlace,
    city_named,
    fitting_kopecks,
)
from adapters.demo_shop.refusals import Conflict, Invalid, Unknown
from domain.shop.fittings import Work

_WEEK = timedelta(days=6)
_BOOKED, _CANCELLED = "booked", "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBooking:
    station_id: str
    day: date
    at: time
    work: Work
    phone: str
    customer_name: str
    vehicle_info: str
    tire_diameter: int | None = None
    storage_contract: str | None = None
    source: str = "ai_agent"
    call_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingChange:
    """What becomes different; None stays as it is."""

    station_id: str | None = None
    day: date | None = None
    at: time | None = None
    work: Work | None = None
    customer_name: str | None = None
    vehicle_info: str | None = None
    tire_diameter: int | None = None
    storage_contract: str | None = None


def stations(city: str | None) -> list[StationDocument]:
    wanted = None if city is None else city_named(city)
    return [_station(each) for each in STATIONS if city is None or each.city == wanted]


def free_slots(
    connection: sqlite3.Connection,
    station_id: str,
    *,
    date_from: date | None,
    date_to: date | None,
    work: Work,
    today: date,
) -> SlotsDocument:
    """Return the times of these days, as far as they can be booked: by default those of a week from tomorrow."""
    station = slots.station_of(station_id)
    if station is None:
        raise Unknown("there is no such station")
    first = max(date_from or date.min, today + slots.FIRST_DAY)
    last = min(date_to or first + _WEEK, today + slots.LAST_DAY)
    if date_from and date_to and date_to < date_from:
        raise Invalid("date_to: before date_from")
    days: list[DayDocument] = []
    if work in station.services:
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            free = slots.free_times(connection, station, day)
            times = [{"time": slots.written(at), "available": is_free} for at, is_free in free.items()]
            days.append({"date": day.isoformat(), "times": times})  # type: ignore[typeddict-item]
    return {"station_id": station.id, "service_type": work.value, "slots": days}


def book(connection: sqlite3.Connection, wanted: NewBooking, now: datetime) -> BookingDocument:
    wanted = replace(wanted, phone=phone_number(wanted.phone))
    _check_slot(connection, wanted, now.date())
    _check_contract(connection, wanted)
    booking_id = f"bk_{next_number(connection, 'bookings'):06d}"
    connection.execute(
        "INSERT INTO bookings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (booking_id, _BOOKED, *_columns(wanted), wanted.source, wanted.call_id, now.isoformat(timespec="seconds")),
    )
    return document(_row(connection, booking_id, phone=None))


def change(
    connection: sqlite3.Connection, booking_id: str, changes: BookingChange, *, phone: str | None, now: datetime
) -> BookingDocument:
    row = _standing(connection, booking_id, phone=phone)
    before = _wanted(row)
    after = replace(
        before,
        station_id=changes.station_id or before.station_id,
        day=changes.day or before.day,
        at=before.at if changes.at is None else changes.at,
        work=changes.work or before.work,
        customer_name=changes.customer_name or before.customer_name,
        vehicle_info=changes.vehicle_info or before.vehicle_info,
        tire_diameter=changes.tire_diameter or before.tire_diameter,
        storage_contract=changes.storage_contract or before.storage_contract,
    )
    if (after.station_id, after.day, after.at) != (before.station_id, before.day, before.at):
        _check_slot(connection, after, now.date())
    _check_work(after)
    _check_contract(connection, after)
    connection.execute(
        "UPDATE bookings SET station_id = ?, date = ?, time = ?, service_type = ?, phone = ?, customer_name = ?,"
        " vehicle_info = ?, tire_diameter = ?, storage_contract = ? WHERE id = ?",
        (*_columns(after), booking_id),
    )
    return document(_row(connection, booking_id, phone=None))


def cancel(connection: sqlite3.Connection, booking_id: str, *, phone: str | None) -> BookingDocument:
    _standing(connection, booking_id, phone=phone)
    connection.execute("UPDATE bookings SET status = ? WHERE id = ?", (_CANCELLED, booking_id))
    return document(_row(connection, booking_id, phone=None))


def bookings_of(connection: sqlite3.Connection, phone: str, today: date) -> list[BookingDocument]:
    """Return what lies ahead for a number, the earliest first."""
    rows = connection.execute(
        "SELECT * FROM bookings WHERE phone = ? AND status = ? AND date >= ? ORDER BY date, time",
        (phone_number(phone), _BOOKED, today.isoformat()),
    ).fetchall()
    return [document(row) for row in rows]


def prices(*, station_id: str | None, diameter: int | None) -> list[FittingPriceDocument]:
    """Return what each work costs: at a station, or outside the capital."""
    station = None if station_id is None else slots.station_of(station_id)
    if station_id is not None and station is None:
        raise Unknown("there is no such station")
    diameters = DIAMETERS if diameter is None else [each for each in DIAMETERS if each == diameter]
    return [
        {
            "service": work.value,
            "label": FITTING_LABELS[work],
            "prices_by_diameter": {
                str(each): hryvnias(fitting_kopecks(work, each, station.city if station else None))
                for each in diameters
            },
        }
        for work in (station.services if station else Work)
    ]


def storage_contracts(
    connection: sqlite3.Connection, *, phone: str | None, contract: str | None
) -> list[StorageDocument]:
    if phone is None and contract is None:
        raise Invalid("phone, contract: one of them must be given")
    rows = connection.execute(
        "SELECT * FROM storage_contracts WHERE ?1 IS NULL OR phone = ?1 ORDER BY number",
        (None if phone is None else phone_number(phone),),
    ).fetchall()
    return [
        {
            "number": row["number"],
            "place": row["place"],
            "items": row["items"],
            "debt": hryvnias(row["debt"]),
            "currency": CURRENCY,
        }
        for row in rows
        if contract is None or _digits(contract) == _digits(row["number"])
    ]


def document(row: sqlite3.Row) -> BookingDocument:
    station = slots.station_of(row["station_id"])
    assert station is not None, row["station_id"]
    work, diameter = Work(row["service_type"]), row["tire_diameter"]
    return {
        "id": row["id"],
        "status": row["status"],
        "station": {"id": station.id, "name": station.name, "city": station.city, "address": station.address},
        "date": row["date"],
        "time": row["time"],
        "service_type": work.value,
        "vehicle_info": row["vehicle_info"],
        "tire_diameter": diameter,
        "storage_contract": row["storage_contract"],
        "estimated_duration_min": FITTING_MINUTES[work],
        "price": None if diameter is None else hryvnias(fitting_kopecks(work, diameter, station.city)),
        "currency": CURRENCY,
    }


def _station(place: StationPlace) -> StationDocument:
    return {
        "id": place.id,
        "name": place.name,
        "city": place.city,
        "district": place.district,
        "address": place.address,
        "phone": place.phone,
        "working_hours": place.working_hours,
        "services": [work.value for work in place.services],
    }


def _columns(wanted: NewBooking) -> tuple[str | int | None, ...]:
    return (
        wanted.station_id,
        wanted.day.isoformat(),
        slots.written(wanted.at),
        wanted.work.value,
        wanted.phone,
        wanted.customer_name,
        wanted.vehicle_info,
        wanted.tire_diameter,
        wanted.storage_contract,
    )


def _wanted(row: sqlite3.Row) -> NewBooking:
    return NewBooking(
        station_id=row["station_id"],
        day=date.fromisoformat(row["date"]),
        at=time.fromisoformat(row["time"]),
        work=Work(row["service_type"]),
        phone=row["phone"],
        customer_name=row["customer_name"],
        vehicle_info=row["vehicle_info"],
        tire_diameter=row["tire_diameter"],
        storage_contract=row["storage_contract"],
    )


def _row(connection: sqlite3.Connection, booking_id: str, *, phone: str | None) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM bookings WHERE id = ?", (booking_id,)).fetchone()
    if row is None or (phone is not None and row["phone"] != phone_number(phone)):
        raise Unknown("there is no such booking")
    return row


def _standing(connection: sqlite3.Connection, booking_id: str, *, phone: str | None) -> sqlite3.Row:
    row = _row(connection, booking_id, phone=phone)
    if row["status"] != _BOOKED:
        raise Conflict("already_cancelled", "the booking is cancelled already")
    return row


def _check_slot(connection: sqlite3.Connection, wanted: NewBooking, today: date) -> None:
    station = _check_work(wanted)
    if not today + slots.FIRST_DAY <= wanted.day <= today + slots.LAST_DAY:
        raise Conflict("outside_booking_window", "only from tomorrow for three weeks")
    free = slots.free_times(connection, station, wanted.day)
    if wanted.at not in free:
        raise Conflict("no_such_slot", "the station has no such time")
    if not free[wanted.at]:
        raise Conflict("slot_taken", "this time is taken")


def _check_work(wanted: NewBooking) -> StationPlace:
    station = slots.station_of(wanted.station_id)
    if station is None:
        raise Conflict("unknown_station", "there is no such station")
    if wanted.work not in station.services:
        raise Conflict("service_not_offered", "not at this station")
    if wanted.tire_diameter is not None and wanted.tire_diameter not in DIAMETERS:
        raise Invalid(f"tire_diameter: from {DIAMETERS.start} to {DIAMETERS.stop - 1}")
    return station


def _check_contract(connection: sqlite3.Connection, wanted: NewBooking) -> None:
    if wanted.storage_contract is None:
        return
    if not storage_contracts(connection, phone=wanted.phone, contract=wanted.storage_contract):
        raise Conflict("unknown_contract", "this customer has no contract of this number")


def _digits(number: str) -> str:
    """Return what identifies a contract: letters are heard in many ways, and `ЗБ-1042` is also "1042"."""
    return "".join(letter for letter in number if letter.isdecimal()) or number
