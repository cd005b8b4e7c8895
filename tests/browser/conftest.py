"""One Chromium and one product for all tests of the pages that a worker runs; each visitor has a window of his own."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, StorageState

from tests.browser.product import Product, product
from tests.browser.seeds import seed
from tests.browser.window import Window, chromium_running, signed_in, window
from tests.harness.databases import NewDatabase, data_folder


@pytest.fixture(scope="package")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="package")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture(scope="package")
async def the_product(anyio_backend: object, new_database: NewDatabase, folder: Path) -> AsyncIterator[Product]:
    database_url = new_database()
    async with product(database_url, folder) as opened:
        await seed(database_url, datetime.now(UTC))
        yield opened


@pytest.fixture(scope="package")
async def browser(anyio_backend: object) -> AsyncIterator[Browser]:
    async with chromium_running() as opened:
        yield opened


@pytest.fixture(scope="package")
async def ticket(browser: Browser, the_product: Product) -> StorageState:
    """What the browser of an admin keeps who has signed in."""
    return await signed_in(browser, the_product.url)


@pytest.fixture
async def visitor(browser: Browser, the_product: Product) -> AsyncIterator[Window]:
    """Somebody who has not signed in."""
    async with window(browser, the_product.url) as opened:
        yield opened


@pytest.fixture
async def admin(browser: Browser, the_product: Product, ticket: StorageState) -> AsyncIterator[Window]:
    async with window(browser, the_product.url, ticket=ticket) as opened:
        yield opened
