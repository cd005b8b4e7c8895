"""The API does what its document says: schemathesis makes the requests, and judges the answers."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import hypothesis
import pytest
import schemathesis
from anyio.from_thread import start_blocking_portal

from adapters.memory.archive import InMemoryArchive
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from domain.access import Role
from tests.harness.databases import NewDatabase
from tests.ui.api.machine import TOKENS
from tests.ui.browser import Website
from tests.ui.calls_kept import NOW, ordering
from ui.api.routes import described_by
from ui.api.table import ApiParts, api_routes

_EXAMPLES = int(os.environ.get("API_EXAMPLES", "4"))
"""Requests to each operation: enough for every day; some hundreds by hand."""

_NO_PARTS = ApiParts(archive=InMemoryArchive(), now=lambda: NOW)
schema = schemathesis.openapi.from_dict(described_by(api_routes(_NO_PARTS)))
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
        async with Website(archive=archive, ledger=ledger, audit=audit, machines=TOKENS).open() as website:
            yield website


@pytest.fixture(scope="module")
def website(new_database: NewDatabase) -> Iterator[Website]:
    """Serve in another thread: schemathesis asks and waits."""
    with (
        start_blocking_portal("asyncio", {"use_uvloop": True}) as portal,
        portal.wrap_async_context_manager(served(new_database())) as website,
    ):
        yield website


@schema.parametrize()
@asked_often
def test_the_api_keeps_to_its_document(case: schemathesis.Case[Any], website: Website) -> None:
    case.call_and_validate(
        base_url=f"{website.url}/api/v1", headers={"Authorization": f"Bearer token-of-{Role.ADMIN.value}"}
    )


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
    may = "calls.see" in case.operation.definition.raw["description"]
    assert (answer.status_code == 403) is not may and answer.status_code < 500
