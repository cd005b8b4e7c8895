"""What the shop's answers let be said: every figure in them, and what can be reckoned from them."""

import re
from collections.abc import Iterable, Mapping

from domain.facts import Facts
from domain.money import Money
from domain.shop.catalog import Availability, Tire
from domain.shop.orders import Order, PickupPoint

_PIECES = re.compile(r"(?<![\dRr])(\d{1,2})\s*(?:[×xх*]|шт)|[×xх*]\s*(\d{1,2})\b")


def of_tires(tires: Iterable[Tire]) -> Facts:
    some = tuple(tires)
    prices = frozenset(price for tire in some for price in (tire.price, tire.old_price) if price)
    stock = frozenset(tire.stock_quantity for tire in some)
    return Facts(amounts=prices, quantities=stock, in_stock=any(tire.in_stock for tire in some))


def of_availability(availability: Availability) -> Facts:
    places = availability.locations
    days = (availability.next_delivery, *(place.available_from for place in places))
    return Facts(
        quantities=frozenset({availability.total_quantity, *(place.quantity for place in places)}),
        in_stock=availability.in_stock,
        dates=frozenset(day for day in days if day),
    )


def of_points(points: Iterable[PickupPoint]) -> Facts:
    return Facts(addresses=frozenset(point.address for point in points))


def of_order(order: Order, prices: Mapping[str, Money]) -> Facts:
    """Return what is known of an order; `prices` are those of one piece, by the tyre's id, where they are known."""
    delivery = order.delivery
    amounts = {order.total, order.subtotal, delivery.cost if delivery else None}
    for item in order.items:
        if price := prices.get(item.tire_id):
            amounts |= {price, price * item.quantity}
    counts = {item.quantity for item in order.items}
    counts.add(sum(item.quantity for item in order.items))
    counts.update(int(before or after) for before, after in _PIECES.findall(order.items_summary))
    if delivery and delivery.estimated_days is not None:
        counts.add(delivery.estimated_days)
    return Facts(
        amounts=frozenset(amount for amount in amounts if amount is not None),
        quantities=frozenset(counts - {0}),
        dates=frozenset(day for day in (order.estimated_delivery, order.created_on) if day),
        addresses=frozenset({delivery.address} if delivery and delivery.address else ()),
        numbers=frozenset(number for number in (order.order_number, order.tracking_number) if number),
    )
