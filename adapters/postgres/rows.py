"""Entries as rows, and rows as entries.

A null character has no place in PostgreSQL's text: it is left out.
"""

import json
from dataclasses import asdict, fields
from uuid import UUID

from adapters.postgres.tables import CallRow, Row, ToolCallRow, TurnRow
from domain.costs import Cost, Dollars
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.records import (
    CallBegan,
    CallEnded,
    StoredCall,
    ToolUsed,
    TurnTaken,
    Waterfall,
    search_words,
)
from domain.troubles import Troubles
from domain.visit.visit import Flow

_NULL = "\x00"


def call_began(entry: CallBegan) -> CallRow:
    return CallRow(
        call_id=entry.call_id, began=entry.began, caller=_text_or_none(entry.caller), language=text_of(entry.language)
    )


def call_ended(entry: CallEnded) -> CallRow:
    cost = entry.cost
    return CallRow(
        call_id=entry.call_id,
        began=entry.began,
        caller=_text_or_none(entry.caller),
        ended_at=entry.at,
        ended_sequence=entry.sequence,
        outcome=entry.outcome.value,
        reason=entry.reason.value if entry.reason else None,
        seconds=entry.seconds,
        cause=entry.cause,
        interruptions=entry.interruptions,
        response_p50_seconds=entry.response_p50_seconds,
        response_p95_seconds=entry.response_p95_seconds,
        dead_air_seconds=entry.dead_air_seconds,
        orders=[text_of(number) for number in entry.orders],
        bookings=[text_of(number) for number in entry.bookings],
        order_total=entry.order_total.kopecks if entry.order_total else None,
        cost_model=cost.model.micros if cost else None,
        cost_voice=cost.voice.micros if cost else None,
        cost_ear=cost.ear.micros if cost else None,
        unpriced=[text_of(name) for name in cost.unpriced] if cost else [],
        flow=entry.flow.value if entry.flow else None,
        **asdict(entry.troubles),
        concerning=bool(entry.concerns),
    )


def turn_taken(entry: TurnTaken) -> TurnRow:
    timed = entry.waterfall or Waterfall()
    return TurnRow(
        call_id=entry.call_id,
        began=entry.began,
        number=entry.number,
        sequence=entry.sequence,
        at=entry.at,
        speaker=entry.speaker,
        text=text_of(entry.text),
        words=sorted(search_words(text_of(entry.text))),
        cut=entry.cut,
        confidence=entry.confidence,
        language=_text_or_none(entry.language),
        understood=text_of(entry.understood),
        final_seconds=timed.final,
        first_word_seconds=timed.first_word,
        first_audio_seconds=timed.first_audio,
        timed=entry.waterfall is not None,
        refused=[text_of(clause) for clause in entry.refused],
    )


def tool_used(entry: ToolUsed) -> ToolCallRow:
    return ToolCallRow(
        call_id=entry.call_id,
        began=entry.began,
        number=entry.number,
        sequence=entry.sequence,
        at=entry.at,
        name=text_of(entry.name),
        arguments=json.dumps(_clean(dict(entry.arguments)), ensure_ascii=False),
        result=text_of(entry.result),
        failed=entry.failed,
        seconds=entry.seconds,
        facts=json.dumps(_clean(dict(entry.facts)), ensure_ascii=False),
    )


def call_of(row: Row) -> StoredCall:
    return StoredCall(
        call_id=uuid_of(row),
        began=row["began"],
        caller=row["caller"],
        language=row["language"],
        ended=_ended_of(row) if row["ended_at"] else None,
    )


def _ended_of(row: Row) -> CallEnded:
    return CallEnded(
        call_id=uuid_of(row),
        began=row["began"],
        sequence=row["ended_sequence"],
        at=row["ended_at"],
        outcome=Outcome(row["outcome"]),
        reason=Reason(row["reason"]) if row["reason"] else None,
        caller=row["caller"],
        seconds=row["seconds"],
        cause=row["cause"],
        interruptions=row["interruptions"],
        response_p50_seconds=row["response_p50_seconds"],
        response_p95_seconds=row["response_p95_seconds"],
        dead_air_seconds=row["dead_air_seconds"],
        orders=tuple(row["orders"]),
        bookings=tuple(row["bookings"]),
        order_total=None if row["order_total"] is None else Money(row["order_total"]),
        cost=None if row["cost_model"] is None else cost_of(row),
        flow=Flow(row["flow"]) if row["flow"] else None,
        troubles=Troubles(**{each.name: row[each.name] for each in fields(Troubles)}),
    )


def cost_of(row: Row) -> Cost:
    return Cost(
        model=Dollars(row["cost_model"]),
        voice=Dollars(row["cost_voice"]),
        ear=Dollars(row["cost_ear"]),
        unpriced=tuple(row["unpriced"]),
    )


def turn_of(row: Row) -> TurnTaken:
    waterfall = Waterfall(
        final=row["final_seconds"], first_word=row["first_word_seconds"], first_audio=row["first_audio_seconds"]
    )
    return TurnTaken(
        call_id=uuid_of(row),
        began=row["began"],
        number=row["number"],
        sequence=row["sequence"],
        at=row["at"],
        speaker=row["speaker"],
        text=row["text"],
        cut=row["cut"],
        confidence=row["confidence"],
        language=row["language"],
        understood=row["understood"],
        waterfall=waterfall if row["timed"] else None,
        refused=tuple(row["refused"]),
    )


def tool_use_of(row: Row) -> ToolUsed:
    return ToolUsed(
        call_id=uuid_of(row),
        began=row["began"],
        number=row["number"],
        sequence=row["sequence"],
        at=row["at"],
        name=row["name"],
        arguments=json.loads(row["arguments"]),
        result=row["result"],
        failed=row["failed"],
        seconds=row["seconds"],
        facts=json.loads(row["facts"]),
    )


def uuid_of(row: Row) -> UUID:
    """Return it as Python's own: the driver has one of its own kind."""
    return UUID(int=row["call_id"].int)


def text_of(text: str) -> str:
    return text.replace(_NULL, "")


def _text_or_none(text: str | None) -> str | None:
    return None if text is None else text_of(text)


def _clean(value: object) -> object:
    match value:
        case str():
            return text_of(value)
        case dict():
            return {text_of(str(key)): _clean(each) for key, each in value.items()}
        case list() | tuple():
            return [_clean(each) for each in value]
        case _:
            return value
