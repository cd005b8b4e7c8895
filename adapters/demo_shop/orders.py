"""Orders: a draft, its delivery, its confirmation.

Stock goes down when an order is confirmed; a draft reserves nothing.  A price is that of the day of the draft.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.demo_shop.catalog import tire_name, tire_row
from adapters.demo_shop.database import next_number
from adapters.demo_shop.documents import CURRENCY, DeliveryDocument, ItemDocument, OrderDocument, hryvnias
from adapters.demo_shop.phones import phone_number
from adapters.demo_shop.places import DELIVERY, PICKUP, PICKUP_POINTS, city_named
from adapters.demo_shop.refusals import Conflict, Invalid, Unknown
from domain.shop.orders import DeliveryType, OrderItem, OrderStatus, PaymentMethod

MOST_PIECES = 99
"""Of one tyre in one order."""

LABELS = {
    OrderStatus.DRAFT: "чернетка",
    OrderStatus.PENDING: "очікує оплати",
    OrderStatus.CONFIRMED: "підтверджено",
    OrderStatus.SHIPPED: "відправлено",
    OrderStatus.DELIVERING: "доставляється",
    OrderStatus.DELIVERED: "доставлено",
    OrderStatus.CANCELLED: "скасовано",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    phone: str
    items: Sequence[OrderItem]
    customer_name: str | None = None
    source: str = "ai_agent"
    call_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWish:
    type: DeliveryType
    city: str | None = None
    address: str | None = None
    pickup_point_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    payment: PaymentMethod
    customer_name: str | None = None
    send_sms: bool = False


def create(connection: sqlite3.Connection, wanted: NewOrder, now: datetime) -> OrderDocument:
    phone = phone_number(wanted.phone)
    rows = [(item, _ordered_tire(connection, item)) for item in wanted.items]
    if not rows:
        raise Invalid("items: nothing is ordered")
    _check_stock(connection, _pieces(wanted.items))
    order_id = f"ord_{next_number(connection, 'orders'):06d}"
    connection.execute(
        "INSERT INTO orders (id, status, phone, customer_name, source, call_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            order_id,
            OrderStatus.DRAFT.value,
            phone,
            wanted.customer_name,
            wanted.source,
            wanted.call_id,
            now.isoformat(timespec="seconds"),
        ),
    )
    connection.executemany(
        "INSERT INTO order_items VALUES (?, ?, ?, ?, ?, ?)",
        [
            (order_id, position, item.tire_id, tire_name(row), item.quantity, row["price"])
            for position, (item, row) in enumerate(rows)
        ],
    )
    return order(connection, order_id)


def set_delivery(connection: sqlite3.Connection, order_id: str, wish: DeliveryWish) -> OrderDocument:
    _draft(connection, order_id)
    if wish.type is DeliveryType.PICKUP:
        city, address, point_id, terms = *_pickup(wish), PICKUP
    else:
        city, address = _address(wish)
        point_id, terms = None, DELIVERY[city]
    connection.execute(
        "UPDATE orders SET delivery_type = ?, city = ?, address = ?, pickup_point_id = ?, delivery_cost = ?,"
        " delivery_days = ? WHERE id = ?",
        (wish.type.value, city, address, point_id, terms.kopecks, terms.days, order_id),
    )
    return order(connection, order_id)


def confirm(connection: sqlite3.Connection, order_id: str, given: Confirmation, now: datetime) -> OrderDocument:
    row = _draft(connection, order_id)
    name = given.customer_name or row["customer_name"]
    if not name:
        raise Conflict("customer_name_missing", "the order is in nobody's name")
    if row["delivery_type"] is None:
        raise Conflict("delivery_not_set", "how the order gets to its customer is not said yet")
    items = [OrderItem(each["tire_id"], each["quantity"]) for each in _items(connection, order_id)]
    pieces = _pieces(items)
    _check_stock(connection, pieces)
    connection.executemany(
        "UPDATE tires SET quantity = quantity - ? WHERE id = ?", [(count, tire_id) for tire_id, count in pieces.items()]
    )
    connection.execute(
        "UPDATE orders SET number = ?, status = ?, customer_name = ?, payment_method = ?, send_sms = ?,"
        " estimated_delivery = ? WHERE id = ?",
        (
            str(next_number(connection, "numbers")),
            OrderStatus.CONFIRMED.value,
            name,
            given.payment.value,
            given.send_sms,
            (now.date() + timedelta(days=row["delivery_days"])).isoformat(),
            order_id,
        ),
    )
    return order(connection, order_id)


def order(connection: sqlite3.Connection, order_id: str, *, phone: str | None = None) -> OrderDocument:
    """Return one order.  With a number, another person's order is as unknown as one that is not there."""
    return document(connection, _row(connection, order_id, phone=phone))


