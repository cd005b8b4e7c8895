"""Migrations go forwards and backwards, on an empty and on a filled database, and end at what the tables say."""

from dataclasses import replace
from pkgutil import iter_modules

import anyio
import asyncpg
import pytest
from piccolo.columns import Array

from adapters.postgres import piccolo_migrations
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.ledger_tables import LEDGER
from adapters.postgres.migrations import go_back, migrate
from adapters.postgres.people_tables import PEOPLE
from adapters.postgres.tables import PARTITIONED
from domain.dialog.phases import Outcome
from domain.records import CallFilter
from tests.contracts.archive import CALL, RECORD, WHOLE, Call, numbers
from tests.contracts.ledger import CALLER, promise

pytestmark = pytest.mark.anyio

ALL = sorted(each.name[1:5] for each in iter_modules(piccolo_migrations.__path__))
BARE = replace(
    RECORD,
    call=replace(RECORD.call, ended=replace(CALL.ends(), order_total=None, cost=None)),
    transcript=(CALL.turn(1, "Мені треба шини"), replace(CALL.tool(2), facts={}), RECORD.transcript[2]),
    usage=(replace(CALL.model(3), written_tokens=0),),
)
"""The record without what the later migrations have made room for."""


def since(number: str) -> list[str]:
    return [each for each in ALL if each >= number]


async def relations(url: str) -> set[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('p', 'r', 'I')"
        )
        return {row["relname"] for row in rows if not row["relname"].startswith("migration")}
    finally:
        await connection.close()


async def test_an_empty_database_goes_forwards_and_back(database_url: str) -> None:
    async with Database(database_url).open():
        assert await migrate(database_url) == ALL
        assert await migrate(database_url) == []
        made = await relations(database_url)
        assert {
            "calls",
            "turns",
            "tool_calls",
            "llm_usage",
            "speech_usage",
            "turns_by_words",
            "promises",
            "callbacks",
            "profiles",
            "audit",
            "people",
            "sessions",
            "machines",
        } <= made
        assert await go_back(database_url, before="0001") == ALL[::-1]
        assert await go_back(database_url, before="0001") == []
        assert await relations(database_url) == set()
        assert await migrate(database_url) == ALL
        assert await relations(database_url) == made


async def test_a_filled_database_goes_back_and_forwards_with_what_is_in_it(database_url: str) -> None:
    database = Database(database_url)
    async with database.open():
        archive = PostgresArchive(database)
        await archive.save(WHOLE)
        assert await go_back(database_url, before="0002") == since("0002")[::-1]
        assert "turns_by_words" not in await relations(database_url)
        assert await migrate(database_url) == since("0002")
        assert await archive.load(CALL.id) == BARE
        await PostgresArchive(database).save(WHOLE)
        assert (await archive.load(CALL.id)).usage[1:] == RECORD.usage[1:]
        assert await go_back(database_url, before="0001") == ALL[::-1]
        assert await relations(database_url) == set()


async def test_what_was_promised_before_the_ledger_went_back_is_gone_and_nothing_else(database_url: str) -> None:
    database = Database(database_url)
    async with database.open():
        ledger = PostgresLedger(database)
        await PostgresArchive(database).save(WHOLE)
        await ledger.begin(promise())
        assert await go_back(database_url, before="0003") == since("0003")[::-1]
        assert await migrate(database_url) == since("0003")
        assert await PostgresArchive(database).load(CALL.id) == BARE
        assert list(await ledger.promises_of(CALLER)) == []
        await ledger.begin(promise())
        assert list(await ledger.promises_of(CALLER)) == [promise()]


async def test_one_step_may_be_taken_alone(database_url: str) -> None:
    async with Database(database_url).open():
        assert await migrate(database_url, to="0001") == ["0001"]
        assert await migrate(database_url) == since("0002")


async def test_of_several_that_start_together_one_migrates(database_url: str) -> None:
    made: list[str] = []

    async def start() -> None:
        made.extend(await migrate(database_url))

    async with Database(database_url).open(), anyio.create_task_group() as programs:
        for _ in range(3):
            programs.start_soon(start)
    assert made == ALL


async def test_migrations_print_nothing(database_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    async with Database(database_url).open():
        await migrate(database_url)
    assert capfd.readouterr() == ("", "")


async def test_the_tables_are_what_the_migrations_make(database_url: str) -> None:
    async with Database(database_url).open():
        await migrate(database_url)
    connection = await asyncpg.connect(database_url)
    try:
        for table in (*PARTITIONED, *LEDGER, *PEOPLE):
            rows = await connection.fetch(
                "SELECT attname, format_type(atttypid, atttypmod) AS type, attnotnull FROM pg_attribute"
                " WHERE attrelid = $1::text::regclass AND attnum > 0 ORDER BY attnum",
                table._meta.tablename,
            )
            there = [(row["attname"], row["type"], row["attnotnull"]) for row in rows]
            said = [
                (column._meta.db_column_name, _type(column.column_type.lower()), not column._meta.null)
                for column in table._meta.columns
            ]
            assert there == said, table
            assert any(isinstance(column, Array) for column in table._meta.columns) is ("text[]" in str(there))
    finally:
        await connection.close()


def _type(name: str) -> str:
    return {
        "bigserial": "bigint",
        "timestamptz": "timestamp with time zone",
        "varchar(255)": "character varying(255)",
    }.get(name, name)


async def test_a_call_of_concern_from_before_is_found_as_one(database_url: str) -> None:
    database = Database(database_url)
    async with database.open():
        archive = PostgresArchive(database)
        failed, fine = Call(2), Call(3)
        await archive.save([failed.ends(Outcome.FAILED), fine.ends()])
        await go_back(database_url, before="0006")
        await migrate(database_url)
        assert await numbers(archive, CallFilter(concerning=True)) == [2]


async def test_there_is_room_for_vectors_where_the_server_has_them(database_url: str) -> None:
    async with Database(database_url).open():
        await migrate(database_url)
    connection = await asyncpg.connect(database_url)
    try:
        assert await connection.fetchval("SELECT '[1,2]'::vector <-> '[1,4]'::vector") == 2
    finally:
        await connection.close()


async def test_a_server_that_has_no_vectors_or_does_not_let_us_have_them_will_do(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "CREATE ROLE guest LOGIN; GRANT CREATE ON SCHEMA public TO guest;"
            f"GRANT CREATE ON DATABASE {await connection.fetchval('SELECT current_database()')} TO guest"
        )
        as_guest = database_url.replace("//callcenter@", "//guest@")
        async with Database(as_guest).open():
            assert await migrate(as_guest) == ALL
        assert await connection.fetchval("SELECT count(*) FROM pg_extension WHERE extname = 'vector'") == 0
    finally:
        await connection.close()
