"""Every page, light and dark, wide and narrow: nothing that axe finds, nothing wider than the screen."""

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.pages import OPEN_PAGES, PAGES, PAGES_OF_RUNNING_CALLS
from tests.browser.product import Product
from tests.browser.running import on_the_board
from tests.browser.window import NARROW, WIDE, Window

pytestmark = pytest.mark.anyio

_AXE = {"resultTypes": ["violations"]}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


async def amiss(page: Page) -> list[str]:
    """Return what is wrong with a page in each scheme and width."""
    found = []
    for width, height in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": height})
        if (more := await page.evaluate(_OVERFLOW)) > 0:
            found.append(f"{width}: {more} px too wide")
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            told = await Axe().run(page, options=_AXE)
            found += [
                f"{width} {scheme}: {each['id']} at {node['html'][:150]}: {node['failureSummary']}"
                for each in told.response["violations"]
                for node in each["nodes"]
            ]
    return found


@pytest.mark.parametrize("path", OPEN_PAGES.values(), ids=OPEN_PAGES)
async def test_a_page_for_everybody_has_nothing_amiss(visitor: Window, path: str) -> None:
    await visitor.open(path)
    assert await amiss(visitor.page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
async def test_a_page_has_nothing_amiss(admin: Window, path: str) -> None:
    await admin.open(path)
    assert await amiss(admin.page) == []


@pytest.mark.parametrize("path", PAGES_OF_RUNNING_CALLS.values(), ids=PAGES_OF_RUNNING_CALLS)
async def test_a_page_of_running_calls_has_nothing_amiss(admin: Window, the_product: Product, path: str) -> None:
    async with on_the_board(the_product.redis_url):
        await admin.open(path)
        await expect(admin.page.get_by_role("main")).to_contain_text("Коли вас записати?")
        assert await amiss(admin.page) == []


async def test_an_error_page_has_nothing_amiss(admin: Window) -> None:
    await admin.open("/admin/nowhere", status=404)
    assert await amiss(admin.page) == []
