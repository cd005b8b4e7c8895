"""What the people who run the line do at the pages, in a real Chromium."""

import re

import pytest
from playwright.async_api import Browser, StorageState, expect

from tests.browser.deskwork import CUSTOMER
from tests.browser.product import NAME, PASSWORD, Product
from tests.browser.story import STORY
from tests.browser.window import NARROW, Window, window
from tests.harness.center import PHRASES

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(120)]


async def test_a_wrong_password_opens_nothing_and_the_right_one_the_dashboard(visitor: Window) -> None:
    page = visitor.page
    await visitor.open("/admin/calls")
    assert page.url.endswith("/admin/login?next=/admin/calls")
    await visitor.sign_in(password="the horse is wrong")
    await expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    visitor.forgive("401")
    await visitor.sign_in()
    await expect(page.get_by_role("heading", name="Calls", level=1)).to_be_visible()
    await page.get_by_role("link", name="Today").click()
    await expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_call_appears_while_it_is_spoken_and_is_kept_afterwards(admin: Window, the_product: Product) -> None:
    page = admin.page
    await admin.open("/admin/live")
    await expect(page.get_by_text("Nobody is on the line.")).to_be_visible()
    phone = await the_product.center.answered_phone("+380931112233")
    await page.get_by_role("link", name="+380931112233").click()
    said = page.get_by_role("region", name="Transcript")
    await phone.say("потрібні зимові шини")
    await expect(said).to_contain_text("потрібні зимові шини")
    await expect(said).to_contain_text("Росава Сноугард")
    await phone.hear("до вподоби?")
    await phone.hang_up()
    await page.get_by_role("link", name="See its record").click()
    await expect(page.get_by_role("heading", name="+380931112233")).to_be_visible()
    await expect(page.locator(".transcript")).to_contain_text("потрібні зимові шини")


async def test_calls_are_found_by_what_was_said_while_one_types(admin: Window) -> None:
    page = admin.page
    await admin.open("/admin/calls")
    await page.get_by_label("Words that were said").press_sequentially("відділення дванадцяте")
    await expect(page.locator("tbody tr")).to_have_count(1)
    await expect(page).to_have_url(re.compile("text="))
    await page.get_by_role("table").get_by_role("link").click()
    await expect(page).to_have_url(re.compile(str(STORY)))
    await page.go_back()
    await expect(page.locator("tbody tr")).to_have_count(1)
    await page.get_by_role("link", name="All calls").click()
    await expect(page.locator("tbody tr").nth(20)).to_be_visible()
    await page.get_by_label("Why to a person").select_option("technical_failure")
    await expect(page.locator("tbody tr").filter(has_text="Something failed").nth(5)).to_be_visible()
    await expect(page.locator("tbody tr").filter(has_not_text="Something failed")).to_have_count(0)


