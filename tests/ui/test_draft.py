"""A call's page makes a draft of a feature of it."""

import pytest

from domain.access import Role
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering

pytestmark = pytest.mark.anyio

ORDERED, RUNNING = call_id_of(0), call_id_of(1)
PAGE = f"/admin/calls/{ORDERED}/feature"


async def test_a_draft_is_reached_from_its_call_and_shown_with_what_is_left_to_do(admin: Browser) -> None:
    assert f'href="{PAGE}"' in (await admin.get(f"/admin/calls/{ORDERED}")).text
    assert "/feature" not in (await admin.get(f"/admin/calls/{RUNNING}")).text
    page = await admin.get(PAGE, Accept_Language="en")
    assert page.status == 200
    for part in ("Функціонал: Чернетка з дзвінка", "Left to a person", "<li>у стовпці «агент» лишіть тільки те"):
        assert part in page.text, part
    assert CALLER not in page.text


async def test_a_draft_is_taken_away_and_that_is_written_down(website: Website, admin: Browser) -> None:
    page = await admin.get(PAGE)
    answer = await admin.post(PAGE, {"seal": page.seal})
    assert (answer.status, answer.text.splitlines()[0]) == (200, "# language: uk")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="call-{str(ORDERED)[:8]}.feature"'
    (line,) = await website.audit.lines(subject=str(ORDERED))
    assert (line.by, line.action, line.at) == ("admin", "calls.drafted", NOW)
    assert (await admin.post(PAGE, {})).status == 403


@pytest.mark.parametrize(("role", "status"), [(Role.CONTENT_MANAGER, 200), (Role.ANALYST, 403), (Role.OPERATOR, 403)])
async def test_only_who_may_draft_does(role: Role, status: int) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        await website.archive.save(ordering())
        await browser.sign_in()
        page = await browser.get(f"/admin/calls/{ORDERED}")
        assert ("/feature" in page.text) is (status == 200)
        assert (await browser.get(PAGE)).status == status
        assert (await browser.post(PAGE, {"seal": page.seal})).status == status
