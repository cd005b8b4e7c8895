"""Finding calls by words, quickly for words that are rare and for words that are in every call.

Few calls with the words are looked up one by one.  Where there are many, the calls are gone through from the latest
on, and each is asked for the words.  The database's own guess of how many there are is bad, so we look.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString

from adapters.postgres.engine import ENGINE
from adapters.postgres.tables import TurnRow

_FEW = 1000  # turns

_WITH_WORDS = "SELECT began, call_id FROM turns WHERE words @> {}::text[] LIMIT {}"
_IS_ONE_OF = "(began, call_id) IN (SELECT * FROM unnest({}::timestamptz[], {}::uuid[]))"
_HAS_WORDS = (
    "EXISTS (SELECT FROM turns WHERE turns.call_id = calls.call_id AND turns.began = calls.began"
    " AND turns.words @> {}::text[])"
)


async def with_words(words: Collection[str]) -> WhereRaw:
    """Return what is true of a call in which all these words are in one turn."""
    async with ENGINE.transaction():
        await ENGINE.run_querystring(QueryString("SET LOCAL enable_seqscan = off"))
        found = await TurnRow.raw(_WITH_WORDS, sorted(words), _FEW + 1)
    if len(found) > _FEW:
        return WhereRaw(_HAS_WORDS, sorted(words))
    calls: set[tuple[datetime, UUID]] = {(row["began"], row["call_id"]) for row in found}
    return WhereRaw(_IS_ONE_OF, [began for began, _ in calls], [call_id for _, call_id in calls])
