"""The demo shop on a loopback port, in the test's own event loop, with its database and its faults at hand."""

import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from pathlib import Path

from adapters.demo_shop.catalog import TireFilter
from adapters.demo_shop.documents import TireDocument
from adapters.demo_shop.places import KYIV
from adapters.demo_shop.shop import BookingInside, DemoShop, OrderInside
from domain.shop.catalog import Season, TireSize
from domain.shop.orders import OrderStatus
from entrypoints.demo_shop.app import BASE, shop_app
from entrypoints.demo_shop.faults import Fault, Faults
from entrypoints.demo_shop.serve import DEMO_KEY, serving

NOON = time(12)


def kyiv_today() -> date:
    return datetime.now(KYIV).date()


class ServedShop:
    """`url` is the Store API's base; `inside` is the shop itself, `faults` what its server suffers from."""

    def __init__(self, inside: DemoShop, port: int) -> None:
        self.inside = inside
        self.faults = Faults()
        self.key = DEMO_KEY
        self.root = f"http://127.0.0.1:{port}"
        self.url = self.root + BASE

    def fail(self, fault: Fault) -> None:
        self.faults.add(fault)

    def repair(self) -> None:
        self.faults.clear()

    def orders(self, phone: str | None = None, *, status: OrderStatus | None = None) -> Sequence[OrderInside]:
        """Return the orders that the database holds: of this number, in this state."""
        return [
            each
            for each in self.inside.all_orders()
            if phone in (None, each["customer_phone"]) and (status is None or status.value == each["status"])
        ]

    def bookings(self, phone: str | None = None, *, cancelled: bool = False) -> Sequence[BookingInside]:
        """Return the bookings that stand, or those that are cancelled."""
        return [
            each
            for each in self.inside.all_bookings()
            if phone in (None, each["customer_phone"]) and (each["status"] == "cancelled") is cancelled
        ]

    def stock(self, tire_id: str) -> int:
        return self.inside.tire(tire_id)["stock_quantity"]

    def set_stock(self, tire_id: str, quantity: int) -> None:
        self.inside.set_stock(tire_id, quantity)

    def tires(self, size: TireSize, season: Season | None = None, *, brand: str | None = None) -> list[TireDocument]:
        """Return the tyres of a size, the most popular first, sold out or not."""
        wanted = TireFilter(width=size.width, profile=size.profile, diameter=size.diameter, season=season, brand=brand)
        return self.inside.search_tires(wanted, per_page=100).tires

    def sell_out(self, size: TireSize, season: Season | None = None) -> None:
        for tire in self.tires(size, season):
            self.set_stock(tire["id"], 0)

    def fill_day(self, station_id: str, day: date, *, except_at: time | None = None) -> None:
        """Leave nothing free at a station on a day, but this time."""
        self.inside.set_slots(station_id, day, free=False)
        if except_at is not None:
            self.inside.set_slots(station_id, day, except_at, free=True)

    def free_day(self, station_id: str, day: date) -> None:
        self.inside.set_slots(station_id, day, free=True)


@asynccontextmanager
async def demo_shop_server(
    *, today: Callable[[], date] = kyiv_today, data: Path | None = None
) -> AsyncGenerator[ServedShop, None]:
    listener = socket.create_server(("127.0.0.1", 0))
    inside = DemoShop(data, now=lambda: datetime.combine(today(), NOON, KYIV))
    shop = ServedShop(inside, listener.getsockname()[1])
    try:
        async with serving(shop_app(inside, shop.faults, key=shop.key), listener):
            yield shop
    finally:
        inside.close()
