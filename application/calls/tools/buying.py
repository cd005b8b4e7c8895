"""Ordering tyres: the last step, placing the order, once and only after a yes.

Rule 1: what the caller agrees to is read out by code, in the shop's figures, and
heard to its end; what changes afterwards is read out again.
Rule 2: an order is placed under a key of the call and of all that was agreed,
and written down before the shop is asked: asked again, it is placed once.
Rule 3: when the shop does not answer, nobody says that an order is placed, nor that it is not.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Protocol

from application.calls.tools.arguments import Arguments, choice, needed, text
from application.calls.tools.delivery import GetPickupPoints, UpdateOrderDelivery
from application.calls.tools.drafting import CreateOrderDraft
from application.calls.tools.order_steps import draft_of, order_facts, point_of, within_day
from application.calls.tools.placed import placed, placed_after_all
from application.calls.tools.promised import agreed, keep, read_again
from application.calls.tools.specs import TEXT, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Promises
from application.ports.shop import Catalog, NotFound, Orders, Pickups, ShopRefused
from domain.errors import Unavailable
from domain.facts import Deed
from domain.shop.events import DraftMade, ProfileSaved
from domain.shop.orders import Order, PaymentMethod
from domain.shop.proposal import Proposal
from domain.shop.wording import item_in_words, order_placed, order_read_back, where_to
from domain.transcript import Turn
from domain.visit import buying
from domain.visit.names import is_brand
from domain.visit.visit import Visit, visit_of


class BuyingShop(Catalog, Orders, Pickups, Protocol):
    """What of the shop a purchase needs."""


def buying_tools(visitor: Visitor, shop: BuyingShop, promises: Promises) -> Sequence[Tool]:
    return (
        CreateOrderDraft(visitor, shop, promises),
        GetPickupPoints(visitor, shop),
        UpdateOrderDelivery(visitor, shop, promises),
        ConfirmOrder(visitor, shop, promises),
    )


@dataclass(frozen=True, slots=True)
class ConfirmOrder:
    visitor: Visitor
    shop: Orders
    promises: Promises

    spec: ClassVar[ToolSpec] = spec(
        "confirm_order",
        "First call: the system reads the summary out. After the caller's yes: again, the same, and it is placed.",
        {"payment_method": one_of(PaymentMethod), "customer_name": TEXT},
        required=("payment_method",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit, number = visit_of(turns), self.visitor.number()
        draft = draft_of(visit)
        if draft.delivery is None:
            raise ToolRefused("How the order gets to the caller is not set: ask, then call update_order_delivery.")
        ask = "Ask how he pays: cash on delivery, card on delivery or online."
        payment = needed(choice(arguments, "payment_method", PaymentMethod), "payment_method", ask)
        name = needed(self._name(arguments, visit), "customer_name", "Ask for the name for the order.")
        self.visitor.may_write(turns)
        proposal = self._proposal(draft, visit, payment, name)
        key = self.visitor.key("confirm_order", proposal.content)
        same = visit.proposal if visit.proposal and visit.proposal.content == proposal.content else None
        if await agreed(self.promises, self.visitor, same, turns, key=key):
            with suppress(Unavailable):  # looked up when it was read out; another call may have ordered since
                within_day(await self.shop.orders_of(number), self.visitor, but=draft.id)
            return await self._place(draft, visit, proposal, payment=payment, name=name, key=key)
        within_day(await self.shop.orders_of(number), self.visitor, but=draft.id)
        return read_again(proposal, order_facts(draft, visit), turns, ProfileSaved(name=name))

    def _name(self, arguments: Arguments, visit: Visit) -> str | None:
        name = text(arguments, "customer_name")
        if name and is_brand(name):
            raise ToolRefused(f"customer_name must be a person's name, and {name} is a brand: ask for the name again.")
        if name is None and visit.proposal and visit.proposal.deed is Deed.ORDERED:
            name = buying.name_agreed(visit.proposal.content)
        return name or visit.profile.name or self.visitor.profile.name

    def _proposal(self, draft: Order, visit: Visit, payment: PaymentMethod, name: str) -> Proposal:
        language = self.visitor.language
        tires = [(item, buying.tire_of(visit, item)) for item in draft.items]
        items = ", ".join(item_in_words(item, tire, language) for item, tire in tires if tire)
        where = where_to(draft, point_of(draft, visit), language)
        read_back = order_read_back(draft, items, where, payment=payment, customer_name=name, language=language)
        content = buying.order_content(draft, payment=payment, customer_name=name)
        return Proposal(deed=Deed.ORDERED, content=content, text=read_back)

    async def _place(
        self, draft: Order, visit: Visit, proposal: Proposal, *, payment: PaymentMethod, name: str, key: str
    ) -> Done:
        language = self.visitor.language
        try:
            order = await keep(
                self.promises,
                self.visitor,
                proposal,
                key=key,
                ask=lambda: self.shop.confirm_order(draft.id, payment=payment, customer_name=name, key=key),
                answered=lambda order: (order.order_number or "", order_placed(order, language)),
            )
        except (ShopRefused, NotFound) as refusal:
            return await self._refused(draft, visit, refusal)
        return placed(order, draft, visit, self.visitor)

    async def _refused(self, draft: Order, visit: Visit, refusal: Exception) -> Done:
        """Tell honestly what the shop will not do; an order that stands after all is told as placed."""
        with suppress(Unavailable):
            orders = await self.shop.orders_of(self.visitor.number())
            if done := await placed_after_all(orders, draft, visit, self.visitor, self.promises):
                return done
        return Done(
            told=told(
                refused=str(refusal),
                next="the order is NOT placed: say so, check the stock, offer fewer or other tyres or an operator",
            ),
            events=(DraftMade(draft),),
        )