def search(
    connection: sqlite3.Connection,
    *,
    phone: str | None = None,
    order_number: str | None = None,
    status: OrderStatus | None = None,
) -> list[OrderDocument]:
    """Return the orders of a number, or the one of this order number, or what both say; the newest first."""
    if phone is None and order_number is None:
        raise Invalid("phone, order_number: one of them must be given")
    rows = connection.execute(
        "SELECT * FROM orders WHERE (?1 IS NULL OR phone = ?1) AND (?2 IS NULL OR number = ?2)"
        " AND (?3 IS NULL OR status = ?3) ORDER BY created_at DESC, id DESC",
        (None if phone is None else phone_number(phone), order_number, status and status.value),
    ).fetchall()
    return [document(connection, row) for row in rows]


def document(connection: sqlite3.Connection, row: sqlite3.Row) -> OrderDocument:
    items: list[ItemDocument] = [
        {
            "product_id": each["tire_id"],
            "name": each["name"],
            "quantity": each["quantity"],
            "price": hryvnias(each["price"]),
            "total": hryvnias(each["price"] * each["quantity"]),
        }
        for each in _items(connection, row["id"])
    ]
    subtotal = sum(each["price"] * each["quantity"] for each in _items(connection, row["id"]))
    return {
        "id": row["id"],
        "order_number": row["number"],
        "status": row["status"],
        "status_label": LABELS[OrderStatus(row["status"])],
        "items": items,
        "items_summary": ", ".join(f"{item['name']} × {item['quantity']}" for item in items),
        "subtotal": hryvnias(subtotal),
        "delivery": _delivery(row),
        "total": hryvnias(subtotal + (row["delivery_cost"] or 0)),
        "currency": CURRENCY,
        "payment_method": row["payment_method"],
        "estimated_delivery": row["estimated_delivery"],
        "tracking_number": row["tracking_number"],
        "created_at": row["created_at"],
    }


def _row(connection: sqlite3.Connection, order_id: str, *, phone: str | None = None) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    if row is None or (phone is not None and row["phone"] != phone_number(phone)):
        raise Unknown("there is no such order")
    return row


def _draft(connection: sqlite3.Connection, order_id: str) -> sqlite3.Row:
    row = _row(connection, order_id)
    if row["status"] != OrderStatus.DRAFT.value:
        raise Conflict("not_a_draft", "the order is no longer a draft")
    return row


def _items(connection: sqlite3.Connection, order_id: str) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM order_items WHERE order_id = ? ORDER BY position", (order_id,)).fetchall()


def _pieces(items: Sequence[OrderItem]) -> dict[str, int]:
    pieces: dict[str, int] = {}
    for item in items:
        pieces[item.tire_id] = pieces.get(item.tire_id, 0) + item.quantity
    return pieces


def _ordered_tire(connection: sqlite3.Connection, item: OrderItem) -> sqlite3.Row:
    if not 1 <= item.quantity <= MOST_PIECES:
        raise Invalid(f"items: a quantity is from 1 to {MOST_PIECES}")
    try:
        return tire_row(connection, item.tire_id)
    except Unknown as error:
        raise Conflict("unknown_product", "there is no such product") from error


def _check_stock(connection: sqlite3.Connection, pieces: dict[str, int]) -> None:
    for tire_id, count in pieces.items():
        row = tire_row(connection, tire_id)
        if row["quantity"] < count:
            raise Conflict("out_of_stock", f"{tire_name(row)}: {row['quantity']} left, {count} asked for")


def _pickup(wish: DeliveryWish) -> tuple[str, str | None, str]:
    if wish.pickup_point_id is None:
        raise Invalid("pickup_point_id: a pick-up needs one")
    for point in PICKUP_POINTS:
        if point.id == wish.pickup_point_id:
            return point.city, None, point.id
    raise Conflict("unknown_pickup_point", "there is no such pick-up point")


def _address(wish: DeliveryWish) -> tuple[str, str]:
    if not wish.city or not wish.address:
        raise Invalid("city, address: a delivery needs both")
    city = city_named(wish.city)
    if city is None:
        raise Conflict("city_not_served", "nothing is delivered there")
    return city, wish.address.strip()


def _delivery(row: sqlite3.Row) -> DeliveryDocument | None:
    if row["delivery_type"] is None:
        return None
    return {
        "type": row["delivery_type"],
        "city": row["city"],
        "address": row["address"],
        "pickup_point_id": row["pickup_point_id"],
        "cost": hryvnias(row["delivery_cost"]),
        "estimated_days": row["delivery_days"],
    }
