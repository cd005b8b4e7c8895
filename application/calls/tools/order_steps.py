"""What the steps of an order share: its state as the model is told it, its facts, its limits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import POLICY_LIMIT, Visitor
from application.ports.shop import NotFound, Orders
from domain.facts import Deed, Facts
from domain.money import Money
from domain.shop import facts as facts_of
from domain.shop import limits
from domain.shop.events import DeliverySet, DraftMade, ShopEvent
from domain.shop.orders import Delivery, DeliveryType, Order, PickupPoint
from domain.transcript import ToolUse, Turn
from domain.visit import buying
from domain.visit.visit import Visit, handle

_SAVED = Facts(deeds=frozenset({Deed.SAVED}))


def draft_of(visit: Visit) -> Order:
    """Return the order in the making.  Raises `ToolRefused`."""
    if visit.draft is not None:
        return visit.draft
    if visit.ordered:
        number = visit.ordered[-1].order_number
        raise ToolRefused(f"Order {number} is placed already. For another one call create_order_draft first.")
    raise ToolRefused("There is no order yet: call create_order_draft with the tyres and how many.")


def prices(visit: Visit) -> Mapping[str, Money]:
    return {tire.id: tire.price for tire in visit.tires}


def order_facts(order: Order, visit: Visit) -> Facts:
    point = point_of(order, visit)
    return facts_of.of_order(order, prices(visit)) | facts_of.of_points([point] if point else [])


def point_of(order: Order, visit: Visit) -> PickupPoint | None:
    wanted = order.delivery.pickup_point_id if order.delivery else None
    return next((point for point in visit.points if point.id == wanted), None)


def drafted(order: Order, visit: Visit) -> Done:
    items = [
        {
            "tire": handle("T", visit.tires, tire),
            "name": tire.name,
            "quantity": item.quantity,
            "price": str(tire.price),
        }
        for item in order.items
        if (tire := buying.tire_of(visit, item))
    ]
    return Done(
        told=told(
            draft={"items": items, "subtotal": str(order.subtotal or order.total)},
            next="ask how to get it: delivery or pickup",
        ),
        facts=order_facts(order, visit) | _SAVED,
        events=(DraftMade(order),),
    )


def delivered(order: Order, delivery: Delivery, visit: Visit, events: Iterable[ShopEvent] = ()) -> Done:
    """Tell how an order reaches the caller, and that what went before in this step (`events`) holds too."""
    point = point_of(order, visit)
    where = f"{point.name}, {point.address}" if point else f"{delivery.city}, {delivery.address}"
    pickup = delivery.type is DeliveryType.PICKUP
    return Done(
        told=told(
            order={
                "delivery": delivery.type.value,
                "where": (where if point else delivery.city) if pickup else where,
                "delivery_cost": None if delivery.cost is None else str(delivery.cost),
                "days": delivery.estimated_days,
                "total": str(order.total),
            },
            next="ask payment method and name",
        ),
        facts=order_facts(order, visit) | _SAVED,
        events=(*events, DeliverySet(order)),
    )


async def set_delivery(
    visitor: Visitor, shop: Orders, order: Order, wish: Delivery, turns: Sequence[Turn]
) -> tuple[Order, Delivery]:
    """Have the shop set it.  Raises `ToolRefused` where it does not deliver, and `ShopRefused` where it will not."""
    # A caller may go back to an earlier place: the same wish is a new one once another lay between.
    earlier = count_of(DeliverySet, turns)
    content = f"{order.id} {earlier} {wish.type.value} {wish.city} {wish.address} {wish.pickup_point_id}"
    try:
        answer = await shop.set_delivery(order.id, wish, key=visitor.key("update_order_delivery", content))
    except NotFound:
        raise ToolRefused("The shop does not deliver there: say so, offer pick-up or another city.") from None
    cost, days = (answer.delivery.cost, answer.delivery.estimated_days) if answer.delivery else (None, None)
    delivery = replace(wish, cost=cost, estimated_days=days)
    order = buying.completed(replace(answer, delivery=delivery), replace(order, delivery=None))
    not_too_much(order.total)
    return order, delivery


def count_of(event: type[DraftMade | DeliverySet], turns: Sequence[Turn]) -> int:
    return sum(isinstance(each, event) for turn in turns if isinstance(turn, ToolUse) for each in turn.events)


def not_too_much(total: Money) -> None:
    if limits.too_much_to_pay(total):
        raise ToolRefused(f"Orders over {limits.MOST_TO_PAY} are taken by operators only. {POLICY_LIMIT}")


def within_day(orders: Iterable[Order], visitor: Visitor, *, but: str = "") -> None:
    """Raise `ToolRefused` when enough orders were placed today; `but` is the one that is asked for."""
    others = [order for order in orders if order.id != but]
    if limits.orders_made(others, visitor.today) >= limits.MOST_ORDERS_A_DAY:
        raise ToolRefused(
            f"{limits.MOST_ORDERS_A_DAY} orders were placed from this number today; more are taken by operators only."
            f" {POLICY_LIMIT}"
        )
