"""What calls cost: on the page of costs, as a table to take away, and on a call's page."""

import csv
import re
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from io import StringIO

import pytest

from domain.access import Role
from domain.costs import Cost, Dollars
from domain.money import Money
from domain.records import AnyEntry, CallBegan, CallEnded, EarUsed, ModelUsed, VoiceUsed
from tests.ui.browser import Answer, Browser, Website
from tests.ui.calls_kept import NOW, call_id_of, ended

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)
COST = Cost(model=Dollars(20_000), voice=Dollars(500), ear=Dollars(4_000))
UNPRICED = Cost(model=Dollars(20_000), voice=Dollars(500), unpriced=("ear whisper/whisper-1",))


def paid(number: int, began: datetime, *, orders: int = 0, cost: Cost | None = COST) -> Sequence[AnyEntry]:
    """A call and what it used."""
    call_id = call_id_of(number)
    end = ended(number, began, 9, orders=tuple(f"ORD-{number}-{each}" for each in range(orders)))
    ear = "whisper" if cost is UNPRICED else "google"
    return [
        CallBegan(call_id=call_id, began=began, sequence=0, at=began, caller="+380671112233"),
        ModelUsed(
            call_id=call_id,
            began=began,
            sequence=1,
            at=began,
            provider="anthropic",
            model="claude-sonnet-4-5-20250929",
            input_tokens=5000,
            output_tokens=100,
            cached_tokens=4000,
            estimated=True,
        ),
        VoiceUsed(
            call_id=call_id,
            began=began,
            sequence=2,
            at=began,
            provider="google",
            voice="uk-UA-Standard-A",
            characters=125,
        ),
        EarUsed(call_id=call_id, began=began, sequence=3, at=began, provider=ear, model=f"{ear}-1", seconds=15.0),
        CallEnded(
            call_id=call_id,
            began=began,
            sequence=10,
            at=end.at,
            outcome=end.outcome,
            seconds=end.seconds,
            orders=end.orders,
            order_total=Money(orders * 856_400),
            cost=cost,
        ),
    ]


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    async with Website().open() as website:
        await website.archive.save([*paid(1, NOW - timedelta(hours=1), orders=2), *paid(2, NOW - 2 * DAY)])
        yield website


async def seen(browser: Browser, query: str = "") -> Answer:
    return await browser.get(f"/admin/costs{query}", Accept_Language="en")


