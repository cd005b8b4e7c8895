"""Made-up calls: as many as asked for, as calls are, and never among real ones."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.seeding import Amount, NotEmpty, seed
from domain.dialog.phases import Outcome
from domain.records import CallFilter, TurnTaken

pytestmark = pytest.mark.anyio

UNTIL = datetime(2026, 11, 25, 12, tzinfo=UTC)
YEAR = timedelta(days=366)
CALLS = 500


async def filled(database: Database) -> list[int]:
    return [made async for made in seed(database, Amount(CALLS, 4), until=UNTIL, random_seed=7)]


async def test_as_many_calls_are_made_as_asked_and_they_are_found(database_url: str) -> None:
    database = Database(database_url)
    async with database.open():
        told = await filled(database)
        assert told[-1] == CALLS and told == sorted(told)
        archive = PostgresArchive(database)
        (tally,) = await archive.tallies([UNTIL - YEAR, UNTIL])
        assert tally.calls == CALLS == sum(tally.outcomes.values())
        assert tally.outcomes[Outcome.COMPLETED] > CALLS / 2 and tally.orders > 0 and tally.cost.total.micros > 0
        found = await archive.page(CallFilter(text="шини"), limit=5)
        assert len(found.calls) == 5
        record = await archive.load(found.calls[0].call_id)
        assert [unit.number for unit in record.transcript] == [1, 2, 3, 4]
        assert {unit.speaker for unit in record.transcript if isinstance(unit, TurnTaken)} == {"caller", "agent"}
        assert len(record.usage) == 3


async def test_a_database_that_holds_calls_is_left_alone(database_url: str) -> None:
    database = Database(database_url)
    async with database.open():
        await filled(database)
        with pytest.raises(NotEmpty):
            await filled(database)
        (tally,) = await PostgresArchive(database).tallies([UNTIL - YEAR, UNTIL])
        assert tally.calls == CALLS
