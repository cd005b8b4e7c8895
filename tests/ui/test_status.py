"""The status page: what is ready and why something is not, and every setting without its secrets."""

import re

import pytest

from domain.access import Role
from tests.ui.browser import Browser, Website
from ui.status import EngineSight, Inside, SettingShown

pytestmark = pytest.mark.anyio

INSIDE = Inside(
    engines=(EngineSight(process="calls-41", calls=3, accepting=True, voice_ready=False),),
    journals={"engines": 0, "redis": 1204, "files": None},
    versions={"Python": "3.11.7"},
    migrations={"m0001_calls": True, "m0009_more": False},
)
SETTINGS = (
    SettingShown(name="ARI_URL", value="http://asterisk:8088/ari", source=".env", about="Where ARI is."),
    SettingShown(name="ARI_PASSWORD", value="[set]", source="process", about="The password of ARI."),
    SettingShown(name="SHOP_NAME", value="", source="default", about="How the greeting names the shop."),
)


async def shown(browser: Browser) -> str:
    page = await browser.get("/admin/status", Accept_Language="en")
    assert page.status == 200
    return re.sub(r"\s+", " ", page.text)


async def away() -> bool:
    return False


async def test_all_that_is_ready_is_said_to_be(admin: Browser) -> None:
    text = await shown(admin)
    assert '<h1>Status</h1> <span class="badge done">ready</span>' in text
    assert "No engine has told anything" in text and "The database cannot be asked just now." in text


async def test_a_part_that_is_away_is_named_with_what_may_be_the_matter(website: Website, admin: Browser) -> None:
    website.probes["store_api"] = away
    text = await shown(admin)
    assert '<h1>Status</h1> <span class="badge failed">not ready</span>' in text
    assert '<span>The shop</span> <span class="badge failed">not ready</span>' in text
    assert "see STORE_API_URL and STORE_API_KEY" in text and "see REDIS_URL" not in text


async def test_engines_journals_versions_and_migrations_are_shown(website: Website, admin: Browser) -> None:
    website.inside = INSIDE
    text = await shown(admin)
    assert "<span>calls-41</span> <span>3 calls on the line</span>" in text
    assert "takes new calls: yes · voice is ready: no" in text
    assert "<span>In Redis, entries</span> <span>1,204</span>" in text
    assert "<span>In files, for Redis was away</span> <span>not known</span>" in text
    assert "<span>Python</span> <span>3.11.7</span>" in text
    assert '<code>m0009_more</code> <span class="badge failed">not made</span>' in text


async def test_every_setting_is_shown_with_where_it_came_from_and_what_it_does() -> None:
    async with Website(settings=SETTINGS).open() as website, website.browser() as browser:
        await browser.sign_in()
        text = await shown(browser)
    assert "1 setting is as it comes" in text
    rows = re.findall(
        r'<code>(\w+)</code></dt> <dd class="value">(.*?)</dd> <dd class="quiet">(.*?)</dd>'
        r' <dd class="quiet about-it" lang="en">(.*?)</dd>',
        text,
    )
    assert rows == [
        ("ARI_URL", "http://asterisk:8088/ari", ".env", "Where ARI is."),
        ("ARI_PASSWORD", "[set]", "the environment", "The password of ARI."),
        ("SHOP_NAME", '<span class="quiet">empty</span>', "the default", "How the greeting names the shop."),
    ]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OPERATOR, Role.CONTENT_MANAGER])
async def test_only_who_may_see_the_status_does(role: Role) -> None:
    async with Website(role=role).open() as website, website.browser() as browser:
        await browser.sign_in()
        assert (await browser.get("/admin/status")).status == 403
        assert 'href="/admin/status"' not in (await browser.get("/admin")).text
