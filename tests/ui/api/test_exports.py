"""Calls over the API as tables and lines: whole or seen to be broken, few at once, each written down."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import aiohttp
import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from domain.access import Role
from domain.errors import Unavailable
from domain.records import CallFilter, CallKey, CallPage, Sort
from tests.ui.api.machine import TOKENS, Machine, machine_at
from tests.ui.browser import Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, two_weeks
from ui.api.call_lines import AT_ONCE
from ui.api.call_shapes import Call

pytestmark = pytest.mark.anyio

LATEST = CallKey(NOW + timedelta(days=1), call_id_of(0))


class BreakingArchive(InMemoryArchive):
    """Gives the first page and no more."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        if after is not None:
            raise self._error
        return await super().page(where, sort=sort, limit=limit)


class EndlessArchive(InMemoryArchive):
    """Begins anew after the last page, until the test has it end."""

    ends = False

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        page = await super().page(where, sort=sort, after=after, limit=limit)
        return page if self.ends or page.after else replace(page, after=LATEST)


async def test_calls_are_told_as_a_table_and_as_lines(website: Website, machine: Machine) -> None:
    await website.archive.save(list(two_weeks(40)))
    assert len(website.archive.entries) > AT_ONCE
    table = await machine.get("/calls/export?outcome=completed")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="calls-2026-11-25-1430.csv"'
    rows = list(csv.DictReader(StringIO(table.text)))
    assert tuple(rows[0]) == tuple(Call.model_fields)
    assert {row["outcome"] for row in rows} == {"completed"}
    lines = (await machine.get("/calls/export?format=jsonl")).text.splitlines()
    calls = [json.loads(line)["call_id"] for line in lines]
    assert len(calls) == len(set(calls)) == len(website.archive.entries)
    assert [(line.by, line.action, line.after) for line in await website.audit.lines()] == [
        ("token:admin", "calls.exported", {"form": "jsonl"}),
        ("token:admin", "calls.exported", {"form": "csv", "outcome": "completed"}),
    ]


async def test_nothing_that_fits_is_a_table_without_rows(machine: Machine) -> None:
    assert (await machine.get("/calls/export?outcome=failed")).text.splitlines() == [",".join(Call.model_fields)]
    assert (await machine.get("/calls/export?outcome=failed&format=jsonl")).text == ""


async def test_what_does_not_fit_is_refused_before_anything_is_told(website: Website, machine: Machine) -> None:
    assert (await machine.get("/calls/export?format=xls")).refused == (400, "bad_request")
    website.archive.faults.fail()
    assert (await machine.get("/calls/export")).refused == (503, "unavailable")


async def test_whoever_sees_no_number_exports_none_and_whoever_may_not_export_nothing(website: Website) -> None:
    async with machine_at(website, Role.ANALYST) as analyst, machine_at(website, Role.OPERATOR) as operator:
        told = await analyst.get("/calls/export")
        assert "'+38067•••••67" in told.text and CALLER not in told.text
        assert (await operator.get("/calls/export")).refused == (403, "forbidden")


@pytest.mark.parametrize("error", [Unavailable("gone meanwhile"), RuntimeError("a bug")])
async def test_an_export_that_breaks_is_not_taken_for_a_whole_one(error: Exception) -> None:
    async with Website(archive=BreakingArchive(error), machines=TOKENS).open() as website:
        await website.archive.save(list(two_weeks(40)))
        async with machine_at(website) as machine:
            with pytest.raises(aiohttp.ClientPayloadError):
                await machine.get("/calls/export")
            assert (await machine.get("/version")).status == 200


async def test_more_than_four_at_once_are_asked_to_come_later(website: Website, machine: Machine) -> None:
    website.archive.faults.hang()
    async with anyio.create_task_group() as others:
        for _ in range(4):
            others.start_soon(machine.get, "/calls/export")
        with anyio.fail_after(20):
            while len(await website.audit.lines()) < 4:  # noqa: ASYNC110 - the audit tells nobody
                await anyio.sleep(0.005)
        told = await machine.get("/calls/export")
        assert (told.refused, told.headers["Retry-After"]) == ((429, "too_many_requests"), "30")
        website.archive.faults.repair()
    assert (await machine.get("/calls/export")).status == 200
    assert (await website.audit.lines())[0].at == NOW


async def test_whoever_goes_away_leaves_his_place_to_others() -> None:
    archive = EndlessArchive()
    async with Website(archive=archive, machines=TOKENS).open() as endless:
        await endless.archive.save(list(two_weeks(40)))
        for _ in range(4):
            async with machine_at(endless) as gone, gone.begun("/calls/export") as begun:
                assert await begun.content.readany()
        archive.ends = True
        with anyio.fail_after(20):
            async with machine_at(endless) as other:
                while (told := await other.get("/calls/export")).status == 429:  # noqa: ASYNC110 - places are freed unseen
                    await anyio.sleep(0.01)
        assert told.status == 200
