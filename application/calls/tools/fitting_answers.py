"""What the model is told of bookings, and what is done when the shop refuses one."""

from collections.abc import Sequence
from contextlib import suppress

from application.calls.tools.fitting_search import free_near, slots_told
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done
from application.calls.tools.visitor import Visitor
from application.ports.shop import NotFound, Shop, ShopRefused
from domain.errors import Unavailable
from domain.facts import Facts
from domain.shop import fitting_facts as facts_of
from domain.shop.events import BookingsFound, SlotsOffered, Withdrawn
from domain.shop.fitting_wording import already_booked, clock
from domain.shop.fittings import Booking, BookingWish, Slot
from domain.shop.wording import weekday
from domain.visit.fitting import same_time
from domain.visit.visit import Visit, handle, step

SLOT_TAKEN = "slot_taken"


def booking_told(visitor: Visitor, visit: Visit, booking: Booking) -> dict[str, object]:
    """Return what the model is told of a booking of this visit."""
    fields: dict[str, object] = {
        "booking": handle("B", visit.bookings, booking),
        "date": booking.date.isoformat(),
        "weekday": weekday(booking.date, visitor.language),
        "time": clock(booking.time),
        "station": booking.station,
        "car": booking.car,
    }
    if booking.price:
        fields["price"] = str(booking.price)
    if booking.estimated_minutes:
        fields["minutes"] = booking.estimated_minutes
    return fields


def already(visitor: Visitor, visit: Visit, booking: Booking) -> Done:
    """Return that this very time is the caller's already."""
    event = BookingsFound((booking,))
    return Done(
        told=told(
            existing=booking_told(visitor, step(visit, event), booking),
            next="it is booked already, once: nothing new was made",
        ),
        facts=facts_of.of_bookings([booking]),
        events=(event, Withdrawn()),
        say=already_booked(booking, visitor.language),
    )


async def refused(visitor: Visitor, shop: Shop, visit: Visit, wish: BookingWish, refusal: Exception) -> Done:
    """Tell honestly what the shop will not do, and offer what is free; what is booked after all is told so."""
    if isinstance(refusal, ShopRefused) and refusal.code == SLOT_TAKEN:
        if own := await _own(shop, visitor.number(), wish.slot):
            return already(visitor, visit, own)
        return await _taken(visitor, shop, visit, wish)
    why = "the shop knows no such station any more" if isinstance(refusal, NotFound) else str(refusal)
    return Done(
        told=told(refused=why, next="it is NOT booked: say so, ask for what is wrong, or offer an operator"),
        events=(Withdrawn(),),
    )


async def _taken(visitor: Visitor, shop: Shop, visit: Visit, wish: BookingWish) -> Done:
    free = await free_near(shop, wish.slot, wish.work, visitor.today)
    event = SlotsOffered(free)
    then = "offer these, or another day" if free else "ask for another day or station"
    return Done(
        told=told(
            refused="this time was taken by somebody else a moment ago; it is NOT booked",
            slots=slots_told(visitor, step(visit, event), free),
            next=f"say so, {then}",
        ),
        facts=facts_of.of_slots(free) | Facts(dates=frozenset({wish.slot.date}), times=frozenset({wish.slot.time})),
        events=(event, Withdrawn()),
    )


async def _own(shop: Shop, number: str, slot: Slot) -> Booking | None:
    """Return the caller's booking of this time: an earlier answer of the shop may have been lost."""
    bookings: Sequence[Booking] = ()
    with suppress(Unavailable):
        bookings = await shop.bookings_of(number)
    return next((booking for booking in bookings if same_time(booking, slot)), None)
