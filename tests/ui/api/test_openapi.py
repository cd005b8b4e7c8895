"""The API does what its document says: schemathesis makes the requests, and judges the answers."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import hypothesis
import pytest
import schemathesis
from anyio.from_thread import start_blocking_portal

from adapters.memory.archive import InMemoryArchive
from adapters.memory.audit import InMemoryAudit
from adapters.memory.ledger import InMemoryLedger
from adapters.memory.live import InMemoryBoard, InMemoryCommands
from adapters.memory.people import InMemoryStaff
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.people import PostgresStaff
from domain.access import Permission, Role
from tests.contracts.ledger import promise
from tests.contracts.people import machine as registered
from tests.contracts.people import person
from tests.harness.databases import NewDatabase
from tests.ui.api.machine import TOKENS
from tests.ui.browser import Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering
from tests.ui.test_callbacks import FIRST
from tests.ui.test_live import CALM, looked_at
from ui.api.routes import described_by
from ui.api.table import ApiParts, api_routes
from ui.customer_records import Customers
from ui.live import LiveParts
from ui.live_feed import LiveFeed
from ui.operations import Readiness, Vitals

_EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
"""Requests to each operation: enough for every day; some hundreds by hand."""


def now() -> datetime:
    return NOW


def no_parts() -> ApiParts:
    """What the table is made of; the document says nothing of what is in it."""
    archive, ledger, audit = InMemoryArchive(), InMemoryLedger(), InMemoryAudit()
    return ApiParts(
        archive=archive,
        ledger=ledger,
        audit=audit,
        live=LiveParts(feed=LiveFeed(InMemoryBoard(), now=now), commands=InMemoryCommands()),
        customers=Customers(archive, ledger, audit, now),
        staff=InMemoryStaff(),
        vitals=Vitals(readiness=Readiness({}), active_calls=lambda: 0, metrics=lambda: b""),
        now=now,
    )


schema = schemathesis.openapi.from_dict(described_by(api_routes(no_parts())))
BY_ADMIN = {"Authorization": f"Bearer token-of-{Role.ADMIN.value}"}
asked_often = hypothesis.settings(max_examples=_EXAMPLES, derandomize=True, deadline=None, database=None)


@asynccontextmanager
async def served(url: str) -> AsyncIterator[Website]:
    """Serve the API over a real database in which there is something to find."""
    database = Database(url)
    async with database.open():
        archive: Any = PostgresArchive(database)
        await archive.save([*ordering(), *ordering(1, NOW - timedelta(minutes=1), running=True)])
        ledger: Any = PostgresLedger(database)
        audit: Any = PostgresAudit(database)
        await ledger.add(FIRST)
        await ledger.begin(promise())
        staff = PostgresStaff(database)
        await staff.add(person())
        await staff.admit(registered())
        board = InMemoryBoard(now=lambda: 0.0)
        await board.show([looked_at()])
        async with Website(
            archive=archive, ledger=ledger, audit=audit, board=board, staff=staff, machines=TOKENS
        ).open() as website:
            yield website


@pytest.fixture(scope="module")
def website(new_database: NewDatabase) -> Iterator[Website]:
    """Serve in another thread: schemathesis asks and waits."""
    with (
        start_blocking_portal("asyncio", {"use_uvloop": True}) as portal,
        portal.wrap_async_context_manager(served(new_database())) as website,
    ):
        yield website


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/calls/{call_id}", {"call_id": str(call_id_of(0))}),
        ("/calls/{call_id}", {"call_id": str(call_id_of(1))}),
        ("/live/{call_id}", {"call_id": str(CALM)}),
        ("/callbacks/{key}", {"key": FIRST.key}),
        ("/customers/{number}", {"number": CALLER}),
        ("/customers/{number}/export", {"number": CALLER}),
        ("/audit", {}),
        ("/users", {}),
        ("/tokens", {}),
    ],
)
def test_what_is_there_is_told_as_the_document_says(website: Website, path: str, known: dict[str, str]) -> None:
    """Made-up ids find little; so this comes first, before anything is erased."""
    case = schema[path]["GET"].Case(path_parameters=known)
    answer = case.call_and_validate(base_url=f"{website.url}/api/v1", headers=BY_ADMIN)
    assert answer.status_code == 200


@schema.parametrize()
@asked_often
def test_the_api_keeps_to_its_document(case: schemathesis.Case[Any], website: Website) -> None:
    case.call_and_validate(base_url=f"{website.url}/api/v1", headers=BY_ADMIN)


@schema.parametrize()
@asked_often
def test_nothing_is_told_to_whoever_shows_no_token(case: schemathesis.Case[Any], website: Website) -> None:
    for headers in ({}, {"Authorization": "Bearer of-nobody"}):
        answer = case.call(base_url=f"{website.url}/api/v1", headers=headers)
        assert answer.status_code == 401
        assert set(answer.json()) == {"error"}


@schema.parametrize()
@asked_often
def test_whoever_may_little_is_told_little_and_nothing_fails(case: schemathesis.Case[Any], website: Website) -> None:
    headers = {"Authorization": f"Bearer token-of-{Role.CONTENT_MANAGER.value}"}
    answer = case.call(base_url=f"{website.url}/api/v1", headers=headers)
    takes = re.search(r"permission `([\w.]+)`", case.operation.definition.raw["description"])
    may = takes is None or Role.CONTENT_MANAGER.may(Permission(takes[1]))
    assert answer.status_code < 500 and (may or answer.status_code in {403, 405})
