"""The demo shop's database, filled: made once in memory for a day, and copied from there.

A copy takes milliseconds where filling takes a tenth of a second: tests open a shop for each scenario.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from adapters.demo_shop.customers import (
    BOOKINGS,
    FIRST_BOOKING_NUMBER,
    FIRST_ORDER_NUMBER,
    ORDERS,
    STORAGE,
    PastBooking,
    PastOrder,
)
from adapters.demo_shop.places import DELIVERY, KYIV, PICKUP
from adapters.demo_shop.range_of_tires import tires
from domain.shop.orders import DeliveryType

_BUSY_SECONDS = 5.0
_SCHEMA = Path(__file__).with_name("schema.sql")


def connect(path: Path | None) -> sqlite3.Connection:
    """Open the database of this file, or one in memory, as empty as it is."""
    connection = sqlite3.connect(path or ":memory:", timeout=_BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    if path:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def is_filled(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'").fetchone() is not None


def fill(connection: sqlite3.Connection, today: date) -> None:
    """Put the goods and the customers of the first day into a database, in place of all it holds."""
    _template(today).backup(connection)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all of it or nothing, alone: a second process waits at the door."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def next_number(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute(
        "UPDATE counters SET next = next + 1 WHERE name = ? RETURNING next - 1", (name,)
    ).fetchone()
    return int(row[0])


@lru_cache(maxsize=4)
def _template(today: date) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(_SCHEMA.read_text())
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO tires VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                tire.id,
                tire.brand,
                tire.model,
                tire.size.width,
                tire.size.profile,
                tire.size.diameter,
                tire.season.value,
                tire.load_index,
                tire.speed_index,
                tire.kopecks,
                tire.old_kopecks,
                tire.quantity,
                tire.popularity,
                json.dumps(tire.features, ensure_ascii=False),
            )
            for tire in tires()
        ],
    )
    connection.executemany("INSERT INTO counters VALUES (?, ?)", [("orders", 1), ("numbers", FIRST_ORDER_NUMBER)])
    connection.execute("INSERT INTO counters VALUES ('bookings', ?)", (FIRST_BOOKING_NUMBER,))
    for order in ORDERS:
        _add_order(connection, order, today)
    for booking in BOOKINGS:
        _add_booking(connection, booking, today)
    connection.executemany(
        "INSERT INTO storage_contracts VALUES (?, ?, ?, ?, ?)",
        [(each.number, each.phone, each.place, each.items, each.debt_kopecks) for each in STORAGE],
    )
    connection.execute("COMMIT")
    return connection


def _add_order(connection: sqlite3.Connection, order: PastOrder, today: date) -> None:
    size = order.size
    tire = connection.execute(
        "SELECT id, brand || ' ' || model, price FROM tires"
        " WHERE brand = ? AND width = ? AND profile = ? AND diameter = ? ORDER BY id",
        (order.brand, size.width, size.profile, size.diameter),
    ).fetchone()
    assert tire is not None, f"{order.brand} has no tyres in {size}"
    order_id = f"ord_{next_number(connection, 'orders'):06d}"
    fetched = order.delivery is DeliveryType.PICKUP
    terms = PICKUP if fetched else DELIVERY[order.city]
    arrives = None if order.arrives_in_days is None else today + timedelta(days=order.arrives_in_days)
    connection.execute(
        "INSERT INTO orders VALUES (?, ?, ?, ?, ?, 'website', NULL, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (
            order_id,
            order.number,
            order.status.value,
            order.phone,
            order.name,
            order.delivery.value,
            order.city,
            None if fetched else order.place,
            order.place if fetched else None,
            terms.kopecks,
            terms.days,
            order.payment.value,
            arrives.isoformat() if arrives else None,
            order.tracking_number,
            datetime.combine(today - timedelta(days=order.days_ago), time(11, 20), KYIV).isoformat(),
        ),
    )
    tire_id, name, price = tire
    connection.execute(
        "INSERT INTO order_items VALUES (?, 0, ?, ?, ?, ?)",
        (order_id, tire_id, f"{name} {size}", order.quantity, price),
    )


def _add_booking(connection: sqlite3.Connection, booking: PastBooking, today: date) -> None:
    """Add a booking in a slot that is free once it is cancelled."""
    day, start = (today + timedelta(days=booking.in_days)).isoformat(), booking.time.strftime("%H:%M")
    connection.execute("INSERT INTO slots VALUES (?, ?, ?, 1)", (booking.station_id, day, start))
    connection.execute(
        "INSERT INTO bookings VALUES (?, 'booked', ?, ?, ?, ?, ?, ?, ?, ?, NULL, 'website', NULL, ?)",
        (
            f"bk_{next_number(connection, 'bookings'):06d}",
            booking.station_id,
            day,
            start,
            booking.work.value,
            booking.phone,
            booking.name,
            booking.car,
            booking.diameter,
            datetime.combine(today - timedelta(days=1), time(15, 5), KYIV).isoformat(),
        ),
    )
