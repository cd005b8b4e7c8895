"""The archive in memory: for tests and demos, and as forgetful as its process."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from adapters.memory.faults import Faults
from application.ports.calls import MOST_RECALLED, UnknownCall
from domain.costs import Cost
from domain.figures import percentile
from domain.money import Money
from domain.records import (
    AnyEntry,
    AnyUsed,
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
    search_words,
)
from domain.trial import tried_by
from domain.usage import Usage, summed


class InMemoryArchive:
    """Fulfils the ports `CallArchive` and `CallHistory`; what it holds may be looked at."""

    def __init__(self) -> None:
        self.entries: dict[UUID, dict[tuple[int, str], AnyEntry]] = {}
        """Of each call, by sequence and kind: an end that was guessed has the sequence of the beginning."""
        self.faults = Faults()

    async def save(self, entries: Sequence[AnyEntry]) -> None:
        await self.faults.endure()
        for entry in entries:
            self.entries.setdefault(entry.call_id, {}).setdefault((entry.sequence, type(entry).__name__), entry)

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        await self.faults.endure()
        records = (self._record(call_id) for call_id in self.entries)
        calls = [each.call for each in records if _fits(each, where) and _is_listed(each.call, sort)]
        calls.sort(key=lambda call: _place(call.key_by(sort)), reverse=True)
        following = [call for call in calls if after is None or _place(call.key_by(sort)) < _place(after)]
        listed = tuple(following[:limit])
        return CallPage(calls=listed, after=listed[-1].key_by(sort) if len(following) > limit else None)

    async def count(self, where: CallFilter) -> int:
        await self.faults.endure()
        return sum(_fits(self._record(call_id), where) for call_id in self.entries)

    async def load(self, call_id: UUID) -> StoredRecord:
        await self.faults.endure()
        if call_id not in self.entries:
            raise UnknownCall(call_id)
        return self._record(call_id)

    async def recent(self, caller: str, since: datetime, *, limit: int) -> Sequence[StoredRecord]:
        page = await self.page(CallFilter(caller=caller, since=since), limit=limit)
        records = [await self.load(call.call_id) for call in page.calls]
        return [replace(each, transcript=each.transcript[-MOST_RECALLED:], usage=()) for each in records]

    async def tallies(self, times: Sequence[datetime]) -> Sequence[Tally]:
        await self.faults.endure()
        return [self._tally(since, until) for since, until in pairwise(times)]

    def _tally(self, since: datetime, until: datetime) -> Tally:
        calls = [self._record(call_id).call for call_id in self.entries]
        calls = [call for call in calls if since <= call.began < until and tried_by(call.caller) is None]
        ended = [call.ended for call in calls if call.ended is not None]
        costs = [each.cost for each in ended if each.cost is not None]
        responses = [each.response_p95_seconds for each in ended if each.response_p95_seconds is not None]
        return Tally(
            calls=len(calls),
            outcomes=Counter(each.outcome for each in ended),
            reasons=Counter(each.reason for each in ended if each.reason is not None),
            orders=sum(len(each.orders) for each in ended),
            order_total=sum((each.order_total for each in ended if each.order_total is not None), Money(0)),
            bookings=sum(len(each.bookings) for each in ended),
            cost=replace(sum(costs, Cost()), unpriced=()),
            unpriced=sum(bool(cost.unpriced) for cost in costs),
            response_p95_seconds=percentile(responses, 0.95) if responses else None,
            dead_air_p95_seconds=percentile([each.dead_air_seconds for each in ended], 0.95) if ended else None,
        )

    async def usage(self, times: Sequence[datetime]) -> Sequence[tuple[Usage, ...]]:
        await self.faults.endure()
        records = [self._record(call_id) for call_id in self.entries]
        return [
            summed(used.usage for each in records if since <= each.call.began < until for used in each.usage)
            for since, until in pairwise(times)
        ]

    async def erase(self, caller: str) -> int:
        await self.faults.endure()
        theirs = [call_id for call_id in self.entries if self._record(call_id).call.caller == caller]
        for call_id in theirs:
            del self.entries[call_id]
        return len(theirs)

    def _record(self, call_id: UUID) -> StoredRecord:
        entries = [entry for _, entry in sorted(self.entries[call_id].items())]
        numbered: dict[int, TurnTaken | ToolUsed] = {}
        usage: list[AnyUsed] = []
        caller, language, ended = None, "", None
        for entry in entries:
            match entry:
                case CallBegan():
                    caller, language = entry.caller or caller, entry.language
                case CallEnded():
                    caller, ended = entry.caller or caller, entry
                case TurnTaken() | ToolUsed():
                    numbered[entry.number] = entry
                case _:
                    usage.append(entry)
        return StoredRecord(
            call=StoredCall(call_id=call_id, began=entries[0].began, caller=caller, language=language, ended=ended),
            transcript=tuple(unit for _, unit in sorted(numbered.items())),
            usage=tuple(usage),
        )


def _is_listed(call: StoredCall, sort: Sort) -> bool:
    return sort is Sort.NEWEST or call.key_by(sort).figure is not None


def _place(key: CallKey) -> tuple[float, CallKey]:
    return 0.0 if key.figure is None else key.figure, key


def _fits(record: StoredRecord, where: CallFilter) -> bool:
    call, ended = record.call, record.call.ended
    words = search_words(where.text)
    return (
        (where.since is None or call.began >= where.since)
        and (where.until is None or call.began < where.until)
        and (where.outcome is None or (ended is not None and ended.outcome is where.outcome))
        and (where.reason is None or (ended is not None and ended.reason is where.reason))
        and (where.flow is None or (ended is not None and ended.flow is where.flow))
        and (not where.concerning or (ended is not None and bool(ended.concerns)))
        and (where.caller is None or call.caller == where.caller)
        and (call.caller or "").endswith(where.caller_ends)
        and (where.running is None or where.running is (ended is None))
        and (
            not words
            or any(words <= search_words(unit.text) for unit in record.transcript if isinstance(unit, TurnTaken))
        )
    )
