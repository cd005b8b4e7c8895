"""Every page, light and dark, wide and narrow: nothing that axe finds, nothing wider than the screen."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import amiss
from tests.browser.pages import OPEN_PAGES, PAGES, PAGES_OF_RUNNING_CALLS
from tests.browser.product import Product
from tests.browser.running import on_the_board
from tests.browser.window import Window

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


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
