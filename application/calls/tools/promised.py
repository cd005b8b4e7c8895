"""Doing what was agreed, written down before the shop is asked and after it has answered.

Rule 1: what cannot be written down is not begun.
Rule 2: a shop that does not answer may have done it: that is told so, and the promise stays begun.
Rule 3: once the shop has answered, its answer is written down whatever becomes of the tool's time.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import anyio

from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.records import Promises
from application.ports.shop import NotFound, ShopRefused
from domain.errors import Unavailable
from domain.expectation import pending_question
from domain.facts import Facts
from domain.shop.events import Proposed, ShopEvent
from domain.shop.proposal import Proposal
from domain.transcript import Turn
from domain.visit.consent import Consent, agreed_early, consent
from domain.visit.promise import Promise, PromiseState

T = TypeVar("T")

NOT_KNOWN = (
    "The shop did not answer: it is NOT known whether it was done. Say so honestly, never that it is done or not."
    " The same call again is safe: it is never done twice. Or offer a callback or an operator."
)
_REMEMBERED = timedelta(hours=24)


def read_out(proposal: Proposal, facts: Facts, *events: ShopEvent) -> Done:
    """Return what has the caller hear a proposal and asks him to agree."""
    return Done(
        told=told(
            read_out=proposal.text, next="wait for the caller's yes, then call this again with the same arguments"
        ),
        facts=facts,
        events=(*events, Proposed(proposal)),
        say=proposal.text,
    )


def read_again(waiting: Proposal, facts: Facts, turns: Sequence[Turn], *events: ShopEvent) -> Done:
    """Return what has the caller hear it again; its question alone when his yes only came too early."""
    done = read_out(waiting, facts, *events)
    question = pending_question(waiting.text)
    return replace(done, say=question) if question and agreed_early(waiting, turns) else done


async def agreed(
    promises: Promises, visitor: Visitor, waiting: Proposal | None, turns: Sequence[Turn], *, key: str
) -> bool:
    """Whether the caller has said yes to what waits for it, now or before an attempt that had no answer."""
    if waiting is None:
        return False
    if consent(waiting, turns) is Consent.GIVEN:
        return True
    begun = await promises.open_promises(visitor.number(), visitor.now() - _REMEMBERED)
    return any(promise.key == key and promise.state is PromiseState.BEGUN for promise in begun)


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

    Raises `ShopRefused` and `NotFound` where it is not done, `ToolRefused` where that is not known, or only tried.
    """
    visitor.must_be_in_earnest()
    promise = Promise(
        caller=visitor.number(),
        call_id=visitor.call_id,
        key=key,
        deed=proposal.deed,
        content=proposal.content,
        at=visitor.now(),
    )
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
