"""The agent of a call to the shop: its tools, what it is told at each step, and what it keeps of the call.

Rule 1: which tools make sense, and how far things have come, is read off the turns each time; nothing is kept twice.
Rule 2: a record that cannot be read or written costs the caller nothing but what it would have told.
Rule 3: who called before is known while he hears the greeting, or is not asked by name; nothing waits for it.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import anyio

from application.calls.assistant import Briefing
from application.calls.instructions.texts import instructions
from application.calls.recall_calls import RecallCalls, Recalled
from application.calls.tools.buying import buying_tools
from application.calls.tools.callbacks import callback_tools
from application.calls.tools.catalog import catalog_tools
from application.calls.tools.fitting import fitting_tools
from application.calls.tools.knowledge import knowledge_tools
from application.calls.tools.orders import order_tools
from application.calls.tools.profile import profile_tools
from application.calls.tools.storage import storage_tools
from application.calls.tools.toolbox import Done, Tool, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.knowledge import Knowledge
from application.ports.language import ToolSpec
from application.ports.records import Ledger
from application.ports.shop import NotFound, Shop, ShopRefused
from domain import earlier
from domain.addressing import addressed
from domain.errors import Unavailable
from domain.facts import Deed
from domain.phrases import Language
from domain.shop import limits
from domain.shop.events import ProfileSaved
from domain.shop.wording import order_placed
from domain.transcript import ToolUse, Turn
from domain.visit import buying, fitting, small_flows, unheard
from domain.visit.promise import Promise, PromiseState
from domain.visit.visit import Visit, visit_of
from domain.welcome import by_name, going_on

_REMEMBERED = timedelta(hours=24)
_MEET_SECONDS = 8.0
_MET_SECONDS = 3.0
"""How long a tool waits to be told whose call it is; the line's answer is bounded by less."""
_WELCOME_SECONDS = 2.5
"""A greeting lasts longer, and the question after it has to be voiced."""
_DAYS_NAMED = 7
"""Days whose weekdays the model is told, so that it invents none."""


