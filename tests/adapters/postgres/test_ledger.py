"""The ledger and the audit in PostgreSQL keep their contracts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from application.ports.audit import AuditLog
from application.ports.records import Ledger
from domain.errors import Unavailable
from domain.shop.events import ProfileSaved
from tests.contracts.audit import AuditContract, line
from tests.contracts.ledger import A_DAY, CALLER, NOON, LedgerContract, callback, promise

pytestmark = pytest.mark.anyio


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    async with database.open():
        yield database


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return PostgresLedger(database)


@pytest.fixture
def audit(database: Database) -> AuditLog:
    return PostgresAudit(database)


class TestPostgresLedger(LedgerContract):
    pass


class TestPostgresAudit(AuditContract):
    pass


async def test_a_promise_is_forgotten_after_a_month(ledger: Ledger) -> None:
    month = timedelta(days=30)
    await ledger.begin(promise("old"))
    await ledger.begin(promise("new", at=NOON + month))
    assert [each.key for each in await ledger.open_promises(CALLER, NOON)] == ["old", "new"]
    await ledger.begin(promise("newer", at=NOON + month + A_DAY))
    assert [each.key for each in await ledger.open_promises(CALLER, NOON)] == ["new", "newer"]


async def test_null_characters_are_left_out(ledger: Ledger, audit: AuditLog) -> None:
    request = replace(callback(), note="про\x00 шини")
    await ledger.add(request)
    assert (await ledger.callback(request.key)).request.note == "про шини"
    await ledger.change(request.key, lambda each: each.done("ок\x00сана", "\x00", NOON))
    assert (await ledger.callback(request.key)).by == "оксана"
    await ledger.save(CALLER, ProfileSaved(name="Оле\x00на"))
    assert await ledger.profile(CALLER) == ProfileSaved(name="Олена")
    await audit.note(replace(line(), after={"name": "Оле\x00на", "note": r"\u0000"}))
    assert (await audit.lines())[0].after == {"name": "Олена", "note": r"\u0000"}


async def test_a_ledger_whose_database_is_away_says_so() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none", seconds=1)
    async with database.open():
        with pytest.raises(Unavailable):
            await PostgresLedger(database).begin(promise())
        with pytest.raises(Unavailable):
            await PostgresAudit(database).note(line())
