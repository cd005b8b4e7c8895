"""The exports' pages: asked for under the list, watched, taken away, and each written down."""

import csv
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import StringIO

import anyio
import pytest

from domain.access import Role
from tests.ui.browser import Answer, Browser, Website
from tests.ui.calls_kept import CALLER, NOW, ordering, two_weeks
from ui.api.call_shapes import Call

pytestmark = pytest.mark.anyio

FORMULA = '=HYPERLINK("http://evil.example")'
PAGE = "/admin/calls/exports"
FILE = re.compile(r'href="(/admin/calls/exports/[\w-]+)"')


@asynccontextmanager
async def signed_in(role: Role) -> AsyncIterator[tuple[Website, Browser]]:
    async with Website(role=role).open() as website, website.browser() as browser:
        await website.archive.save([*ordering(), *ordering(1, NOW - timedelta(minutes=1), caller=FORMULA)])
        assert (await browser.sign_in()).status == 303
        yield website, browser


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Website, Browser]]:
    async with signed_in(Role.ADMIN) as both:
        yield both


async def ask(browser: Browser, form: str, query: str = "") -> Answer:
    """Press the button below the list, with all that its form carries."""
    page = (await browser.get(f"/admin/calls?{query}")).text
    (part,) = re.findall(r'<form class="export".*?</form>', page, re.DOTALL)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', part))
    return await browser.post(PAGE, {**fields, "form": form})


async def over(browser: Browser) -> Answer:
    """Wait until nothing is written any more, as the page itself does."""
    with anyio.fail_after(20):
        while True:
            page = await browser.get(PAGE, HX_Request="true", Accept_Language="en")
            if page.status == 286:
                return page
            await anyio.sleep(0.01)


async def written(browser: Browser) -> str:
    """Return where the latest file is, when it is there."""
    return str(FILE.findall((await over(browser)).text)[0])


async def test_a_table_of_all_calls_that_fit_is_written_watched_and_taken_away(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    await website.archive.save(list(two_weeks()))
    assert (await ask(browser, "csv", "outcome=completed&since=2026-11-20")).headers["Location"] == PAGE
    answer = await browser.get(await written(browser))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calls-2026-11-25-1430.csv"'
    assert answer.text.startswith("\ufeff"), "without it spreadsheets read Cyrillic wrong"
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == tuple(Call.model_fields)
    assert {row["outcome"] for row in rows} == {"completed"} and len(rows) > 10
    assert rows[-1]["began"] >= "2026-11-19T22:00"
    (line,) = await website.audit.lines()
    assert (line.by, line.action, line.at) == ("admin", "calls.exported", NOW)
    assert line.after == {"form": "csv", "since": "2026-11-20", "outcome": "completed"}


async def test_no_cell_is_a_formula(desk: tuple[Website, Browser]) -> None:
    _, browser = desk
    await ask(browser, "csv")
    rows = list(csv.DictReader(StringIO((await browser.get(await written(browser))).text.removeprefix("\ufeff"))))
    assert [row["caller"] for row in rows] == [f"'{FORMULA}", CALLER]


async def test_lines_of_json_hold_a_call_each(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    await ask(browser, "jsonl", "caller=%2B380671234567&text=шини")
    (line,) = (await browser.get(await written(browser))).text.splitlines()
    assert json.loads(line)["caller"] == CALLER
    (kept,) = await website.audit.lines()
    assert kept.after == {"form": "jsonl", "caller": "+38067•••••67", "text": "••••"}, "words may be somebody's name"


async def test_an_analyst_takes_no_number_away_and_an_operator_nothing() -> None:
    async with signed_in(Role.ANALYST) as (_, browser):
        await ask(browser, "jsonl")
        text = (await browser.get(await written(browser))).text
        assert "+38067•••••67" in text and CALLER not in text
    async with signed_in(Role.OPERATOR) as (website, browser):
        page = await browser.get("/admin/calls")
        assert PAGE not in page.text
        assert (await browser.get(PAGE)).status == 403
        assert (await browser.post(PAGE, {"seal": page.seal, "form": "csv"})).status == 403
        assert list(await website.audit.lines()) == []


async def test_what_no_form_of_ours_asks_is_refused(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    seal = (await browser.get("/admin/calls")).seal
    for form in ({"form": "xls"}, {}, {"form": "csv", "since": "yesterday"}, {"form": "csv", "outcome": "x"}):
        assert (await browser.post(PAGE, {"seal": seal, **form})).status == 400
    assert (await browser.post(PAGE, {"form": "csv"})).status == 403
    for path in ("/admin/calls/exports/nothing", "/admin/calls/exports/..%2f..%2fetc%2fpasswd"):
        assert (await browser.get(path)).status == 404
    assert list(await website.audit.lines()) == []


async def test_the_page_loads_itself_again_while_something_is_written_and_then_no_more(
    desk: tuple[Website, Browser],
) -> None:
    website, browser = desk
    website.archive.faults.hang()
    page = await browser.post(
        PAGE,
        {"seal": (await browser.get(PAGE)).seal, "form": "csv"},
        Accept_Language="en",
    )
    page = await browser.get(PAGE, Accept_Language="en")
    assert 'http-equiv="refresh"' in page.text and 'hx-trigger="every 1s"' in page.text
    assert "<progress" in page.text or "Waits until" in page.text
    website.archive.faults.repair()
    assert 'hx-swap-oob="innerHTML:#told"' in (await over(browser)).text, "said to whoever does not see the bar"
    page = await browser.get(PAGE, Accept_Language="en")
    assert 'http-equiv="refresh"' not in page.text and "hx-trigger" not in page.text
    assert "2 calls" in page.text


async def test_an_export_that_failed_says_so(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    seal = (await browser.get(PAGE)).seal
    website.archive.faults.fail()
    await browser.post(PAGE, {"seal": seal, "form": "csv"})
    page = await over(browser)
    assert "could not be finished" in page.text and not FILE.findall(page.text)
