"""The calls' pages: who called, what was said, and how long it took."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from domain.access import Role
from domain.dialog.phases import Outcome
from domain.records import AnyEntry, CallBegan, CallEnded, TurnTaken
from domain.visit.visit import Flow
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering, two_weeks

pytestmark = pytest.mark.anyio

ORDERED, RUNNING = call_id_of(0), call_id_of(1)
SHOWN = re.compile(r'href="/admin/calls/([0-9a-f-]{36})"')


async def shown(browser: Browser, query: str) -> list[str]:
    answer = await browser.get(f"/admin/calls?{query}")
    assert answer.status == 200
    return SHOWN.findall(answer.text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [RUNNING, ORDERED]),
        ("running=yes", [RUNNING]),
        ("running=no", [ORDERED]),
        ("outcome=completed", [ORDERED]),
        ("outcome=failed", []),
        ("reason=cannot_help", []),
        ("caller=%2B38%20067%20123-45-67", [ORDERED]),
        ("since=2026-11-25&until=2026-11-25", [RUNNING, ORDERED]),
        ("until=2026-11-24", []),
        ("since=2026-11-26", []),
        (f"text={quote('зимові ШИНИ')}", [RUNNING, ORDERED]),
        (f"text={quote('літні шини')}", []),
    ],
)
async def test_the_list_shows_the_calls_that_fit_the_latest_first(
    admin: Browser, query: str, found: list[object]
) -> None:
    assert await shown(admin, query) == [str(each) for each in found]


async def troubled(website: Website) -> list[str]:
    """Have three calls that ended, of which one failed, one was slow and one is fine; return them in that order."""
    calls = [ordering(number, NOW - timedelta(hours=number), caller=f"+3805011122{number}0") for number in (3, 4, 5)]
    ends = [call[-1] for call in calls]
    failed, slow, fine = [each for each in ends if isinstance(each, CallEnded)]
    changed = [
        replace(failed, outcome=Outcome.FAILED, seconds=500.0),
        replace(slow, response_p95_seconds=6.5, flow=Flow.STORAGE),
        fine,
    ]
    for call, end in zip(calls, changed, strict=True):
        await website.archive.save([*call[:-1], end])
    return [str(call[0].call_id) for call in calls]


async def test_the_list_is_sorted_as_asked_and_shows_what_needs_a_look(website: Website, admin: Browser) -> None:
    failed, slow, fine = await troubled(website)
    assert (await shown(admin, "sort=longest"))[0] == failed
    assert (await shown(admin, "sort=slowest_reply"))[0] == slow
    assert await shown(admin, "concerning=on") == [failed, slow]
    assert await shown(admin, "flow=storage") == [slow]
    assert await shown(admin, "caller=1122 50") == [fine]


async def test_the_dashboard_names_what_needs_a_look_and_why(website: Website, admin: Browser) -> None:
    failed, slow, fine = await troubled(website)
    text = (await admin.get("/admin", Accept_Language="en")).text
    looked_at = text[text.index("Needs a look") : text.index("All of today")]
    assert [each in looked_at for each in (failed, slow, fine)] == [True, True, False]
    assert "something failed" in looked_at and "slow replies" in looked_at


async def test_the_pages_of_a_sorted_list_show_every_ended_call_once(website: Website, admin: Browser) -> None:
    await website.archive.save(list(two_weeks()))
    path, seen = "/admin/calls?sort=slowest_reply", []
    while path:
        text = (await admin.get(path)).text
        seen += SHOWN.findall(text)
        further = re.search(r'class="older" href="([^"]+)"', text)
        path = further[1].replace("&amp;", "&") if further else ""
    assert len(seen) == len(set(seen)) == len(website.archive.entries) - 1 > 50, "all but the one that runs"


@pytest.mark.parametrize(
    "query",
    [
        "since=yesterday",
        "until=9999-12-31",
        "outcome=splendid",
        "running=maybe",
        "after=1",
        "after=2026-11-25T10:00:00~" + str(ORDERED),
        "after=2026-11-25T10:00:00%2B02:00~1%27%20OR%201=1",
        "sort=strangest",
        "flow=everything",
        "concerning=perhaps",
        f"sort=longest&after=2026-11-25T10:00:00%2B02:00~{ORDERED}",
        f"after=2026-11-25T10:00:00%2B02:00~{ORDERED}~1.5",
    ],
)
async def test_what_no_form_of_ours_asks_is_refused(admin: Browser, query: str) -> None:
    assert (await admin.get(f"/admin/calls?{query}")).status == 400


async def test_the_pages_of_the_list_show_every_call_once(website: Website, admin: Browser) -> None:
    entries = list(two_weeks())
    await website.archive.save(entries)
    path, seen = "/admin/calls?outcome=completed", []
    while path:
        text = (await admin.get(path)).text
        seen += SHOWN.findall(text)
        older = re.search(r'class="older" href="([^"]+)"', text)
        path = older[1].replace("&amp;", "&") if older else ""
    completed = [each for each in website.archive.entries.values() if any(_completed(entry) for entry in each.values())]
    assert len(seen) == len(set(seen)) == len(completed) > 25


def _completed(entry: AnyEntry) -> bool:
    return getattr(entry, "outcome", None) is not None and entry.outcome.value == "completed"  # type: ignore[union-attr]


async def test_a_fragment_is_the_found_part_of_the_same_page(admin: Browser) -> None:
    whole = (await admin.get("/admin/calls")).text
    part = (await admin.get("/admin/calls", HX_Request="true")).text.strip()
    assert part.startswith('<section id="found"') and part.endswith("</section>")
    assert part in whole


async def test_a_call_shows_what_was_said_understood_done_and_waited_for(admin: Browser) -> None:
    answer = await admin.get(f"/admin/calls/{ORDERED}", Accept_Language="en")
    for part in (
        "Rosava Snowgard за тисячу",
        "cut</span>",
        "understood: <b>205/55 R16</b>",
        "search_tires",
        "&#34;diameter&#34;: 16",
        "T2 Rosava Snowgard, 1 980,00 UAH",
        "heard with 43% certainty",
        "ORD-1043",
        "0.93 s",
        "2,300 tokens read",
        "1:35",
        "14:10:09",
    ):
        assert part in answer.text, part
    bar = re.findall(r'<rect class="(ear|model|voice)" x="([\d.]+)" width="([\d.]+)"', answer.text)
    assert bar == [("ear", "0.0", "210.0"), ("model", "210.0", "530.0"), ("voice", "740.0", "190.0")]


async def test_a_running_call_is_asked_for_again_until_it_has_ended(website: Website, admin: Browser) -> None:
    path = f"/admin/calls/{RUNNING}"
    assert f'hx-get="{path}"' in (await admin.get(path)).text
    assert (await admin.get(path, HX_Request="true")).status == 200
    await website.archive.save([ordering(1, NOW - timedelta(minutes=1))[-1]])
    last = await admin.get(path, HX_Request="true")
    assert (last.status, "hx-get" in last.text) == (286, False)


async def test_what_callers_say_is_text_and_never_markup(website: Website, admin: Browser) -> None:
    began, evil = NOW - timedelta(hours=1), "\"><script>alert('1')</script>{{ 7*7 }}"
    call_id = call_id_of(7)
    await website.archive.save(
        [
            CallBegan(call_id=call_id, began=began, sequence=0, at=began, caller=evil),
            TurnTaken(call_id=call_id, began=began, sequence=1, at=began, number=1, speaker="caller", text=evil),
        ]
    )
    for path in ("/admin/calls", f"/admin/calls/{call_id}", "/admin", f"/admin/calls?text={quote(evil)}"):
        text = (await admin.get(path)).text
        assert "<script>alert" not in text and "49" not in re.sub(r'"[^"]*"', "", text)


@pytest.mark.parametrize("path", ["/admin/calls/00000000-0000-4000-8000-0000000000ff", "/admin/calls/..%2f..%2fetc"])
async def test_an_unknown_call_is_a_page_that_says_so(admin: Browser, path: str) -> None:
    answer = await admin.get(path, Accept_Language="en")
    assert (answer.status, "There is no such page" in answer.text) == (404, True)


async def test_an_archive_that_is_away_is_said_and_nothing_else_fails(website: Website, admin: Browser) -> None:
    website.archive.faults.fail()
    for path in ("/admin", "/admin/calls", f"/admin/calls/{ORDERED}"):
        answer = await admin.get(path, Accept_Language="en")
        assert (answer.status, "cannot be read just now" in answer.text) == (503, True)
    assert (await admin.get("/admin/login")).status == 200


async def test_the_dashboard_counts_today_against_a_week_ago(website: Website, admin: Browser) -> None:
    await website.archive.save(list(two_weeks()))
    text = re.sub(r"\s+", " ", (await admin.get("/admin", Accept_Language="en")).text)
    figures = re.findall(r'<dt>([^<]+)</dt> <dd class="value">([^<]+)', text)
    assert dict(figures) == {
        "Calls": "11",
        "Without a person": "50%",
        "To a person": "2",
        "Orders": "2",
        "Orders' sum": "17,128",
        "Fittings": "3",
        "Reply p95": "1.34",
        "Silence p95": "0.62",
        "Cost": "$0.7200",
    }
    assert text.count('<th scope="row">') == 14
    hours, days = text.split('class="plot-frame days"')
    assert (hours.count('class="bar"'), days.count('class="bar"')) == (24 + 15, 2 * 14), (
        "Kyiv is past two in the afternoon"
    )
    assert "a week ago" in text and "<style" not in text and "style=" not in text
    assert f'href="/admin/calls/{RUNNING}"' in text


async def test_a_call_whose_engine_died_hours_ago_is_not_on_the_line(website: Website, admin: Browser) -> None:
    long_ago = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    await website.archive.save(ordering(9, long_ago, running=True))
    assert str(call_id_of(9)) not in (await admin.get("/admin")).text


async def test_whose_role_does_not_go_so_far_sees_no_number_in_full() -> None:
    async with Website(role=Role.ANALYST).open() as website, website.browser() as browser:
        await website.archive.save(ordering(running=True))
        await browser.sign_in()
        for path in ("/admin", "/admin/calls", f"/admin/calls/{ORDERED}"):
            page = await browser.get(path)
            assert "+38067•••••67" in page.text and CALLER not in page.text, path
