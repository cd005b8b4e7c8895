"""Cancelling a fitting, and moving it to another time.

Rule 1: only the caller's own bookings, and only after he has heard it and said yes.
Rule 2: the new time is booked before the old one is cancelled; when the old one
cannot be cancelled, that is what the caller hears, and an operator is told.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from application.calls.tools.arguments import Arguments, choice, handled, needed
from application.calls.tools.fitting_answers import booking_told, refused
from application.calls.tools.promised import agreed, keep, read_again, read_out
from application.calls.tools.specs import described, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Callbacks, Promises
from application.ports.shop import NotFound, Shop, ShopRefused
from domain.callback import CallbackRequest
from domain.errors import Unavailable
from domain.facts import Deed, Facts, Finding
from domain.shop import fitting_facts as facts_of
from domain.shop.events import Booked, BookingCancelled, Withdrawn
from domain.shop.fitting_wording import (
    cancelled,
    cancelling_read_back,
    clock,
    moved,
    moved_by_half,
    moving_read_back,
)
from domain.shop.fittings import Booking, BookingWish, Work
from domain.shop.proposal import Proposal
from domain.transcript import Turn
from domain.visit.fitting import place_of, same_time, times_given_up
from domain.visit.visit import Visit, step, visit_of


class Action(Enum):
    CANCEL = "cancel"
    RESCHEDULE = "reschedule"


class Old(Enum):
    """What has become of the booking that was moved."""

    CANCELLED = "cancelled"
    NOTED = "noted"
    """It may still stand; an operator will see to it."""
    UNNOTED = "unnoted"
    """It may still stand, and no operator could be told."""


@dataclass(frozen=True, slots=True)
class CancelFitting:
    visitor: Visitor
    shop: Shop
    promises: Promises
    callbacks: Callbacks

    spec: ClassVar[ToolSpec] = spec(
        "cancel_fitting",
        "Cancel or move a booking. First call: the system reads it out. After the caller's yes: again, the same.",
        {"booking": described("B1"), "action": one_of(Action), "new_slot": described("L1, to reschedule.")},
        required=("booking", "action"),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        self.visitor.number()
        own = handled(arguments, "booking", "B", visit.bookings)
        booking = needed(own, "booking", "Call get_customer_bookings and ask which one.")
        action = needed(choice(arguments, "action", Action), "action", "Ask: cancel it, or move it to another time.")
        if booking.id in visit.cancelled:
            raise ToolRefused("This booking is cancelled already: tell the caller so.")
        self.visitor.may_write(turns)
        if action is Action.CANCEL:
            return await self._cancel(booking, visit, turns)
        return await self._move(booking, self._wish(arguments, booking, visit), visit, turns)

    async def _cancel(self, booking: Booking, visit: Visit, turns: Sequence[Turn]) -> Done:
        content = json.dumps({"cancel": booking.id})
        key, waiting = self.visitor.key("cancel_fitting", content), visit.proposal
        if waiting is None or (waiting.deed, waiting.content) != (Deed.CANCELLED, content):
            text = cancelling_read_back(booking, self.visitor.language)
            return read_out(Proposal(deed=Deed.CANCELLED, content=content, text=text), facts_of.of_bookings([booking]))
        if not await agreed(self.promises, self.visitor, waiting, turns, key=key):
            return read_again(waiting, facts_of.of_bookings([booking]), turns)
        return await self._cancelled(booking, visit, waiting, key)

    async def _cancelled(self, booking: Booking, visit: Visit, proposal: Proposal, key: str) -> Done:
        number, said = self.visitor.number(), cancelled(booking, self.visitor.language)
        try:
            await keep(
                self.promises,
                self.visitor,
                proposal,
                key=key,
                ask=lambda: self.shop.cancel(booking.id, phone=number, key=key),
                answered=lambda _: (booking.id, said),
            )
        except NotFound:
            return Done(
                told=told(
                    booking=booking_told(self.visitor, visit, booking)["booking"],
                    next="the shop has no such booking any more: tell the caller that nothing is left to cancel",
                ),
                facts=Facts(findings=frozenset({Finding.CANCELLED})),
                events=(BookingCancelled(booking.id),),
            )
        except ShopRefused as refusal:
            return Done(
                told=told(refused=str(refusal), next="it is NOT cancelled: say so and offer an operator"),
                events=(Withdrawn(),),
            )
        return Done(
            told=told(cancelled=booking_told(self.visitor, visit, booking)),
            facts=facts_of.of_bookings([booking]) | Facts(deeds=frozenset({Deed.CANCELLED})),
            events=(BookingCancelled(booking.id),),
            say=said,
        )

    def _wish(self, arguments: Arguments, booking: Booking, visit: Visit) -> BookingWish:
        slot = handled(arguments, "new_slot", "L", visit.slots)
        slot = needed(slot, "new_slot", 'Offer free times: get_fitting_slots with the booking ("B1") as station.')
        if same_time(booking, slot):
            raise ToolRefused("The booking is at that time already: ask for another time.")
        name = visit.profile.name or self.visitor.profile.name
        car = booking.car or visit.profile.vehicle or self.visitor.profile.vehicle
        return BookingWish(
            slot=slot,
            work=booking.work or Work.TIRE_CHANGE,
            customer_name=needed(name, "The caller's name", "Ask for it, save it with update_customer_profile."),
            car=needed(car, "The car", "Ask for make and model, save them with update_customer_profile."),
            tire_diameter=booking.tire_diameter,
            storage_contract=booking.storage_contract,
        )

    async def _move(self, old: Booking, wish: BookingWish, visit: Visit, turns: Sequence[Turn]) -> Done:
        slot, language = wish.slot, self.visitor.language
        content = json.dumps({"move": old.id, "to": [slot.station_id, slot.date.isoformat(), clock(slot.time)]})
        key = self.visitor.key("cancel_fitting", f"{content} {times_given_up(visit, slot)}")
        waiting, where = visit.proposal, place_of(visit, slot)
        facts = facts_of.of_bookings([old]) | facts_of.of_wish(wish, where, None)
        if waiting is None or (waiting.deed, waiting.content) != (Deed.RESCHEDULED, content):
            text = moving_read_back(old, slot, where, language)
            return read_out(Proposal(deed=Deed.RESCHEDULED, content=content, text=text), facts)
        if not await agreed(self.promises, self.visitor, waiting, turns, key=key):
            return read_again(waiting, facts, turns)
        try:
            new, rest = await keep(
                self.promises,
                self.visitor,
                waiting,
                key=key,
                ask=lambda: self._book_and_cancel(old, wish, key),
                answered=lambda both: (both[0].id, _moved_in_words(both[0], old, both[1], self.visitor)),
            )
        except (ShopRefused, NotFound) as refusal:
            return await refused(self.visitor, self.shop, visit, wish, refusal)
        return self._moved(new, old, rest, visit)

    async def _book_and_cancel(self, old: Booking, wish: BookingWish, key: str) -> tuple[Booking, Old]:
        number = self.visitor.number()
        new = await self.shop.book(wish, phone=number, call_id=self.visitor.call_id, key=key)
        try:
            await self.shop.cancel(old.id, phone=number, key=self.visitor.key("cancel_moved", f"{old.id} {new.id}"))
        except NotFound:
            return new, Old.CANCELLED
        except (ShopRefused, Unavailable):
            return new, await self._noted(old, new)
        return new, Old.CANCELLED

    async def _noted(self, old: Booking, new: Booking) -> Old:
        """Ask an operator to cancel the old booking."""
        before, after = _named(old), _named(new)
        request = CallbackRequest(
            call_id=self.visitor.call_id,
            number=self.visitor.number(),
            note=f"{before} → {after}",
            reason="old_booking_not_cancelled",
            at=self.visitor.now(),
        )
        try:
            await self.callbacks.add(request)
        except Unavailable:
            return Old.UNNOTED
        return Old.NOTED

    def _moved(self, new: Booking, old: Booking, rest: Old, visit: Visit) -> Done:
        booked = Booked(new)
        visit = step(visit, booked)
        facts = facts_of.of_bookings([new]) | facts_of.of_bookings([old]) | Facts(deeds=frozenset({Deed.BOOKED}))
        said = _moved_in_words(new, old, rest, self.visitor)
        if rest is Old.CANCELLED:
            return Done(
                told=told(booking=booking_told(self.visitor, visit, new), old="cancelled"),
                facts=facts | Facts(deeds=frozenset({Deed.RESCHEDULED, Deed.CANCELLED})),
                events=(booked, BookingCancelled(old.id)),
                say=said,
            )
        then = "an operator will cancel it" if rest is Old.NOTED else 'offer transfer_to_operator ("cannot_help")'
        noted = Facts(deeds=frozenset({Deed.CALLBACK} if rest is Old.NOTED else ()))
        return Done(
            told=told(
                booking=booking_told(self.visitor, visit, new),
                old="NOT known to be cancelled: never say that it is",
                next=then,
            ),
            facts=facts | noted,
            events=(booked,),
            say=said,
        )


def _moved_in_words(new: Booking, old: Booking, rest: Old, visitor: Visitor) -> str:
    if rest is Old.CANCELLED:
        return moved(new, visitor.language)
    return moved_by_half(new, old, visitor.language, noted=rest is Old.NOTED)


def _named(booking: Booking) -> str:
    return f"{booking.id}: {booking.date} {clock(booking.time)}, {booking.station}"
