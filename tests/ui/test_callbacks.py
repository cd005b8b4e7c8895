"""The callbacks' pages: who waits, who has it, what came of it, and who may say so."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from domain.access import Role
from domain.callback import CallbackRequest, CallbackState
from tests.ui.browser import Answer, Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of

pytestmark = pytest.mark.anyio

FIRST = CallbackRequest(
    call_id=call_id_of(0),
    number=CALLER,
    preferred_time="завтра зранку",
    note="чи є зимові <b>шини</b>",
    reason="customer_request",
    at=NOW - timedelta(hours=2),
)
SECOND = CallbackRequest(call_id=call_id_of(1), number="+380509876543", at=NOW - timedelta(hours=1))
SHOWN = re.compile(r'id="callback-(\w+)"')


@asynccontextmanager
async def signed_in(role: Role) -> AsyncIterator[tuple[Website, Browser]]:
    async with Website(role=role).open() as website, website.browser() as browser:
        await website.ledger.add(SECOND)
        await website.ledger.add(FIRST)
        assert (await browser.sign_in()).status == 303
        yield website, browser


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Website, Browser]]:
    async with signed_in(Role.OPERATOR) as both:
        yield both


async def act(browser: Browser, request: CallbackRequest, act: str, remark: str = "", **headers: str) -> Answer:
    page = await browser.get("/admin/callbacks")
    form = {"seal": page.seal, "act": act, "remark": remark}
    return await browser.post(f"/admin/callbacks/{request.key}", form, **headers)


async def shown(browser: Browser, state: str = "") -> list[str]:
    answer = await browser.get(f"/admin/callbacks?state={state}")
    assert answer.status == 200
    return SHOWN.findall(answer.text)


async def test_whoever_waits_is_shown_the_earliest_first_with_what_was_asked(desk: tuple[Website, Browser]) -> None:
    _, browser = desk
    page = await browser.get("/admin/callbacks", Accept_Language="en")
    assert SHOWN.findall(page.text) == [FIRST.key, SECOND.key]
    for text in (CALLER, "завтра зранку", "any time", "The caller asked to be called back"):
        assert text in page.text
    assert "чи є зимові &lt;b&gt;шини&lt;/b&gt;" in page.text, "nothing that was said is markup"


async def test_a_callback_is_taken_noted_and_done_without_scripts(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    taken = await act(browser, FIRST, "take")
    assert (taken.status, taken.headers["Location"]) == (303, "/admin/callbacks?state=waiting")
    assert (await shown(browser), await shown(browser, "taken")) == ([SECOND.key], [FIRST.key])
    assert (await act(browser, FIRST, "remark", "не відповідає")).status == 303
    assert (await act(browser, FIRST, "done")).headers["Location"] == "/admin/callbacks?state=taken"
    assert await shown(browser, "done") == [FIRST.key]
    kept = await website.ledger.callback(FIRST.key)
    assert (kept.state, kept.by, kept.remark, kept.changed) == (CallbackState.DONE, "admin", "не відповідає", NOW)
    assert (await act(browser, FIRST, "give_back")).status == 303
    assert await shown(browser) == [FIRST.key, SECOND.key]


async def test_with_scripts_the_card_alone_comes_back(desk: tuple[Website, Browser]) -> None:
    _, browser = desk
    card = await act(browser, FIRST, "take", HX_Request="true")
    assert card.status == 200
    assert card.text.strip().startswith("<article") and card.text.strip().endswith("</article>")
    assert 'value="done"' in card.text and 'value="take"' not in card.text


async def test_what_another_has_is_not_taken_from_him(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    await website.ledger.change(FIRST.key, lambda each: each.taken("oksana", NOW))
    clash = await act(browser, FIRST, "take")
    assert clash.status == 409 and 'role="alert"' in clash.text and "oksana" in clash.text
    in_place = await act(browser, FIRST, "done", HX_Request="true")
    assert in_place.status == 200 and 'role="alert"' in in_place.text
    assert 'name="act"' not in in_place.text
    assert (await website.ledger.callback(FIRST.key)).by == "oksana"
    assert list(await website.audit.lines()) == []


async def test_every_change_is_a_line_of_the_audit_and_no_change_is_none(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    for name in ("take", "take", "done"):
        await act(browser, FIRST, name, "замовив" if name == "done" else "")
    done, taken = await website.audit.lines(subject=FIRST.key)
    assert (taken.action, taken.by, taken.at) == ("callbacks.take", "admin", NOW)
    assert (taken.before, taken.after) == ({"state": "waiting", "by": ""}, {"state": "taken", "by": "admin"})
    assert (done.action, done.after) == ("callbacks.done", {"state": "done", "remark": "замовив"})
    page = await browser.get(f"/admin/callbacks/{FIRST.key}", Accept_Language="en")
    assert "has done it" in page.text and "замовив" in page.text


@pytest.mark.parametrize(("role", "sees"), [(Role.ANALYST, 200), (Role.CONTENT_MANAGER, 403)])
async def test_who_may_not_follow_up_changes_nothing(role: Role, sees: int) -> None:
    async with signed_in(role) as (website, browser):
        page = await browser.get("/admin/callbacks")
        assert page.status == sees and 'name="act"' not in page.text
        assert CALLER not in page.text and ("+38067•••••67" in page.text) is (sees == 200)
        home = await browser.get("/admin")
        assert ('href="/admin/callbacks"' in home.text) is (sees == 200)
        form = {"seal": home.seal, "act": "take"}
        answer = await browser.post(f"/admin/callbacks/{FIRST.key}", form, Accept_Language="en")
        assert answer.status == 403 and "Your role does not permit this" in answer.text
        assert (await website.ledger.callback(FIRST.key)).state is CallbackState.WAITING


async def test_a_form_without_its_seal_changes_nothing(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    assert (await browser.post(f"/admin/callbacks/{FIRST.key}", {"act": "take"})).status == 403
    assert (await website.ledger.callback(FIRST.key)).state is CallbackState.WAITING


@pytest.mark.parametrize("path", ["/admin/callbacks/" + "0" * 32, "/admin/callbacks/'--", "/admin/callbacks/%00"])
async def test_a_callback_that_is_none_is_not_found(desk: tuple[Website, Browser], path: str) -> None:
    assert (await desk[1].get(path)).status == 404


async def test_what_no_form_of_ours_asks_is_refused(desk: tuple[Website, Browser]) -> None:
    _, browser = desk
    assert (await browser.get("/admin/callbacks?state=lost")).status == 400
    assert (await act(browser, FIRST, "delete")).status == 400


async def test_a_ledger_that_is_away_is_said_so(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    website.ledger.faults.fail()
    assert (await browser.get("/admin/callbacks")).status == 503
