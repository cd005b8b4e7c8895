"""The customers' pages: found by number, set right, given to their owners, erased."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from application.ports.calls import UnknownCall
from domain.access import Role
from domain.shop.events import ProfileSaved
from tests.contracts.ledger import promise
from tests.ui.browser import Browser, Website
from tests.ui.calls_kept import CALLER, NOW, call_id_of, ordering
from tests.ui.test_callbacks import FIRST
from ui.customer_records import forms_of

pytestmark = pytest.mark.anyio

PAGE = f"/admin/customers/{CALLER}"
OTHER = "+380509876543"
FORMS = ("+380671234567", "380671234567", "0671234567")
KNOWN = ProfileSaved(name="Олена <i>", city="Дніпро")


@asynccontextmanager
async def signed_in(role: Role) -> AsyncIterator[tuple[Website, Browser]]:
    async with Website(role=role).open() as website, website.browser() as browser:
        await website.archive.save([*ordering(), *ordering(1, caller=OTHER)])
        await website.ledger.add(FIRST)
        await website.ledger.begin(promise())
        await website.ledger.save(CALLER, KNOWN)
        assert (await browser.sign_in()).status == 303
        yield website, browser


@pytest.fixture
async def desk() -> AsyncIterator[tuple[Website, Browser]]:
    async with signed_in(Role.ADMIN) as both:
        yield both


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("+380671234567", FORMS),
        ("067 123-45-67", FORMS),
        ("380 (67) 123 45 67", FORMS),
        ("101", ("101",)),
        ("+1 202 555 0143", ("+12025550143",)),
        ("", ()),
        ("Олена", ()),
        ("+38067123456789012345678", ()),
        ("٠٦٧١٢٣٤٥٦٧", ()),
    ],
)
def test_a_number_may_be_written_in_many_ways(written: str, forms: tuple[str, ...]) -> None:
    assert forms_of(written) == forms


@pytest.mark.parametrize("named", FORMS)
async def test_a_number_is_found_as_the_line_names_it(named: str) -> None:
    async with Website().open() as website, website.browser() as browser:
        await website.archive.save(ordering(caller=named))
        await browser.sign_in()
        for written in ("0671234567", "%2B38%20067%20123%2045%2067"):
            found = await browser.get(f"/admin/customers?number={written}")
            assert found.headers["Location"] == f"/admin/customers/{named}"


async def test_whoever_has_called_is_listed_once_and_a_number_leads_to_its_page(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    await website.archive.save(ordering(2))
    page = await browser.get("/admin/customers")
    assert page.text.count(f'href="/admin/customers/{CALLER}"') == 1
    assert "Олена &lt;i&gt;" in page.text and OTHER in page.text
    found = await browser.get("/admin/customers?number=067%20123-45-67")
    assert (found.status, found.headers["Location"]) == (303, PAGE)
    assert 'role="alert"' in (await browser.get("/admin/customers?number=nobody")).text


async def test_a_customers_page_shows_what_is_known_and_what_happened(desk: tuple[Website, Browser]) -> None:
    page = await desk[1].get(PAGE)
    assert page.status == 200
    for text in ("Олена &lt;i&gt;", "Дніпро", str(call_id_of(0)), "ORD-1043", FIRST.key):
        assert text in page.text
    assert str(call_id_of(1)) not in page.text


async def test_a_number_of_which_nothing_is_known_has_a_page_too(desk: tuple[Website, Browser]) -> None:
    _, browser = desk
    assert (await browser.get("/admin/customers/+380991112233")).status == 200
    assert (await browser.get("/admin/customers/nobody")).status == 404


async def test_what_is_set_right_stays_so_and_is_in_the_audit(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    form = {"seal": (await browser.get(PAGE)).seal, "name": " Олена ", "city": "", "vehicle": "Octavia\u202e"}
    for _ in range(2):
        assert (await browser.post(f"{PAGE}/profile", form)).headers["Location"] == PAGE
    assert await website.ledger.profile(CALLER) == ProfileSaved(name="Олена", vehicle="Octavia")
    (line,) = await website.audit.lines(subject=CALLER)
    assert (line.action, line.by, line.at) == ("customers.edited", "admin", NOW)
    assert line.before == {"name": "Олена <i>", "city": "Дніпро", "vehicle": ""}
    assert line.after == {"name": "Олена", "city": "", "vehicle": "Octavia"}


async def test_all_that_is_kept_of_a_number_may_be_downloaded(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    answer = await browser.post(f"{PAGE}/export", {"seal": (await browser.get(PAGE)).seal})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="380671234567.json"'
    known = json.loads(answer.text)
    assert known["profile"] == {"name": "Олена <i>", "city": "Дніпро", "vehicle": "", "delivery_address": ""}
    assert [each["note"] for each in known["callbacks"]] == [FIRST.note]
    assert [each["content"] for each in known["promises"]] == [promise().content]
    (call,) = known["calls"]
    assert call["caller"] == CALLER and len(call["transcript"]) == 5
    assert OTHER not in answer.text
    assert [line.action for line in await website.audit.lines()] == ["customers.exported"]


async def test_what_is_erased_is_gone_everywhere_and_others_stay(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    seal = (await browser.get(PAGE)).seal
    await browser.post(f"{PAGE}/profile", {"seal": seal, "name": "Олена", "city": "Київ"})
    await browser.post(f"/admin/callbacks/{FIRST.key}", {"seal": seal, "act": "done", "remark": "це Олена"})
    answer = await browser.post(f"{PAGE}/erase", {"seal": seal, "number": "067 123 45 67"})
    assert answer.headers["Location"] == "/admin/customers?erased=yes"
    assert (await website.ledger.profile(CALLER), await website.ledger.callbacks_of(CALLER)) == (None, [])
    assert list(await website.ledger.promises_of(CALLER)) == []
    with pytest.raises(UnknownCall):
        await website.archive.load(call_id_of(0))
    assert (await website.archive.load(call_id_of(1))).call.caller == OTHER
    (line,) = await website.audit.lines()
    assert (line.action, line.subject, line.after) == ("customers.erased", "+38067•••••67", {"calls": "1"})
    assert 'role="status"' in (await browser.get("/admin/customers?erased=yes")).text


@pytest.mark.parametrize("typed", ["", "0671234568", "Олена"])
async def test_nothing_is_erased_unless_the_number_is_typed(desk: tuple[Website, Browser], typed: str) -> None:
    website, browser = desk
    answer = await browser.post(f"{PAGE}/erase", {"seal": (await browser.get(PAGE)).seal, "number": typed})
    assert answer.status == 400 and 'role="alert"' in answer.text
    assert await website.ledger.profile(CALLER) == KNOWN


@pytest.mark.parametrize(
    ("role", "permitted"),
    [
        (Role.ADMIN, {"see", "profile", "export", "erase"}),
        (Role.OPERATOR, {"see", "profile"}),
        (Role.ANALYST, set()),
        (Role.CONTENT_MANAGER, set()),
    ],
)
async def test_each_role_does_what_it_may_and_no_more(role: Role, permitted: set[str]) -> None:
    async with signed_in(role) as (_, browser):
        seal = (await browser.get("/admin")).seal
        statuses = {"see": (await browser.get(PAGE)).status}
        for act in ("profile", "export", "erase"):
            form = {"seal": seal, "number": CALLER}
            statuses[act] = (await browser.post(f"{PAGE}/{act}", form)).status
        assert {act for act, status in statuses.items() if status in (200, 303)} == permitted
        assert {status for act, status in statuses.items() if act not in permitted} <= {403}


async def test_a_form_without_its_seal_changes_nothing(desk: tuple[Website, Browser]) -> None:
    website, browser = desk
    for act in ("profile", "export", "erase"):
        assert (await browser.post(f"{PAGE}/{act}", {"number": CALLER})).status == 403
    assert await website.ledger.profile(CALLER) == KNOWN


async def test_who_tries_the_agent_is_no_customer(website: Website, admin: Browser) -> None:
    await website.archive.save(ordering(2, caller="test:olga"))
    page = (await admin.get("/admin/customers")).text
    assert "+380509876543" in page and "test:olga" not in page
