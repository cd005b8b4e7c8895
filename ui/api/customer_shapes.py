"""What is kept of a number, as other programs and the number's owner read it."""

from datetime import datetime
from uuid import UUID

from domain.facts import Deed
from domain.shop.events import ProfileSaved
from domain.visit import promise
from domain.visit.promise import PromiseState
from ui.api.call_shapes import ALL_SEEING, Call, CallRecord
from ui.api.callback_shapes import Callback
from ui.api.shapes import Remark, Shape
from ui.customer_records import Kept
from ui.eyes import Eyes


class Profile(Shape):
    """What the customer has said of himself; empty where nothing is known."""

    name: str
    city: str
    vehicle: str
    delivery_address: str

    @classmethod
    def of(cls, known: ProfileSaved | None) -> "Profile":
        said = known or ProfileSaved()
        return cls(
            name=said.name or "",
            city=said.city or "",
            vehicle=said.vehicle or "",
            delivery_address=said.delivery_address or "",
        )


class NewProfile(Shape):
    """What stands in the place of all that is known; empty for what is not known."""

    name: Remark = ""
    city: Remark = ""
    vehicle: Remark = ""
    delivery_address: Remark = ""

    def saved(self) -> ProfileSaved:
        return ProfileSaved(**{name: value or None for name, value in self.model_dump().items()})


class Promise(Shape):
    """What the agent has begun to do for a caller."""

    call_id: UUID
    deed: Deed
    content: str
    """What was agreed."""
    at: datetime
    state: PromiseState
    number: str
    """Of the order or booking, in the shop's answer."""
    text: str
    """What the caller is told when it is done."""

    @classmethod
    def of(cls, known: promise.Promise) -> "Promise":
        return cls(
            call_id=known.call_id,
            deed=known.deed,
            content=known.content,
            at=known.at,
            state=known.state,
            number=known.number,
            text=known.text,
        )


class Customer(Shape):
    number: str
    """As the line names it, masked for whoever may not see numbers."""
    profile: Profile
    callbacks: tuple[Callback, ...]
    """The latest request first."""
    promises: tuple[Promise, ...]
    calls: tuple[Call, ...]
    """The latest ones; the list of calls has all, by `caller`."""


class CustomerData(Shape):
    """All that is kept of a number, for its owner to have."""

    number: str
    profile: Profile
    callbacks: tuple[Callback, ...]
    promises: tuple[Promise, ...]
    calls: tuple[CallRecord, ...]

    @classmethod
    def of(cls, kept: Kept, eyes: Eyes = ALL_SEEING) -> "CustomerData":
        return cls(
            number=eyes.number(kept.number),
            profile=Profile.of(kept.profile),
            callbacks=tuple(Callback.of(each, eyes) for each in kept.callbacks),
            promises=tuple(Promise.of(each) for each in kept.promises),
            calls=tuple(CallRecord.of_record(each, eyes) for each in kept.records),
        )
