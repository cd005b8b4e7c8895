"""Signing in: what opens the admin, and what does not."""

import base64
import json

import pytest

from tests.ui.browser import NAME, PASSWORD, Browser, Website
from ui.access import SHIFT_SECONDS
from ui.gate import TICKET

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
        admin.have(**{TICKET: forged})
        assert not await opens(admin)


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
