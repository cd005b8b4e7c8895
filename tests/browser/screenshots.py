"""Takes the pictures in docs/screenshots anew: `task screenshots`.

Each page with plausible data, light and dark, wide and narrow, in Ukrainian; what a page has further down
is left out.
"""

from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import anyio
from playwright.async_api import Page, expect

from tests.browser import running
from tests.browser.pages import OPEN_PAGES, PAGES, PAGES_OF_RUNNING_CALLS
from tests.browser.product import ANSWERS, product
from tests.browser.seeds import seed
from tests.browser.window import NARROW, WIDE, Window, chromium_running, signed_in, window
from tests.harness.databases import data_folder, databases

PICTURES = Path(__file__).parents[2] / "docs" / "screenshots"
_SCREENS = {"dashboard": 1.6, "call": 1.3, "status": 1.2}
"""How much is shown of long pages; of others somewhat less than a screen."""
_MODEL_SECONDS = 0.35


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
        browser = await stack.enter_async_context(chromium_running())
        ticket = await signed_in(browser, opened.url)
        for tickets, pages in ((None, OPEN_PAGES), (ticket, PAGES | PAGES_OF_RUNNING_CALLS)):
            for name, path in pages.items():
                async with window(browser, opened.url, ticket=tickets, locale="uk-UA") as admin:
                    await admin.open(path)
                    await _picture(admin.page, name)
        async with window(browser, opened.url, ticket=ticket, locale="uk-UA") as admin:
            await _export(admin)
            await _picture(admin.page, "exports")
        opened.center.model.first_word_seconds = _MODEL_SECONDS
        async with window(browser, opened.url, ticket=ticket, locale="uk-UA") as admin:
            await _try_the_agent(admin)
            await _picture(admin.page, "test-call-running")


async def _export(admin: Window) -> None:
    for query, form in (("outcome=handed_over", "csv"), ("", "jsonl")):
        await admin.open(f"/admin/calls?{query}")
        await admin.page.locator(f".export button[value={form}]").click()
        await admin.page.wait_for_url("**/exports")
    await expect(admin.page.locator(".exports .primary")).to_have_count(2)


async def _try_the_agent(admin: Window) -> None:
    await admin.open("/admin/test-call")
    await admin.page.locator("#dial button").click()
    for words, answer in zip(("потрібні зимові шини", "давайте росаву"), ANSWERS.values(), strict=True):
        await expect(admin.page.locator(".state .listening")).to_be_visible()
        await admin.page.locator("#words input[name=text]").fill(words)
        await admin.page.locator("#words button").click()
        await expect(admin.page.locator(".transcript").first).to_contain_text(answer)
    await expect(admin.page.locator(".falls li")).to_have_count(len(ANSWERS))


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
                clip={
                    "x": 0,
                    "y": 0,
                    "width": width,
                    "height": min(max(whole, height), int(height * _SCREENS.get(name, 0.93))),
                },
            )
            print(".", end="", flush=True)
    print()


if __name__ == "__main__":
    anyio.run(take, backend_options={"use_uvloop": True})
