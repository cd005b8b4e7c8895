"""The operators' page: who waits since when, whose phone is free, and what is not known."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from domain.access import Role
from domain.operators import OperatorPhone, OperatorsSight, PhoneState, Waiting
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering

pytestmark = pytest.mark.anyio

SIGHT = OperatorsSight(
    free=False,
    waiting=(
        Waiting(call_id=call_id_of(0), caller=CALLER, on_line_since=NOW - timedelta(hours=1)),
        Waiting(call_id=UUID(int=99), on_line_since=NOW - timedelta(minutes=2)),
        Waiting(caller="+380509998877"),
    ),
    talking=2,
    phones=(
        OperatorPhone(device="PJSIP/101", state=PhoneState.FREE),
        OperatorPhone(device="PJSIP/102", state=PhoneState.AWAY),
    ),
)


async def shown(browser: Browser, **headers: str) -> str:
    page = await browser.get("/admin/operators", Accept_Language="en", **headers)
    assert page.status == 200
    return re.sub(r"\s+", " ", page.text)


async def test_those_who_wait_are_shown_with_the_moment_they_were_handed_over(website: Website, admin: Browser) -> None:
    website.operators.sight = SIGHT
    text = await shown(admin)
    ended = (await website.archive.load(call_id_of(0))).call.ended
    assert ended is not None
    waits = f"waits since {ended.at.astimezone(NOW.astimezone().tzinfo):%M:%S}"[-5:]
    assert re.search(rf'href="/admin/calls/{call_id_of(0)}">{re.escape(CALLER)}</a>.*?waits since \d\d:{waits}', text)
    assert "number withheld" in text and "on the line since" in text and "since when is not known" in text
    assert '<dt>With an operator</dt><dd class="value">2</dd>' in text
    assert '<dt>Would the queue ring somebody</dt><dd class="value">no</dd>' in text


async def test_the_phones_are_shown_as_they_are_and_what_is_not_known_is_said(website: Website, admin: Browser) -> None:
    website.operators.sight = SIGHT
    text = await shown(admin)
    assert '<span>PJSIP/101</span> <span class="badge phone-free">free</span>' in text
    assert '<span>PJSIP/102</span> <span class="badge phone-away">switched off</span>' in text
    assert "Not known here, for Asterisk" in text
    website.operators.sight = OperatorsSight()
    text = await shown(admin)
    assert "ARI_OPERATORS" in text and "Nobody waits for an operator." in text
    assert '<dd class="value">not known</dd>' in text


async def test_an_exchange_that_is_away_is_said_and_no_figure_is_made_up(website: Website, admin: Browser) -> None:
    website.operators.faults.fail()
    text = await shown(admin)
    assert "The exchange cannot be asked just now" in text and "figures" not in text


async def test_the_page_goes_on_without_the_archive(website: Website, admin: Browser) -> None:
    website.operators.sight = SIGHT
    website.archive.faults.fail()
    assert "on the line since" in await shown(admin)


async def test_a_fragment_is_what_changes(admin: Browser) -> None:
    part = (await shown(admin, HX_Request="true")).strip()
    assert part.startswith('<div id="now"') and part.endswith("</div>")


@pytest.mark.parametrize(("role", "sees"), [(Role.OPERATOR, True), (Role.ANALYST, True), (Role.CONTENT_MANAGER, False)])
async def test_only_who_may_see_the_operators_does_and_numbers_as_far_as_the_role_goes(role: Role, sees: bool) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        website.operators.sight = SIGHT
        await website.archive.save(ordering())
        await browser.sign_in()
        page = await browser.get("/admin/operators")
        assert page.status == (200 if sees else 403)
        assert ('href="/admin/operators"' in (await browser.get("/admin")).text) is sees
        assert (CALLER in page.text) is (role is Role.OPERATOR)
