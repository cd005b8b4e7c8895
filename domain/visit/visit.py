"""The visit as far as it has come, read off the turns.

Rule 1: a handle (T1, S2) is a thing's place in the order in which things of
its kind were first told to the model; it never changes during a call.
Rule 2: what came later counts: a new search is what is talked about now, a
new proposal takes the place of the old one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol, TypeVar

from domain.shop import events
from domain.shop.catalog import Tire, TireQuery, Vehicle
from domain.shop.fittings import Booking, Slot, Station, StorageContract
from domain.shop.orders import Order, PickupPoint
from domain.shop.proposal import Proposal
from domain.transcript import ToolUse, Turn


class Flow(Enum):
    """What the caller is about; the last one that a tool was used for."""

    OPENING = "opening"
    BUYING = "buying"
    """Search, availability and ordering."""
    ORDER_STATUS = "order_status"
    FITTING = "fitting"
    """Booking, moving and cancelling, and what fitting costs."""
    STORAGE = "storage"
    CONSULTATION = "consultation"
    CALLBACK = "callback"


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T")
Identified = TypeVar("Identified", bound=_HasId)

_NOBODY = events.ProfileSaved()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    flow: Flow = Flow.OPENING

    tires: tuple[Tire, ...] = ()
    """T1, T2, …: all that were ever offered."""
    query: TireQuery | None = None
    """The last search."""
    found: int = 0
    """How many tyres the last search offered."""
    vehicle: Vehicle | None = None
    points: tuple[PickupPoint, ...] = ()
    """P1, P2, …"""
    draft: Order | None = None
    """The order that is being made, as the shop answered last; None before and after."""
    ordered: tuple[Order, ...] = ()
    """Confirmed in this call."""
    orders: tuple[Order, ...] = ()
    """Those that were asked about."""

    stations: tuple[Station, ...] = ()
    """S1, S2, …"""
    slots: tuple[Slot, ...] = ()
    """L1, L2, …"""
    bookings: tuple[Booking, ...] = ()
    """B1, B2, …: the caller's own, found or made in this call; `cancelled` names those that are no more."""
    cancelled: frozenset[str] = frozenset()
    contracts: tuple[StorageContract, ...] = ()

    proposal: Proposal | None = None
    """What was read out and waits for a yes."""
    profile: events.ProfileSaved = _NOBODY
    callbacks: int = 0


def visit_of(turns: Sequence[Turn]) -> Visit:
    visit = Visit()
    for turn in turns:
        if isinstance(turn, ToolUse):
            for event in turn.events:
                visit = step(visit, event)
    return visit


def handle(kind: str, things: Sequence[T], thing: T) -> str:
    """Return the handle of a thing that was told to the model: `T1`."""
    return f"{kind}{things.index(thing) + 1}"


def by_handle(kind: str, things: Sequence[T], handle: object) -> T | None:
    """Return what a handle stands for, None when there is no such thing; models write `T1`, `t1` and `1`."""
    number = str(handle).strip().upper().removeprefix(kind)
    return things[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(things) else None


def step(visit: Visit, event: events.ShopEvent) -> Visit:
    match event:
        case events.Proposed(proposal):
            return replace(visit, proposal=proposal)
        case events.Withdrawn():
            return replace(visit, proposal=None)
        case events.ProfileSaved():
            return replace(visit, profile=visit.profile | event)
        case events.CallbackNoted():
            return replace(visit, flow=Flow.CALLBACK, callbacks=visit.callbacks + 1)
        case events.Consulted():
            return replace(visit, flow=Flow.CONSULTATION)
        case events.StorageFound(contracts):
            return replace(visit, flow=Flow.STORAGE, contracts=contracts)
        case events.OrdersFound(orders):
            return replace(visit, flow=Flow.ORDER_STATUS, orders=orders)
        case (
            events.StationsOffered()
            | events.SlotsOffered()
            | events.BookingsFound()
            | events.Booked()
            | events.BookingCancelled()
        ):
            return _fitting(replace(visit, flow=Flow.FITTING), event)
        case _:
            return _buying(replace(visit, flow=Flow.BUYING), event)


_Buying = (
    events.VehicleKnown
    | events.TiresOffered
    | events.StockChecked
    | events.DraftMade
    | events.PickupPointsOffered
    | events.DeliverySet
    | events.Ordered
)
_Fitting = events.StationsOffered | events.SlotsOffered | events.BookingsFound | events.Booked | events.BookingCancelled


def _buying(visit: Visit, event: _Buying) -> Visit:
    match event:
        case events.VehicleKnown(vehicle):
            return replace(visit, vehicle=vehicle, tires=_more(visit.tires, vehicle.recommended))
        case events.TiresOffered(tires, query):
            return replace(visit, tires=_more(visit.tires, tires), query=query, found=len(tires))
        case events.StockChecked():
            return visit
        case events.PickupPointsOffered(points):
            return replace(visit, points=_more(visit.points, points))
        case events.DraftMade(order) | events.DeliverySet(order):
            return replace(visit, draft=order, proposal=None)
        case _:
            return replace(visit, draft=None, proposal=None, ordered=(*visit.ordered, event.order))


def _fitting(visit: Visit, event: _Fitting) -> Visit:
    match event:
        case events.StationsOffered(stations):
            return replace(visit, stations=_more(visit.stations, stations))
        case events.SlotsOffered(slots):
            known = visit.slots
            return replace(visit, slots=(*known, *(slot for slot in slots if slot not in known)))
        case events.BookingsFound(bookings):
            return replace(visit, bookings=_more(visit.bookings, bookings))
        case events.Booked(booking):
            return replace(visit, bookings=_more(visit.bookings, (booking,)), proposal=None)
        case _:
            return replace(visit, cancelled=visit.cancelled | {event.booking_id}, proposal=None)


def _more(known: tuple[Identified, ...], more: Iterable[Identified]) -> tuple[Identified, ...]:
    """Add what is new, and take the news of what is known."""
    newest = {thing.id: thing for thing in (*known, *more)}
    return tuple(newest.values())
