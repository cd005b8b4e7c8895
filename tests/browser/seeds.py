"""Plausible data of a shop that sells tyres: what pages show in tests and in pictures."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.people import PostgresStaff
from domain.records import AnyEntry
from tests.browser.deskwork import CUSTOMER, do_the_deskwork
from tests.browser.story import story
from tests.browser.weeks import weeks


async def seed(database_url: str, now: datetime, *, also: Sequence[AnyEntry] = ()) -> None:
    database = Database(database_url)
    entries = [*story(CUSTOMER, now - timedelta(minutes=24)), *weeks(now), *also]
    await PostgresArchive(database).save(entries)
    await do_the_deskwork(PostgresLedger(database), PostgresStaff(database), PostgresAudit(database), now)
