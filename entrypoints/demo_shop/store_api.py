"""The Store API's operations, on the demo shop."""

from collections.abc import Callable
from enum import Enum
from functools import wraps

from adapters.demo_shop.catalog import SORTS, TireFilter
from adapters.demo_shop.fittings import BookingChange, NewBooking
from adapters.demo_shop.orders import MOST_PIECES, Confirmation, DeliveryWish, NewOrder
from adapters.demo_shop.places import DIAMETERS
from adapters.demo_shop.shop import DemoShop
from domain.shop.catalog import Season
from domain.shop.fittings import Work
from domain.shop.orders import DeliveryType, OrderItem, OrderStatus, PaymentMethod
from entrypoints.demo_shop.operations import Answer, Asked, Operation
from entrypoints.demo_shop.reading import Fields, required

_PER_PAGE, _MOST_PER_PAGE, _MOST_PAGES = 20, 50, 10_000
_MOST_LINES = 20
_LEAST_YEAR, _MOST_YEAR = 1950, 2100
_MOST_MILLIMETRES = 999
_NAME, _PHONE, _ID = 100, 30, 100


class _OnlySource(Enum):
    AI_AGENT = "ai_agent"


def store_api(shop: DemoShop) -> tuple[Operation, ...]:
    """Return every operation; their paths are relative to the API's base."""
    catalog, orders, fittings = _Catalog(shop), _Orders(shop), _Fittings(shop)
    return (
        Operation(method="GET", path="/health", answer=_reads(lambda _: {"status": "ok"}), public=True),
        Operation(method="GET", path="/tires/search", answer=catalog.search),
        Operation(method="GET", path="/tires/<tire_id>", answer=_reads(catalog.tire)),
        Operation(method="GET", path="/tires/<tire_id>/availability", answer=_reads(catalog.availability)),
        Operation(method="GET", path="/vehicles/tires", answer=_reads(catalog.vehicle)),
        Operation(method="GET", path="/orders/search", answer=_reads(orders.search)),
        Operation(method="GET", path="/orders/<order_id>", answer=_reads(orders.order)),
        Operation(method="POST", path="/orders", answer=orders.create, keyed=True),
        Operation(method="PATCH", path="/orders/<order_id>/delivery", answer=orders.set_delivery, keyed=True),
        Operation(method="POST", path="/orders/<order_id>/confirm", answer=orders.confirm, keyed=True),
        Operation(method="GET", path="/delivery/calculate", answer=_reads(orders.delivery_cost)),
        Operation(method="GET", path="/pickup-points", answer=_reads(orders.pickup_points)),
        Operation(method="GET", path="/fitting/stations", answer=_reads(fittings.stations)),
        Operation(method="GET", path="/fitting/stations/<station_id>/slots", answer=_reads(fittings.slots)),
        Operation(method="GET", path="/fitting/bookings", answer=_reads(fittings.bookings)),
        Operation(method="POST", path="/fitting/bookings", answer=fittings.book, keyed=True),
        Operation(method="PATCH", path="/fitting/bookings/<booking_id>", answer=fittings.change, keyed=True),
        Operation(method="DELETE", path="/fitting/bookings/<booking_id>", answer=fittings.cancel, keyed=True),
        Operation(method="GET", path="/fitting/prices", answer=_reads(fittings.prices)),
        Operation(method="GET", path="/storage/contracts", answer=_reads(fittings.storage)),
    )


def _reads(look: Callable[[Asked], object]) -> Callable[[Asked], Answer]:
    """Make an operation of a look-up."""

    @wraps(look)
    def answer(asked: Asked) -> Answer:
        return Answer(data=look(asked))

    return answer


