"""What strangers, callers and those who are let in may try: paths, SQL in every field, scripts in every text."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any, cast
from urllib.parse import quote

import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.people import PostgresStaff
from application.ports.live import Sight
from domain.access import Role
from domain.audit import AuditLine
from domain.callback import CallbackRequest
from domain.live import Doing, LiveCall, LiveTranscript, Said
from domain.records import CallBegan, ToolUsed, TurnTaken
from domain.shop.events import ProfileSaved
from domain.visit.visit import Flow
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering

pytestmark = pytest.mark.anyio

PATHS = (
    b"/admin//calls",
    b"/admin/calls/",
    b"/admin/calls%3fx",
    b"/admin/login/../calls",
    b"/admin/login/%2e%2e/calls",
    b"/admin/login%2f..%2fcalls",
    b"/admin/login%00",
    b"/admin/login;/calls",
    b"//admin/calls",
    b"/ADMIN/calls",
    b"/%61dmin/calls",
    b"/admin%2fcalls",
    b"/./admin/calls",
    b"/static/../admin/calls",
    b"/health/../admin/calls",
    b"http://elsewhere/admin/calls",
    b"/api//v1/calls",
    b"/%61pi/v1/calls",
    b"/api/v1/../../admin/calls",
    b"/admin/static/../../etc/passwd",
    b"/static/../pyproject.toml",
    b"/static/%2e%2e/%2e%2e/pyproject.toml",
    b"/static/000000000000/..%2f..%2f..%2fetc%2fpasswd",
    b"/static/..%5c..%5cetc%5cpasswd",
    b"/static/x/%00",
    b"/\xff",
)


async def asked(website: Website, target: bytes) -> tuple[int, bytes]:
    """Ask for a path just as it is written: no client tidies it up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(website.url.rpartition(":")[2]))
    writer.write(b"GET " + target + b" HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1]), answer


@pytest.mark.parametrize("target", PATHS)
async def test_no_way_of_writing_a_path_leads_past_the_gate_or_out_of_the_files(
    website: Website, target: bytes
) -> None:
    status, answer = await asked(website, target)
    assert status in {303, 400, 401, 404}
    assert b"+38067" not in answer and b"root:" not in answer and b"[project]" not in answer


SQL = ("'; DROP TABLE calls; --", "' OR '1'='1", '" OR ""="', "%", "_%", "\\", "\x00", "1) OR (1=1", "$1", "олена'--")
"""What finds or breaks something only where a text becomes a part of the question."""


@pytest.fixture
async def recorded(database_url: str) -> AsyncIterator[Website]:
    """The website over PostgreSQL."""
    database = Database(database_url)
    website = Website(
        archive=cast(Any, PostgresArchive(database)),
        ledger=cast(Any, PostgresLedger(database)),
        audit=cast(Any, PostgresAudit(database)),
        staff=PostgresStaff(database),
        machines={"token": Role.ADMIN},
    )
    async with database.open(), website.open():
        await website.archive.save(ordering())
        yield website


async def test_sql_in_filters_keys_and_names_is_text_and_finds_nothing(recorded: Website) -> None:
    async with recorded.browser() as browser:
        assert (await browser.sign_in()).status == 303
        seal = (await browser.get("/admin/calls")).seal
        fields = ("text", "caller", "outcome", "reason", "flow", "since", "after", "sort", "running")
        paths = [f"/admin/calls?{field}={{}}" for field in fields]
        paths += [f"/admin/audit?{field}={{}}" for field in ("by", "action", "subject", "since", "after")]
        paths += ["/admin/customers?number={}", "/admin/callbacks?state={}", "/admin/costs?since={}"]
        paths += [f"/admin/{page}/{{}}" for page in ("calls", "callbacks", "customers", "live")]
        for path, trick in product(paths, SQL):
            answer = await browser.get(path.format(quote(trick, safe="")))
            assert answer.status in {200, 303, 400, 404}, (path, trick, answer.status)
        for path, trick in product(("/admin/calls?text={}", "/admin/calls?caller={}"), SQL[:2]):
            found = await browser.get(path.format(quote(trick)))
            assert (found.status, str(call_id_of(0)) in found.text) == (200, False)
        for page, trick in product(("users", "tokens", "callbacks", "customers", "calls"), SQL):
            for act in ("role", "block", "sign_out", "password", "done"):
                form = {"seal": seal, "act": act, "role": "admin", "remark": trick}
                answer = await browser.post(f"/admin/{page}/{quote(trick, safe='')}", form)
                assert answer.status < 500, (page, trick, act, answer.status)
        for trick in SQL:
            for page in ("users", "tokens"):
                form = {"seal": seal, "name": trick, "role": "analyst", "password": trick * 10, "days": ""}
                assert (await browser.post(f"/admin/{page}", form)).status == 400
        assert (await browser.get(f"/admin/calls/{call_id_of(0)}")).status == 200
        assert CALLER in (await browser.get("/admin/calls")).text
    assert list(await recorded.staff.everybody()) == []


async def test_sql_in_place_of_a_name_or_a_token_opens_nothing(recorded: Website) -> None:
    for trick in SQL:
        async with recorded.browser() as browser:
            assert (await browser.sign_in(trick, trick)).status in {401, 429}
            shown = {} if "\x00" in trick or not trick.isascii() else {"Authorization": f"Bearer {trick}"}
            assert (await browser.get("/api/v1/calls", **shown)).status == 401
            browser.have(callcenter_ticket=quote(trick), callcenter_secret=quote(trick))
            assert (await browser.get("/admin/calls")).status == 303


SCRIPT = """<script>alert(1)</script>"><img src=x onerror=alert(1)>'"""


async def of_a_villain(website: Website) -> None:
    """Have a caller, a colleague and a robot who write scripts wherever they may."""
    began = NOW - timedelta(minutes=3)
    call_id = call_id_of(0)
    entry: dict[str, Any] = {"call_id": call_id, "began": began, "at": began}
    turns = [TurnTaken(**entry, sequence=each, number=each, speaker="caller", text=SCRIPT) for each in (1, 2)]
    await website.archive.save(
        [
            CallBegan(**entry, sequence=0, caller=SCRIPT, language=SCRIPT),
            replace(turns[0], understood=SCRIPT, language=SCRIPT),
            replace(turns[1], speaker="agent", cut=True),
            ToolUsed(**entry, sequence=3, number=3, name=SCRIPT, arguments={SCRIPT: SCRIPT}, result=SCRIPT),
        ]
    )
    await website.archive.save(ordering(1))
    await website.ledger.save(CALLER, ProfileSaved(name=SCRIPT, city=SCRIPT, vehicle=SCRIPT, delivery_address=SCRIPT))
    for number in (CALLER, SCRIPT):
        request = CallbackRequest(
            call_id=call_id, number=number, preferred_time=SCRIPT, note=SCRIPT, reason=SCRIPT, at=began
        )
        await website.ledger.add(request)
    for subject in (CALLER, SCRIPT, *(each.key for each in await website.ledger.waiting())):
        await website.audit.note(
            AuditLine(at=NOW, by=SCRIPT, action=SCRIPT, subject=subject, before={SCRIPT: "a"}, after={SCRIPT: SCRIPT})
        )
    live = LiveCall(
        call_id=call_id,
        began=began,
        caller=SCRIPT,
        doing=Doing.LISTENING,
        since=began,
        flow=Flow.BUYING,
        last=Said("caller", SCRIPT),
    )
    words = LiveTranscript(said=(Said("agent", SCRIPT), Said("tool", SCRIPT)), heard_now=SCRIPT, said_now=SCRIPT)
    await website.board.show([Sight(live, words)])


@pytest.fixture
async def villains() -> AsyncIterator[Browser]:
    """An admin's browser, where others have written scripts wherever they may."""
    async with Website().open() as website, website.browser() as admin:
        await of_a_villain(website)
        assert (await admin.sign_in()).status == 303
        yield admin


async def test_what_anybody_says_or_writes_is_text_on_every_page(villains: Browser) -> None:
    (key, _) = re.findall(r'id="callback-(\w+)"', (await villains.get("/admin/callbacks")).text)
    shown = 0
    for path in (
        "/admin",
        "/admin/live",
        f"/admin/live/{call_id_of(0)}",
        "/admin/calls",
        f"/admin/calls?text={quote(SCRIPT)}&caller={quote(SCRIPT)}",
        f"/admin/calls/{call_id_of(0)}",
        "/admin/callbacks",
        f"/admin/callbacks/{key}",
        "/admin/customers",
        f"/admin/customers/{CALLER}",
        f"/admin/customers?number={quote(SCRIPT)}",
        "/admin/audit",
        f"/admin/audit?by={quote(SCRIPT)}&subject={quote(SCRIPT)}",
        "/admin/operators",
        f"/admin/{quote(SCRIPT)}",
    ):
        answer = await villains.get(path)
        assert answer.status in {200, 404}, (path, answer.status)
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text, path
        shown += answer.text.count("&lt;script&gt;alert")
    assert shown > 40


async def test_what_is_typed_into_a_form_comes_back_as_text(villains: Browser, browser: Browser) -> None:
    answer = await browser.sign_in(SCRIPT, "x")
    assert "&lt;script&gt;" in answer.text and "<script>alert" not in answer.text
    page = await villains.get("/admin/users")
    for path in ("/admin/users", "/admin/tokens"):
        answer = await villains.post(path, {"seal": page.seal, "name": SCRIPT, "role": "admin", "days": ""})
        assert (answer.status, "<script>alert" in answer.text) == (400, False)


async def test_what_is_given_to_programs_is_no_page(villains: Browser) -> None:
    for path in ("/api/v1/calls", f"/api/v1/calls/{call_id_of(0)}", "/api/v1/callbacks", "/api/v1/audit"):
        answer = await villains.get(path)
        assert "<script>" in answer.text
        assert answer.headers["Content-Type"].partition(";")[0] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
