"""What is known by now: from the tools of this call, and from the caller's own words.

Rule 1: what a tool says is so may be promised; what the caller said may only
be said back.
Rule 2: totals come from the shop.  The one sum that is made here is a known
price times a number of pieces (at most 20) that a tool or the caller named.
Rule 3: what was said of an order that has changed since is not known any more.
"""

from collections.abc import Iterable, Sequence

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.shop import events
from domain.shop.orders import Order, OrderStatus
from domain.transcript import CallerTurn, ToolUse, Turn

_FOUND = {
    OrderStatus.CONFIRMED: Finding.CONFIRMED,
    OrderStatus.SHIPPED: Finding.SHIPPED,
    OrderStatus.DELIVERING: Finding.SHIPPED,
    OrderStatus.DELIVERED: Finding.DELIVERED,
    OrderStatus.CANCELLED: Finding.CANCELLED,
}
"""A draft and an order that waits are not yet confirmed."""


def known(turns: Sequence[Turn], *, standing: Facts = NOTHING) -> Facts:
    """Return what may be said after these turns; what always holds is handed in."""
    facts = standing
    for at, turn in enumerate(turns):
        match turn:
            case ToolUse() if _is_overtaken(turn, turns[at + 1 :]):
                pass
            case ToolUse():
                facts |= turn.facts
                for event in turn.events:
                    facts |= _meant(event)
            case CallerTurn():
                facts |= Facts(said=tuple(words for words in (turn.text, turn.understood) if words))
            case _:
                pass
    return facts


def _is_overtaken(use: ToolUse, later: Sequence[Turn]) -> bool:
    """Whether a later draft or delivery has taken the place of the one that this was about."""
    overtaking: tuple[type[events.ShopEvent], ...] = ()
    for event in use.events:
        match event:
            case events.DeliverySet():
                overtaking = (events.DraftMade, events.DeliverySet)
            case events.Proposed(proposal) if proposal.deed is Deed.ORDERED:
                overtaking = (events.DraftMade, events.DeliverySet)
            case events.DraftMade():
                overtaking = overtaking or (events.DraftMade,)
            case _:
                pass
    return any(isinstance(event, overtaking) for turn in later if isinstance(turn, ToolUse) for event in turn.events)


def _meant(event: events.ShopEvent) -> Facts:
    """Return what an event says beyond the facts that its tool gives: how things stand, and in which places."""
    match event:
        case events.OrdersFound(orders):
            return Facts(findings=frozenset(_findings(orders)))
        case events.BookingsFound(bookings) if bookings:
            return Facts(findings=frozenset({Finding.BOOKED}))
        case events.SlotsOffered(slots):
            return Facts(findings=frozenset({Finding.FREE_TIMES if slots else Finding.NO_FREE_TIMES}))
        case events.StationsOffered(stations):
            return Facts(addresses=frozenset(f"{s.city}, {s.district}, {s.address}" for s in stations))
        case events.PickupPointsOffered(points):
            return Facts(addresses=frozenset(f"{point.city}, {point.address}" for point in points))
        case _:
            return NOTHING


def _findings(orders: Iterable[Order]) -> Iterable[Finding]:
    for order in orders:
        if order.status in _FOUND:
            yield _FOUND[order.status]
        if order.status in {OrderStatus.SHIPPED, OrderStatus.DELIVERING, OrderStatus.DELIVERED}:
            yield Finding.CONFIRMED
