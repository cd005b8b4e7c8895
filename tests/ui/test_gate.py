"""What passes the gate: machines by their tokens, browsers by their tickets, and each role as far as it goes."""

import json
from collections.abc import AsyncIterator

import pytest

from domain.access import Role
from tests.ui.browser import Answer, Browser, Website
from tests.ui.calls_kept import call_id_of, ordering

pytestmark = pytest.mark.anyio

TOKEN = "a-token-of-a-machine"
NOWHERE = "/api/nothing-is-here"
"""Whoever is told that there is nothing has passed the gate."""


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    async with Website(machines={TOKEN: Role.ANALYST}).open() as website:
        await website.archive.save(ordering())
        yield website


def error(answer: Answer) -> str:
    return str(json.loads(answer.text)["error"]["code"])


async def test_a_machine_passes_with_its_token_alone(browser: Browser) -> None:
    for scheme in ("Bearer", "bearer"):
        answer = await browser.get(NOWHERE, Authorization=f"{scheme} {TOKEN}")
        assert (answer.status, error(answer)) == (404, "not_found")
    assert (await browser.post(NOWHERE, {}, Authorization=f"Bearer {TOKEN}")).status == 404


@pytest.mark.parametrize("shown", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer"}])
async def test_without_a_token_that_opens_machines_are_told_so(browser: Browser, shown: dict[str, str]) -> None:
    for answer in (await browser.get(NOWHERE, **shown), await browser.post(NOWHERE, {}, **shown)):
        assert (answer.status, error(answer)) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_a_wrong_token_is_not_mended_by_a_ticket(admin: Browser) -> None:
    assert (await admin.get(NOWHERE, Authorization="Bearer wrong")).status == 401


async def test_a_token_is_nothing_to_pages(browser: Browser) -> None:
    assert (await browser.get("/admin/calls", Authorization=f"Bearer {TOKEN}")).status == 303


async def test_a_ticket_reads_for_machines_too_and_changes_nothing_without_the_seal(admin: Browser) -> None:
    assert (await admin.get(NOWHERE)).status == 404
    seal = (await admin.get("/admin/calls")).seal
    refused = await admin.post(NOWHERE, {})
    assert (refused.status, error(refused)) == (403, "forbidden")
    assert (await admin.post(NOWHERE, {}, X_Seal=seal)).status == 404
    assert (await admin.post(NOWHERE, {}, X_Seal=seal, Origin="https://evil.example")).status == 403


@pytest.mark.parametrize(("role", "watches"), [(Role.OPERATOR, True), (Role.CONTENT_MANAGER, False)])
async def test_a_page_is_named_and_shown_to_those_who_may_see_it(role: Role, watches: bool) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        await browser.sign_in()
        page = await browser.get("/admin")
        assert ('href="/admin/live"' in page.text) is watches
        assert 'href="/admin/calls"' in page.text
        for path in ("/admin/live", f"/admin/live/{call_id_of(0)}"):
            assert ((await browser.get(path)).status != 403) is watches
        assert watches or (await browser.get("/admin/live/stream")).status == 403
