"""People and machines: who is let in, with which role, and what no longer opens anything."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest
from argon2 import PasswordHasher

from domain.access import Role
from domain.people import Person
from tests.ui.browser import NAME, Answer, Browser, Website

pytestmark = pytest.mark.anyio

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SHOWN_ONCE = re.compile(r"<code>([^<]+)</code>")


def somebody(role: Role = Role.OPERATOR) -> Person:
    return Person(
        name="olga", role=role, password_hash=QUICK.hash("right horse too"), created=datetime(2026, 11, 25, tzinfo=UTC)
    )


@pytest.fixture
async def olga(website: Website) -> AsyncIterator[Browser]:
    """A browser in which an operator has signed in."""
    await website.staff.add(somebody())
    async with website.browser() as browser:
        assert (await browser.sign_in("olga", "right horse too")).status == 303
        yield browser


async def do(admin: Browser, path: str, **form: str) -> Answer:
    page = await admin.get(re.sub(r"/(users|tokens)/.*", r"/\1", path))
    return await admin.post(path, {"seal": page.seal, **form})


async def opens(browser: Browser, path: str = "/admin/calls") -> bool:
    return (await browser.get(path)).status == 200


async def test_somebody_who_is_added_signs_in_with_the_password_that_was_shown_once(
    website: Website, admin: Browser
) -> None:
    answer = await do(admin, "/admin/users", name="Олена", role="analyst")
    (password,) = SHOWN_ONCE.findall(answer.text)
    assert password not in (await admin.get("/admin/users")).text
    async with website.browser() as browser:
        assert (await browser.sign_in("олена", password)).status == 303
        assert await opens(browser) and not await opens(browser, "/admin/customers")
    (line,) = await website.audit.lines(subject="олена")
    assert (line.by, line.action, dict(line.after)) == (NAME, "users.added", {"role": "analyst", "state": "active"})


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"name": "<script>", "role": "admin"}, "A name has 1 to 64 letters"),
        ({"name": "mykola", "role": "admin", "password": "short"}, "ten letters or more"),
        ({"name": "olga", "role": "admin"}, "has this name already"),
        ({"name": NAME.upper(), "role": "admin"}, "has this name already"),
    ],
)
async def test_who_cannot_be_added_is_said_and_why(
    website: Website, admin: Browser, form: dict[str, str], told: str
) -> None:
    await website.staff.add(somebody())
    page = await admin.get("/admin/users")
    answer = await admin.post("/admin/users", {"seal": page.seal, **form}, Accept_Language="en")
    assert (answer.status, told in answer.text) == (400, True)
    assert len(await website.staff.everybody()) == 1


async def test_another_role_holds_at_once(website: Website, admin: Browser, olga: Browser) -> None:
    assert await opens(olga, "/admin/customers")
    assert (await do(admin, "/admin/users/olga", act="role", role="content_manager")).status == 303
    assert not await opens(olga, "/admin/customers") and await opens(olga)
    (line,) = await website.audit.lines(subject="olga")
    assert (line.action, dict(line.before), dict(line.after)) == (
        "users.role",
        {"role": "operator"},
        {"role": "content_manager"},
    )


@pytest.mark.parametrize("act", ["block", "sign_out", "password"])
async def test_whoever_is_blocked_signed_out_or_given_a_new_password_is_outside_at_once(
    admin: Browser, olga: Browser, act: str
) -> None:
    assert await opens(olga)
    assert (await do(admin, "/admin/users/olga", act=act)).status in (200, 303)
    assert not await opens(olga)
    again = await olga.sign_in("olga", "right horse too")
    assert again.status == (303 if act == "sign_out" else 401)


async def test_whoever_is_unblocked_signs_in_again(admin: Browser, olga: Browser) -> None:
    await do(admin, "/admin/users/olga", act="block")
    await do(admin, "/admin/users/olga", act="unblock")
    assert not await opens(olga)
    assert (await olga.sign_in("olga", "right horse too")).status == 303


@pytest.mark.parametrize("name", ["олена", "o.k-1+x@shop.ua"])
async def test_whatever_letters_a_name_has_all_is_done_from_its_own_form(
    website: Website, admin: Browser, name: str
) -> None:
    await do(admin, "/admin/users", name=name, role="analyst", password="right horse too")
    page = await admin.get("/admin/users")
    (form,) = re.findall(r'action="(/admin/users/[^"]+)"', page.text)
    assert (await do(admin, form, act="role", role="operator")).status == 303
    assert (await do(admin, form, act="password")).status == 200
    assert (await do(admin, form, act="sign_out")).status == 303
    assert (await do(admin, form, act="block")).status == 303
    person = await website.staff.person(name)
    assert person and (person.role, person.active) == (Role.OPERATOR, False)
    assert [line.action for line in await website.audit.lines(subject=name)] == [
        "users.blocked",
        "users.signed_out",
        "users.password",
        "users.role",
        "users.added",
    ]
    await do(admin, "/admin/tokens", name=name, role="analyst", days="")
    (form,) = re.findall(r'action="(/admin/tokens/[^"]+)"', (await admin.get("/admin/tokens")).text)
    await do(admin, form)
    assert list(await website.staff.machines()) == []


async def test_nobody_blocks_or_promotes_himself_and_nobody_is_changed_who_is_not_there(website: Website) -> None:
    await website.staff.add(somebody(Role.ADMIN))
    async with website.browser() as olga:
        await olga.sign_in("olga", "right horse too")
        for form in ({"act": "block"}, {"act": "role", "role": "analyst"}):
            assert (await do(olga, "/admin/users/olga", **form)).status == 409
        assert (await do(olga, "/admin/users/nobody", act="block")).status == 409
        assert (await do(olga, f"/admin/users/{NAME}", act="block")).status == 409
        assert (await do(olga, "/admin/users/olga", act="promote")).status == 400
    assert await website.staff.everybody() == [next(iter(await website.staff.everybody()))]


@pytest.mark.parametrize("path", ["/admin/users", "/admin/users/olga", "/admin/tokens", "/admin/tokens/crm"])
async def test_a_lesser_role_is_refused(olga: Browser, path: str) -> None:
    assert (await olga.get(re.sub(r"/(users|tokens)/.*", r"/\1", path))).status == 403
    seal = (await olga.get("/admin/calls")).seal
    assert (await olga.post(path, {"seal": seal, "name": "x", "role": "admin", "act": "role"})).status == 403


async def test_ones_own_password_is_changed_by_whoever_knows_it(olga: Browser) -> None:
    page = await olga.get("/admin/password")
    for old, new in (("wrong", "a new long horse"), ("right horse too", "short")):
        assert (await olga.post("/admin/password", {"seal": page.seal, "old": old, "new": new})).status == 400
    form = {"seal": page.seal, "old": "right horse too", "new": "a new long horse"}
    assert (await olga.post("/admin/password", form)).status == 303
    assert not await opens(olga)
    assert (await olga.sign_in("olga", "right horse too")).status == 401
    assert (await olga.sign_in("olga", "a new long horse")).status == 303


async def test_the_password_of_the_settings_is_changed_there(admin: Browser) -> None:
    page = await admin.get("/admin/password", Accept_Language="en")
    assert "ADMIN_PASSWORD" in page.text and 'name="new"' not in page.text
    assert (await admin.post("/admin/password", {"seal": page.seal, "old": "x", "new": "y"})).status in (200, 403)


async def test_a_token_is_shown_once_opens_the_api_with_its_role_and_nothing_when_it_is_revoked(
    website: Website, admin: Browser
) -> None:
    answer = await do(admin, "/admin/tokens", name="crm", role="analyst", days="30")
    (token,) = SHOWN_ONCE.findall(answer.text)
    assert token not in (await admin.get("/admin/tokens")).text

    async def asked(path: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        async with aiohttp.ClientSession() as session, session.get(website.url + path, headers=headers) as answer:
            return answer.status

    assert [await asked(path) for path in ("/api/v1/calls", "/api/v1/users")] == [200, 403]
    await do(admin, "/admin/tokens/crm")
    assert await asked("/api/v1/calls") == 401
    lines = await website.audit.lines(subject="crm")
    assert [line.action for line in lines] == ["tokens.revoked", "tokens.made"]


async def test_a_token_that_is_over_opens_nothing(website: Website, admin: Browser) -> None:
    website.clock.at = website.now.timestamp()
    await admin.sign_in()
    (token,) = SHOWN_ONCE.findall((await do(admin, "/admin/tokens", name="crm", role="admin", days="30")).text)
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(website.url, headers=headers) as machine:
        async with machine.get("/api/v1/version") as answer:
            assert answer.status == 200
        website.clock.at += 31 * 24 * 3600
        async with machine.get("/api/v1/version") as answer:
            assert answer.status == 401


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"name": "x y", "role": "admin", "days": ""}, 400),
        ({"name": "crm", "role": "root", "days": ""}, 400),
        ({"name": "crm", "role": "admin", "days": "31"}, 400),
    ],
)
async def test_a_token_that_cannot_be_made_is_not_made(
    website: Website, admin: Browser, form: dict[str, str], status: int
) -> None:
    assert (await do(admin, "/admin/tokens", **form)).status == status
    assert list(await website.staff.machines()) == []
