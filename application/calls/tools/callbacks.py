"""Having a person call the caller back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from application.calls.tools.arguments import Arguments, text
from application.calls.tools.specs import described, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, Tool
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.records import Callbacks
from domain.callback import CallbackRequest
from domain.facts import Deed, Facts
from domain.shop.events import CallbackNoted
from domain.transcript import Turn
from domain.truth.written import written

_ASKED = "customer_request"


def callback_tools(visitor: Visitor, callbacks: Callbacks) -> Sequence[Tool]:
    return (CreateCallback(visitor, callbacks),)


@dataclass(frozen=True, slots=True)
class CreateCallback:
    visitor: Visitor
    callbacks: Callbacks

    spec: ClassVar[ToolSpec] = spec(
        "create_callback_request",
        "An operator calls the caller back, at the number of this call.",
        {"preferred_time": described("In the caller's words."), "note": described("What it is about.")},
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        number = self.visitor.number()
        self.visitor.may_write(turns)
        self.visitor.must_be_in_earnest()
        preferred, note = text(arguments, "preferred_time") or "", text(arguments, "note") or ""
        request = CallbackRequest(
            call_id=self.visitor.call_id,
            number=number,
            preferred_time=preferred,
            note=note,
            reason=_ASKED,
            at=self.visitor.now(),
        )
        await self.callbacks.add(request)
        facts = written(preferred, self.visitor.today)
        noted = Facts(deeds=frozenset({Deed.CALLBACK}), numbers=spoken_forms(number))
        return Done(
            told=told(callback="noted", time=preferred or "any"),
            facts=facts | noted,
            events=(CallbackNoted(preferred),),
        )


def spoken_forms(number: str) -> frozenset[str]:
    """Return a number as it is said in its country and from abroad: `0671234567`, `380671234567`."""
    digits = "".join(filter(str.isdigit, number))
    return frozenset({digits, digits.removeprefix("38")})
