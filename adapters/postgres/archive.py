"""The archive of calls in PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from piccolo.columns import Column
from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString
from piccolo.table import Table

from adapters.postgres import finding, rows, tallies, usage
from adapters.postgres.database import Database
from adapters.postgres.finding import BOUNDS, Bounds
from adapters.postgres.partitions import Month, Partitions
from adapters.postgres.tables import CallRow, Row, SpeechRow, ToolCallRow, TurnRow, UsageRow
from application.ports.calls import MOST_RECALLED, UnknownCall
from domain.records import (
    AnyEntry,
    CallBegan,
    CallEnded,
    CallFilter,
    CallKey,
    CallPage,
    Sort,
    StoredCall,
    StoredRecord,
    Tally,
    ToolUsed,
    TurnTaken,
)
from domain.usage import Usage

E = TypeVar("E", bound=AnyEntry)
T = TypeVar("T")

_ROWS = 500  # in one statement, which may hold 32,767 values
_CALL = (CallRow.call_id, CallRow.began)
_ENDING = [
    CallRow.ended_at,
    CallRow.ended_sequence,
    CallRow.outcome,
    CallRow.reason,
    CallRow.seconds,
    CallRow.cause,
    CallRow.interruptions,
    CallRow.response_p50_seconds,
    CallRow.response_p95_seconds,
    CallRow.dead_air_seconds,
    CallRow.orders,
    CallRow.bookings,
    CallRow.order_total,
    CallRow.cost_model,
    CallRow.cost_voice,
    CallRow.cost_ear,
    CallRow.unpriced,
    CallRow.flow,
    CallRow.asked_again,
    CallRow.unanswered,
    CallRow.refused,
    CallRow.failures,
    CallRow.concerning,
]

_LAST = """
SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY call_id ORDER BY number DESC) AS from_end
    FROM TABLE WHERE call_id = ANY({}::uuid[]) AND began >= {} AND began <= {}
) AS numbered WHERE from_end <= {}
"""
_ERASE = """
DELETE FROM TABLE USING calls
WHERE calls.caller = {} AND TABLE.call_id = calls.call_id AND TABLE.began = calls.began
"""


class PostgresArchive:
    """Fulfils the ports `CallArchive` and `CallHistory`, while the database is open."""

    def __init__(self, database: Database, *, bounds: Bounds = BOUNDS) -> None:
        self._database = database
        self._bounds = bounds
        self._partitions = Partitions()

    async def save(self, entries: Sequence[AnyEntry]) -> None:
        if not entries:
            return
        async with self._database.reached():
            await self._partitions.make_for({entry.began for entry in entries})
            async with self._database.transaction():
                await _save_calls(entries)
                turns = _latest((each for each in entries if isinstance(each, TurnTaken)), "number")
                await _keep_latest(TurnRow, TurnRow.number, [rows.turn_taken(each) for each in turns])
                uses = _latest((each for each in entries if isinstance(each, ToolUsed)), "number")
                await _keep_latest(ToolCallRow, ToolCallRow.number, [rows.tool_used(each) for each in uses])
                await usage.save(entries)

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        async with self._database.reached():
            found = await finding.find(where, sort, after, limit + 1, bounds=self._bounds)
        calls = tuple(rows.call_of(row) for row in found[:limit])
        return CallPage(calls=calls, after=calls[-1].key_by(sort) if len(found) > limit else None)

    async def count(self, where: CallFilter) -> int:
        async with self._database.reached():
            return await finding.count(where)

    async def load(self, call_id: UUID) -> StoredRecord:
        async with self._database.reached():
            row = await CallRow.select().where(CallRow.call_id == call_id).first()
            if row is None:
                raise UnknownCall(call_id)
            call = rows.call_of(row)
            turns = [rows.turn_of(row) for row in await _of_call(TurnRow, call.key)]
            uses = [rows.tool_use_of(row) for row in await _of_call(ToolCallRow, call.key)]
            used = await usage.of_call(call.key)
        return StoredRecord(
            call=call,
            transcript=tuple(sorted([*turns, *uses], key=lambda unit: unit.number)),
            usage=used,
        )

    async def recent(self, caller: str, since: datetime, *, limit: int) -> Sequence[StoredRecord]:
        async with self._database.reached():
            calls = (await self.page(CallFilter(caller=caller, since=since), limit=limit)).calls
            units: list[TurnTaken | ToolUsed] = [rows.turn_of(row) for row in await _last_of(TurnRow, calls)]
            units += [rows.tool_use_of(row) for row in await _last_of(ToolCallRow, calls)]
        transcripts: dict[UUID, list[TurnTaken | ToolUsed]] = {call.call_id: [] for call in calls}
        for unit in sorted(units, key=lambda unit: unit.number):
            transcripts[unit.call_id].append(unit)
        return [StoredRecord(call=call, transcript=tuple(transcripts[call.call_id][-MOST_RECALLED:])) for call in calls]

    async def tallies(self, times: Sequence[datetime]) -> Sequence[Tally]:
        async with self._database.reached():
            return await tallies.between(times)

    async def usage(self, times: Sequence[datetime]) -> Sequence[tuple[Usage, ...]]:
        async with self._database.reached():
            return await usage.between(times)

    async def erase(self, caller: str) -> int:
        async with self._database.reached(), self._database.transaction():
            for table in (TurnRow, ToolCallRow, UsageRow, SpeechRow):
                await table.raw(_ERASE.replace("TABLE", table._meta.tablename), caller)
            gone = await CallRow.delete().where(CallRow.caller == caller).returning(CallRow.call_id)
        return len(gone)

    async def drop_before(self, oldest: Month) -> Sequence[str]:
        """Drop all that is kept of calls that began before this month; return the names of what is gone."""
        async with self._database.reached():
            return await self._partitions.drop_before(oldest)


async def _save_calls(entries: Sequence[AnyEntry]) -> None:
    """Keep that there is such a call, how it began and how it ended, whichever of that is known."""
    calls = sorted({CallKey(entry.began, entry.call_id) for entry in entries})
    for batch in _batches([CallRow(call_id=call.call_id, began=call.began) for call in calls]):
        await CallRow.insert(*batch).on_conflict(target=_CALL, action="DO NOTHING")
    began = _latest((each for each in entries if isinstance(each, CallBegan)), "began")
    for batch in _batches([rows.call_began(each) for each in began]):
        known = (CallRow.caller, QueryString("COALESCE(calls.caller, EXCLUDED.caller)"))
        await CallRow.insert(*batch).on_conflict(target=_CALL, action="DO UPDATE", values=[known, CallRow.language])
    ended = _latest((each for each in entries if isinstance(each, CallEnded)), "began")
    for batch in _batches([rows.call_ended(each) for each in ended]):
        told = (CallRow.caller, QueryString("COALESCE(EXCLUDED.caller, calls.caller)"))
        await CallRow.insert(*batch).on_conflict(
            target=_CALL,
            action="DO UPDATE",
            values=[told, *_ENDING],
            where=WhereRaw("COALESCE(calls.ended_sequence, -1) < EXCLUDED.ended_sequence"),
        )


async def _keep_latest(table: type[Table], number: Column, numbered: Sequence[Table]) -> None:
    """Keep each under its number, unless what stands there was said later."""
    call_id, began, *others = table._meta.columns
    name = table._meta.tablename
    for batch in _batches(numbered):
        await table.insert(*batch).on_conflict(
            target=(call_id, number, began),
            action="DO UPDATE",
            values=[column for column in others if column is not number],
            where=WhereRaw(f"{name}.sequence < EXCLUDED.sequence"),
        )


async def _of_call(table: type[Table], call: CallKey) -> Sequence[Row]:
    return await table.select().where(WhereRaw("call_id = {} AND began = {}", call.call_id, call.began))


async def _last_of(table: type[Table], calls: Sequence[StoredCall]) -> Sequence[Row]:
    """Return the last rows of each of these calls, which stand in their order, the latest first."""
    if not calls:
        return []
    name, call_ids = table._meta.tablename, [call.call_id for call in calls]
    query = _LAST.replace("TABLE", name)
    found: Sequence[Row] = await table.raw(query, call_ids, calls[-1].began, calls[0].began, MOST_RECALLED)
    return found


def _latest(entries: Iterable[E], key: str) -> Sequence[E]:
    """Return of those with the same key in the same call the one of the highest sequence, in an order for all."""
    latest: dict[tuple[datetime, UUID, object], E] = {}
    for entry in sorted(entries, key=lambda each: each.sequence):
        latest[entry.began, entry.call_id, getattr(entry, key)] = entry
    return [entry for _, entry in sorted(latest.items(), key=lambda each: str(each[0]))]


def _batches(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(whole), _ROWS):
        yield whole[first : first + _ROWS]
