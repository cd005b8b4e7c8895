"""The audit's page: who changed what, found again by whom, what, to what and when."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from domain.access import Role
from domain.audit import AuditLine
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of
from ui.words import AUDIT_ACTIONS, AUDIT_RESOURCES

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
LINES = [
    AuditLine(
        at=NOW - 2 * DAY,
        by="оксана",
        action="callbacks.done",
        subject="abc",
        before={"state": "taken"},
        after={"state": "done", "remark": "<b>ок</b>"},
    ),
    AuditLine(
        at=NOW - DAY,
        by="петро",
        action="customers.edited",
        subject=CALLER,
        before={"city": ""},
        after={"city": "Київ"},
    ),
    AuditLine(at=NOW, by="оксана", action="calls.downloaded", subject=str(call_id_of(0)), after={"form": "txt"}),
    AuditLine(
        at=NOW, by="token:робот", action="spells.cast", subject="../../etc", before={"owl": "1"}, after={"owl": "2"}
    ),
]


@pytest.fixture
async def admin(website: Website) -> AsyncIterator[Browser]:
    for line in LINES:
        await website.audit.note(line)
    async with website.browser() as browser:
        await browser.sign_in()
        yield browser


async def who(browser: Browser, query: str) -> list[tuple[str, str]]:
    page = await browser.get(f"/admin/audit?{query}", Accept_Language="en")
    assert page.status == 200
    return re.findall(r"<p><b>([^<]+)</b> (?:<code>)?([^<]+)", page.text)


NEWEST_FIRST = [
    ("token:робот", "spells.cast"),
    ("оксана", "downloaded the call"),
    ("петро", "changed what is known"),
    ("оксана", "has done it"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [0, 1, 2, 3]),
        ("by=оксана", [1, 3]),
        ("action=customers.edited", [2]),
        (f"subject=%2B{CALLER[1:]}", [2]),
        ("since=2026-11-25", [0, 1]),
        ("until=2026-11-23", [3]),
        ("since=2026-11-24&until=2026-11-24&by=петро", [2]),
        ("by=нікого", []),
    ],
)
async def test_the_latest_is_first_and_a_filter_finds_what_fits(admin: Browser, query: str, found: list[int]) -> None:
    assert await who(admin, query) == [NEWEST_FIRST[each] for each in found]


async def test_before_and_after_stand_side_by_side_and_what_was_changed_is_a_link(admin: Browser) -> None:
    text = (await admin.get("/admin/audit", Accept_Language="en")).text
    before, after = '<span class="quiet">before</span>', '<span class="quiet">after</span>'
    assert f"<dt>City</dt><dd>{before} –</dd><dd>{after} Київ</dd>" in text
    assert f"<dt>State</dt><dd>{before} Taken</dd><dd>{after} Done</dd>" in text
    assert f"<dt>Note</dt><dd>{before} –</dd><dd>{after} &lt;b&gt;ок&lt;/b&gt;</dd>" in text
    assert f"<dt>owl</dt><dd>{before} 1</dd><dd>{after} 2</dd>" in text
    links = re.findall(r'<p class="subject">.*?</p>', text)
    assert [re.findall('href="([^"]+)"', link) for link in links] == [
        [],
        [f"/admin/calls/{call_id_of(0)}"],
        [f"/admin/customers/{CALLER}"],
        ["/admin/callbacks/abc"],
    ]


async def test_pages_follow_on_one_another_by_place(website: Website, admin: Browser) -> None:
    for number in range(60):
        await website.audit.note(AuditLine(at=NOW, by=f"no-{number}", action="callbacks.take", subject="x"))
    first = await admin.get("/admin/audit?subject=x")
    older = re.search(r'class="older" href="([^"]+)"', first.text)
    assert older is not None
    await website.audit.note(AuditLine(at=NOW, by="later", action="callbacks.take", subject="x"))
    second = await admin.get(older[1].replace("&amp;", "&"))
    seen = [re.findall(r"<b>(no-\d+|later)</b>", page.text) for page in (first, second)]
    assert [*seen[0], *seen[1]] == [f"no-{number}" for number in reversed(range(60))]
    assert 'class="older"' not in second.text


@pytest.mark.parametrize("query", ["since=yesterday", "until=9999-12-31", "after=x"])
async def test_what_no_form_of_ours_sends_is_refused(admin: Browser, query: str) -> None:
    assert (await admin.get(f"/admin/audit?{query}")).status == 400


@pytest.mark.parametrize("query", ["after=99999999999999999999", "after=-5"])
async def test_a_place_that_cannot_be_is_the_beginning(admin: Browser, query: str) -> None:
    assert len(await who(admin, query)) == len(LINES)


async def test_a_fragment_is_the_found_part(admin: Browser) -> None:
    part = (await admin.get("/admin/audit", HX_Request="true")).text.strip()
    assert part.startswith('<section id="found"') and part.endswith("</section>")


def test_every_action_has_a_word_for_what_it_is_done_to() -> None:
    assert {action.partition(".")[0] for action in AUDIT_ACTIONS} <= set(AUDIT_RESOURCES)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OPERATOR, Role.CONTENT_MANAGER])
async def test_only_who_may_see_the_audit_does(role: Role) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        await browser.sign_in()
        assert (await browser.get("/admin/audit")).status == 403
        assert 'href="/admin/audit"' not in (await browser.get("/admin")).text
