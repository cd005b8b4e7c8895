"""Doing what was agreed, written down before the shop is asked and after it has answered.

Rule 1: a record that cannot be written does not keep the caller from his booking.
Rule 2: a shop that does not answer may have done it: that is told so, and the promise stays begun.
Rule 3: once the shop has answered, its answer is written down whatever becomes of the tool's time.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import anyio

from application.calls.tools.toolbox import ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.records import Promises
from application.ports.shop import NotFound, ShopRefused
from domain.errors import Unavailable
from domain.shop.proposal import Proposal
from domain.visit.promise import Promise

T = TypeVar("T")

NOT_KNOWN = (
    "The shop's system did not answer: it is not known whether it was done. Say so, do not say that it is done."
    " Offer a callback (create_callback_request) or an operator; trying the same once more does nothing twice."
)


async def keep(
    promises: Promises,
    visitor: Visitor,
    proposal: Proposal,
    *,
    key: str,
    ask: Callable[[], Awaitable[T]],
    answered: Callable[[T], tuple[str, str]],
) -> T:
    """Ask the shop for what was agreed; `answered` gives what it is called there and what the caller is told.

    Raises `ShopRefused` and `NotFound` where it is not done, `ToolRefused` where that is not known.
    """
    caller, at = visitor.number(), visitor.now()
    promise = Promise(
        caller=caller, call_id=visitor.call_id, key=key, deed=proposal.deed, content=proposal.content, at=at
    )
    with suppress(Unavailable):
        await promises.begin(promise)
    try:
        answer = await ask()
    except (ShopRefused, NotFound):
        with suppress(Unavailable):
            await promises.failed(key)
        raise
    except Unavailable:
        raise ToolRefused(NOT_KNOWN) from None
    number, text = answered(answer)
    with anyio.CancelScope(shield=True), suppress(Unavailable):
        await promises.done(key, number=number, text=text)
    return answer
