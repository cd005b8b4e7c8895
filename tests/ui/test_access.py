"""Signing in: what opens the admin, and what does not."""

import base64
import json

import pytest

from adapters.memory.people import InMemoryStaff
from tests.ui.browser import NAME, PASSWORD, Browser, Website
from tests.ui.test_users import somebody
from ui.access import SHIFT_SECONDS, TICKET_SECONDS
from ui.gate import SECRET, TICKET
from ui.guard import Pace, Paces

pytestmark = pytest.mark.anyio


async def opens(browser: Browser) -> bool:
    return (await browser.get("/admin/calls")).status == 200


@pytest.mark.parametrize("path", ["/admin", "/admin/calls", "/admin/calls/00000000-0000-4000-8000-000000000001"])
async def test_no_page_is_shown_to_whoever_has_not_signed_in(browser: Browser, path: str) -> None:
    answer = await browser.get(path)
    assert answer.status == 303
    assert answer.headers["Location"].startswith("/admin/login")
    assert "+38067" not in answer.text


async def test_whoever_signs_in_goes_on_to_the_page_that_he_asked_for(browser: Browser) -> None:
    asked = await browser.get("/admin/calls?outcome=failed")
    assert asked.headers["Location"] == "/admin/login?next=/admin/calls%3Foutcome%3Dfailed"
    answer = await browser.sign_in(onward="/admin/calls?outcome=failed")
    assert (answer.status, answer.headers["Location"]) == (303, "/admin/calls?outcome=failed")
    assert await opens(browser)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/admin", "//evil.example", "/\\evil.example", "/admin\r\nX: y", "/administer"]
)
async def test_nobody_is_led_to_another_site(browser: Browser, onward: str) -> None:
    assert (await browser.sign_in(onward=onward)).headers["Location"] == "/admin"


@pytest.mark.parametrize(
    ("name", "password"), [(NAME, "wrong"), ("root", PASSWORD), ("", ""), ("админ", PASSWORD), (NAME, "\ud800")]
)
async def test_a_wrong_name_or_password_opens_nothing(browser: Browser, name: str, password: str) -> None:
    answer = await browser.sign_in(name, password.encode("utf-8", "replace").decode())
    assert (answer.status, await opens(browser)) == (401, False)


async def test_after_five_failures_the_right_password_must_wait_too(website: Website, browser: Browser) -> None:
    for _ in range(5):
        assert (await browser.sign_in(password="wrong")).status == 401
    answer = await browser.sign_in()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "900")
    website.clock.at += 901
    assert (await browser.sign_in()).status == 303


async def test_twenty_failures_from_an_address_make_it_wait_whatever_the_names(browser: Browser) -> None:
    for each in range(20):
        assert (await browser.sign_in(f"name-{each}", "wrong")).status == 401
    assert (await browser.sign_in()).status == 429


async def test_the_ticket_is_out_of_the_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = (await browser.sign_in()).headers["Set-Cookie"]
    assert cookie.startswith(f"{TICKET}=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


async def test_a_ticket_is_good_for_a_working_day(website: Website, admin: Browser) -> None:
    website.clock.at += SHIFT_SECONDS - 1
    assert await opens(admin)
    website.clock.at += 2
    assert not await opens(admin)


async def test_a_ticket_opens_nothing_once_its_holder_has_left(admin: Browser) -> None:
    ticket = admin.cookie(TICKET)
    page = await admin.get("/admin/calls")
    assert (await admin.post("/admin/logout", {"seal": page.seal})).headers["Location"] == "/admin/login"
    assert admin.cookie(TICKET) == ""
    admin.have(**{TICKET: ticket})
    assert not await opens(admin)


async def test_a_forged_ticket_opens_nothing(admin: Browser) -> None:
    head, claims, signature = admin.cookie(TICKET).split(".")
    nobody_signs = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).decode().rstrip("=")
    changed = claims[:-2] + ("AA" if claims[-2:] != "AA" else "BB")
    for forged in (f"{nobody_signs}.{claims}.", f"{head}.{changed}.{signature}", f"{head}.{claims}.", "x", "a.b.c"):
        admin.have(**{TICKET: forged, SECRET: "x"})
        assert not await opens(admin)


