"""What the agent may do by itself; beyond it a person decides."""

from collections.abc import Iterable
from datetime import date

from domain.money import Money
from domain.shop.orders import Order, OrderItem, OrderStatus

MOST_OF_AN_ITEM = 99
MOST_TIRES = 20
MOST_TO_PAY = Money.hryvnias(50_000)
MOST_ORDERS_A_DAY = 3
MOST_WRITES = 10
"""Tool calls of one call that change something at the shop or in our records."""


def too_many_tires(items: Iterable[OrderItem]) -> bool:
    return sum(item.quantity for item in items) > MOST_TIRES


def too_much_to_pay(total: Money) -> bool:
    return total > MOST_TO_PAY


def orders_made(orders: Iterable[Order], today: date) -> int:
    """Return how many orders were confirmed on this day and stand."""
    return len({order.id for order in orders if order.created_on == today and stands(order)})


def stands(order: Order) -> bool:
    return order.status not in (OrderStatus.DRAFT, OrderStatus.CANCELLED)
