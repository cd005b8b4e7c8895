"""A fitting, as far as it has come: station, free time, car and name; read out, agreed to, booked; moved or cancelled.

Rule 1: only what was offered in this call is booked, and only the caller's own bookings are moved or cancelled.
Rule 2: what is known is not asked for.
"""

from collections.abc import Sequence

from domain.facts import Deed
from domain.shop.events import Booked, ProfileSaved
from domain.shop.fitting_wording import clock, place
from domain.shop.fittings import Booking, Slot
from domain.shop.proposal import Proposal
from domain.transcript import ToolUse, Turn
from domain.visit.consent import Consent, consent, tried
from domain.visit.visit import Flow, Visit, handle

ENTRANCES = frozenset({"get_fitting_stations", "get_fitting_price", "get_customer_bookings"})
"""Tools that make sense at any time."""

_TOOLS_OF_DEEDS = {
    Deed.BOOKED: "book_fitting",
    Deed.CANCELLED: "cancel_fitting",
    Deed.RESCHEDULED: "cancel_fitting",
}
_ASKED = {
    Consent.UNHEARD: "The read-back was not heard to its end: call {tool} again with the same arguments to repeat it.",
    Consent.OPEN: "The read-back was heard, the caller has not agreed yet. When he changes something, call {tool} with"
    " the change; when he declines, do not call it.",
    Consent.GIVEN: "The read-back was heard and the caller said yes: call {tool} again now with the same arguments.",
}


def tools(visit: Visit) -> frozenset[str]:
    """Return the names of the tools that make sense now."""
    names = set(ENTRANCES)
    if visit.stations or visit.bookings:
        names.add("get_fitting_slots")
    if visit.slots:
        names.add("book_fitting")
    if standing(visit):
        names.add("cancel_fitting")
    return frozenset(names)


def notes(visit: Visit, turns: Sequence[Turn], known: ProfileSaved) -> tuple[str, ...]:
    """Return what the model is told of it, a line each; `known` is what is known of the caller."""
    booked = _booked_now(turns)
    waiting = _waiting(visit.proposal, turns)
    lines = [*_bookings(visit, booked=booked), *waiting]
    if visit.flow is Flow.FITTING and not waiting and not booked:
        lines += _missing(visit, known)
    return tuple(lines)


def standing(visit: Visit) -> tuple[Booking, ...]:
    """Return the caller's bookings that are not cancelled."""
    return tuple(booking for booking in visit.bookings if booking.id not in visit.cancelled)


def same_time(booking: Booking, slot: Slot) -> bool:
    """Whether a booking is for this time at this station."""
    return Slot(booking.station_id, booking.date, booking.time) == slot


def times_given_up(visit: Visit, slot: Slot) -> int:
    """Return how many bookings of this time were cancelled in this call; the next one is new, under its own key."""
    return sum(booking.id in visit.cancelled and same_time(booking, slot) for booking in visit.bookings)


def place_of(visit: Visit, slot: Slot) -> str:
    """Return the name and the address of a slot's station; a slot was offered of a station that is known."""
    for station in visit.stations:
        if station.id == slot.station_id:
            return place(station)
    return next(booking.station for booking in visit.bookings if booking.station_id == slot.station_id)


def _booked_now(turns: Sequence[Turn]) -> bool:
    uses = (turn for turn in turns if isinstance(turn, ToolUse))
    return any(isinstance(event, Booked) for use in uses for event in use.events)


def _bookings(visit: Visit, *, booked: bool) -> list[str]:
    listed = "; ".join(
        f"{handle('B', visit.bookings, booking)} {booking.date} {clock(booking.time)} {booking.station}"
        for booking in standing(visit)
    )
    lines = [f"The caller's bookings: {listed}."] if listed else []
    if booked:
        lines.append("A fitting was booked in this call: book another only when the caller asks for one more.")
    return lines


def _waiting(proposal: Proposal | None, turns: Sequence[Turn]) -> list[str]:
    tool = _TOOLS_OF_DEEDS.get(proposal.deed) if proposal else None
    if proposal is None or tool is None or tried(tool, turns):
        return []
    return [_ASKED[consent(proposal, turns)].format(tool=tool)]


def _missing(visit: Visit, known: ProfileSaved) -> list[str]:
    if visit.slots:
        return _missing_of_booking(visit, known)
    if visit.stations:
        told = "; ".join(f"{handle('S', visit.stations, station)} {station.name}" for station in visit.stations)
        return [f"Stations told: {told}. Once the caller has chosen one and a day: get_fitting_slots."]
    return [] if visit.bookings else ["For a booking the station is missing: get_fitting_stations."]


def _missing_of_booking(visit: Visit, known: ProfileSaved) -> list[str]:
    name = known.name or visit.profile.name
    car = (
        known.vehicle
        or visit.profile.vehicle
        or (f"{visit.vehicle.make} {visit.vehicle.model}" if visit.vehicle else "")
    )
    have = [f"name {name}"] * bool(name) + [f"car {car}"] * bool(car)
    ask = [] if car else ["the car's make, model and colour (never its plate)"]
    ask += [] if name else ["the name"]
    lines = [f"Free times were told (L1 to L{len(visit.slots)}): once the caller has chosen one, book_fitting."]
    if have:
        lines.append(f"Known for the booking: {', '.join(have)}.")
    if ask:
        lines.append(f"To be asked for the booking, unless he has said it: {', then '.join(ask)}.")
    return lines