async def test_a_ticket_that_is_over_is_renewed_by_its_secret_and_by_nothing_else(
    website: Website, admin: Browser
) -> None:
    before, secret = admin.cookie(TICKET), admin.cookie(SECRET)
    website.clock.at += TICKET_SECONDS + 1
    assert await opens(admin)
    assert admin.cookie(TICKET) not in ("", before)
    async with website.browser() as thief:
        thief.have(**{TICKET: before})
        assert not await opens(thief)
        thief.have(**{SECRET: secret[::-1]})
        assert not await opens(thief)


async def test_the_admin_of_the_settings_gets_in_while_the_records_are_away(website: Website, browser: Browser) -> None:
    assert isinstance(website.staff, InMemoryStaff)
    await website.staff.add(somebody())
    website.staff.faults.fail()
    page = await browser.get("/admin/login")
    form = {"seal": page.seal, "name": "olga", "password": "right horse too", "next": ""}
    answer = await browser.post("/admin/login", form, Accept_Language="en")
    assert (answer.status, "Only the admin of the settings" in answer.text) == (503, True)
    assert (await browser.sign_in()).status == 303
    assert (await browser.get("/admin")).status == 200


async def test_whoever_asks_too_fast_waits_and_health_does_not(website: Website) -> None:
    few = Pace(3, 0.5)
    async with (
        Website(paces=Paces(address=few, stranger=few, holder=few)).open() as hurried,
        hurried.browser() as browser,
    ):
        answers = [await browser.get("/admin/login") for _ in range(4)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] in ("1", "2")
        assert [(await browser.get("/health")).status for _ in range(9)] == [200] * 9
        assert json.loads((await browser.get("/api/v1/version")).text)["error"]["code"] == "too_many_requests"


async def test_no_form_counts_without_its_seal(admin: Browser) -> None:
    for form in ({}, {"seal": ""}, {"seal": "0" * 64}, {"seal": "№"}):
        assert (await admin.post("/admin/logout", form)).status == 403
    assert await opens(admin)


async def test_the_seal_of_one_visitor_is_nothing_to_another(website: Website, browser: Browser) -> None:
    async with website.browser() as stranger:
        theirs = (await stranger.get("/admin/login")).seal
    answer = await browser.post("/admin/login", {"seal": theirs, "name": NAME, "password": PASSWORD})
    assert (answer.status, await opens(browser)) == (403, False)


async def test_a_form_from_another_site_is_refused_even_with_its_seal(admin: Browser) -> None:
    page = await admin.get("/admin/calls")
    for origin in ("https://evil.example", "null"):
        assert (await admin.post("/admin/logout", {"seal": page.seal}, Origin=origin)).status == 403
    assert await opens(admin)


async def test_a_page_may_use_nothing_but_files_of_this_host(browser: Browser) -> None:
    answer = await browser.get("/admin/login")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert " style=" not in answer.text and "<style" not in answer.text and " onclick" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_fragment_sends_whoever_is_not_signed_in_any_more_to_the_door(browser: Browser) -> None:
    answer = await browser.get("/admin/calls", HX_Request="true")
    assert (answer.status, answer.headers["HX-Redirect"]) == (401, "/admin/login")


async def test_the_language_is_the_browsers_until_another_is_chosen(browser: Browser) -> None:
    page = await browser.get("/admin/login", Accept_Language="ru,en;q=0.5")
    assert "Войти" in page.text
    answer = await browser.post("/admin/language", {"seal": page.seal, "language": "en", "next": "/admin/login"})
    assert (answer.status, answer.headers["Location"]) == (303, "/admin/login")
    assert "Sign in" in (await browser.get("/admin/login", Accept_Language="ru")).text
    wrong = await browser.post("/admin/language", {"seal": page.seal, "language": "../en"})
    assert wrong.status == 400
