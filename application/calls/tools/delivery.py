"""How an order gets to the caller: to his address, or to a point where he fetches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from application.calls.tools.arguments import Arguments, choice, handled, needed, text
from application.calls.tools.order_steps import delivered, draft_of, set_delivery
from application.calls.tools.placed import placed_after_all
from application.calls.tools.specs import TEXT, described, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Promises
from application.ports.shop import Orders, Pickups, ShopRefused
from domain.shop import facts as facts_of
from domain.shop.events import PickupPointsOffered
from domain.shop.orders import Delivery, DeliveryType
from domain.shop.places import nearest, same_place
from domain.transcript import Turn
from domain.visit.visit import Visit, handle, step, visit_of

_MOST_POINTS = 3


@dataclass(frozen=True, slots=True)
class GetPickupPoints:
    visitor: Visitor
    shop: Pickups

    spec: ClassVar[ToolSpec] = spec(
        "get_pickup_points",
        "Where an order can be fetched.",
        {"city": TEXT, "query": described("Street or landmark.")},
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        city = text(arguments, "city") or visit.profile.city or self.visitor.profile.city
        every = await self.shop.pickup_points()
        points = [point for point in every if city is None or same_place(point.city, city)]
        if query := text(arguments, "query"):
            points = list(nearest(points, query, names=lambda point: (point.name, point.address))) or points
        cities = list(dict.fromkeys(point.city for point in points))
        if len(cities) > 1:
            return Done(told=told(cities=cities, next="ask the city"))
        told_of = tuple(points[:_MOST_POINTS])
        event = PickupPointsOffered(told_of)
        visit = step(visit, event)
        listed = [
            {
                "point": handle("P", visit.points, point),
                "name": point.name,
                "city": point.city,
                "address": point.address,
                "hours": point.hours,
            }
            for point in told_of
        ]
        if not listed:
            return Done(told=told(points=[], next="no pick-up there: offer delivery or another city"), events=(event,))
        return Done(told=told(points=listed), facts=facts_of.of_points(told_of), events=(event,))


@dataclass(frozen=True, slots=True)
class UpdateOrderDelivery:
    visitor: Visitor
    shop: Orders
    promises: Promises

    spec: ClassVar[ToolSpec] = spec(
        "update_order_delivery",
        "Set how the order gets to the caller.",
        {
            "delivery_type": one_of(DeliveryType),
            "city": TEXT,
            "address": described("Street and house, or post office."),
            "pickup_point": described("P1"),
        },
        required=("delivery_type",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        draft = draft_of(visit)
        wish = _wish(arguments, visit)
        if draft.delivery and _way(draft.delivery) == _way(wish):
            return delivered(draft, draft.delivery, visit)
        self.visitor.may_write(turns)
        try:
            order, delivery = await set_delivery(self.visitor, self.shop, draft, wish, turns)
        except ShopRefused as refusal:
            orders = await self.shop.orders_of(self.visitor.number())
            if done := await placed_after_all(orders, draft, visit, self.visitor, self.promises):
                return done
            reason = f"The shop refuses this: {refusal} Ask for another place, or offer an operator."
            raise ToolRefused(reason) from None
        return delivered(order, delivery, visit)


def _wish(arguments: Arguments, visit: Visit) -> Delivery:
    """Read where the order is wanted; what was said of it before holds where nothing else is said."""
    kind = needed(choice(arguments, "delivery_type", DeliveryType), "delivery_type", "Ask: delivery or pick-up.")
    if kind is DeliveryType.PICKUP:
        point = handled(arguments, "pickup_point", "P", visit.points)
        if point is None and len(visit.points) == 1:
            point = visit.points[0]
        point = needed(point, "pickup_point", "Call get_pickup_points and ask which one.")
        return Delivery(type=kind, city=point.city, pickup_point_id=point.id)
    before = visit.draft.delivery if visit.draft else None
    city = text(arguments, "city") or (before.city if before else None)
    city = needed(city, "city", "Ask for the city and the address.")
    address = text(arguments, "address") or (before.address if before and before.city == city else None)
    return Delivery(type=kind, city=city, address=needed(address, "address", "Ask for the street and the house."))


def _way(delivery: Delivery) -> tuple[object, ...]:
    return delivery.type, delivery.city, delivery.address, delivery.pickup_point_id
