"""What the agent knows of a caller's earlier calls.

Rule 1: the agent is told what was said and done then, and may say so; how things stand now only the tools tell.
Rule 2: a call that broke off a short while ago is gone on with: what was said stands before what is said now.  What
tools found then, and what was drafted or read out, is not known any more; it is looked up, made and read out again.
Rule 3: a number may be several people's: nothing of an earlier call is said unasked, but where this one goes on.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from itertools import takewhile

from domain.facts import Facts
from domain.records import StoredRecord, ToolUsed, TurnTaken
from domain.transcript import AgentTurn, CallerTurn

DAYS_KNOWN = timedelta(days=7)
MOST_CALLS = 5
GONE_ON_WITHIN = timedelta(minutes=10)
_MOST_LETTERS = 160
_MOST_TOOLS = 8


class Subject(Enum):
    """What a call was about; the value is what the model is told."""

    TIRES = "finding tyres"
    ORDERING = "placing an order"
    ORDERS = "the status of an order"
    FITTING = "a fitting"
    STORAGE = "stored tyres"
    ADVICE = "advice"
    CALLBACK = "a callback"


_SUBJECTS = {
    "get_vehicle_tire_sizes": Subject.TIRES,
    "search_tires": Subject.TIRES,
    "check_availability": Subject.TIRES,
    "create_order_draft": Subject.ORDERING,
    "update_order_delivery": Subject.ORDERING,
    "get_pickup_points": Subject.ORDERING,
    "confirm_order": Subject.ORDERING,
    "get_order_status": Subject.ORDERS,
    "get_fitting_stations": Subject.FITTING,
    "get_fitting_slots": Subject.FITTING,
    "get_fitting_price": Subject.FITTING,
    "get_customer_bookings": Subject.FITTING,
    "book_fitting": Subject.FITTING,
    "cancel_fitting": Subject.FITTING,
    "find_storage": Subject.STORAGE,
    "search_knowledge_base": Subject.ADVICE,
    "create_callback_request": Subject.CALLBACK,
}


def subject(record: StoredRecord) -> Subject | None:
    """Return what a call was about in the end, by the tools that were used; None when none tells."""
    return next((_SUBJECTS[use.name] for use in reversed(_uses(record)) if use.name in _SUBJECTS), None)


def broken_off(records: Sequence[StoredRecord], now: datetime) -> tuple[StoredRecord, ...]:
    """Return the calls that may have broken off and are gone on with, the latest first; `records` are so, too."""
    return tuple(takewhile(lambda record: record.cut_off and _is_fresh(record, now), records))


def _is_fresh(record: StoredRecord, now: datetime) -> bool:
    spoke = any(isinstance(unit, TurnTaken) and unit.speaker == "caller" for unit in record.transcript)
    return spoke and record.lost().at > now - GONE_ON_WITHIN


def turns_before(broken: Sequence[StoredRecord]) -> tuple[CallerTurn | AgentTurn, ...]:
    """Return what was said in calls that broke off, the latest of which is the first."""
    units = (unit for record in reversed(broken) for unit in record.transcript)
    return tuple(_turn(unit) for unit in units if isinstance(unit, TurnTaken))


def _turn(taken: TurnTaken) -> CallerTurn | AgentTurn:
    if taken.speaker == "agent":
        return AgentTurn(taken.text, taken.cut)
    return CallerTurn(taken.text, taken.confidence, taken.language, taken.understood)


# What the model is told


def notes(records: Sequence[StoredRecord], broken: Sequence[StoredRecord], zone: tzinfo | None) -> tuple[str, ...]:
    """Return what the model is told of earlier calls, a line each; `broken` are those that this one goes on with."""
    lines = []
    ended = [record for record in records if record not in broken]
    if ended:
        lines.append(
            "Earlier calls of this number, the latest first; perhaps somebody else's. Speak of them only when the"
            " caller does; how orders and bookings stand now, only the tools tell:"
        )
        lines += [f"- {_told(record, zone)}" for record in ended]
    if broken:
        lines.append(
            "The caller's last call broke off through a failure of ours; what was said in it stands before this call's"
            " greeting. Go on where you were. Its handles and drafts are no more, and what was read out there counts"
            " no longer: use the tools again for whatever you need."
        )
        used = [f"{use.name}({_arguments(use)})" for use in _uses(broken[0]) if not use.failed][-_MOST_TOOLS:]
        if used:
            lines.append(f"Used in it: {'; '.join(used)}.")
    return tuple(lines)


def _told(record: StoredRecord, zone: tzinfo | None) -> str:
    call, ended = record.call, record.call.ended
    about, said = subject(record), _last_words(record)
    told = (
        f"{call.began.astimezone(zone):%a %Y-%m-%d %H:%M}",
        f"about {about.value}" if about else "",
        f"ordered {', '.join(ended.orders)}" if ended and ended.orders else "",
        f"booked {', '.join(ended.bookings)}" if ended and ended.bookings else "",
        "broke off" if ended and record.cut_off else "",
        f"given to an operator ({ended.reason.value})" if ended and ended.reason else "",
        f'the caller\'s last words "{said}"' if said else "",
    )
    return ", ".join(part for part in told if part)


def _last_words(record: StoredRecord) -> str:
    said = (
        unit.text
        for unit in reversed(record.transcript)
        if isinstance(unit, TurnTaken) and unit.speaker == "caller" and len(unit.text.split()) > 1
    )
    return next(said, "")[:_MOST_LETTERS]


def _arguments(use: ToolUsed) -> str:
    return json.dumps(dict(use.arguments), ensure_ascii=False)[:_MOST_LETTERS]


def _uses(record: StoredRecord) -> list[ToolUsed]:
    return [unit for unit in record.transcript if isinstance(unit, ToolUsed)]


# What may be said


def standing(records: Iterable[StoredRecord], broken: Sequence[StoredRecord], zone: tzinfo | None) -> Facts:
    """Return what may be said of earlier calls: when they were, the numbers of what was done, and what was said.

    Of a call that this one goes on with, also the prices, times and places that its tools named minutes ago.
    """
    moments = [record.call.began.astimezone(zone) for record in records]
    ended = [record.call.ended for record in records if record.call.ended is not None]
    said = [_last_words(record) for record in records if record not in broken]
    facts = Facts(
        dates=frozenset(moment.date() for moment in moments),
        times=frozenset(moment.time().replace(second=0, microsecond=0) for moment in moments),
        numbers=frozenset(number for end in ended for number in (*end.orders, *end.bookings)),
        said=(*filter(None, said), *(turn.text for turn in turns_before(broken))),
    )
    for record in broken:
        for use in _uses(record):
            facts |= Facts.named_in(use.facts)
    return facts