class _Catalog:
    def __init__(self, shop: DemoShop) -> None:
        self._shop = shop

    def search(self, asked: Asked) -> Answer:
        query = asked.query
        wanted = TireFilter(
            width=query.whole("width", least=1, most=_MOST_MILLIMETRES),
            profile=query.whole("profile", least=1, most=_MOST_MILLIMETRES),
            diameter=query.whole("diameter", least=1, most=_MOST_MILLIMETRES),
            season=query.choice("season", Season),
            brand=query.text("brand", most=_NAME),
            model=query.text("model", most=_NAME),
            min_price=query.kopecks("min_price"),
            max_price=query.kopecks("max_price"),
            in_stock=query.switch("in_stock"),
            sort=query.word("sort", *SORTS) or "popularity",
        )
        page = _or(query.whole("page", least=1, most=_MOST_PAGES), 1)
        per_page = _or(query.whole("per_page", least=1, most=_MOST_PER_PAGE), _PER_PAGE)
        asked.end()
        found = self._shop.search_tires(wanted, page=page, per_page=per_page)
        pages = -(-found.total // per_page)
        return Answer(
            data=found.tires,
            pagination={"page": page, "per_page": per_page, "total": found.total, "total_pages": pages},
        )

    def tire(self, asked: Asked) -> object:
        asked.end()
        return self._shop.tire(asked.path["tire_id"])

    def availability(self, asked: Asked) -> object:
        asked.end()
        return self._shop.availability(asked.path["tire_id"])

    def vehicle(self, asked: Asked) -> object:
        query = asked.query
        make = required("make", query.text("make", most=_NAME))
        model = required("model", query.text("model", most=_NAME))
        year = query.whole("year", least=_LEAST_YEAR, most=_MOST_YEAR)
        season = query.choice("season", Season)
        asked.end()
        return self._shop.vehicle_tires(make, model, year=year, season=season)


class _Orders:
    def __init__(self, shop: DemoShop) -> None:
        self._shop = shop

    def search(self, asked: Asked) -> object:
        query = asked.query
        phone, number = query.text("phone", most=_PHONE), query.text("order_number", most=_ID)
        status = query.choice("status", OrderStatus)
        asked.end()
        return self._shop.orders(phone=phone, order_number=number, status=status)

    def order(self, asked: Asked) -> object:
        phone = asked.query.text("phone", most=_PHONE)
        asked.end()
        return self._shop.order(asked.path["order_id"], phone=phone)

    def create(self, asked: Asked) -> Answer:
        body = asked.body
        wanted = NewOrder(
            phone=required("customer_phone", body.text("customer_phone", most=_PHONE)),
            items=[_item(each) for each in body.list("items", most=_MOST_LINES)],
            customer_name=body.text("customer_name", most=_NAME),
            source=_source(body),
            call_id=body.text("call_id", most=_ID),
        )
        asked.end()
        return Answer(data=self._shop.create_order(wanted, key=asked.key, request=asked.request), status=201)

    def set_delivery(self, asked: Asked) -> Answer:
        body = asked.body
        wish = DeliveryWish(
            type=required("delivery_type", body.choice("delivery_type", DeliveryType)),
            city=body.text("city", most=_NAME),
            address=body.text("address"),
            pickup_point_id=body.text("pickup_point_id", most=_ID),
        )
        asked.end()
        return Answer(data=self._shop.set_delivery(asked.path["order_id"], wish, key=asked.key, request=asked.request))

    def confirm(self, asked: Asked) -> Answer:
        body = asked.body
        given = Confirmation(
            payment=required("payment_method", body.choice("payment_method", PaymentMethod)),
            customer_name=body.text("customer_name", most=_NAME),
            send_sms=bool(body.switch("send_sms_confirmation")),
        )
        asked.end()
        return Answer(
            data=self._shop.confirm_order(asked.path["order_id"], given, key=asked.key, request=asked.request)
        )

    def delivery_cost(self, asked: Asked) -> object:
        city = required("city", asked.query.text("city", most=_NAME))
        asked.end()
        return self._shop.delivery_cost(city)

    def pickup_points(self, asked: Asked) -> object:
        city = asked.query.text("city", most=_NAME)
        asked.end()
        return self._shop.pickup_points(city)


class _Fittings:
    def __init__(self, shop: DemoShop) -> None:
        self._shop = shop

    def stations(self, asked: Asked) -> object:
        city = asked.query.text("city", most=_NAME)
        asked.end()
        return self._shop.stations(city)

    def slots(self, asked: Asked) -> object:
        query = asked.query
        first, last = query.day("date_from"), query.day("date_to")
        work = query.choice("service_type", Work) or Work.TIRE_CHANGE
        asked.end()
        return self._shop.slots(asked.path["station_id"], date_from=first, date_to=last, work=work)

    def bookings(self, asked: Asked) -> object:
        phone = required("phone", asked.query.text("phone", most=_PHONE))
        asked.end()
        return self._shop.bookings_of(phone)

    def book(self, asked: Asked) -> Answer:
        body = asked.body
        wanted = NewBooking(
            station_id=required("station_id", body.text("station_id", most=_ID)),
            day=required("date", body.day("date")),
            at=required("time", body.at("time")),
            work=required("service_type", body.choice("service_type", Work)),
            phone=required("customer_phone", body.text("customer_phone", most=_PHONE)),
            customer_name=required("customer_name", body.text("customer_name", most=_NAME)),
            vehicle_info=required("vehicle_info", body.text("vehicle_info")),
            tire_diameter=_diameter(body),
            storage_contract=body.text("storage_contract", most=_ID),
            source=_source(body),
            call_id=body.text("call_id", most=_ID),
        )
        asked.end()
        return Answer(data=self._shop.book(wanted, key=asked.key, request=asked.request), status=201)

    def change(self, asked: Asked) -> Answer:
        body = asked.body
        changes = BookingChange(
            station_id=body.text("station_id", most=_ID),
            day=body.day("date"),
            at=body.at("time"),
            work=body.choice("service_type", Work),
            customer_name=body.text("customer_name", most=_NAME),
            vehicle_info=body.text("vehicle_info"),
            tire_diameter=_diameter(body),
            storage_contract=body.text("storage_contract", most=_ID),
        )
        phone = body.text("customer_phone", most=_PHONE)
        asked.end()
        booking_id = asked.path["booking_id"]
        return Answer(
            data=self._shop.change_booking(booking_id, changes, phone=phone, key=asked.key, request=asked.request)
        )

    def cancel(self, asked: Asked) -> Answer:
        phone = asked.query.text("customer_phone", most=_PHONE)
        asked.end()
        booking_id = asked.path["booking_id"]
        return Answer(data=self._shop.cancel_booking(booking_id, phone=phone, key=asked.key, request=asked.request))

    def prices(self, asked: Asked) -> object:
        station_id, diameter = asked.query.text("station_id", most=_ID), _diameter(asked.query)
        asked.end()
        return self._shop.fitting_prices(station_id=station_id, diameter=diameter)

    def storage(self, asked: Asked) -> object:
        phone, contract = asked.query.text("phone", most=_PHONE), asked.query.text("contract", most=_ID)
        asked.end()
        return self._shop.storage_contracts(phone=phone, contract=contract)


def _item(fields: Fields) -> OrderItem:
    item = OrderItem(
        required("product_id", fields.text("product_id", most=_ID)),
        required("quantity", fields.whole("quantity", least=1, most=MOST_PIECES)),
    )
    fields.end()
    return item


def _diameter(fields: Fields) -> int | None:
    return fields.whole("tire_diameter", least=DIAMETERS.start, most=DIAMETERS.stop - 1)


def _source(fields: Fields) -> str:
    return (fields.choice("source", _OnlySource) or _OnlySource.AI_AGENT).value


def _or(value: int | None, default: int) -> int:
    return default if value is None else value
