"""The shop's answers, shaped as the Store API shows them."""

from typing import NotRequired, TypedDict

CURRENCY = "UAH"
_KOPECKS = 100

Amount = int | float
"""Hryvnias; kopecks stand behind the point where there are any."""


def hryvnias(kopecks: int) -> Amount:
    whole, rest = divmod(kopecks, _KOPECKS)
    return kopecks / _KOPECKS if rest else whole


class TireDocument(TypedDict):
    id: str
    brand: str
    model: str
    size: str
    width: int
    profile: int
    diameter: int
    season: str
    load_index: str
    speed_index: str
    price: Amount
    old_price: Amount | None
    currency: str
    in_stock: bool
    stock_quantity: int
    features: NotRequired[list[str]]


class LocationDocument(TypedDict):
    warehouse: str
    quantity: int
    available_from: str | None


class AvailabilityDocument(TypedDict):
    tire_id: str
    total_quantity: int
    in_stock: bool
    locations: list[LocationDocument]
    next_delivery: str | None


class VehicleDocument(TypedDict):
    make: str
    model: str
    year: int | None
    oem_sizes: list[str]
    acceptable_sizes: list[str]


class VehicleTiresDocument(TypedDict):
    vehicle: VehicleDocument
    recommended_tires: list[TireDocument]


class ItemDocument(TypedDict):
    product_id: str
    name: str
    quantity: int
    price: Amount
    total: Amount


class DeliveryDocument(TypedDict):
    type: str
    city: str | None
    address: str | None
    pickup_point_id: str | None
    cost: Amount
    estimated_days: int


class OrderDocument(TypedDict):
    id: str
    order_number: str | None
    status: str
    status_label: str
    items: list[ItemDocument]
    items_summary: str
    subtotal: Amount
    delivery: DeliveryDocument | None
    total: Amount
    currency: str
    payment_method: str | None
    estimated_delivery: str | None
    tracking_number: str | None
    created_at: str


class DeliveryCostDocument(TypedDict):
    city: str
    cost: Amount
    currency: str
    days: int


class PickupPointDocument(TypedDict):
    id: str
    name: str
    city: str
    address: str
    hours: str


class StationDocument(TypedDict):
    id: str
    name: str
    city: str
    district: str
    address: str
    phone: str
    working_hours: str
    services: list[str]


class TimeDocument(TypedDict):
    time: str
    available: bool


class DayDocument(TypedDict):
    date: str
    times: list[TimeDocument]


class SlotsDocument(TypedDict):
    station_id: str
    service_type: str
    slots: list[DayDocument]


class BookedStationDocument(TypedDict):
    id: str
    name: str
    city: str
    address: str


class BookingDocument(TypedDict):
    id: str
    status: str
    station: BookedStationDocument
    date: str
    time: str
    service_type: str
    vehicle_info: str
    tire_diameter: int | None
    storage_contract: str | None
    estimated_duration_min: int
    price: Amount | None
    currency: str


class FittingPriceDocument(TypedDict):
    service: str
    label: str
    prices_by_diameter: dict[str, Amount]


class StorageDocument(TypedDict):
    number: str
    place: str
    items: str
    debt: Amount
    currency: str