def rows(answer: Answer, kind: str = "sums") -> list[list[str]]:
    """Return the cells of a table's rows, as text."""
    table = re.search(rf'<table class="{kind}">.*?<tbody>(.*?)</tbody>', answer.text, re.DOTALL)
    assert table is not None
    lines = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL) for line in lines]
    return [[" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in line] for line in cells]


async def test_each_day_tells_what_was_used_and_what_it_cost_per_call_and_per_order(admin: Browser) -> None:
    days = rows(await seen(admin))
    assert len(days) == 14
    assert days[0] == [
        *("25 Nov", "1", "2", "5,100", "125", "0.2"),
        *("$0.0200", "$0.0005", "$0.0040", "$0.0245", "$0.0245", "$0.0122"),
    ]
    assert days[1] == ["24 Nov", *"00000"[:4], "0.0", *["$0.0000"] * 4, "–", "–"]
    assert days[2][1:3] == ["1", "0"] and days[2][-2:] == ["$0.0245", "–"]


async def test_the_period_has_sums_and_what_was_used_by_name(admin: Browser) -> None:
    answer = await seen(admin)
    assert '<dt>Cost</dt><dd class="value">$0.0490</dd>' in answer.text
    assert '<dt>Per order</dt><dd class="value">$0.0245</dd>' in answer.text
    assert '<dt>Orders, UAH</dt><dd class="value">17,128</dd>' in answer.text
    assert rows(answer, "sums used") == [
        [
            "Language model",
            "anthropic/claude-sonnet-4-5-20250929",
            "10,000 tokens read (8,000 from the cache), 200 written (partly estimated)",
            "$0.0114",
        ],
        ["Voice", "google/uk-UA-Standard-A", "250 characters", "$0.0010"],
        ["Recognizer", "google/google-1", "0.5 min", "$0.0080"],
    ]


async def test_a_period_is_chosen_by_its_days(admin: Browser) -> None:
    assert [day[0] for day in rows(await seen(admin, "?since=2026-11-23&until=2026-11-24"))] == [
        "24 Nov",
        "23 Nov",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "?since=2026-11-25&until=2026-11-24",
        "?since=2026-01-01&until=2026-11-24",
        "?since=yesterday",
        "?since=0001-01-01&until=0001-01-02",
        "?until=9999-12-31",
    ],
)
async def test_what_is_no_period_is_refused(admin: Browser, query: str) -> None:
    assert (await seen(admin, query)).status == 400
    assert (await admin.get(f"/admin/costs/days.csv{query}")).status == 400


async def test_what_has_no_price_is_counted_and_never_shown_as_free(website: Website, admin: Browser) -> None:
    await website.archive.save(paid(3, NOW - timedelta(hours=2), cost=UNPRICED))
    answer = await seen(admin)
    assert "1 call used something whose price is not known" in answer.text
    assert rows(answer)[0][-3:] == ["≥ $0.0450", "≥ $0.0225", "≥ $0.0225"]
    assert rows(answer, "sums used")[-1] == ["Recognizer", "whisper/whisper-1", "0.2 min", "price not known"]


async def test_the_days_are_taken_away_as_a_table_of_plain_figures(admin: Browser) -> None:
    answer = await admin.get("/admin/costs/days.csv?since=2026-11-25&until=2026-11-25")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="costs-2026-11-25-2026-11-25.csv"'
    (day,) = csv.DictReader(StringIO(answer.text))
    assert day == {
        "day": "2026-11-25",
        "calls": "1",
        "orders": "2",
        "orders_uah": "17128",
        "input_tokens": "5000",
        "cached_tokens": "4000",
        "output_tokens": "100",
        "characters": "125",
        "speech_seconds": "15.0",
        "model_usd": "0.020000",
        "voice_usd": "0.000500",
        "ear_usd": "0.004000",
        "usd": "0.024500",
        "usd_per_call": "0.024500",
        "usd_per_order": "0.012250",
        "calls_with_unpriced": "0",
    }


async def test_a_calls_page_tells_its_cost_by_kind_and_what_was_used_for_it(admin: Browser) -> None:
    text = (await admin.get(f"/admin/calls/{call_id_of(1)}", Accept_Language="en")).text
    assert '<h2 id="cost">Cost: $0.0245</h2>' in text
    assert re.findall(r"<dt>(.*?)</dt><dd>\s*<b>(.*?)</b>", text) == [
        ("Language model", "$0.0200"),
        ("Voice", "$0.0005"),
        ("Recognizer", "$0.0040"),
    ]
    assert "125 characters" in text
    assert "<dt>Orders, UAH</dt><dd>17,128</dd>" in text


async def test_a_calls_page_says_what_has_no_price(website: Website, admin: Browser) -> None:
    await website.archive.save(paid(3, NOW - timedelta(hours=2), cost=UNPRICED))
    text = (await admin.get(f"/admin/calls/{call_id_of(3)}", Accept_Language="en")).text
    assert re.search(r'<dt>Recognizer</dt><dd>\s*<b></b> <span class="tag warn">price not known</span>', text)
    assert "≥</abbr> $0.0205</h2>" in text


async def test_a_call_from_before_costs_were_kept_tells_what_it_used_and_no_cost(
    website: Website, admin: Browser
) -> None:
    await website.archive.save(paid(3, NOW - timedelta(hours=2), cost=None))
    text = (await admin.get(f"/admin/calls/{call_id_of(3)}", Accept_Language="en")).text
    assert '<h2 id="cost">Cost</h2>' in text
    assert re.search(r"<dt>Voice</dt><dd>\s*<span", text)


@pytest.mark.parametrize("role", Role)
async def test_costs_are_for_those_who_may_see_them(role: Role) -> None:
    allowed = role in {Role.ADMIN, Role.ANALYST}
    async with Website(role=role).open() as website, website.browser() as browser:
        await website.archive.save(paid(1, NOW - timedelta(hours=1)))
        await browser.sign_in()
        expected = 200 if allowed else 403
        assert (await browser.get("/admin/costs")).status == expected
        assert (await browser.get("/admin/costs/days.csv")).status == expected
        text = (await browser.get(f"/admin/calls/{call_id_of(1)}")).text
        assert ('id="cost"' in text, 'href="/admin/costs"' in text) == (allowed, allowed)
