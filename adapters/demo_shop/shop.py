"""The demo shop: one database, all that may be asked of it, and nothing done twice.

Writes carry a key.  The answer of the first time is kept for a day, in the same transaction as
what was done: asked again with the same key and the same request, the shop gives that answer; with
another request it refuses.  A refusal is not kept, for it has done nothing.
"""

import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypedDict, TypeVar

from adapters.demo_shop import catalog, database, fittings, orders, slots
from adapters.demo_shop.catalog import TireFilter, TirePage
from adapters.demo_shop.documents import (
    CURRENCY,
    AvailabilityDocument,
    BookingDocument,
    DeliveryCostDocument,
    FittingPriceDocument,
    OrderDocument,
    PickupPointDocument,
    SlotsDocument,
    StationDocument,
    StorageDocument,
    TireDocument,
    VehicleTiresDocument,
    hryvnias,
)
from adapters.demo_shop.fittings import BookingChange, NewBooking
from adapters.demo_shop.orders import Confirmation, DeliveryWish, NewOrder
from adapters.demo_shop.places import DELIVERY, KYIV, PICKUP_POINTS, city_named
from adapters.demo_shop.refusals import Conflict, Unknown
from domain.errors import Unavailable
from domain.shop.catalog import Season
from domain.shop.fittings import Work
from domain.shop.orders import OrderStatus

D = TypeVar("D")

KEYS_ARE_KEPT = timedelta(hours=24)


class OrderInside(OrderDocument):
    """An order with what the Store API does not tell."""

    customer_phone: str
    customer_name: str | None
    source: str | None
    call_id: str | None


class BookingInside(BookingDocument):
    """A booking with what the Store API does not tell."""

    customer_phone: str
    customer_name: str
    source: str | None
    call_id: str | None


def kyiv_now() -> datetime:
    return datetime.now(KYIV)