async def test_what_is_found_is_exported_and_downloaded(admin: Window) -> None:
    page = admin.page
    await admin.open("/admin/calls?reason=technical_failure")
    await page.get_by_role("button", name="CSV").click()
    await expect(page.get_by_role("heading", name="Exports", level=1)).to_be_visible()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Download").click()
    lines = (await (await coming.value).path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 5
    assert [line for line in lines[1:] if "technical_failure" not in line] == []


async def test_a_call_is_read_with_its_tools_and_the_latency_of_each_reply(admin: Window) -> None:
    page = admin.page
    await admin.open(f"/admin/calls/{STORY}")
    await expect(page.get_by_role("heading", name=CUSTOMER)).to_be_visible()
    await expect(page.locator(".facts")).to_contain_text("ORD-1043")
    search = page.get_by_role("listitem").filter(has_text="search_tires")
    await search.locator("summary").click()
    await expect(search).to_contain_text("Rosava Snowgard")
    cut = page.get_by_role("listitem").filter(has_text="Нокіан за")
    await expect(cut).to_contain_text("cut")
    await expect(cut.locator(".fall")).to_contain_text("words heard 0.21 first word 0.53 voice 0.62")
    widths = await cut.locator(".fall rect:not(.track)").evaluate_all("all => all.map(e => e.getBBox().width)")
    assert [round(width / sum(widths), 2) for width in widths] == [0.15, 0.39, 0.46]


async def test_a_callback_is_taken_and_done(admin: Window) -> None:
    page = admin.page
    await admin.open("/admin/callbacks")
    card = page.get_by_role("article").filter(has_text="Чи є зимові шини на вісімнадцять?")
    await card.get_by_role("button", name="Take").click()
    await expect(card.get_by_label("What came of it")).to_be_visible()
    await card.get_by_label("What came of it").fill("замовив чотири")
    await card.get_by_role("button", name="Done").click()
    await expect(card).to_contain_text("замовив чотири")
    await page.get_by_role("navigation", name="State").get_by_role("link", name="Done").click()
    await expect(card).to_be_visible()
    await card.get_by_role("link", name="Changes").click()
    await expect(page.get_by_text("took it")).to_be_visible()


async def test_the_pages_speak_the_language_that_is_chosen_and_keep_to_it(admin: Window) -> None:
    page = admin.page
    await admin.open("/admin/calls?text=Росави")
    for name, heading in (("Українська", "Дзвінки"), ("Русский", "Звонки"), ("English", "Calls")):
        await page.get_by_title(name).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        await expect(page).to_have_url(re.compile("text="))
    await page.get_by_title("Українська").click()
    await admin.open("/admin")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Сьогодні")
    await expect(page.locator("html")).to_have_attribute("lang", "uk")


async def test_all_of_it_works_without_scripts(browser: Browser, the_product: Product) -> None:
    async with window(browser, the_product.url, java_script_enabled=False) as plain:
        page = plain.page
        await plain.open("/admin/callbacks")
        await plain.sign_in()
        card = page.get_by_role("article").filter(has_text="Перенести запис на шиномонтаж")
        await card.get_by_role("button", name="Take").click()
        await page.get_by_role("navigation", name="State").get_by_role("link", name="Taken").click()
        await card.get_by_label("What came of it").fill("перенесено")
        await card.get_by_role("button", name="Done").click()
        await page.get_by_role("navigation", name="State").get_by_role("link", name="Done").click()
        await expect(card).to_contain_text("перенесено")
        await page.get_by_role("link", name="Calls", exact=True).click()
        await page.get_by_label("Outcome").select_option("silent")
        await page.get_by_role("button", name="Show").click()
        await expect(page.locator("tbody tr").filter(has_text="Nobody spoke").first).to_be_visible()
        await expect(page.locator("tbody tr").filter(has_not_text="Nobody spoke")).to_have_count(0)
        await page.get_by_role("link", name="All calls").click()
        await page.get_by_role("link", name="Next page").click()
        await expect(page.get_by_role("link", name="First page")).to_be_visible()


async def test_the_menu_of_a_phone_opens_without_scripts(
    browser: Browser, the_product: Product, ticket: StorageState
) -> None:
    width, height = NARROW
    size = {"width": width, "height": height}
    async with window(browser, the_product.url, ticket=ticket, java_script_enabled=False, viewport=size) as phone:
        page = phone.page
        await phone.open("/admin")
        entry = page.get_by_role("navigation", name="Pages").get_by_role("link", name="Customers")
        await expect(entry).to_be_hidden()
        await page.get_by_role("button", name="Menu").click()
        await entry.click()
        await expect(page.get_by_role("heading", name="Customers", level=1)).to_be_visible()
        await expect(entry).to_be_hidden()


async def test_the_keyboard_alone_leads_in_and_past_the_menu(visitor: Window) -> None:
    page, keys = visitor.page, visitor.page.keyboard
    await visitor.open("/admin/login")
    await keys.type(NAME)
    await keys.press("Tab")
    await keys.type(PASSWORD)
    await keys.press("Enter")
    await expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    await keys.press("Tab")
    await expect(page.get_by_role("link", name="To the content")).to_be_focused()
    await expect(page.get_by_role("link", name="To the content")).to_be_in_viewport()
    await keys.press("Enter")
    await keys.press("Tab")
    assert await page.evaluate("document.querySelector('main').contains(document.activeElement)")


async def test_a_call_is_ended_from_its_page_and_its_caller_hears_why(admin: Window, the_product: Product) -> None:
    page = admin.page
    phone = await the_product.center.answered_phone("+380931112244")
    await admin.open("/admin/live")
    await page.get_by_role("link", name="+380931112244").click()
    await page.get_by_text("End the call").click()
    await page.get_by_role("button", name="End it now").click()
    await expect(page.get_by_text("The agent says goodbye and hangs up.")).to_be_visible()
    await phone.hear(PHRASES.farewell)
    await expect(page.get_by_text("The call has ended.")).to_be_visible()
    await phone.reach("hung_up")
