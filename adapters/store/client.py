"""The shop over its Store API.

Rule 1: paths stand here as the API has them, below an address that names its version already.
Rule 2: a list that comes in pages is read page by page, up to a bound.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import aiohttp
import anyio

from adapters.store import documents
from adapters.store.answer import Answer
from adapters.store.exchange import Exchange, Question
from application.ports.shop import NotFound
from domain.breaker import State
from domain.errors import Unavailable
from domain.money import Money
from domain.shop.catalog import Availability, Tire, TireQuery, Vehicle
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract, Work
from domain.shop.orders import Delivery, Order, OrderItem, PaymentMethod, PickupPoint

T = TypeVar("T")

_SOURCE = "ai_agent"
_MOST_PER_PAGE = 50
_MOST_PAGES = 20
_BRANDS_SECONDS = 600.0
_KYIV = ZoneInfo("Europe/Kyiv")


def _today() -> date:
    return datetime.now(_KYIV).date()


class StoreClient:
    """Fulfils the port `Shop`."""

    def __init__(
        self,
        *,
        url: str,
        key: str,
        attempt_seconds: float = 5.0,
        give_up_seconds: float = 12.0,
        pauses_seconds: Sequence[float] = (0.2, 0.5),
        now: Callable[[], float] = anyio.current_time,
        today: Callable[[], date] = _today,
        session: aiohttp.ClientSession | None = None,
        on_response: Callable[[str, int | None], None] = lambda path, status: None,
    ) -> None:
        """`on_response` learns of each attempt: the path's pattern and the status, None when there was no answer."""
        self._exchange = Exchange(
            url=url,
            key=key,
            attempt_seconds=attempt_seconds,
            give_up_seconds=give_up_seconds,
            pauses_seconds=pauses_seconds,
            now=now,
            session=session,
            on_response=on_response,
        )
        self._now = now
        self._today = today
        self._brands: tuple[str, ...] = ()
        self._brands_until: float | None = None
        self._brands_asked = anyio.Lock()

    @property
    def breaker_state(self) -> State:
        return self._exchange.breaker_state

    async def close(self) -> None:
        await self._exchange.close()

    # What is sold

    async def search_tires(self, query: TireQuery, *, limit: int = 20) -> Sequence[Tire]:
        wanted = {
            "width": query.width,
            "profile": query.profile,
            "diameter": query.diameter,
            "season": query.season and query.season.value,
            "brand": query.brand,
            "model": query.model,
            "max_price": query.max_price and query.max_price.amount,
            "in_stock": query.in_stock,
        }
        return await self._tires(wanted, limit)

    async def availability(self, tire_id: str) -> Availability:
        data = await self._get("/tires/{}/availability", tire_id)
        return documents.availability(data, tire_id)

    async def vehicle(self, make: str, model: str, year: int | None = None) -> Vehicle:
        data = await self._get("/vehicles/tires", make=make, model=model, year=year)
        return documents.vehicle(data, make=make, model=model, year=year)

    async def brands(self) -> Sequence[str]:
        """Return the brands, asked for again after a while; where the shop fails, those of the last time."""
        async with self._brands_asked:
            if self._brands_until is None or self._now() >= self._brands_until:
                try:
                    tires = await self._tires({"in_stock": None}, _MOST_PAGES * _MOST_PER_PAGE)
                except Unavailable:
                    if not self._brands:
                        raise
                    return self._brands
                self._brands = tuple(sorted({tire.brand for tire in tires}))
                self._brands_until = self._now() + _BRANDS_SECONDS
            return self._brands

    # Orders

    async def orders_of(self, phone: str) -> Sequence[Order]:
        return await self._listed("/orders/search", documents.order, phone=phone)

    async def order(self, order_number: str, *, phone: str) -> Order:
        found = await self._listed("/orders/search", documents.order, phone=phone, order_number=order_number)
        for order in found:
            if order.order_number == order_number.strip():
                return order
        raise NotFound("this number has no such order")

    async def create_order(self, items: Sequence[OrderItem], *, phone: str, call_id: UUID, key: str) -> Order:
        body = {
            "customer_phone": phone,
            "items": [{"product_id": item.tire_id, "quantity": item.quantity} for item in items],
            "source": _SOURCE,
            "call_id": str(call_id),
        }
        return documents.order(await self._write("POST", "/orders", key=key, body=body))

    async def set_delivery(self, order_id: str, delivery: Delivery, *, key: str) -> Order:
        wish = {
            "delivery_type": delivery.type.value,
            "city": delivery.city,
            "address": delivery.address,
            "pickup_point_id": delivery.pickup_point_id,
        }
        return documents.order(await self._write("PATCH", "/orders/{}/delivery", order_id, key=key, body=_said(wish)))

    async def confirm_order(self, order_id: str, *, payment: PaymentMethod, customer_name: str, key: str) -> Order:
        body = {"payment_method": payment.value, "customer_name": customer_name, "send_sms_confirmation": True}
        data = await self._write("POST", "/orders/{}/confirm", order_id, key=key, body=body)
        confirmed = documents.order(data)
        if confirmed.order_number is None:
            data["order_number"].wrong("is missing")
        return confirmed

    # Getting it

    async def pickup_points(self, city: str | None = None) -> Sequence[PickupPoint]:
        return await self._listed("/pickup-points", documents.pickup_point, city=city)

    async def delivery_cost(self, city: str) -> tuple[Money, int]:
        return documents.delivery_cost(await self._get("/delivery/calculate", city=city))

    # Fitting and storage

    async def stations(self, city: str | None = None) -> Sequence[Station]:
        return await self._listed("/fitting/stations", documents.station, city=city)

    async def slots(self, station_id: str, first: date, last: date, work: Work) -> Sequence[Slot]:
        data = await self._get(
            "/fitting/stations/{}/slots", station_id, date_from=first, date_to=last, service_type=work.value
        )
        return sorted(slot for slot in documents.slots(data, station_id) if first <= slot.date <= last)

    async def prices(self, *, diameter: int | None = None, station_id: str | None = None) -> Sequence[FittingPrice]:
        found = await self._listed(
            "/fitting/prices", documents.fitting_price, tire_diameter=diameter, station_id=station_id
        )
        return [price for price in found if price is not None]

    async def storage_contracts(self, *, phone: str, contract: str | None = None) -> Sequence[StorageContract]:
        return await self._listed("/storage/contracts", documents.storage_contract, phone=phone, contract=contract)

    async def bookings_of(self, phone: str) -> Sequence[Booking]:
        found = await self._listed("/fitting/bookings", documents.booking, phone=phone)
        ahead = [booking for booking in found if booking is not None and booking.date >= self._today()]
        return sorted(ahead, key=lambda booking: (booking.date, booking.time))

    async def book(self, wish: BookingWish, *, phone: str, call_id: UUID, key: str) -> Booking:
        body = {
            "station_id": wish.slot.station_id,
            "date": wish.slot.date.isoformat(),
            "time": wish.slot.time.isoformat("minutes"),
            "service_type": wish.work.value,
            "customer_phone": phone,
            "customer_name": wish.customer_name,
            "vehicle_info": wish.car,
            "tire_diameter": wish.tire_diameter,
            "storage_contract": wish.storage_contract,
            "source": _SOURCE,
            "call_id": str(call_id),
        }
        data = await self._write("POST", "/fitting/bookings", key=key, body=_said(body))
        booking = documents.booking(data)
        return booking or data["status"].wrong("says that it is cancelled")

    async def cancel(self, booking_id: str, *, phone: str, key: str) -> None:
        await self._exchange.ask(
            Question(
                method="DELETE",
                pattern="/fitting/bookings/{}",
                ids=(booking_id,),
                query={"customer_phone": phone},
                key=key,
            )
        )

    async def health(self) -> None:
        """Have the shop say that it is there; raises `Unavailable` when it does not."""
        await self._get("/health")

    # The ways of asking

    async def _get(self, pattern: str, *ids: str, **wanted: object) -> Answer:
        question = Question(method="GET", pattern=pattern, ids=ids, query=_query(wanted))
        return (await self._exchange.ask(question))["data"]

    async def _write(self, method: str, pattern: str, *ids: str, key: str, body: Mapping[str, object]) -> Answer:
        question = Question(method=method, pattern=pattern, ids=ids, body=body, key=key)
        return (await self._exchange.ask(question))["data"]

    async def _tires(self, wanted: Mapping[str, object], limit: int) -> Sequence[Tire]:
        wanted = {**wanted, "sort": "popularity", "per_page": min(limit, _MOST_PER_PAGE)}
        return await self._pages("/tires/search", documents.tire, wanted, limit)

    async def _listed(self, pattern: str, read: Callable[[Answer], T], **wanted: object) -> Sequence[T]:
        return await self._pages(pattern, read, wanted, _MOST_PAGES * _MOST_PER_PAGE)

    async def _pages(
        self, pattern: str, read: Callable[[Answer], T], wanted: Mapping[str, object], limit: int
    ) -> Sequence[T]:
        """Return what the pages hold, up to a limit; the first is asked for without a number."""
        found: list[T] = []
        give_up_at = self._exchange.give_up_at()
        for page in range(1, _MOST_PAGES + 1):
            query = _query({**wanted, "page": None if page == 1 else page})
            question = Question(method="GET", pattern=pattern, query=query)
            answer = await self._exchange.ask(question, give_up_at=give_up_at)
            more = answer["data"].each(read)
            found += more
            pages = answer.maybe("pagination", lambda known: known.maybe("total_pages", Answer.whole)) or 1
            if not more or len(found) >= limit or page >= pages:
                break
        return found[:limit]


def _said(wish: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in wish.items() if value is not None}


def _query(wanted: Mapping[str, object]) -> dict[str, str]:
    """Write what is wished as the API reads it; None is no wish."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in _said(wanted).items()
    }
