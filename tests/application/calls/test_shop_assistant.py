"""The agent of a call to the shop: what it knows of the caller, what it is told at each step, what it keeps."""

from dataclasses import replace
from uuid import UUID

import pytest

from adapters.memory.ledger import InMemoryLedger
from domain.facts import NOTHING, Deed, Finding
from domain.shop.events import ProfileSaved
from domain.truth.gate import judge
from domain.truth.known import known
from domain.visit.promise import Promise, PromiseState
from tests.application.calls.tools.talk import CALLER, KYIV_ADDRESS, NOW, SIZE, ShopOfTests, Talk

pytestmark = pytest.mark.anyio

ENTRANCES = frozenset(
    """
    get_vehicle_tire_sizes search_tires check_availability get_order_status get_fitting_stations get_fitting_price
    get_customer_bookings find_storage search_knowledge_base update_customer_profile create_callback_request
    """.split()
)
LATER = frozenset(
    """
    create_order_draft update_order_delivery confirm_order get_pickup_points get_fitting_slots book_fitting
    cancel_fitting
    """.split()
)


def states(ledger: InMemoryLedger) -> list[PromiseState]:
    return [promise.state for promise in ledger.promises.values()]


async def test_the_agent_has_every_tool_of_the_trade_once() -> None:
    names = [tool.spec.name for tool in (await Talk().begin()).assistant.tools]
    assert frozenset(names) == ENTRANCES | LATER and len(names) == len(set(names)) == 18


async def test_a_call_opens_with_the_entrances_and_each_step_opens_the_next() -> None:
    talk = await Talk().begin()
    assert talk.briefing.tools == ENTRANCES
    await talk.told("search_tires", **SIZE)
    assert talk.briefing.tools == ENTRANCES | {"create_order_draft", "get_pickup_points"}
    await talk.draft()
    assert "confirm_order" not in talk.briefing.tools and "update_order_delivery" in talk.briefing.tools
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    assert "confirm_order" in talk.briefing.tools
    await talk.order()
    assert "confirm_order" not in talk.briefing.tools and "create_order_draft" in talk.briefing.tools


async def test_the_note_names_the_day_and_the_days_to_come() -> None:
    note = (await Talk().begin()).briefing.note
    assert note.startswith("Now it is Wednesday 2026-11-25 14:05; then come Thu 2026-11-26, Fri 2026-11-27,")
    assert "Wed 2026-12-02" in note


async def test_today_is_named_and_makes_no_other_promise() -> None:
    briefing = (await Talk().begin()).briefing
    assert (briefing.today, briefing.standing) == (NOW.date(), NOTHING)


async def test_the_instructions_are_those_of_the_flow_after_a_part_that_never_changes() -> None:
    talk = await Talk().begin()
    opening = talk.briefing.instructions
    await talk.told("search_tires", **SIZE)
    buying = talk.briefing.instructions
    assert "create_order_draft" in buying and buying != opening
    assert buying.split("\n\n")[0] == opening.split("\n\n")[0]


async def test_a_known_caller_is_known_and_a_withheld_number_is_said_to_be() -> None:
    ledger = InMemoryLedger()
    ledger.profiles[CALLER] = ProfileSaved(name="Ірина", vehicle="Toyota Corolla")
    assert "name Ірина, car Toyota Corolla" in (await Talk(ledger=ledger).begin()).briefing.note
    assert "withheld" in (await Talk().begin(None)).briefing.note
    assert "Known of the caller" not in (await Talk().begin()).briefing.note


async def test_what_the_model_is_told_follows_the_order_to_its_end() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    assert "Looked for: 205/55 R16, winter." in talk.briefing.note and "Offered: T1 " in talk.briefing.note
    await talk.quote()
    talk.says("А скільки це разом?")
    assert "has not agreed" in talk.briefing.note
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    talk.says("так")
    assert "said yes: call confirm_order again" in talk.briefing.note
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert "Placed in this call: order 10245" in talk.briefing.note


async def test_after_an_attempt_without_an_answer_the_model_is_not_sent_again_before_the_caller_speaks() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    talk.shop.down = {"confirm_order"}
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    assert "call confirm_order again" not in talk.briefing.note


# What earlier calls promised


async def test_what_was_heard_is_kept_as_heard() -> None:
    talk = await Talk().begin()
    await talk.order()
    assert states(talk.ledger) == [PromiseState.DONE]
    await talk.assistant.remember(tuple(talk.turns))
    assert states(talk.ledger) == [PromiseState.HEARD]
    again = await Talk(ledger=talk.ledger, shop=talk.shop).begin()
    assert "earlier call" not in again.briefing.note and again.briefing.standing.numbers == frozenset()


@pytest.mark.parametrize(
    "words", ["Готово! Замовлення номер—", "Готово! Замовлення номер 10245 оформлено, орієнтовно—"]
)
async def test_a_confirmation_that_was_cut_is_told_in_the_next_call_until_it_is_heard(words: str) -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    await talk.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    talk.hears(words, cut=True)
    await talk.assistant.remember(tuple(talk.turns))
    assert states(talk.ledger) == [PromiseState.DONE]

    again = await Talk(ledger=talk.ledger, shop=talk.shop).begin()
    again.says("Добрий день, я щойно дзвонив")
    assert "Замовлення номер 10245 оформлено" in again.briefing.note
    facts = known(again.turns, standing=again.briefing.standing)
    assert "10245" in facts.numbers and facts.findings == {Finding.CONFIRMED} and not facts.deeds
    told = "Ваше замовлення номер 10245 підтверджено."
    assert judge(told, facts, today=NOW.date()).passes
    again.hears(told)
    assert "earlier call" not in again.briefing.note
    await again.assistant.remember(tuple(again.turns))
    assert states(talk.ledger) == [PromiseState.HEARD]
    assert again.briefing.standing.numbers == frozenset()


