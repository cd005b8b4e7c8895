"""Calls over the API: the list, by filter and by key, each with its transcript, and how many they were."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from struct import pack, unpack
from typing import Annotated
from uuid import UUID

from pydantic import Field

from application.ports.calls import CallArchive
from domain.access import Permission
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import CallFilter, CallKey, Sort
from domain.visit.visit import Flow
from ui.access import Holder
from ui.api.call_shapes import Call, CallRecord, Cost
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Day, Either, Id, Limit, Nothing, Shape, Words
from ui.eyes import Eyes
from ui.languages import KYIV, days_before, start_of_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY, _LAST_DAY = date(1970, 1, 2), date(2200, 1, 1)
"""No call began before or after: other days mean no other calls."""
_TIME_DIGITS, _ID_DIGITS, _FIGURE_DIGITS = 14, 32, 16
"""Of a key, one after the other: microseconds, the call's id, and the figure that the list is sorted by."""
_NO_SEPARATORS = str.maketrans("", "", " \u00a0-–()")

Key = Annotated[
    str,
    Field(
        pattern=f"^[0-9a-f]{{{_TIME_DIGITS + _ID_DIGITS}}}([0-9a-f]{{{_FIGURE_DIGITS}}})?$",
        description="Where the page before has ended: its `next`, for the same question.",
    ),
]


class Which(Shape):
    """Which calls; all that is given must be so."""

    since: Day | None = None
    """Began on this day of Kyiv or later."""
    until: Day | None = None
    """Began on this day or earlier."""
    outcome: Outcome | None = None
    reason: Reason | None = None
    """Why the caller was handed over."""
    caller: Annotated[str, Field(max_length=30)] | None = None
    """The number, whole, as +380671234567."""
    caller_ends: Annotated[str, Field(pattern="^[0-9]{1,15}$")] | None = None
    """The last digits of the number."""
    flow: Flow | None = None
    """What the caller was about at last."""
    text: Words = ""
    """All these words were said in one turn."""
    concerning: Either = False
    """true: only those that somebody should look at."""
    running: Either | None = None
    """true: those that have not ended; false: those that have."""

    def where(self) -> CallFilter:
        return CallFilter(
            since=midnight(self.since) if self.since else None,
            until=days_before(midnight(self.until), -1) if self.until else None,
            outcome=self.outcome,
            reason=self.reason,
            caller=_number(self.caller or "") or None,
            caller_ends=self.caller_ends or "",
            flow=self.flow,
            text=self.text,
            concerning=self.concerning,
            running=self.running,
        )


class CallsAsked(Which):
    sort: Sort = Sort.NEWEST
    """By what was longest or slowest there are only calls that have ended."""
    after: Key | None = None
    limit: Limit = 50


class CallPage(Shape):
    calls: tuple[Call, ...]
    next: str | None
    """What to ask the next page by; null on the last."""


class CallAsked(Shape):
    call_id: Id


class Period(Shape):
    since: Day | None = None
    """The first day of Kyiv; today where none is given."""
    until: Day | None = None
    """The last day; today where none is given."""


class Stats(Shape):
    """The calls that began in a period, counted."""

    since: date
    until: date
    calls: int
    """Those that run included."""
    outcomes: dict[Outcome, int]
    """Only those that occurred."""
    reasons: dict[Reason, int]
    orders: int
    order_total: float
    """In hryvnias."""
    bookings: int
    cost: Cost | None
    """null for whoever may not see costs."""
    unpriced: int
    """Calls that used something that has no price."""
    response_p95_seconds: float | None


def calls_operations(archive: CallArchive, now: Callable[[], datetime]) -> tuple[AnyRoute, ...]:
    async def browse(by: Holder, asked: CallsAsked, _: Nothing) -> CallPage:
        after = _key_of(asked.after) if asked.after else None
        page = await archive.page(asked.where(), sort=asked.sort, after=after, limit=asked.limit)
        eyes = Eyes.of(by.role)
        return CallPage(
            calls=tuple(Call.of(call, eyes) for call in page.calls), next=written(page.after) if page.after else None
        )

    async def show(by: Holder, asked: CallAsked, _: Nothing) -> CallRecord:
        return CallRecord.of_record(await archive.load(asked.call_id), Eyes.of(by.role))

    async def count(by: Holder, asked: Period, __: Nothing) -> Stats:
        today = start_of_day(now()).date()
        since, until = asked.since or today, asked.until or today
        (tally,) = await archive.tallies([midnight(since), days_before(midnight(until), -1)])
        return Stats(
            since=since,
            until=until,
            calls=tally.calls,
            outcomes=dict(tally.outcomes),
            reasons=dict(tally.reasons),
            orders=tally.orders,
            order_total=float(tally.order_total.amount),
            bookings=tally.bookings,
            cost=Cost.of(tally.cost) if Eyes.of(by.role).costs else None,
            unpriced=tally.unpriced,
            response_p95_seconds=tally.response_p95_seconds,
        )

    return (
        Operation(
            name="listCalls",
            method="GET",
            path="/calls",
            summary="List the calls that fit",
            subject="calls",
            permission=Permission.SEE_CALLS,
            asked=CallsAsked,
            said=Nothing,
            told=CallPage,
            act=browse,
        ),
        Operation(
            name="showCall",
            method="GET",
            path="/calls/{call_id}",
            summary="Show a call with all that was said and done in it",
            subject="calls",
            permission=Permission.SEE_CALLS,
            asked=CallAsked,
            said=Nothing,
            told=CallRecord,
            act=show,
            refusals=(404,),
        ),
        Operation(
            name="stats",
            method="GET",
            path="/stats",
            summary="Count the calls of a period",
            subject="calls",
            permission=Permission.SEE_CALLS,
            asked=Period,
            said=Nothing,
            told=Stats,
            act=count,
        ),
    )


def midnight(day: date) -> datetime:
    return datetime.combine(min(max(day, _FIRST_DAY), _LAST_DAY), time(), KYIV)


def written(key: CallKey) -> str:
    microseconds = (key.began - _EPOCH) // timedelta(microseconds=1)
    figure = "" if key.figure is None else pack(">d", key.figure).hex()
    return f"{microseconds:0{_TIME_DIGITS}x}{key.call_id.hex}{figure}"


def _key_of(written_key: str) -> CallKey:
    """Return the key; whatever has its form is one."""
    time, rest = written_key[:_TIME_DIGITS], written_key[_TIME_DIGITS:]
    call_id, figure = rest[:_ID_DIGITS], rest[_ID_DIGITS:]
    began = _EPOCH + timedelta(microseconds=int(time, 16))
    return CallKey(began, UUID(call_id), unpack(">d", bytes.fromhex(figure))[0] if figure else None)


def _number(text: str) -> str:
    return "".join(letter for letter in text.translate(_NO_SEPARATORS) if letter.isprintable())