class DemoShop:
    """`data` is the database's file, made and filled where there is none; without it, it is in memory."""

    def __init__(self, data: Path | None = None, *, now: Callable[[], datetime] = kyiv_now) -> None:
        """Raises `Unavailable` when the database cannot be kept in this file."""
        self._now = now
        try:
            self._connection = database.connect(data)
            if not database.is_filled(self._connection):
                self.reset()
        except sqlite3.Error as error:
            raise Unavailable(str(error)) from error

    def close(self) -> None:
        self._connection.close()

    @property
    def today(self) -> date:
        return self._now().date()

    # What it sells

    def search_tires(self, wanted: TireFilter, *, page: int = 1, per_page: int = 20) -> TirePage:
        return catalog.search(self._connection, wanted, page=page, per_page=per_page)

    def tire(self, tire_id: str) -> TireDocument:
        return catalog.tire(self._connection, tire_id)

    def availability(self, tire_id: str) -> AvailabilityDocument:
        return catalog.availability(self._connection, tire_id, self.today)

    def vehicle_tires(
        self, make: str, model: str, *, year: int | None = None, season: Season | None = None
    ) -> VehicleTiresDocument:
        return catalog.vehicle_tires(self._connection, make, model, year=year, season=season)

    def brands(self) -> list[str]:
        return catalog.brands(self._connection)

    # Orders

    def orders(
        self, *, phone: str | None = None, order_number: str | None = None, status: OrderStatus | None = None
    ) -> list[OrderDocument]:
        return orders.search(self._connection, phone=phone, order_number=order_number, status=status)

    def order(self, order_id: str, *, phone: str | None = None) -> OrderDocument:
        return orders.order(self._connection, order_id, phone=phone)

    def create_order(self, wanted: NewOrder, *, key: str, request: str) -> OrderDocument:
        return self._once(key, request, lambda: orders.create(self._connection, wanted, self._now()))

    def set_delivery(self, order_id: str, wish: DeliveryWish, *, key: str, request: str) -> OrderDocument:
        return self._once(key, request, lambda: orders.set_delivery(self._connection, order_id, wish))

    def confirm_order(self, order_id: str, given: Confirmation, *, key: str, request: str) -> OrderDocument:
        return self._once(key, request, lambda: orders.confirm(self._connection, order_id, given, self._now()))

    # Getting it to the customer

    def delivery_cost(self, city: str) -> DeliveryCostDocument:
        served = city_named(city)
        if served is None:
            raise Unknown("nothing is delivered to this city")
        terms = DELIVERY[served]
        return {"city": served, "cost": hryvnias(terms.kopecks), "currency": CURRENCY, "days": terms.days}

    def pickup_points(self, city: str | None = None) -> list[PickupPointDocument]:
        wanted = None if city is None else city_named(city)
        return [
            {"id": each.id, "name": each.name, "city": each.city, "address": each.address, "hours": each.hours}
            for each in PICKUP_POINTS
            if city is None or each.city == wanted
        ]

    # Fitting and storage

    def stations(self, city: str | None = None) -> list[StationDocument]:
        return fittings.stations(city)

    def slots(
        self, station_id: str, *, date_from: date | None = None, date_to: date | None = None, work: Work
    ) -> SlotsDocument:
        return fittings.free_slots(
            self._connection, station_id, date_from=date_from, date_to=date_to, work=work, today=self.today
        )

    def book(self, wanted: NewBooking, *, key: str, request: str) -> BookingDocument:
        return self._once(key, request, lambda: fittings.book(self._connection, wanted, self._now()))

    def change_booking(
        self, booking_id: str, changes: BookingChange, *, phone: str | None, key: str, request: str
    ) -> BookingDocument:
        def act() -> BookingDocument:
            return fittings.change(self._connection, booking_id, changes, phone=phone, now=self._now())

        return self._once(key, request, act)

    def cancel_booking(self, booking_id: str, *, phone: str | None, key: str, request: str) -> BookingDocument:
        return self._once(key, request, lambda: fittings.cancel(self._connection, booking_id, phone=phone))

    def bookings_of(self, phone: str) -> list[BookingDocument]:
        return fittings.bookings_of(self._connection, phone, self.today)

    def fitting_prices(
        self, *, station_id: str | None = None, diameter: int | None = None
    ) -> list[FittingPriceDocument]:
        return fittings.prices(station_id=station_id, diameter=diameter)

    def storage_contracts(self, *, phone: str | None = None, contract: str | None = None) -> list[StorageDocument]:
        return fittings.storage_contracts(self._connection, phone=phone, contract=contract)

    # What an administrator may see and change

    def all_orders(self) -> list[OrderInside]:
        """Return every order that there is, drafts too, the oldest first."""
        rows = self._connection.execute("SELECT * FROM orders ORDER BY id").fetchall()
        return [{**orders.document(self._connection, row), **_inside(row)} for row in rows]

    def all_bookings(self) -> list[BookingInside]:
        """Return every booking that there is, cancelled ones too, the oldest first."""
        rows = self._connection.execute("SELECT * FROM bookings ORDER BY id").fetchall()
        return [{**fittings.document(row), **_inside(row)} for row in rows]  # type: ignore[typeddict-item]

    def set_stock(self, tire_id: str, quantity: int) -> TireDocument:
        with database.transaction(self._connection):
            self._connection.execute("UPDATE tires SET quantity = ? WHERE id = ?", (quantity, tire_id))
            return self.tire(tire_id)

    def set_price(self, tire_id: str, kopecks: int) -> TireDocument:
        with database.transaction(self._connection):
            self._connection.execute("UPDATE tires SET price = ? WHERE id = ?", (kopecks, tire_id))
            return self.tire(tire_id)

    def set_slots(self, station_id: str, day: date, at: time | None = None, *, free: bool) -> None:
        """Say that a time is free or full, or all the times of a day.  What is booked stays booked."""
        station = slots.station_of(station_id)
        if station is None:
            raise Unknown("there is no such station")
        if at is not None and at not in slots.times(station):
            raise Conflict("no_such_slot", "the station has no such time")
        with database.transaction(self._connection):
            slots.set_free(self._connection, station, day, at, free=free)

    def reset(self) -> None:
        """Make everything as it was on the first day."""
        database.fill(self._connection, self.today)

    def _once(self, key: str, request: str, act: Callable[[], D]) -> D:
        with database.transaction(self._connection):
            at = self._now().timestamp()
            self._connection.execute(
                "DELETE FROM answers WHERE answered_at <= ?", (at - KEYS_ARE_KEPT.total_seconds(),)
            )
            kept = self._connection.execute("SELECT request, document FROM answers WHERE key = ?", (key,)).fetchone()
            if kept is not None:
                if kept["request"] != request:
                    raise Conflict("idempotency_conflict", "this key was used for another request")
                first_answer: D = json.loads(kept["document"])
                return first_answer
            document = act()
            self._connection.execute(
                "INSERT INTO answers VALUES (?, ?, ?, ?)", (key, request, json.dumps(document), at)
            )
            return document


class _Inside(TypedDict):
    customer_phone: str
    customer_name: str | None
    source: str | None
    call_id: str | None


def _inside(row: sqlite3.Row) -> _Inside:
    return {
        "customer_phone": row["phone"],
        "customer_name": row["customer_name"],
        "source": row["source"],
        "call_id": row["call_id"],
    }
