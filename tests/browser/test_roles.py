"""A role that goes less far sees less, and what changes for a person holds at once, in a real browser."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.deskwork import CUSTOMER
from tests.browser.product import Product
from tests.browser.story import STORY
from tests.browser.window import Window, window

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


async def added(admin: Window, name: str, role: str) -> str:
    """Have an admin add somebody; return the password that the page shows once."""
    page = admin.page
    await admin.open("/admin/users")
    form = page.locator("section").filter(has=page.get_by_role("heading", name="Add somebody"))
    await form.get_by_label("Name").fill(name)
    await form.get_by_label("Role").select_option(role)
    await form.get_by_role("button", name="Add").click()
    return await page.get_by_role("status").locator("code").inner_text()


async def test_who_may_not_see_a_page_is_not_shown_the_way_and_is_refused_there(
    admin: Window, browser: Browser, the_product: Product
) -> None:
    password = await added(admin, "vira", "content_manager")
    async with window(browser, the_product.url) as editor:
        page = editor.page
        await editor.open("/admin/login")
        await editor.sign_in("vira", password)
        menu = page.get_by_role("navigation", name="Pages")
        await expect(menu.get_by_role("link", name="Calls", exact=True)).to_be_visible()
        for name in ("Live", "Callbacks", "Customers", "Users", "Audit"):
            await expect(menu.get_by_role("link", name=name)).to_have_count(0)
        for path in ("/admin/live", "/admin/callbacks", f"/admin/customers/{CUSTOMER}", "/admin/users", "/admin/costs"):
            await editor.open(path, status=403)
            await expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not permit this")
        await editor.open(f"/admin/calls/{STORY}")
        await expect(page.locator(".transcript")).to_contain_text("А Росави чотири є?")
        await expect(page.get_by_role("main")).not_to_contain_text(CUSTOMER[-7:])
        await expect(page.get_by_role("button", name="Download as text")).to_have_count(0)

        card = admin.page.get_by_role("listitem").filter(has_text="vira")
        await card.get_by_role("button", name="Block").click()
        await expect(card).to_contain_text("blocked")
        await editor.open("/admin/calls")
        await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        await editor.sign_in("vira", password)
        await expect(page.get_by_role("alert")).to_be_visible()
        editor.forgive("401")
