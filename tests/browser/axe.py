"""What is wrong with a page, light and dark, wide and narrow: what axe finds, and what is wider than the screen."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.window import NARROW, WIDE

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
