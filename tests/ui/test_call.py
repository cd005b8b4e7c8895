"""A call's page: what tools brought, what the gate refused, and taking the call away."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.access import Role
from domain.records import TurnTaken
from tests.ui.browser import Answer, Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering
from ui.numbers import masked_in

pytestmark = pytest.mark.anyio

ORDERED = call_id_of(0)
PAGE = f"/admin/calls/{ORDERED}"
SPOKEN = "мій номер 067 123-45-67, картка 4111 1111 1111 1111"


def told_numbers() -> TurnTaken:
    """What the caller of the first call said besides."""
    turn = next(each for each in ordering() if isinstance(each, TurnTaken) and each.speaker == "caller")
    return replace(turn, sequence=90, number=90, text=SPOKEN, at=NOW - timedelta(minutes=1))


async def download(browser: Browser, form: str) -> Answer:
    page = await browser.get(PAGE)
    return await browser.post(f"{PAGE}/download", {"seal": page.seal, "form": form})


async def test_a_tool_shows_what_may_be_said_because_of_it(admin: Browser) -> None:
    text = (await admin.get(PAGE, Accept_Language="en")).text
    assert "<dt>Amounts, UAH</dt><dd>1980 · 3412</dd>" in text
    assert "<dt>Quantities</dt><dd>4 · 12</dd>" in text
    assert "<dt>In stock</dt><dd>yes</dd>" in text


async def test_what_the_gate_refused_stands_with_what_was_said_in_its_place(admin: Browser) -> None:
    text = (await admin.get(PAGE, Accept_Language="en")).text
    before, _, after = text.partition("the gate refused: <del>Nokian є за 2 900 грн.</del>")
    assert before.rfind("Rosava Snowgard за тисячу") > before.rfind("<li class=")
    assert after


async def test_a_call_is_taken_away_as_text_and_that_is_written_down(website: Website, admin: Browser) -> None:
    answer = await download(admin, "text")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="call-{ORDERED}.txt"'
    assert CALLER in answer.text and "search_tires" in answer.text
    (line,) = await website.audit.lines(subject=str(ORDERED))
    assert (line.by, line.action, line.at, line.after) == ("admin", "calls.downloaded", NOW, {"form": "txt"})


async def test_a_call_is_taken_away_as_json_with_facts_and_refusals(admin: Browser) -> None:
    told = json.loads((await download(admin, "json")).text)
    assert (told["call_id"], told["caller"]) == (str(ORDERED), CALLER)
    tools = [unit for unit in told["transcript"] if "tool" in unit]
    assert tools[0]["facts"] == {"amounts": ["1980", "3412"], "quantities": [4, 12], "in_stock": True}
    assert [unit["refused"] for unit in told["transcript"] if unit.get("refused")] == [["Nokian є за 2 900 грн."]]


async def test_a_call_is_given_in_no_other_form(admin: Browser) -> None:
    assert (await download(admin, "doc")).status == 400


@pytest.mark.parametrize("form", ["text", "json"])
async def test_whose_role_does_not_go_so_far_takes_no_number_away(form: str) -> None:
    async with Website(role=Role.ANALYST).open() as website, website.browser() as browser:
        await website.archive.save([*ordering(), told_numbers()])
        await browser.sign_in()
        answer = await download(browser, form)
        assert answer.status == 200
        assert "+38067•••••67" in answer.text and CALLER not in answer.text
        for text in (answer.text, (await browser.get(PAGE)).text):
            assert "123-45-67" not in text and "1111 1111 1111" not in text


async def test_an_operator_reads_a_call_and_does_not_take_it_away() -> None:
    async with Website(role=Role.OPERATOR).open() as website, website.browser() as browser:
        await website.archive.save(ordering())
        await browser.sign_in()
        page = await browser.get(PAGE)
        assert (page.status, "/download" in page.text) == (200, False)
        assert (await download(browser, "json")).status == 403
        assert list(await website.audit.lines()) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("номер +380671234567.", "номер +38067•••••67."),
        ("067 123 45 67", "067 12•••••67"),
        ("замовлення 10245 на 20240 грн, 205/55 R16", "замовлення 10245 на 20240 грн, 205/55 R16"),
        ("2026-11-25T14:10:09.123456+02:00", "2026-11-25T14:10:09.123456+02:00"),
        ("began 2026-11-25 14:10:09", "began 2026-11-25 14:10:09"),
        (f"call {ORDERED}", f"call {ORDERED}"),
    ],
)
def test_numbers_are_masked_in_texts_and_nothing_else_is(text: str, shown: str) -> None:
    assert masked_in(text) == shown
