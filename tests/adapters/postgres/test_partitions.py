"""Each month has partitions, made ahead and dropped whole."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta, timezone

import anyio
import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.partitions import Month, Partitions
from domain.records import CallFilter
from tests.contracts.archive import Call, numbers

pytestmark = pytest.mark.anyio

NOVEMBER = datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
TABLES = ("calls", "llm_usage", "speech_usage", "tool_calls", "turns")


@pytest.fixture
async def archive(database_url: str) -> AsyncIterator[PostgresArchive]:
    database = Database(database_url)
    async with database.open():
        yield PostgresArchive(database)


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (NOVEMBER, Month(2026, 11)),
        (DECEMBER, Month(2026, 12)),
        (datetime(2027, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))), Month(2026, 12)),
    ],
)
def test_months_are_those_of_utc(at: datetime, month: Month) -> None:
    assert Month.of(at) == month


@pytest.mark.parametrize(("months", "then"), [(0, (2026, 11)), (1, (2026, 12)), (2, (2027, 1)), (-11, (2025, 12))])
def test_months_are_counted_over_the_year(months: int, then: tuple[int, int]) -> None:
    assert Month(2026, 11).plus(months) == Month(*then)


async def test_the_months_last_moment_and_the_nexts_first_are_parted(archive: PostgresArchive) -> None:
    await archive.save([Call(1, began=NOVEMBER).begins, Call(2, began=DECEMBER).begins])
    dropped = await Partitions().drop_before(Month(2026, 12))
    assert dropped == [f"{table}_2026_11" for table in TABLES]
    assert await numbers(archive, CallFilter()) == [2]


async def test_three_months_are_made_ahead(archive: PostgresArchive) -> None:
    await archive.save([Call(1, began=NOVEMBER).begins])
    assert await Partitions().drop_before(Month(2027, 3)) == sorted(
        f"{table}_{month}" for table in TABLES for month in ("2026_11", "2026_12", "2027_01", "2027_02")
    )


async def test_a_month_that_was_dropped_is_made_again_when_it_is_needed(archive: PostgresArchive) -> None:
    call = Call(1, began=NOVEMBER)
    await archive.save([call.begins])
    await archive.drop_before(Month(2026, 12))
    await archive.save([call.begins])
    assert await numbers(archive, CallFilter()) == [1]


async def test_months_may_be_made_from_several_sides_at_once(archive: PostgresArchive) -> None:
    await archive.page(CallFilter())
    async with anyio.create_task_group() as sides:
        for _ in range(6):
            sides.start_soon(Partitions().make_for, {NOVEMBER})
    await archive.save([Call(1, began=NOVEMBER).begins])
