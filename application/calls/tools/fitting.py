"""Booking a fitting, and the caller's bookings.

Rule: only a time that was offered in this call is booked, once, and only after the caller has heard all and said yes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from application.calls.tools.arguments import Arguments, choice, handled, needed, text, whole
from application.calls.tools.fitting_answers import already, booking_told, refused
from application.calls.tools.fitting_changes import CancelFitting
from application.calls.tools.fitting_search import FindSlots, FindStations, FittingPrices
from application.calls.tools.promised import agreed, keep, read_again, read_out
from application.calls.tools.specs import TEXT, WHOLE, described, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Callbacks, Promises
from application.ports.shop import NotFound, Shop, ShopRefused
from domain.errors import Unavailable
from domain.facts import NOTHING, Deed, Facts
from domain.money import Money
from domain.shop import fitting_facts as facts_of
from domain.shop.events import Booked, BookingsFound, ProfileSaved
from domain.shop.fitting_wording import booked, booking_read_back, clock
from domain.shop.fittings import BookingWish, Slot, Work
from domain.shop.proposal import Proposal
from domain.transcript import Turn
from domain.visit.fitting import place_of, same_time, standing, times_given_up
from domain.visit.names import is_brand
from domain.visit.visit import Visit, step, visit_of
from domain.words import words


def fitting_tools(visitor: Visitor, shop: Shop, promises: Promises, callbacks: Callbacks) -> Sequence[Tool]:
    return (
        FindStations(visitor, shop),
        FindSlots(visitor, shop),
        FittingPrices(shop),
        CustomerBookings(visitor, shop),
        BookFitting(visitor, shop, promises),
        CancelFitting(visitor, shop, promises, callbacks),
    )


@dataclass(frozen=True, slots=True)
class CustomerBookings:
    visitor: Visitor
    shop: Shop

    spec: ClassVar[ToolSpec] = spec("get_customer_bookings", "The caller's fitting bookings.")

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        found = tuple(await self.shop.bookings_of(self.visitor.number()))
        event = BookingsFound(found)
        after = step(visit_of(turns), event)
        listed = [booking for booking in standing(after) if booking in found]
        return Done(
            told=told(bookings=[booking_told(self.visitor, after, booking) for booking in listed]),
            facts=facts_of.of_bookings(listed),
            events=(event,),
        )


@dataclass(frozen=True, slots=True)
class BookFitting:
    visitor: Visitor
    shop: Shop
    promises: Promises

    spec: ClassVar[ToolSpec] = spec(
        "book_fitting",
        "Book an offered time. First call: the system reads it out. After the caller's yes: again, the same.",
        {
            "slot": described("L1"),
            "customer_name": TEXT,
            "car": described("Make, model, colour; no plate."),
            "service_type": one_of(Work),
            "tire_diameter": WHOLE,
            "storage_contract": TEXT,
        },
        required=("slot", "customer_name", "car"),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        self.visitor.number()
        wish = self._wish(arguments, visit)
        own = next((booking for booking in standing(visit) if same_time(booking, wish.slot)), None)
        if own is not None:
            return already(self.visitor, visit, own)
        self.visitor.may_write(turns)
        content = _content(wish)
        key = self.visitor.key("book_fitting", f"{content} {times_given_up(visit, wish.slot)}")
        waiting = visit.proposal
        if waiting is None or (waiting.deed, waiting.content) != (Deed.BOOKED, content):
            return await self._proposed(wish, content, place_of(visit, wish.slot))
        if await agreed(self.promises, self.visitor, waiting, turns, key=key):
            return await self._booked(visit, wish, waiting, key)
        return read_again(waiting, NOTHING, turns)

    def _wish(self, arguments: Arguments, visit: Visit) -> BookingWish:
        """Read what is to be booked; what the model leaves out is as it was read out or as the caller is known."""
        slot = needed(handled(arguments, "slot", "L", visit.slots), "slot", "Offer times of get_fitting_slots.")
        known, before = self.visitor.profile | visit.profile, _read_out_before(visit.proposal, slot)
        name = needed(text(arguments, "customer_name") or known.name, "customer_name", "Ask for the name.")
        if is_brand(name):
            raise ToolRefused(f"customer_name must be a person's name, and {name} is a brand: ask for the name again.")
        car = text(arguments, "car") or known.vehicle
        return BookingWish(
            slot=slot,
            work=choice(arguments, "service_type", Work) or Work(before.get("work", Work.TIRE_CHANGE)),
            customer_name=name,
            car=needed(car, "car", "Ask for the car's make, model and colour, not its plate."),
            tire_diameter=whole(arguments, "tire_diameter", least=10, most=30) or before.get("diameter"),
            storage_contract=text(arguments, "storage_contract") or before.get("contract"),
        )

    async def _proposed(self, wish: BookingWish, content: str, where: str) -> Done:
        price = await self._price(wish)
        spoken = booking_read_back(wish, where, price, self.visitor.language)
        said = ProfileSaved(name=wish.customer_name, vehicle=wish.car)
        return read_out(
            Proposal(deed=Deed.BOOKED, content=content, text=spoken), facts_of.of_wish(wish, where, price), said
        )

    async def _price(self, wish: BookingWish) -> Money | None:
        """Return what it will cost, where the shop says so; the read-back does not depend on it."""
        if wish.tire_diameter is None:
            return None
        try:
            prices = await self.shop.prices(diameter=wish.tire_diameter, station_id=wish.slot.station_id)
        except (NotFound, ShopRefused, Unavailable):
            return None
        return next((price.by_diameter.get(wish.tire_diameter) for price in prices if price.work is wish.work), None)

    async def _booked(self, visit: Visit, wish: BookingWish, proposal: Proposal, key: str) -> Done:
        number, language = self.visitor.number(), self.visitor.language
        try:
            booking = await keep(
                self.promises,
                self.visitor,
                proposal,
                key=key,
                ask=lambda: self.shop.book(wish, phone=number, call_id=self.visitor.call_id, key=key),
                answered=lambda booking: (booking.id, booked(booking, language)),
            )
        except (ShopRefused, NotFound) as refusal:
            return await refused(self.visitor, self.shop, visit, wish, refusal)
        event = Booked(booking)
        return Done(
            told=told(booking=booking_told(self.visitor, step(visit, event), booking)),
            facts=facts_of.of_bookings([booking]) | Facts(deeds=frozenset({Deed.BOOKED})),
            events=(event,),
            say=booked(booking, language),
        )


def _content(wish: BookingWish) -> str:
    """Return all that the caller agrees to, in the one form that equal wishes have."""
    content = {
        "slot": _slot_content(wish.slot),
        "work": wish.work.value,
        "name": " ".join(words(wish.customer_name)),
        "car": " ".join(words(wish.car)),
        "diameter": wish.tire_diameter,
        "contract": wish.storage_contract,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _read_out_before(proposal: Proposal | None, slot: Slot) -> dict[str, Any]:
    """Return the content of the booking of this time that waits for a yes, empty when there is none."""
    if proposal is None or proposal.deed is not Deed.BOOKED:
        return {}
    content: dict[str, Any] = json.loads(proposal.content)
    return content if content["slot"] == _slot_content(slot) else {}


def _slot_content(slot: Slot) -> list[str]:
    return [slot.station_id, slot.date.isoformat(), clock(slot.time)]
