"""Finding calls among millions: by filter, in the order of a list, a page at a time.

Rule 1: every filter and every sort alone is read off an index that ends with a call's key, so that a page costs the
same wherever it is in the list.
Rule 2: words that are in few turns are looked up, and what has them is filtered and sorted.  Where they are in many,
the calls that fit all else are gone through in the order of the list and asked for the words, so many of them at most;
where that was not enough, the turns that have the words are looked up after all, the latest months first.
The database's own guess of how many have a word is bad, so we look: counting five thousand takes some milliseconds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from piccolo.querystring import QueryString

from adapters.postgres.engine import ENGINE
from adapters.postgres.tables import CallRow, Row
from domain.records import CallFilter, CallKey, Sort, search_words

_MONTH = timedelta(days=31)
_MOMENT = timedelta(microseconds=1)
_LONG_AGO, _NEVER = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_HIGHEST = ":"
"""What comes after every digit."""

_COLUMNS = {
    Sort.NEWEST: "",
    Sort.LONGEST: "seconds",
    Sort.SLOWEST_REPLY: "response_p95_seconds",
    Sort.LONGEST_SILENCE: "dead_air_seconds",
}
_HOW_MANY = """
SELECT count(*) AS turns
FROM (SELECT FROM turns WHERE words @> {}::text[] AND began >= {} AND began <= {} LIMIT {}) AS found
"""
_PAGE = "SELECT * FROM calls WHERE {} {} LIMIT {}"
_GO_THROUGH = """
SELECT * FROM (SELECT * FROM calls WHERE {} {} LIMIT {}) AS calls
WHERE (SELECT true FROM turns
       WHERE turns.call_id = calls.call_id AND turns.began = calls.began AND turns.words @> {}::text[] LIMIT 1)
{} LIMIT {}
"""
_EDGE = "SELECT * FROM calls WHERE {} {} OFFSET {} LIMIT 1"
_LOOK_UP = "SELECT DISTINCT began, call_id FROM turns WHERE words @> {}::text[] AND began >= {} AND began <= {}"
_AMONG = """
SELECT * FROM calls
WHERE {} AND (began, call_id) IN (SELECT * FROM unnest({}::timestamptz[], {}::uuid[])) {} LIMIT {}
"""
_COUNT = "SELECT count(*) AS calls FROM calls WHERE {} AND {}"
_HAS_WORDS = (
    "EXISTS (SELECT FROM turns WHERE turns.call_id = calls.call_id AND turns.began = calls.began"
    " AND turns.words @> {}::text[])"
)
_FIRST = "SELECT began FROM calls ORDER BY began LIMIT 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How words are looked for."""

    few: int = 5000
    """So many turns with the words are looked up at once."""
    gone_through: int = 2000
    """So many calls are asked for the words one by one."""


BOUNDS = Bounds()


async def find(
    where: CallFilter, sort: Sort, after: CallKey | None, limit: int, *, bounds: Bounds = BOUNDS
) -> Sequence[Row]:
    """Return what fits, in the order of the list, from behind this key on."""
    words = sorted(search_words(where.text))
    search = _Search(where, _COLUMNS[sort], words)
    if words:
        return await search.by_words(after, limit, bounds)
    return await _rows(_PAGE, search.behind(after), search.order, limit)


async def count(where: CallFilter) -> int:
    """Return how many calls fit."""
    words = sorted(search_words(where.text))
    has_words = QueryString(_HAS_WORDS, words) if words else QueryString("true")
    (row,) = await _rows(_COUNT, _Search(where, "", words).behind(None), has_words)
    return int(row["calls"])