async def test_a_confirmation_that_was_cut_may_still_be_heard_in_the_same_call() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    await talk.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    talk.hears("Готово! Замовлення—", cut=True)
    await talk.assistant.remember(tuple(talk.turns))
    talk.says("Що, перепрошую?")
    talk.hears("Номер вашого замовлення 10245.")
    await talk.assistant.remember(tuple(talk.turns))
    assert states(talk.ledger) == [PromiseState.HEARD]


async def test_an_order_whose_answer_was_lost_is_found_at_the_shop_in_the_next_call() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    talk.shop.lost = {"confirm_order"}
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    again = await Talk(ledger=talk.ledger, shop=talk.shop).begin()
    assert "Замовлення номер 10245 оформлено" in again.briefing.note
    assert states(talk.ledger) == [PromiseState.DONE]


async def test_an_order_that_never_reached_the_shop_is_not_called_placed() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    talk.shop.down = {"confirm_order"}
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    again = await Talk(ledger=talk.ledger, shop=talk.shop).begin()
    assert "not known whether it was done. Call get_order_status" in again.briefing.note
    assert again.briefing.standing.numbers == frozenset() and states(talk.ledger) == [PromiseState.BEGUN]
    await again.assistant.remember(tuple(again.turns))
    assert states(talk.ledger) == [PromiseState.BEGUN]


async def test_another_persons_promises_are_nobody_elses() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    await talk.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    other = await Talk(ledger=talk.ledger, shop=talk.shop).begin("+380670000002")
    assert "10245" not in other.briefing.note


async def test_a_promise_of_another_kind_is_left_to_its_tools() -> None:
    ledger = InMemoryLedger()
    promise = Promise(
        caller=CALLER, call_id=UUID(int=1), key="k", deed=Deed.BOOKED, content="{}", at=NOW.replace(hour=13)
    )
    await ledger.begin(promise)
    again = await Talk(ledger=ledger).begin()
    assert "Call get_customer_bookings" in again.briefing.note


async def test_a_shop_that_is_down_when_the_call_begins_costs_only_what_it_would_have_told() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    talk.shop.lost = {"confirm_order"}
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    talk.shop.down = {"orders_of"}
    again = await Talk(ledger=talk.ledger, shop=talk.shop).begin()
    assert "not known whether it was done" in again.briefing.note


async def test_an_ill_ledger_is_never_the_end_of_a_call() -> None:
    ledger = InMemoryLedger()
    ledger.faults.fail()
    talk = await Talk(ledger=ledger).begin()
    assert "create_callback_request" in talk.briefing.tools
    ledger.faults.repair()
    await talk.order()
    ledger.faults.fail()
    await talk.assistant.remember(tuple(talk.turns))
    ledger.faults.repair()
    assert states(ledger) == [PromiseState.DONE]
    await talk.assistant.remember(tuple(talk.turns))
    assert states(ledger) == [PromiseState.HEARD]


async def test_nothing_is_asked_of_the_ledger_while_there_is_nothing_to_keep() -> None:
    talk = await Talk().begin()
    talk.ledger.faults.fail(1)
    await talk.assistant.remember(tuple(talk.turns))
    assert talk.ledger.faults.failing
    nobody = await Talk().begin(None)
    await nobody.assistant.remember(tuple(nobody.turns))


# The name


async def test_the_name_of_who_has_ordered_is_kept_for_his_next_call() -> None:
    talk = await Talk().begin()
    await talk.order()
    await talk.assistant.remember(tuple(talk.turns))
    assert talk.ledger.profiles[CALLER].name == "Олександр"


async def test_a_name_that_is_known_is_not_overwritten() -> None:
    ledger = InMemoryLedger()
    ledger.profiles[CALLER] = ProfileSaved(name="Ірина")
    talk = await Talk(ledger=ledger).begin()
    await talk.order()
    await talk.assistant.remember(tuple(talk.turns))
    assert ledger.profiles[CALLER].name == "Ірина"


async def test_what_the_caller_says_of_himself_goes_before_what_was_known() -> None:
    ledger = InMemoryLedger()
    ledger.profiles[CALLER] = ProfileSaved(name="Ірина", city="Київ")
    talk = await Talk(ledger=ledger).begin()
    await talk.told("update_customer_profile", name="Олена")
    assert "name Олена, city Київ" in talk.briefing.note


async def test_an_order_without_its_number_is_still_unknown() -> None:
    shop = ShopOfTests()
    talk = await Talk(shop=shop).begin()
    await talk.quote()
    talk.says("так")
    shop.lost = {"confirm_order"}
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    (placed,) = [order for order in await shop.orders_of(CALLER) if order.order_number]
    nameless = ShopOfTests()
    nameless.past = [replace(placed, order_number=None)]
    again = await Talk(ledger=talk.ledger, shop=nameless).begin()
    assert "not known whether it was done" in again.briefing.note
