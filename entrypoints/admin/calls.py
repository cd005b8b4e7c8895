"""`call-center-admin calls` and `stats`: the record, in a terminal."""

import json as json_format
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

import anyio
from cyclopts import Parameter

from domain.dialog.phases import Outcome
from domain.errors import Misconfigured
from domain.records import CallKey, StoredCall, Tally
from entrypoints.admin.columns import table
from entrypoints.admin.records import Which, open_archive, written
from ui.api.call_shapes import Call, CallRecord
from ui.as_text import moment, record_as_text
from ui.languages import days_before, start_of_day

_MOST_DAYS = 400
_LIST = ("call", "began", "caller", "outcome", "reason", "seconds", "p95 s", "orders")
_DAY = (
    "day",
    "calls",
    *(each.value.replace("_", " ") for each in Outcome),
    "orders",
    "UAH",
    "bookings",
    "USD",
    "p95 s",
)

Json = Annotated[bool, Parameter(negative="", help="As JSON.")]


def browse(*, which: Which | None = None, after: str = "", limit: int = 20, json: Json = False) -> None:
    """List calls, the latest first.

    Parameters
    ----------
    after
        Where the list before has ended; it says so itself.
    limit
        How many at most.
    """
    if not 1 <= limit <= 1000:
        raise Misconfigured(f"--limit is {limit}: it must be a number from 1 to 1000")
    anyio.run(_browse, which or Which(), _key(after), limit, json)


def show(call: UUID, *, json: Json = False) -> None:
    """Show a call, and what was said and done in it."""
    anyio.run(_show, call, json)


def stats(*, days: int = 7, json: Json = False) -> None:
    """Count calls and what came of them, by days of Kyiv, today last.

    Parameters
    ----------
    days
        How many days.
    """
    if not 1 <= days <= _MOST_DAYS:
        raise Misconfigured(f"--days is {days}: it must be a number from 1 to {_MOST_DAYS}")
    anyio.run(_stats, days, json)


async def _browse(which: Which, after: CallKey | None, limit: int, json: bool) -> None:
    async with open_archive() as archive:
        page = await archive.page(which.filter, after=after, limit=limit)
    if json:
        told = [Call.of(call).model_dump(mode="json") for call in page.calls]
        print(json_format.dumps(told, ensure_ascii=False, indent=1))
        return
    print(table(_LIST, [_row(call) for call in page.calls]))
    if page.after:
        print(f"\nThere are more: --after {written(page.after)}")


async def _show(call_id: UUID, json: bool) -> None:
    async with open_archive() as archive:
        record = await archive.load(call_id)
    print(CallRecord.of_record(record).model_dump_json(indent=1) if json else record_as_text(record))


async def _stats(days: int, json: bool) -> None:
    now = datetime.now(UTC)
    today = start_of_day(now)
    begins = [days_before(today, ago) for ago in reversed(range(days))]
    end = days_before(today, -1)
    async with open_archive() as archive:
        by_day = list(zip(begins, await archive.tallies([*begins, end]), strict=True))
        (whole,) = await archive.tallies([begins[0], end])
    if json:
        figures = [{"day": began.date().isoformat(), **_figures(tally)} for began, tally in by_day]
        print(json_format.dumps(figures, indent=1))
        return
    print(table(_DAY, [*((began.date(), *_counts(tally)) for began, tally in by_day), ("all", *_counts(whole))]))
    if whole.reasons:
        print()
        most_first = sorted(whole.reasons.items(), key=lambda each: -each[1])
        print(table(("handed over because of", "calls"), [(reason.value, count) for reason, count in most_first]))


def _row(call: StoredCall) -> tuple[object, ...]:
    ended = call.ended
    known = (call.call_id, moment(call.began), call.caller)
    if ended is None:
        return (*known, "not ended", None, None, None, None)
    reason = ended.reason.value if ended.reason else None
    orders = " ".join(ended.orders)
    return (*known, ended.outcome.value, reason, round(ended.seconds), ended.response_p95_seconds, orders)


def _counts(tally: Tally) -> tuple[object, ...]:
    return tuple(_figures(tally).values())


def _figures(tally: Tally) -> dict[str, object]:
    return {
        "calls": tally.calls,
        **{outcome.value: tally.outcomes.get(outcome, 0) for outcome in Outcome},
        "orders": tally.orders,
        "order_total": float(tally.order_total.amount),
        "bookings": tally.bookings,
        "cost_usd": float(tally.cost.total.amount),
        "response_p95_seconds": tally.response_p95_seconds,
    }


def _key(written_key: str) -> CallKey | None:
    if not written_key:
        return None
    began, _, call_id = written_key.partition("~")
    try:
        key = CallKey(datetime.fromisoformat(began), UUID(call_id))
        if key.began.tzinfo is None:
            raise ValueError(began)
    except ValueError as error:
        raise Misconfigured("--after is not what a list has ended with: copy it whole") from error
    return key
