"""The Store API's documents, and the values they stand for."""

from collections.abc import Mapping

from adapters.store.answer import Answer
from domain.money import Money
from domain.shop.catalog import Availability, Season, Stock, Tire, TireSize, Vehicle
from domain.shop.fittings import Booking, FittingPrice, Slot, Station, StorageContract, Work
from domain.shop.orders import Delivery, DeliveryType, Order, OrderItem, OrderStatus, PickupPoint

_CURRENCY = "UAH"
_CANCELLED = "cancelled"


def tire(document: Answer) -> Tire:
    _in_hryvnias(document)
    return Tire(
        id=document["id"].text(),
        brand=document["brand"].text(),
        model=document["model"].text(),
        size=TireSize(document["width"].whole(), document["profile"].whole(), document["diameter"].whole()),
        season=document["season"].one_of(Season),
        load_index=document["load_index"].text(),
        speed_index=document["speed_index"].text(),
        price=document["price"].money(),
        old_price=document.maybe("old_price", Answer.money),
        stock_quantity=_pieces(document),
    )


def availability(document: Answer, tire_id: str) -> Availability:
    locations = document.maybe("locations", lambda found: found.each(_stock))
    return Availability(
        tire_id=tire_id,
        total_quantity=document["total_quantity"].whole(),
        locations=locations or (),
        next_delivery=document.maybe("next_delivery", Answer.day),
    )


def vehicle(document: Answer, *, make: str, model: str, year: int | None) -> Vehicle:
    """Read what fits a car; what the answer does not repeat is as it was asked."""
    car = document["vehicle"]
    return Vehicle(
        make=car.maybe("make", Answer.text) or make,
        model=car.maybe("model", Answer.text) or model,
        year=car.maybe("year", Answer.whole) or year,
        oem_sizes=car["oem_sizes"].each(_size),
        acceptable_sizes=car.maybe("acceptable_sizes", lambda sizes: sizes.each(_size)) or (),
        recommended=document.maybe("recommended_tires", lambda tires: tires.each(tire)) or (),
    )


def order(document: Answer) -> Order:
    _in_hryvnias(document)
    return Order(
        id=document["id"].text(),
        order_number=document.maybe("order_number", Answer.text),
        status=document["status"].one_of(OrderStatus),
        status_label=document.maybe("status_label", Answer.text) or "",
        total=document["total"].money(),
        subtotal=document.maybe("subtotal", Answer.money),
        delivery=document.maybe("delivery", _delivery),
        items_summary=document.maybe("items_summary", Answer.text) or "",
        items=document.maybe("items", lambda items: items.each(_item)) or (),
        estimated_delivery=document.maybe("estimated_delivery", Answer.day),
        tracking_number=document.maybe("tracking_number", Answer.text),
        created_on=document.maybe("created_at", Answer.day),
    )


def delivery_cost(document: Answer) -> tuple[Money, int]:
    _in_hryvnias(document)
    return document["cost"].money(), document["days"].whole()


def pickup_point(document: Answer) -> PickupPoint:
    return PickupPoint(
        id=document["id"].text(),
        name=document["name"].text(),
        city=document["city"].text(),
        address=document["address"].text(),
        hours=document["hours"].text(),
    )


def station(document: Answer) -> Station:
    services = document.maybe("services", lambda found: found.each(lambda service: service.known(Work)))
    return Station(
        id=document["id"].text(),
        name=document["name"].text(),
        city=document["city"].text(),
        district=document.maybe("district", Answer.text) or "",
        address=document["address"].text(),
        phone=document.maybe("phone", Answer.text) or "",
        working_hours=document["working_hours"].text(),
        services=tuple(filter(None, services or ())),
    )


def slots(document: Answer, station_id: str) -> tuple[Slot, ...]:
    """Read the free times."""
    days = document if isinstance(document.value, list) else document["slots"]
    return tuple(slot for day in days.each(lambda day: _free(day, station_id)) for slot in day)


def booking(document: Answer) -> Booking | None:
    """Read a booking, None for one that is cancelled."""
    _in_hryvnias(document)
    if document.maybe("status", Answer.text) == _CANCELLED:
        return None
    station_id, place = _place(document)
    return Booking(
        id=document["id"].text(),
        station_id=station_id,
        station=place,
        date=document["date"].day(),
        time=document["time"].time(),
        work=document.maybe("service_type", lambda service: service.one_of(Work)),
        car=document.maybe("vehicle_info", Answer.text) or "",
        tire_diameter=document.maybe("tire_diameter", Answer.whole),
        storage_contract=document.maybe("storage_contract", Answer.text),
        estimated_minutes=document.maybe("estimated_duration_min", Answer.whole),
        price=document.maybe("price", Answer.money),
    )


def fitting_price(document: Answer) -> FittingPrice | None:
    """Read what a work costs, None for a work that we do not offer."""
    _in_hryvnias(document)
    work = document["service"].known(Work)
    if work is None:
        return None
    return FittingPrice(
        work=work, label=document["label"].text(), by_diameter=_by_diameter(document["prices_by_diameter"])
    )


def storage_contract(document: Answer) -> StorageContract:
    _in_hryvnias(document)
    items = document["items"]
    return StorageContract(
        number=document["number"].text(),
        place=document["place"].text(),
        items=", ".join(items.each(Answer.text)) if isinstance(items.value, list) else items.text(),
        debt=document["debt"].money(),
    )


def _in_hryvnias(document: Answer) -> None:
    currency = document.get("currency")
    if currency is not None and currency.value != _CURRENCY:
        currency.wrong(f"is not {_CURRENCY}")


def _pieces(document: Answer) -> int:
    """Return how many there are; what is said to be out of stock is not there."""
    there = document.maybe("in_stock", Answer.flag)
    return 0 if there is False else document["stock_quantity"].whole()


def _stock(document: Answer) -> Stock:
    return Stock(
        warehouse=document["warehouse"].text(),
        quantity=document["quantity"].whole(),
        available_from=document.maybe("available_from", Answer.day),
    )


def _size(document: Answer) -> TireSize:
    return TireSize.read(document.text()) or document.wrong("is no tyre size")


def _delivery(document: Answer) -> Delivery:
    return Delivery(
        type=document["type"].one_of(DeliveryType),
        city=document.maybe("city", Answer.text),
        address=document.maybe("address", Answer.text),
        pickup_point_id=document.maybe("pickup_point_id", Answer.text),
        cost=document.maybe("cost", Answer.money),
        estimated_days=document.maybe("estimated_days", Answer.whole),
    )


def _item(document: Answer) -> OrderItem:
    return OrderItem(document["product_id"].text(), document["quantity"].whole())


def _free(day: Answer, station_id: str) -> tuple[Slot, ...]:
    on = day["date"].day()
    times = day["times"].each(lambda each: (each["time"].time(), each["available"].flag()))
    return tuple(Slot(station_id, on, at) for at, available in times if available)


def _place(document: Answer) -> tuple[str, str]:
    """Return a booking's station: its id, and its name and address as they are said."""
    place = document["station"]
    if isinstance(place.value, Mapping):
        parts = (place["name"].text(), place.maybe("address", Answer.text))
        return place["id"].text(), ", ".join(filter(None, parts))
    return document.maybe("station_id", Answer.text) or "", place.text()


def _by_diameter(document: Answer) -> Mapping[int, Money]:
    prices = {}
    for diameter, price in document.members():
        inches = diameter.upper().removeprefix("R")
        if not inches.isdecimal():
            price.wrong("stands under no diameter")
        prices[int(inches)] = price.money()
    return prices
