"""What became of an order: the caller's own, and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from application.calls.tools.arguments import Arguments, text
from application.calls.tools.specs import TEXT, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.shop import NotFound, Orders
from domain.facts import NOTHING
from domain.shop import facts as facts_of
from domain.shop.events import OrdersFound
from domain.shop.orders import Order, OrderStatus
from domain.transcript import Turn

_MOST_TOLD = 3


def order_tools(visitor: Visitor, shop: Orders) -> Sequence[Tool]:
    return (GetOrderStatus(visitor, shop),)


@dataclass(frozen=True, slots=True)
class GetOrderStatus:
    visitor: Visitor
    shop: Orders

    spec: ClassVar[ToolSpec] = spec(
        "get_order_status", "The caller's orders, or the one of his with this number.", {"order_number": TEXT}
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        number = text(arguments, "order_number")
        orders = await self._all() if number is None else (await self._one(number),)
        facts = NOTHING
        for order in orders:
            facts |= facts_of.of_order(order, {})
        return Done(told=told(orders=[_told(order) for order in orders]), facts=facts, events=(OrdersFound(orders),))

    async def _all(self) -> tuple[Order, ...]:
        orders = await self.shop.orders_of(self.visitor.number())
        return tuple(order for order in orders if order.status is not OrderStatus.DRAFT)[:_MOST_TOLD]

    async def _one(self, number: str) -> Order:
        named = "".join(character for character in number if character.isalnum() or character == "-")
        try:
            return await self.shop.order(named, phone=self.visitor.number())
        except NotFound:
            raise ToolRefused(
                "No order of this number belongs to the caller's phone: ask him to check the number, or offer an"
                " operator. Never say whether it is somebody else's."
            ) from None


def _told(order: Order) -> dict[str, object]:
    expected = order.estimated_delivery
    return {
        "order_number": order.order_number,
        "status": order.status.value,
        "label": order.status_label,
        "total": str(order.total),
        "items": order.items_summary,
        "estimated_delivery": expected and expected.isoformat(),
        "tracking_number": order.tracking_number,
    }
