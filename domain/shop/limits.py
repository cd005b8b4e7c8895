"""What the agent may do by itself; beyond it a person decides."""

from collections.abc import Iterable, Sequence
from datetime import date

from domain.money import Money
from domain.shop.events import Proposed
from domain.shop.orders import Order, OrderItem, OrderStatus
from domain.transcript import ToolUse, Turn

MOST_OF_AN_ITEM = 99
MOST_TIRES = 20
MOST_TO_PAY = Money.hryvnias(50_000)
MOST_ORDERS_A_DAY = 3
MOST_WRITES = 10
"""Tool calls of one call that change something at the shop or in our records."""

WRITING_TOOLS = frozenset(
    """
    create_order_draft update_order_delivery confirm_order book_fitting cancel_fitting
    update_customer_profile create_callback_request
    """.split()
)


def writes(turns: Sequence[Turn]) -> int:
    """Return how many tool calls have written; one that only read something out has not."""
    return sum(isinstance(turn, ToolUse) and _wrote(turn) for turn in turns)


def _wrote(use: ToolUse) -> bool:
    proposed = any(isinstance(event, Proposed) for event in use.events)
    return use.call.name in WRITING_TOOLS and bool(use.events) and not proposed


def too_many_tires(items: Iterable[OrderItem]) -> bool:
    return sum(item.quantity for item in items) > MOST_TIRES


def too_much_to_pay(total: Money) -> bool:
    return total > MOST_TO_PAY


def orders_made(orders: Iterable[Order], today: date) -> int:
    """Return how many orders were confirmed on this day and stand."""
    return len({order.id for order in orders if order.created_on == today and stands(order)})


def stands(order: Order) -> bool:
    return order.status not in (OrderStatus.DRAFT, OrderStatus.CANCELLED)
