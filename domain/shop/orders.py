"""Orders, as the shop keeps them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from domain.money import Money


class OrderStatus(Enum):
    DRAFT = "draft"
    PENDING = "pending"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


class DeliveryType(Enum):
    DELIVERY = "delivery"
    PICKUP = "pickup"


class PaymentMethod(Enum):
    COD = "cod"
    """Cash when it is delivered."""
    ONLINE = "online"
    CARD_ON_DELIVERY = "card_on_delivery"


@dataclass(frozen=True, slots=True)
class OrderItem:
    tire_id: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the goods get to the customer: to an address, or to a point where they are fetched."""

    type: DeliveryType
    city: str | None = None
    address: str | None = None
    pickup_point_id: str | None = None
    cost: Money | None = None
    """The shop's answer; None in a wish."""
    estimated_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    id: str
    order_number: str | None
    """None while it is a draft."""
    status: OrderStatus
    status_label: str
    total: Money
    """All there is to pay, delivery included where it is known."""
    subtotal: Money | None = None
    delivery: Delivery | None = None
    items_summary: str = ""
    items: tuple[OrderItem, ...] = ()
    estimated_delivery: date | None = None
    tracking_number: str | None = None
    created_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupPoint:
    id: str
    name: str
    city: str
    address: str
    hours: str
