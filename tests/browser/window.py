"""A window of a real browser at the pages, and what it complains of.

Rule: whatever a page writes to the console as an error, breaks in its scripts or fails to load is a complaint, and
a window that is closed with one fails its test.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anyio
from anyio import to_thread
from playwright.async_api import Browser, Page, StorageState, async_playwright, expect

from tests.browser.chromium import ready
from tests.browser.product import NAME, PASSWORD

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_SECONDS = 20.0
WIDE, NARROW = (1280, 900), (360, 780)

expect.set_options(timeout=1000 * PATIENCE_SECONDS)


@dataclass
class Window:
    page: Page
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str, status: int = 200) -> None:
        """Go to a page of the admin; it answers with this status, and that alone is no complaint."""
        answer = await self.page.goto(path)
        assert answer is not None and answer.status == status, f"{path} answered {answer and answer.status}"
        if status >= 400:
            self.forgive(str(status))

    def forgive(self, part: str) -> None:
        """Take back what is expected: the complaints that say this."""
        self.complaints = [each for each in self.complaints if part not in each]

    async def until(self, expression: str) -> None:
        """Wait until this is true in the page."""
        with anyio.fail_after(PATIENCE_SECONDS):
            while not await self.page.evaluate(expression):  # noqa: ASYNC110 - a page tells nobody what has changed
                await anyio.sleep(0.05)

    async def sign_in(self, name: str = NAME, password: str = PASSWORD) -> None:
        await self.page.get_by_label("Name").fill(name)
        await self.page.get_by_label("Password").fill(password)
        await self.page.get_by_role("button", name="Sign in").click()


@asynccontextmanager
async def chromium_running() -> AsyncGenerator[Browser, None]:
    path = await to_thread.run_sync(ready)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def window(
    browser: Browser, url: str, *, ticket: StorageState | None = None, **options: Any
) -> AsyncGenerator[Window, None]:
    given = {"locale": "en-US", "viewport": {"width": WIDE[0], "height": WIDE[1]}, **options}
    context = await browser.new_context(base_url=url, storage_state=ticket, **given)
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    opened = Window(await context.new_page())
    opened.page.on("pageerror", lambda error: opened.complaints.append(f"script: {error}"))
    opened.page.on("console", lambda told: opened.complaints.append(told.text) if told.type == "error" else None)
    yield opened
    await context.close()
    assert opened.complaints == []


async def signed_in(browser: Browser, url: str) -> StorageState:
    """Return what the browser of an admin keeps who has signed in."""
    async with window(browser, url) as visitor:
        await visitor.open("/admin/login")
        await visitor.sign_in()
        await expect(visitor.page.get_by_role("heading", name="Today", level=1)).to_be_visible()
        return await visitor.page.context.storage_state()