@dataclass(frozen=True, slots=True)
class _Search:
    where: CallFilter
    figure: str
    """The column that the list is sorted by; "" is the time alone."""
    words: Collection[str]

    @property
    def order(self) -> QueryString:
        return QueryString(f"ORDER BY {f'{self.figure} DESC, ' if self.figure else ''}began DESC, call_id DESC")

    def behind(self, key: CallKey | None) -> QueryString:
        """Return what is true of the calls that fit all but the words and stand behind this key in the list."""
        conditions = _conditions(self.where)
        if self.figure:
            conditions.append(QueryString(f"{self.figure} IS NOT NULL"))
        if key is not None:
            columns = f"({self.figure}, began, call_id)" if self.figure else "(began, call_id)"
            values = [key.figure, key.began, key.call_id] if self.figure else [key.began, key.call_id]
            conditions.append(QueryString(f"{columns} < ({', '.join(['{}'] * len(values))})", *values))
        return QueryString(" AND ".join(["{}"] * len(conditions)) or "true", *conditions)

    async def by_words(self, after: CallKey | None, limit: int, bounds: Bounds) -> Sequence[Row]:
        behind = self.behind(after)
        since, until = self.where.since or _LONG_AGO, self.where.until or _NEVER
        (some,) = await _turns(_HOW_MANY, self.words, since, until, bounds.few + 1)
        if some["turns"] <= bounds.few:
            return await self._look_up(since, until, behind, limit)
        found = await _rows(_GO_THROUGH, behind, self.order, bounds.gone_through, self.words, self.order, limit)
        if len(found) == limit:
            return found
        edges = await _rows(_EDGE, behind, self.order, bounds.gone_through - 1)
        if not edges:
            return found
        edge = CallKey(edges[0]["began"], edges[0]["call_id"], edges[0][self.figure] if self.figure else None)
        return [*found, *await self._look_up_backwards(edge, limit - len(found))]

    async def _look_up_backwards(self, after: CallKey, limit: int) -> Sequence[Row]:
        """Look up what stands behind this key: the latest month first and then ever more of them at once.

        Where time is not what the list is sorted by, all of them at once.
        """
        behind = self.behind(after)
        oldest = max(await _oldest(), self.where.since or _LONG_AGO)
        until, span = (_NEVER, _NEVER - oldest) if self.figure else (after.began, _MONTH)
        found: list[Row] = []
        while len(found) < limit and until >= oldest:
            since = max(oldest, until - span)
            found += await self._look_up(since, until, behind, limit - len(found))
            until, span = since - _MOMENT, span * 2
        return found

    async def _look_up(self, since: datetime, until: datetime, behind: QueryString, limit: int) -> Sequence[Row]:
        calls = await _turns(_LOOK_UP, self.words, since, until)
        among = [each["began"] for each in calls], [each["call_id"] for each in calls]
        return await _rows(_AMONG, behind, *among, self.order, limit) if calls else []


async def _turns(sql: str, *values: object) -> list[Row]:
    """Read turns by their words, whatever the database guesses of these."""
    async with ENGINE.transaction():
        await ENGINE.run_querystring(QueryString("SET LOCAL enable_seqscan = off"))
        read = await _rows(sql, *values)
    return read


async def _rows(sql: str, *values: object) -> list[Row]:
    return list(await CallRow.raw(sql, *values))


async def _oldest() -> datetime:
    began: datetime = (await _rows(_FIRST))[0]["began"]
    return began


def _conditions(where: CallFilter) -> list[QueryString]:
    conditions = [
        QueryString(f"{condition} {{}}", value)
        for condition, value in (
            ("began >=", where.since),
            ("began <", where.until),
            ("outcome =", where.outcome and where.outcome.value),
            ("reason =", where.reason and where.reason.value),
            ("flow =", where.flow and where.flow.value),
            ("caller =", where.caller),
        )
        if value is not None
    ]
    if where.caller_ends:
        start = where.caller_ends[::-1]
        conditions.append(QueryString("reverse(caller) ~>=~ {} AND reverse(caller) ~<~ {}", start, start + _HIGHEST))
    if where.running is not None:
        conditions.append(QueryString(f"ended_at IS {'' if where.running else 'NOT '}NULL"))
    if where.concerning:
        conditions.append(QueryString("concerning"))
    return conditions
