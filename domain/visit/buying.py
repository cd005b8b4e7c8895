"""Buying tyres, and asking about an order: how far the caller's wishes have come.

Rule 1: what is missing is read off the visit; what was said once is not asked again.
Rule 2: a tool is offered when its turn may have come, never before; the caller
may go back to any earlier step at any time.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from domain.facts import Deed
from domain.shop.catalog import Tire, TireQuery
from domain.shop.orders import DeliveryType, Order, OrderItem, PaymentMethod
from domain.transcript import Turn
from domain.visit.consent import Consent, consent, tried
from domain.visit.visit import Visit, handle

ENTRANCES = frozenset({"get_vehicle_tire_sizes", "search_tires", "check_availability", "get_order_status"})
"""Tools that make sense at any time."""

_MOST_TOLD = 6
"""Tyres that the model is reminded of; it may ask for others by their handles all the same."""


class Missing(Enum):
    """What must still be known before an order can be read out; the value is what the model is told."""

    SIZE = "Ask for the tyre size or the car (make, model, year)."
    CHOICE = "Ask which of the offered tyres and how many."
    DELIVERY = "Ask: delivery (city, address) or pick-up (which point)."
    PAYMENT = "Ask how he pays: cash on delivery, card on delivery or online."
    NAME = "Ask for the name for the order."


def missing(visit: Visit, name: str | None) -> tuple[Missing, ...]:
    """Return what is missing, in the order in which it is asked; `name` is the caller's, where it is known."""
    if visit.draft is None:
        if not visit.tires:
            sized = visit.vehicle is not None or (visit.query is not None and visit.query.size is not None)
            return () if sized else (Missing.SIZE,)
        return () if visit.ordered else (Missing.CHOICE,)
    if visit.draft.delivery is None:
        return (Missing.DELIVERY,)
    if visit.proposal is not None and visit.proposal.deed is Deed.ORDERED:
        return ()
    return (Missing.PAYMENT,) if name else (Missing.PAYMENT, Missing.NAME)


def tools(visit: Visit) -> frozenset[str]:
    """Return the names of the tools that make sense now."""
    now = set(ENTRANCES)
    if visit.tires:
        now |= {"create_order_draft", "get_pickup_points"}
    if visit.draft is not None:
        now |= {"update_order_delivery", "get_pickup_points"}
        if visit.draft.delivery is not None:
            now.add("confirm_order")
    return frozenset(now)


def notes(visit: Visit, turns: Sequence[Turn], name: str | None) -> tuple[str, ...]:
    """Return what the model is told of it, a line each."""
    lines = [*_searched(visit), *_ordering(visit)]
    asked = visit.proposal is not None and visit.proposal.deed is Deed.ORDERED
    if visit.proposal is not None and asked and not tried("confirm_order", turns):
        lines.append(_ASKED[consent(visit.proposal, turns)])
    if lines:
        lines.extend(each.value for each in missing(visit, name))
    return tuple(lines)


_ASKED = {
    Consent.UNHEARD: "The caller has not heard the summary of the order to its end:"
    " call confirm_order again to have it read out.",
    Consent.OPEN: "The caller has heard the summary of the order and has not agreed:"
    " answer him, change what he wants changed, or call confirm_order to have it read out again.",
    Consent.GIVEN: "The caller has heard the summary of the order and said yes:"
    " call confirm_order again with the same arguments now.",
}


def _searched(visit: Visit) -> list[str]:
    lines = []
    if visit.vehicle is not None:
        car = f"{visit.vehicle.make} {visit.vehicle.model}"
        lines.append(f"Car: {car}, sizes {', '.join(map(str, visit.vehicle.oem_sizes))}.")
    if visit.query is not None:
        lines.append(f"Looked for: {query_in_words(visit.query)}{'' if visit.found else '; nothing was found'}.")
    if visit.tires:
        latest = visit.tires[-_MOST_TOLD:]
        lines.append(f"Offered: {'; '.join(_tire(visit, tire) for tire in latest)}.")
    return lines


def _tire(visit: Visit, tire: Tire) -> str:
    return f"{handle('T', visit.tires, tire)} {tire.name} {tire.size} {tire.price}"


def query_in_words(query: TireQuery) -> str:
    wishes = (
        str(query.size) if query.size else _part_of_size(query),
        query.season.value if query.season else "",
        query.brand or "",
        query.model or "",
        f"up to {query.max_price}" if query.max_price else "",
    )
    return ", ".join(wish for wish in wishes if wish) or "any tyres"


def _part_of_size(query: TireQuery) -> str:
    return f"R{query.diameter}" if query.diameter else ""


def _ordering(visit: Visit) -> list[str]:
    lines = [
        f"Placed in this call: order {order.order_number}, {order.total}. It is done: do not place it again."
        for order in visit.ordered
    ]
    if visit.draft is not None:
        items = "; ".join(_item(visit, item) for item in visit.draft.items)
        lines.append(f"Order in the making: {items}; {_delivery(visit.draft)}total {visit.draft.total}.")
    return lines


def _item(visit: Visit, item: OrderItem) -> str:
    tire = tire_of(visit, item)
    return f"{item.quantity} × {_tire(visit, tire)}" if tire else f"{item.quantity} tyres"


def _delivery(order: Order) -> str:
    match order.delivery:
        case None:
            return ""
        case delivery if delivery.type is DeliveryType.PICKUP:
            return "pick-up; "
        case delivery:
            return f"delivery to {', '.join(part for part in (delivery.city, delivery.address) if part)}; "


# What an order is made of


def tire_of(visit: Visit, item: OrderItem) -> Tire | None:
    return next((tire for tire in visit.tires if tire.id == item.tire_id), None)


def same_items(some: Sequence[OrderItem], others: Sequence[OrderItem]) -> bool:
    return _sorted(some) == _sorted(others)


def _sorted(items: Sequence[OrderItem]) -> list[tuple[str, int]]:
    return sorted((item.tire_id, item.quantity) for item in items)


def items_content(items: Sequence[OrderItem]) -> str:
    """Return the items in the one form that equal items have."""
    return json.dumps(_sorted(items))


def order_content(order: Order, *, payment: PaymentMethod, customer_name: str) -> str:
    """Return all that the caller agrees to, in the one form that equal orders have."""
    delivery = order.delivery
    content = {
        "order": order.id,
        "items": _sorted(order.items),
        "delivery": delivery and [delivery.type.value, delivery.city, delivery.address, delivery.pickup_point_id],
        "total": order.total.kopecks,
        "payment": payment.value,
        "name": customer_name,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def name_agreed(content: str) -> str:
    return str(json.loads(content)["name"])


def order_agreed(content: str) -> tuple[str, tuple[OrderItem, ...]]:
    """Return the order's id and its items."""
    agreed = json.loads(content)
    return agreed["order"], tuple(OrderItem(tire_id, quantity) for tire_id, quantity in agreed["items"])


def completed(order: Order, before: Order) -> Order:
    """Return an answer about an order with all that was known of it; its total is the answer's."""
    return replace(
        order,
        items=before.items or order.items,
        subtotal=order.subtotal or before.subtotal,
        delivery=before.delivery or order.delivery,
    )
