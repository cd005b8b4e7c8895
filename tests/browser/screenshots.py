"""Takes the pictures in docs/screenshots anew: `task screenshots`.

Each page with plausible data, light and dark, wide and narrow, in Ukrainian; what a page has below a screen and a
half is left out.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import anyio
from playwright.async_api import Page

from tests.browser import running
from tests.browser.pages import OPEN_PAGES, PAGES, PAGES_OF_RUNNING_CALLS
from tests.browser.product import product
from tests.browser.seeds import seed
from tests.browser.window import NARROW, WIDE, chromium_running, signed_in, window
from tests.harness.databases import data_folder, databases

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
_MOST_SCREENS = 2.0


async def take() -> None:
    for old in PICTURES.glob("*.png"):
        old.unlink()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(data_folder())
        database_url = stack.enter_context(databases(folder))()
        opened = await stack.enter_async_context(product(database_url, folder))
        now = datetime.now(UTC)
        await seed(database_url, now, also=running.began(now))
        await stack.enter_async_context(running.on_the_board(opened.redis_url))
        browser = await stack.enter_async_context(chromium_running("--lang=uk-UA"))
        ticket = await signed_in(browser, opened.url)
        for tickets, pages in ((None, OPEN_PAGES), (ticket, PAGES | PAGES_OF_RUNNING_CALLS)):
            for name, path in pages.items():
                async with window(browser, opened.url, ticket=tickets, locale="uk-UA") as admin:
                    await admin.open(path)
                    await _picture(admin.page, name)


async def _picture(page: Page, name: str) -> None:
    print(name, end="", flush=True)
    for width, height in (WIDE, NARROW):
        await page.set_viewport_size({"width": width, "height": height})
        whole = int(await page.evaluate("document.documentElement.scrollHeight"))
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            await page.evaluate("document.fonts.ready")
            await page.screenshot(
                path=PICTURES / f"{name}-{scheme}-{width}.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": min(max(whole, height), int(height * _MOST_SCREENS))},
            )
            print(".", end="", flush=True)
    print()


if __name__ == "__main__":
    anyio.run(take, backend_options={"use_uvloop": True})
