"""Customers over the API: what is kept under a number, to be read, set right, given to its owner, or erased."""

from typing import Annotated

from pydantic import Field

from domain.access import Permission
from domain.records import CallFilter
from ui.access import Holder
from ui.api.call_shapes import Call
from ui.api.callback_shapes import Callback
from ui.api.customer_shapes import Customer, CustomerData, NewProfile, Profile, Promise
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Nothing, Shape
from ui.customer_records import NUMBER, Customers, forms_of
from ui.eyes import Eyes

_MOST_CALLS = 25


class CustomerAsked(Shape):
    number: Annotated[str, Field(pattern=f"^{NUMBER}$")]
    """As +380671234567; 0671234567 is the same."""


class Erased(Shape):
    calls: int
    """Of so many calls all is gone."""


def customers_operations(customers: Customers) -> tuple[AnyRoute, ...]:
    ledger, archive = customers.ledger, customers.archive

    async def kept(asked: CustomerAsked) -> str:
        """Return the number in the form in which it is kept."""
        return await customers.known_as(forms_of(asked.number))

    async def show(by: Holder, asked: CustomerAsked, _: Nothing) -> Customer:
        number, eyes = await kept(asked), Eyes.of(by.role)
        page = await archive.page(CallFilter(caller=number), limit=_MOST_CALLS)
        return Customer(
            number=eyes.number(number),
            profile=Profile.of(await ledger.profile(number)),
            callbacks=tuple(Callback.of(each, eyes) for each in await ledger.callbacks_of(number)),
            promises=tuple(Promise.of(each) for each in await ledger.promises_of(number)),
            calls=tuple(Call.of(each, eyes) for each in page.calls),
        )

    async def set_right(by: Holder, asked: CustomerAsked, said: NewProfile) -> Profile:
        number = await kept(asked)
        await customers.set_right(number, said.saved(), by=by.name)
        return Profile.of(await ledger.profile(number))

    async def give(by: Holder, asked: CustomerAsked, _: Nothing) -> CustomerData:
        return CustomerData.of(await customers.all_of(await kept(asked), by=by.name), Eyes.of(by.role))

    async def erase(by: Holder, asked: CustomerAsked, _: Nothing) -> Erased:
        return Erased(calls=await customers.erase(await kept(asked), by=by.name))

    return (
        Operation(
            name="showCustomer",
            method="GET",
            path="/customers/{number}",
            summary="Show what is known of a number, and what happened",
            subject="customers",
            permission=Permission.SEE_CUSTOMERS,
            asked=CustomerAsked,
            said=Nothing,
            told=Customer,
            act=show,
        ),
        Operation(
            name="setProfile",
            method="PUT",
            path="/customers/{number}/profile",
            summary="Set right what is known of a customer",
            subject="customers",
            permission=Permission.EDIT_CUSTOMERS,
            asked=CustomerAsked,
            said=NewProfile,
            told=Profile,
            act=set_right,
        ),
        Operation(
            name="exportCustomer",
            method="GET",
            path="/customers/{number}/export",
            summary="Give all that is kept of a number, for its owner to have",
            subject="customers",
            permission=Permission.EXPORT_CUSTOMERS,
            asked=CustomerAsked,
            said=Nothing,
            told=CustomerData,
            act=give,
        ),
        Operation(
            name="eraseCustomer",
            method="DELETE",
            path="/customers/{number}",
            summary="Erase all that is kept of a number, for good",
            subject="customers",
            permission=Permission.ERASE_CUSTOMERS,
            asked=CustomerAsked,
            said=Nothing,
            told=Erased,
            act=erase,
        ),
    )
