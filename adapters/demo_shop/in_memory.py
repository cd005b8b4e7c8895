"""The shop in memory, as the application's port has it: the demo shop without HTTP."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from adapters.demo_shop.catalog import TireFilter
from adapters.demo_shop.documents import Amount, BookingDocument, OrderDocument, TireDocument
from adapters.demo_shop.fittings import NewBooking
from adapters.demo_shop.orders import Confirmation, DeliveryWish, NewOrder
from adapters.demo_shop.places import KYIV
from adapters.demo_shop.refusals import Refusal, Unknown
from adapters.demo_shop.shop import DemoShop
from application.ports.shop import NotFound, ShopRefused
from domain.money import Money
from domain.shop.catalog import Availability, Season, Stock, Tire, TireQuery, TireSize, Vehicle
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract, Work
from domain.shop.orders import Delivery, DeliveryType, Order, OrderItem, OrderStatus, PaymentMethod, PickupPoint

_NOON = time(12)


class InMemoryShop:
    """Fulfils `application.ports.shop.Shop`; `inside` is what a test looks into, and changes."""

    def __init__(self, *, today: Callable[[], date] = lambda: datetime.now(KYIV).date()) -> None:
        self.inside = DemoShop(now=lambda: datetime.combine(today(), _NOON, KYIV))

    async def search_tires(self, query: TireQuery, *, limit: int = 20) -> Sequence[Tire]:
        wanted = TireFilter(
            width=query.width,
            profile=query.profile,
            diameter=query.diameter,
            season=query.season,
            brand=query.brand,
            model=query.model,
            max_price=query.max_price.kopecks if query.max_price else None,
            in_stock=query.in_stock,
        )
        return [_tire(each) for each in self.inside.search_tires(wanted, per_page=limit).tires]

    async def availability(self, tire_id: str) -> Availability:
        with _translated():
            found = self.inside.availability(tire_id)
        return Availability(
            tire_id=found["tire_id"],
            total_quantity=found["total_quantity"],
            locations=tuple(
                Stock(each["warehouse"], each["quantity"], _day(each["available_from"])) for each in found["locations"]
            ),
            next_delivery=_day(found["next_delivery"]),
        )

    async def vehicle(self, make: str, model: str, year: int | None = None) -> Vehicle:
        with _translated():
            found = self.inside.vehicle_tires(make, model, year=year)
        car = found["vehicle"]
        return Vehicle(
            make=car["make"],
            model=car["model"],
            year=car["year"],
            oem_sizes=_sizes(car["oem_sizes"]),
            acceptable_sizes=_sizes(car["acceptable_sizes"]),
            recommended=tuple(_tire(each) for each in found["recommended_tires"]),
        )

    async def brands(self) -> Sequence[str]:
        return self.inside.brands()

    async def orders_of(self, phone: str) -> Sequence[Order]:
        with _translated():
            return [_order(each) for each in self.inside.orders(phone=phone)]

    async def order(self, order_number: str, *, phone: str) -> Order:
        with _translated():
            found = self.inside.orders(phone=phone, order_number=order_number)
        if not found:
            raise NotFound("there is no such order")
        return _order(found[0])

    async def create_order(self, items: Sequence[OrderItem], *, phone: str, call_id: UUID, key: str) -> Order:
        wanted = NewOrder(phone=phone, items=tuple(items), call_id=str(call_id))
        with _translated():
            return _order(self.inside.create_order(wanted, key=key, request=f"create {wanted}"))

    async def set_delivery(self, order_id: str, delivery: Delivery, *, key: str) -> Order:
        wish = DeliveryWish(
            type=delivery.type,
            city=delivery.city,
            address=delivery.address,
            pickup_point_id=delivery.pickup_point_id,
        )
        with _translated():
            return _order(self.inside.set_delivery(order_id, wish, key=key, request=f"deliver {order_id} {wish}"))

    async def confirm_order(self, order_id: str, *, payment: PaymentMethod, customer_name: str, key: str) -> Order:
        given = Confirmation(payment=payment, customer_name=customer_name)
        with _translated():
            return _order(self.inside.confirm_order(order_id, given, key=key, request=f"confirm {order_id} {given}"))

    async def pickup_points(self, city: str | None = None) -> Sequence[PickupPoint]:
        return [PickupPoint(**each) for each in self.inside.pickup_points(city)]

    async def delivery_cost(self, city: str) -> tuple[Money, int]:
        with _translated():
            found = self.inside.delivery_cost(city)
        return _money(found["cost"]), found["days"]

    async def stations(self, city: str | None = None) -> Sequence[Station]:
        return [
            Station(
                id=each["id"],
                name=each["name"],
                city=each["city"],
                district=each["district"],
                address=each["address"],
                phone=each["phone"],
                working_hours=each["working_hours"],
                services=tuple(Work(work) for work in each["services"]),
            )
            for each in self.inside.stations(city)
        ]

    async def slots(self, station_id: str, first: date, last: date, work: Work) -> Sequence[Slot]:
        with _translated():
            found = self.inside.slots(station_id, date_from=first, date_to=last, work=work)
        return [
            Slot(station_id, date.fromisoformat(day["date"]), time.fromisoformat(each["time"]))
            for day in found["slots"]
            for each in day["times"]
            if each["available"]
        ]

    async def prices(self, *, diameter: int | None = None, station_id: str | None = None) -> Sequence[FittingPrice]:
        with _translated():
            found = self.inside.fitting_prices(station_id=station_id, diameter=diameter)
        return [
            FittingPrice(
                work=Work(each["service"]),
                label=each["label"],
                by_diameter={int(inches): _money(price) for inches, price in each["prices_by_diameter"].items()},
            )
            for each in found
        ]

    async def storage_contracts(self, *, phone: str, contract: str | None = None) -> Sequence[StorageContract]:
        with _translated():
            found = self.inside.storage_contracts(phone=phone, contract=contract)
        return [
            StorageContract(number=each["number"], place=each["place"], items=each["items"], debt=_money(each["debt"]))
            for each in found
        ]

    async def bookings_of(self, phone: str) -> Sequence[Booking]:
        with _translated():
            return [_booking(each) for each in self.inside.bookings_of(phone)]

    async def book(self, wish: BookingWish, *, phone: str, call_id: UUID, key: str) -> Booking:
        wanted = NewBooking(
            station_id=wish.slot.station_id,
            day=wish.slot.date,
            at=wish.slot.time,
            work=wish.work,
            phone=phone,
            customer_name=wish.customer_name,
            vehicle_info=wish.car,
            tire_diameter=wish.tire_diameter,
            storage_contract=wish.storage_contract,
            call_id=str(call_id),
        )
        with _translated():
            return _booking(self.inside.book(wanted, key=key, request=f"book {wanted}"))

    async def cancel(self, booking_id: str, *, phone: str, key: str) -> None:
        with _translated():
            self.inside.cancel_booking(booking_id, phone=phone, key=key, request=f"cancel {booking_id} {phone}")


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except Unknown as error:
        raise NotFound(str(error)) from error
    except Refusal as error:
        raise ShopRefused(error.code, str(error)) from error


def _money(amount: Amount) -> Money:
    return Money.hryvnias(Decimal(str(amount)))


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


def _sizes(written: Sequence[str]) -> tuple[TireSize, ...]:
    return tuple(size for size in map(TireSize.read, written) if size)


def _tire(each: TireDocument) -> Tire:
    old_price = each["old_price"]
    return Tire(
        id=each["id"],
        brand=each["brand"],
        model=each["model"],
        size=TireSize(each["width"], each["profile"], each["diameter"]),
        season=Season(each["season"]),
        load_index=each["load_index"],
        speed_index=each["speed_index"],
        price=_money(each["price"]),
        old_price=None if old_price is None else _money(old_price),
        stock_quantity=each["stock_quantity"],
    )


def _order(each: OrderDocument) -> Order:
    delivery = each["delivery"]
    return Order(
        id=each["id"],
        order_number=each["order_number"],
        status=OrderStatus(each["status"]),
        status_label=each["status_label"],
        total=_money(each["total"]),
        subtotal=_money(each["subtotal"]),
        delivery=None
        if delivery is None
        else Delivery(
            type=DeliveryType(delivery["type"]),
            city=delivery["city"],
            address=delivery["address"],
            pickup_point_id=delivery["pickup_point_id"],
            cost=_money(delivery["cost"]),
            estimated_days=delivery["estimated_days"],
        ),
        items_summary=each["items_summary"],
        items=tuple(OrderItem(item["product_id"], item["quantity"]) for item in each["items"]),
        estimated_delivery=_day(each["estimated_delivery"]),
        tracking_number=each["tracking_number"],
        created_on=datetime.fromisoformat(each["created_at"]).date(),
    )


def _booking(each: BookingDocument) -> Booking:
    station, price = each["station"], each["price"]
    return Booking(
        id=each["id"],
        station_id=station["id"],
        station=f"{station['name']}, {station['address']}",
        date=date.fromisoformat(each["date"]),
        time=time.fromisoformat(each["time"]),
        work=Work(each["service_type"]),
        car=each["vehicle_info"],
        tire_diameter=each["tire_diameter"],
        storage_contract=each["storage_contract"],
        estimated_minutes=each["estimated_duration_min"],
        price=None if price is None else _money(price),
    )
