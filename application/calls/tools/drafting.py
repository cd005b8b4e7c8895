"""Beginning an order: which tyres and how many, within what the agent may sell, and not the same order twice."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import ClassVar, Protocol

from application.calls.tools.arguments import Arguments, needed, text, whole
from application.calls.tools.catalog import tire_named
from application.calls.tools.order_steps import (
    count_of,
    delivered,
    drafted,
    not_too_much,
    prices,
    set_delivery,
    within_day,
)
from application.calls.tools.placed import order_promises, placed_after_all
from application.calls.tools.specs import spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import POLICY_LIMIT, Visitor
from application.ports.language import ToolSpec
from application.ports.records import Promises
from application.ports.shop import Catalog, NotFound, Orders, ShopRefused
from domain.errors import Unavailable
from domain.facts import NOTHING, Facts, Finding
from domain.money import Money
from domain.shop import facts as facts_of
from domain.shop import limits
from domain.shop.catalog import Availability, Tire
from domain.shop.events import DraftMade, StockChecked
from domain.shop.orders import Order, OrderItem
from domain.transcript import CallerTurn, ToolUse, Turn
from domain.visit import buying
from domain.visit.visit import Visit, handle, visit_of

_MOST_ITEMS = 10


class OrderingShop(Catalog, Orders, Protocol):
    """What of the shop an order needs."""


@dataclass(frozen=True, slots=True)
class CreateOrderDraft:
    visitor: Visitor
    shop: OrderingShop
    promises: Promises

    spec: ClassVar[ToolSpec] = spec(
        "create_order_draft",
        "Begin an order, or change its tyres or quantities. All items, each time.",
        {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"product": {"type": "string"}, "quantity": {"type": "integer"}},
                    "required": ["product", "quantity"],
                },
            }
        },
        required=("items",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit, number = visit_of(turns), self.visitor.number()
        items = read_items(arguments, visit)
        _within_limits(items, visit)
        if visit.draft is not None and buying.same_items(visit.draft.items, items):
            return self._unchanged(visit.draft, visit)
        orders = await self.shop.orders_of(number)
        if visit.draft and (done := await placed_after_all(orders, visit.draft, visit, self.visitor, self.promises)):
            return done
        if not _insists(items, visit, turns) and (existing := await self._existing(items, orders)):
            return existing
        within_day(orders, self.visitor)
        if short := await self._short_of(items, visit):
            return short
        self.visitor.may_write(turns)
        content = f"{count_of(DraftMade, turns)} {buying.items_content(items)}"
        key = self.visitor.key("create_order_draft", content)
        try:
            order = await self.shop.create_order(items, phone=number, call_id=self.visitor.call_id, key=key)
        except (ShopRefused, NotFound) as refusal:
            raise ToolRefused(f"The shop refuses this order: {refusal} Offer other tyres or an operator.") from None
        order = replace(order, items=order.items or items)
        not_too_much(order.total)
        return await self._with_delivery(order, visit, turns)

    def _unchanged(self, draft: Order, visit: Visit) -> Done:
        return drafted(draft, visit) if draft.delivery is None else delivered(draft, draft.delivery, visit)

    async def _existing(self, items: Sequence[OrderItem], orders: Sequence[Order]) -> Done | None:
        """Tell of an order of the same things that was placed within a day."""
        unheard = await self._unheard(items)
        for order in orders:
            today = order.created_on == self.visitor.today and buying.same_items(order.items, items)
            if limits.stands(order) and (today or order.id in unheard):
                return Done(
                    told=told(
                        existing={
                            "order_number": order.order_number,
                            "status": order.status.value,
                            "total": str(order.total),
                            "heard": order.id not in unheard,
                        },
                        next="nothing new was made: tell the caller; only if he wants a second order, call this again",
                    ),
                    facts=facts_of.of_order(order, {}) | Facts(findings=frozenset({Finding.CONFIRMED})),
                )
        return None

    async def _unheard(self, items: Sequence[OrderItem]) -> frozenset[str]:
        """Return the orders of these things that were begun or placed and not heard of."""
        with suppress(Unavailable):
            promises = await order_promises(self.visitor, self.promises)
            agreed = [buying.order_agreed(promise.content) for promise in promises]
            return frozenset(order_id for order_id, ordered in agreed if buying.same_items(ordered, items))
        return frozenset()

    async def _short_of(self, items: Sequence[OrderItem], visit: Visit) -> Done | None:
        """Tell how many there are, when there are not enough."""
        short: list[tuple[Tire, Availability]] = []
        for tire in visit.tires:
            wanted = sum(item.quantity for item in items if item.tire_id == tire.id)
            if wanted and (availability := await self._availability(tire)).total_quantity < wanted:
                short.append((tire, availability))
        if not short:
            return None
        facts = NOTHING
        for _, availability in short:
            facts |= facts_of.of_availability(availability)
        return Done(
            told=told(
                not_enough=[
                    {"tire": handle("T", visit.tires, tire), "name": tire.name, "stock": availability.total_quantity}
                    for tire, availability in short
                ],
                next="nothing was ordered: say how many there are, offer that many or other tyres",
            ),
            facts=facts,
            events=tuple(StockChecked(availability) for _, availability in short),
        )

    async def _availability(self, tire: Tire) -> Availability:
        try:
            return await self.shop.availability(tire.id)
        except NotFound:
            return Availability(tire_id=tire.id, total_quantity=0)

    async def _with_delivery(self, order: Order, visit: Visit, turns: Sequence[Turn]) -> Done:
        """Take over how the order before this one was to reach the caller: he is not asked twice."""
        done = drafted(order, visit)
        known = visit.draft.delivery if visit.draft else None
        if known is None:
            return done
        wish = replace(known, cost=None, estimated_days=None)
        try:
            order, delivery = await set_delivery(self.visitor, self.shop, order, wish, turns)
        except (Unavailable, ShopRefused, ToolRefused):
            return done
        return delivered(order, delivery, visit, done.events)


def read_items(arguments: Arguments, visit: Visit) -> tuple[OrderItem, ...]:
    """Read the items; those of one tyre are one item.  Raises `ToolRefused`."""
    given = arguments.get("items")
    if not isinstance(given, list) or not given or len(given) > _MOST_ITEMS:
        raise ToolRefused("items must be a list like [{product: T1, quantity: 4}]; ask which tyres and how many.")
    quantities: dict[str, int] = {}
    for item in given:
        if not isinstance(item, Mapping):
            raise ToolRefused("Each of items must have a product and a quantity.")
        named = needed(text(item, "product"), "product", "Ask which tyres.")
        tire = tire_named(visit, named)
        if tire is None:
            raise ToolRefused(f"product {named} was not offered in this call: call search_tires first.")
        asked = whole(item, "quantity", least=1, most=limits.MOST_OF_AN_ITEM)
        count = needed(asked, "quantity", "Ask how many tyres; usually it is 4.")
        quantities[tire.id] = quantities.get(tire.id, 0) + count
    return tuple(OrderItem(tire_id, quantity) for tire_id, quantity in quantities.items())


def _within_limits(items: Sequence[OrderItem], visit: Visit) -> None:
    if limits.too_many_tires(items):
        raise ToolRefused(f"More than {limits.MOST_TIRES} tyres are sold by operators only. {POLICY_LIMIT}")
    price = prices(visit)
    not_too_much(sum((price[item.tire_id] * item.quantity for item in items), Money(0)))


def _insists(items: Sequence[OrderItem], visit: Visit, turns: Sequence[Turn]) -> bool:
    """Whether the caller was told that such an order exists, has answered, and no draft was made since."""
    told_of = answered = False
    for turn in turns:
        match turn:
            case ToolUse(call=call, failed=False) if call.name == CreateOrderDraft.spec.name:
                told_of = '"existing"' in turn.result and buying.same_items(read_items(call.arguments, visit), items)
                answered = False
            case CallerTurn():
                answered = told_of
            case _:
                pass
    return answered
