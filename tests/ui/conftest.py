"""The website and a browser at it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import NOW, ordering


@pytest.fixture
async def website() -> AsyncIterator[Website]:
    async with Website().open() as website:
        await website.archive.save(ordering())
        await website.archive.save(ordering(1, NOW - timedelta(minutes=1), caller="+380509876543", running=True))
        yield website


@pytest.fixture
async def browser(website: Website) -> AsyncIterator[Browser]:
    async with website.browser() as browser:
        yield browser


@pytest.fixture
async def admin(browser: Browser) -> Browser:
    """A browser whose user has signed in."""
    assert (await browser.sign_in()).status == 303
    return browser