class ShopAssistant:
    """Fulfils `Assistant`."""

    def __init__(
        self,
        call_id: UUID,
        *,
        shop: Shop,
        ledger: Ledger,
        knowledge: Knowledge,
        recall: RecallCalls,
        language: Language,
        shop_name: str,
        agent_name: str,
        now: Callable[[], datetime],
    ) -> None:
        """`now` is the shop's clock, with its zone (Kyiv)."""
        self._visitor = Visitor(call_id=call_id, language=language, now=now)
        self._shop = shop
        self._ledger = ledger
        self._recall = recall
        self._recalled: Recalled = Recalled()
        self._is_recalled = anyio.Event()
        self._names = {"shop": shop_name, "agent": agent_name}
        self._withheld = False
        self._met = anyio.Event()
        self._earlier: tuple[Promise, ...] = ()
        self._told_of = 0
        """How many deeds this call had when the caller had heard of all that was ever promised him."""
        tools: Sequence[Tool] = (
            *catalog_tools(self._visitor, shop),
            *buying_tools(self._visitor, shop, ledger),
            *order_tools(self._visitor, shop),
            *fitting_tools(self._visitor, shop, ledger, ledger),
            *storage_tools(self._visitor, shop),
            *knowledge_tools(self._visitor, knowledge),
            *profile_tools(self._visitor, ledger),
            *callback_tools(self._visitor, ledger),
        )
        self.tools: Sequence[Tool] = tuple(_OnceMet(tool, self._met) for tool in tools)

    async def meet(self, caller: str | None, *, trying: bool = False) -> None:
        self._visitor.caller, self._withheld, self._visitor.trying = caller, caller is None, trying
        self._met.set()
        with anyio.move_on_after(_MEET_SECONDS):
            async with anyio.create_task_group() as meeting:
                if caller is not None:
                    meeting.start_soon(self._open_promises, caller)
                    await self._know(caller)
                self._is_recalled.set()

    async def welcome(self) -> str:
        with anyio.move_on_after(_WELCOME_SECONDS):
            await self._is_recalled.wait()
        language = self._visitor.language
        if self._recalled.broken:
            return going_on(self._recalled.broken, language)
        name = addressed(self._visitor.profile.name or "", language)
        return by_name(name, language) if name else ""

    async def _know(self, caller: str) -> None:
        async with anyio.create_task_group() as knowing:
            knowing.start_soon(self._read_profile, caller)
            self._recalled = await self._recall(caller, of=self._visitor.call_id)

    async def _read_profile(self, caller: str) -> None:
        with suppress(Unavailable):
            self._visitor.profile = await self._ledger.profile(caller) or ProfileSaved()

    async def _open_promises(self, caller: str) -> None:
        with suppress(Unavailable, NotFound, ShopRefused):
            self._earlier = tuple(await self._ledger.open_promises(caller, self._visitor.now() - _REMEMBERED))
            self._earlier = await self._settled(caller, self._earlier)

    def brief(self, turns: Sequence[Turn]) -> Briefing:
        visit = visit_of(turns)
        now = self._visitor.now()
        return Briefing(
            instructions=instructions(self._visitor.language, flow=visit.flow, **self._names),
            tools=_tools(visit),
            today=now.date(),
            note=self._note(visit, turns, now),
            earlier=earlier.turns_before(self._recalled.broken),
            standing=unheard.standing(self._earlier)
            | earlier.standing(self._recalled.calls, self._recalled.broken, now.tzinfo),
        )

    async def remember(self, turns: Sequence[Turn]) -> None:
        caller, done = self._visitor.caller, _deeds_done(turns)
        if caller is None or self._visitor.trying or (done == self._told_of and not self._earlier):
            return
        with suppress(Unavailable):
            await self._keep_name(caller, visit_of(turns))
            promises = await self._ledger.open_promises(caller, self._visitor.now() - _REMEMBERED)
            heard = {promise.key for promise in promises if unheard.was_heard(promise, turns)}
            for key in heard:
                await self._ledger.heard(key)
            self._earlier = tuple(promise for promise in self._earlier if promise.key not in heard)
            if len(heard) == len(promises):
                self._told_of = done

    async def _keep_name(self, caller: str, visit: Visit) -> None:
        """Keep the name of who has ordered, unless one is known: the recognizer may have misheard this one."""
        if visit.ordered and visit.profile.name and self._visitor.profile.name is None:
            await self._ledger.save(caller, ProfileSaved(name=visit.profile.name))
            self._visitor.profile = replace(self._visitor.profile, name=visit.profile.name)

    async def _settled(self, caller: str, promises: Sequence[Promise]) -> tuple[Promise, ...]:
        """Find out of orders whose answer was lost whether the shop has placed them."""
        lost = [each for each in promises if each.deed is Deed.ORDERED and each.state is PromiseState.BEGUN]
        if not lost:
            return tuple(promises)
        placed = {order.id: order for order in await self._shop.orders_of(caller) if limits.stands(order)}
        settled: list[Promise] = []
        for promise in promises:
            order = placed.get(buying.order_agreed(promise.content)[0]) if promise in lost else None
            if order is None or order.order_number is None:
                settled.append(promise)
                continue
            text = order_placed(order, self._visitor.language)
            settled.append(promise.done(order.order_number, text))
            await self._ledger.done(promise.key, number=order.order_number, text=text)
        return tuple(settled)

    def _note(self, visit: Visit, turns: Sequence[Turn], now: datetime) -> str:
        known = self._visitor.profile | visit.profile
        days = (now + timedelta(days=each) for each in range(1, _DAYS_NAMED + 1))
        lines = (
            f"Now it is {now:%A %Y-%m-%d %H:%M}; then come {', '.join(f'{day:%a %Y-%m-%d}' for day in days)}.",
            *_caller_known(known, withheld=self._withheld),
            *unheard.notes(self._earlier, turns),
            *earlier.notes(self._recalled.calls, self._recalled.broken, now.tzinfo),
            *unheard.missed(turns),
            *buying.notes(visit, turns, known.name),
            *fitting.notes(visit, turns, known),
            *small_flows.notes(visit),
        )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _OnceMet:
    """A tool that does nothing before it is known whose call it is: who speaks at once is not taken for a stranger."""

    tool: Tool
    met: anyio.Event

    @property
    def spec(self) -> ToolSpec:
        return self.tool.spec

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        with anyio.move_on_after(_MET_SECONDS):
            await self.met.wait()
        if not self.met.is_set():
            raise ToolRefused("It is not known yet whose call this is, so nothing was done: call this again.")
        return await self.tool(arguments, turns)


def _tools(visit: Visit) -> frozenset[str]:
    return buying.tools(visit) | fitting.tools(visit) | small_flows.ENTRANCES


def _deeds_done(turns: Sequence[Turn]) -> int:
    return sum(bool(turn.facts.deeds) for turn in turns if isinstance(turn, ToolUse))


def _caller_known(known: ProfileSaved, *, withheld: bool) -> list[str]:
    lines = []
    if withheld:
        lines.append(
            "The caller's number is withheld: nothing can be ordered, booked or looked up for him; an operator can."
        )
    told = (
        ("name", known.name),
        ("city", known.city),
        ("car", known.vehicle),
        ("delivery address", known.delivery_address),
    )
    if any(value for _, value in told):
        listed = ", ".join(f"{kind} {value}" for kind, value in told if value)
        lines.append(f"Known of the caller: {listed}. Do not ask for it; an address may be offered as last time's.")
    return lines
