"""The archive in PostgreSQL keeps the contract, and is whole again when the database is."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import anyio
import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.finding import Bounds
from application.ports.calls import CallArchive
from domain.errors import Unavailable
from domain.records import CallFilter, Sort
from tests.contracts.archive import CALL, NOON, RECORD, WHOLE, ArchiveContract, Call, HistoryContract, by_pages, numbers

pytestmark = pytest.mark.anyio


@pytest.fixture
async def archive(database_url: str) -> AsyncIterator[CallArchive]:
    database = Database(database_url)
    async with database.open():
        yield PostgresArchive(database)


class TestPostgresArchive(ArchiveContract, HistoryContract):
    pass


async def test_the_same_entries_may_be_saved_from_several_sides_at_once(archive: CallArchive) -> None:
    async with anyio.create_task_group() as writers:
        for _ in range(5):
            writers.start_soon(archive.save, WHOLE)
            writers.start_soon(archive.save, WHOLE[::-1])
    assert await archive.load(CALL.id) == RECORD


async def test_of_entries_that_cannot_all_be_kept_none_is(archive: CallArchive) -> None:
    await archive.save(WHOLE)
    call = Call(2)
    with pytest.raises(Exception, match="out of"):
        await archive.save([call.begins, call.turn(1, "Алло"), replace(call.model(2), input_tokens=2**40)])
    assert (await archive.page(CallFilter())).calls == (RECORD.call,)


async def test_more_than_a_statement_holds_is_saved(archive: CallArchive) -> None:
    await archive.save([CALL.turn(number, "так") for number in range(1, 1302)])
    assert len((await archive.load(CALL.id)).transcript) == 1301


async def test_a_null_character_is_left_out(archive: CallArchive) -> None:
    tool = replace(CALL.tool(2), arguments={"a\x00": ["b\x00", {"c": "\x00"}]}, result="d\x00")
    await archive.save([CALL.turn(1, "так\x00"), tool])
    turn, used = (await archive.load(CALL.id)).transcript
    assert turn == CALL.turn(1, "так")
    assert used == replace(tool, arguments={"a": ["b", {"c": ""}]}, result="d")


async def test_words_that_are_in_many_turns_are_found_as_those_that_are_in_few(archive: CallArchive) -> None:
    one, two = Call(1), Call(2, began=NOON - timedelta(days=1))
    await archive.save([one.turn(number, "так, шини") for number in range(1, 1002)])
    await archive.save([two.turn(1, "ні, шини"), Call(3, began=NOON - timedelta(days=2)).begins])
    assert await numbers(archive, CallFilter(text="шини")) == [1, 2]
    assert await numbers(archive, CallFilter(text="ні")) == [2]


async def test_words_are_found_alike_however_they_are_looked_for(database_url: str) -> None:
    calls = [Call(number, began=NOON - number * timedelta(days=9)) for number in range(1, 31)]
    database = Database(database_url)
    async with database.open():
        archive = PostgresArchive(database)
        await archive.save([call.turn(1, "ні, диски" if call.id.int % 5 else "так, шини") for call in calls])
        await archive.save([call.ends() for call in calls])
        lately = CallFilter(text="шини", since=NOON - timedelta(days=100))
        for sort, few, gone_through in product(Sort, (0, 5, 6), (1, 4, 9, 100)):
            archive = PostgresArchive(database, bounds=Bounds(few=few, gone_through=gone_through))
            listed = await by_pages(archive, CallFilter(text="Шини"), sort, limit=4)
            assert listed == [5, 10, 15, 20, 25, 30], (sort, few, gone_through)
            assert await by_pages(archive, lately, sort) == [5, 10], (sort, few, gone_through)


async def test_calls_of_every_month_have_a_place(archive: CallArchive) -> None:
    calls = [Call(number, began=NOON + (number - 15) * timedelta(days=30)) for number in range(1, 30)]
    await archive.save([call.begins for call in calls])
    assert len((await archive.page(CallFilter())).calls) == 29


async def test_a_database_that_is_away_is_unavailable() -> None:
    database = Database("postgresql://callcenter@/postgres?host=/nowhere", seconds=1)
    async with database.open():
        archive = PostgresArchive(database)
        with pytest.raises(Unavailable):
            await archive.save(WHOLE)
        with pytest.raises(Unavailable):
            await archive.load(CALL.id)


async def test_the_address_of_another_library_is_taken(database_url: str) -> None:
    database = Database(database_url.replace("postgresql://", "postgresql+asyncpg://"))
    async with database.open():
        await PostgresArchive(database).save(WHOLE)
