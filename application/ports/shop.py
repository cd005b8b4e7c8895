"""The shop's own system.

All methods raise `Unavailable` when the shop does not answer in time,
`NotFound` when it knows no such thing, and `ShopRefused` when it will not do
what is asked.  A write has a key: whoever asks again with the same key, within
a day, gets the answer of the first time, and nothing is done twice.
"""

from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from domain.money import Money
from domain.shop.catalog import Availability, Tire, TireQuery, Vehicle
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract, Work
from domain.shop.orders import Delivery, Order, OrderItem, PaymentMethod, PickupPoint


class NotFound(Exception):
    """The shop knows no such thing."""


class ShopRefused(Exception):
    """The shop will not do this: sold out, the slot is taken, a wrong value.

    `code` is the shop's own (`out_of_stock`, `slot_taken`, `validation_error`, …).
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Catalog(Protocol):
    async def search_tires(self, query: TireQuery, *, limit: int = 20) -> Sequence[Tire]:
        """Return what fits, the most popular first; nothing found is an empty answer."""
        ...

    async def availability(self, tire_id: str) -> Availability: ...

    async def vehicle(self, make: str, model: str, year: int | None = None) -> Vehicle:
        """Return the sizes that fit a car.  Raises `NotFound` for a car that the shop does not know."""
        ...

    async def brands(self) -> Sequence[str]:
        """Return the brands that are sold, in Latin letters: hints for the recognizer."""
        ...


class Orders(Protocol):
    async def orders_of(self, phone: str) -> Sequence[Order]:
        """Return the orders of a number, the newest first."""
        ...

    async def order(self, order_number: str, *, phone: str) -> Order:
        """Return one order.  Raises `NotFound` also where it is another person's."""
        ...

    async def create_order(self, items: Sequence[OrderItem], *, phone: str, call_id: UUID, key: str) -> Order:
        """Make a draft; its total is the shop's."""
        ...

    async def set_delivery(self, order_id: str, delivery: Delivery, *, key: str) -> Order: ...

    async def confirm_order(self, order_id: str, *, payment: PaymentMethod, customer_name: str, key: str) -> Order: ...


class Pickups(Protocol):
    async def pickup_points(self, city: str | None = None) -> Sequence[PickupPoint]: ...

    async def delivery_cost(self, city: str) -> tuple[Money, int]:
        """Return what it costs and how many days it takes.  Raises `NotFound` for a city that is not served."""
        ...


class Fittings(Protocol):
    async def stations(self, city: str | None = None) -> Sequence[Station]: ...

    async def slots(self, station_id: str, first: date, last: date, work: Work) -> Sequence[Slot]:
        """Return the free times of these days, the earliest first."""
        ...

    async def prices(self, *, diameter: int | None = None, station_id: str | None = None) -> Sequence[FittingPrice]: ...

    async def storage_contracts(self, *, phone: str, contract: str | None = None) -> Sequence[StorageContract]:
        """Return the contracts of a number, or the one of this contract's number that belongs to it."""
        ...


class Bookings(Protocol):
    async def bookings_of(self, phone: str) -> Sequence[Booking]:
        """Return what lies ahead, the earliest first."""
        ...

    async def book(self, wish: BookingWish, *, phone: str, call_id: UUID, key: str) -> Booking: ...

    async def cancel(self, booking_id: str, *, phone: str, key: str) -> None: ...


class Shop(Catalog, Orders, Pickups, Fittings, Bookings, Protocol):
    """All of it: what an adapter fulfils."""
