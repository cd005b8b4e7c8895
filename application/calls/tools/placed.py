"""An order that is placed: by a yes just now, or, as it turns out, by an attempt whose answer was lost."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta

from application.calls.tools.order_steps import order_facts
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done
from application.calls.tools.visitor import Visitor
from application.ports.records import Promises
from domain.errors import Unavailable
from domain.facts import Deed, Facts
from domain.shop import limits
from domain.shop.events import Ordered
from domain.shop.orders import Order
from domain.shop.wording import order_placed
from domain.visit import buying
from domain.visit.promise import Promise
from domain.visit.visit import Visit

REMEMBERED = timedelta(hours=24)
"""How long an order of the same things counts as the same order."""


def placed(order: Order, draft: Order, visit: Visit, visitor: Visitor) -> Done:
    order = buying.completed(order, draft)
    arrives = order.estimated_delivery
    return Done(
        told=told(
            order={
                "order_number": order.order_number,
                "total": str(order.total),
                "estimated_delivery": arrives and arrives.isoformat(),
            }
        ),
        facts=order_facts(order, visit) | Facts(deeds=frozenset({Deed.ORDERED})),
        events=(Ordered(order),),
        say=order_placed(order, visitor.language),
    )


async def placed_after_all(
    orders: Iterable[Order], draft: Order, visit: Visit, visitor: Visitor, promises: Promises
) -> Done | None:
    """Return what is told when the draft is among these orders and placed; None when it is not."""
    for order in orders:
        if order.id == draft.id and limits.stands(order):
            with suppress(Unavailable):
                for promise in await order_promises(visitor, promises):
                    if buying.order_agreed(promise.content)[0] == order.id:
                        number, text = order.order_number or "", order_placed(order, visitor.language)
                        await promises.done(promise.key, number=number, text=text)
            return placed(order, draft, visit, visitor)
    return None


async def order_promises(visitor: Visitor, promises: Promises) -> Sequence[Promise]:
    """Return the orders of this number that were begun or placed and not heard of."""
    since = visitor.now() - REMEMBERED
    every = await promises.open_promises(visitor.number(), since)
    return [promise for promise in every if promise.deed is Deed.ORDERED]
