"""A role that goes less far sees less, in a real browser too."""

import pytest
from playwright.async_api import Browser, expect

from domain.access import Role
from tests.browser.window import window
from tests.ui import browser as without_scripts
from tests.ui.calls_kept import CALLER, call_id_of, ordering

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


async def test_who_may_not_see_a_page_is_not_shown_the_way_and_is_refused_there(browser: Browser) -> None:
    async with (
        without_scripts.Website(role=Role.CONTENT_MANAGER).open() as website,
        window(browser, website.url) as editor,
    ):
        await website.archive.save(ordering())
        page = editor.page
        await editor.open("/admin/login")
        await editor.sign_in(without_scripts.NAME, without_scripts.PASSWORD)
        menu = page.get_by_role("navigation", name="Pages")
        await expect(menu.get_by_role("link", name="Calls", exact=True)).to_be_visible()
        for name in ("Live", "Callbacks", "Customers"):
            await expect(menu.get_by_role("link", name=name)).to_have_count(0)
        for path in ("/admin/live", "/admin/callbacks", f"/admin/customers/{CALLER}", "/admin/costs"):
            await editor.open(path, status=403)
            await expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not permit this")
        await editor.open(f"/admin/calls/{call_id_of(0)}")
        await expect(page.locator(".transcript")).to_contain_text("Rosava Snowgard")
        await expect(page.get_by_role("main")).not_to_contain_text(CALLER[-7:])
        await expect(page.get_by_role("button", name="Download as text")).to_have_count(0)
