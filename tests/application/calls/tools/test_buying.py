"""Placing an order: read out by code, heard, agreed to, placed once."""

import json
from dataclasses import replace
from typing import Any

import pytest

from adapters.memory.ledger import InMemoryLedger
from domain.expectation import pending_question
from domain.facts import Deed
from domain.money import Money
from domain.shop.events import Ordered, Proposed
from domain.shop.orders import OrderStatus
from domain.transcript import CallerTurn
from domain.visit.promise import PromiseState
from tests.application.calls.tools.talk import CALLER, KYIV_ADDRESS, ShopOfTests, Talk, missing

pytestmark = pytest.mark.anyio


async def test_an_order_is_read_out_first_and_placed_after_a_yes() -> None:
    talk = await Talk().begin()
    read_back = await talk.quote()
    total = talk.visit.draft.total if talk.visit.draft else None
    assert read_back.say == (
        f"Отже, 4 шини {talk.visit.tires[0].name} 205/55 R16, доставка: Київ, вул. Сагайдака, 12, разом {total},"
        " оплата готівкою при отриманні, на ім'я Олександр. Оформлюємо?"
    )
    assert isinstance(read_back.events[-1], Proposed) and talk.shop.placed() == []
    talk.says("Так, оформлюйте")
    placed = await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert placed.say.startswith("Готово! Замовлення номер 10245 оформлено, орієнтовно 27 листопада.")
    assert json.loads(placed.result)["order"] == {
        "order_number": "10245",
        "total": str(total),
        "estimated_delivery": "2026-11-27",
    }
    assert placed.facts.deeds == {Deed.ORDERED} and "10245" in placed.facts.numbers
    assert talk.shop.placed() == ["10245"] and talk.visit.draft is None


async def test_the_yes_may_come_with_fewer_arguments_than_the_question() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    assert isinstance((await talk.use("confirm_order", payment_method="cod")).events[0], Ordered)


async def test_a_second_order_in_a_call_does_not_ask_for_the_name_again() -> None:
    talk = await Talk().begin()
    await talk.order()
    await talk.draft(2)
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    assert "Олександр" in (await talk.use("confirm_order", payment_method="online")).say


async def test_in_english_the_order_is_read_out_in_english() -> None:
    talk = await Talk(language="en").begin()
    read_back = await talk.quote(name="Alexander")
    assert read_back.say.startswith("So, 4 tyres ") and read_back.say.endswith("Shall I place the order?")
    talk.says("Yes, please.")
    placed = await talk.use("confirm_order", payment_method="cod", customer_name="Alexander")
    assert placed.say == "Done! Your order number 10245 is placed, expected on 27 November. Anything else?"


@pytest.mark.parametrize("answer", ["Ні", "Скільки йде доставка?", "Так, але на іншу адресу", "Зачекайте"])
async def test_whatever_is_no_plain_yes_has_the_order_read_out_again(answer: str) -> None:
    talk = await Talk().begin()
    read_back = await talk.quote()
    talk.says(answer)
    again = await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert again.say == read_back.say and talk.shop.placed() == []


async def test_a_read_back_that_was_cut_is_read_out_again_whatever_the_caller_says() -> None:
    talk = await Talk().begin()
    await talk.draft()
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    first = await talk.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    talk.hears(first.say[:30] + "—", cut=True)
    talk.says("Так")
    assert (await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")).say == first.say
    assert talk.shop.placed() == []


@pytest.mark.parametrize(
    ("payment", "name"),
    [("online", "Олександр"), ("cod", "Олена")],
)
async def test_a_yes_to_one_thing_is_no_yes_to_another(payment: str, name: str) -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("Так")
    other = await talk.use("confirm_order", payment_method=payment, customer_name=name)
    assert isinstance(other.events[-1], Proposed) and talk.shop.placed() == []


async def test_a_changed_quantity_is_a_new_order_to_agree_to_and_keeps_its_delivery() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("Ні, не чотири, а дві")
    changed = await talk.draft(2)
    assert changed["order"]["where"] == "Київ, вул. Сагайдака, 12"
    again = await talk.use("confirm_order", payment_method="cod")
    assert "2 шини" in again.say and "Сагайдака" in again.say and "Олександр" in again.say
    talk.says("так")
    await talk.use("confirm_order", payment_method="cod")
    (order,) = [each for each in talk.shop.inside.all_orders() if each["order_number"] == "10245"]
    assert [item["quantity"] for item in order["items"]] == [2]


async def test_the_name_of_a_known_caller_is_not_asked() -> None:
    ledger = InMemoryLedger()
    first = await Talk(ledger=ledger).begin()
    await first.order()
    await first.assistant.remember(tuple(first.turns))
    second = await Talk(ledger=ledger).begin()
    await second.draft(2)
    await second.told("update_order_delivery", **KYIV_ADDRESS)
    assert "name" not in " ".join(second.briefing.note.split("\n")[2:]).lower()
    assert "на ім'я Олександр" in (await second.use("confirm_order", payment_method="cod")).say


async def test_a_name_that_is_a_brand_is_refused() -> None:
    talk = await Talk().begin()
    assert "brand" in (await talk.quote(name="Мішлен")).result


async def test_nothing_is_confirmed_before_its_steps() -> None:
    talk = await Talk().begin()
    assert "create_order_draft" in await talk.refusal("confirm_order", payment_method="cod")
    await talk.draft()
    assert "update_order_delivery" in await talk.refusal("confirm_order", payment_method="cod", customer_name="Іра")
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    assert "payment_method is missing" in await talk.refusal("confirm_order", customer_name="Ірина")
    assert "cod, online, card_on_delivery" in await talk.refusal("confirm_order", payment_method="gold")
    assert "customer_name is missing" in await talk.refusal("confirm_order", payment_method="cod")


async def test_a_placed_order_is_not_placed_again() -> None:
    talk = await Talk().begin()
    await talk.order()
    assert "Order 10245 is placed already" in await talk.refusal("confirm_order", payment_method="cod")
    assert talk.shop.placed() == ["10245"]


async def test_a_withheld_number_orders_nothing() -> None:
    talk = await Talk().begin(None)
    await talk.told("search_tires", width=205, profile=55, diameter=16)
    assert "withheld" in await talk.refusal("create_order_draft", items=[{"product": "T1", "quantity": 4}])
    assert "withheld" in await talk.refusal("confirm_order", payment_method="cod")


# The shop in trouble


async def test_what_sold_out_meanwhile_is_told_honestly_and_the_yes_is_void() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.inside.set_stock(talk.visit.tires[0].id, 1)
    talk.says("так")
    use = await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert "NOT placed" in use.result and not use.say and not use.facts.deeds
    assert talk.visit.proposal is None and talk.visit.draft is not None
    assert [promise.state for promise in talk.ledger.promises.values()] == [PromiseState.FAILED]


async def test_a_lost_answer_is_not_called_done_and_asking_again_places_it_once() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.lost = {"confirm_order"}
    talk.says("так")
    lost = await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert lost.failed and "NOT known" in lost.result and not lost.facts.deeds
    assert [promise.state for promise in talk.ledger.promises.values()] == [PromiseState.BEGUN]
    talk.shop.lost = set()
    talk.hears("Магазин не відповів. Спробувати ще раз?")
    talk.says("Спробуйте")
    assert (await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")).facts.deeds
    assert talk.shop.placed() == ["10245"]
    assert [promise.state for promise in talk.ledger.promises.values()] == [PromiseState.DONE]


async def test_a_shop_that_is_down_has_placed_nothing_and_the_next_attempt_does() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.down = {"confirm_order"}
    talk.says("так")
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    assert talk.shop.placed() == []
    talk.shop.down = set()
    talk.says("так")
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert talk.shop.placed() == ["10245"]


async def test_an_order_that_stands_after_all_is_told_with_its_number() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.lost = {"confirm_order"}
    talk.says("так")
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    talk.shop.lost = set()
    talk.says("Я краще заплачу карткою")
    await talk.use("confirm_order", payment_method="card_on_delivery", customer_name="Олександр")
    talk.says("так")
    use = await talk.use("confirm_order", payment_method="card_on_delivery", customer_name="Олександр")
    assert use.facts.deeds == {Deed.ORDERED} and "10245" in use.say and talk.shop.placed() == ["10245"]
    states = [promise.state for promise in talk.ledger.promises.values()]
    assert states == [PromiseState.DONE, PromiseState.FAILED]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("create_order_draft", {"items": [{"product": "T1", "quantity": 2}]}),
        ("update_order_delivery", {"delivery_type": "delivery", "city": "Дніпро", "address": "вул. Інша, 3"}),
    ],
)
async def test_a_change_after_a_lost_answer_finds_the_order_that_stands(name: str, arguments: dict[str, Any]) -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.lost = {"confirm_order"}
    talk.says("так")
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    talk.shop.lost = set()
    talk.says("Тоді змініть, будь ласка")
    use = await talk.use(name, **arguments)
    assert use.facts.deeds == {Deed.ORDERED} and "10245" in use.say and talk.shop.placed() == ["10245"]
    assert talk.visit.draft is None
    await talk.assistant.remember(tuple(talk.turns))
    assert [promise.state for promise in talk.ledger.promises.values()] == [PromiseState.HEARD]


async def test_of_two_unheard_orders_only_the_one_that_is_found_is_settled() -> None:
    first = await Talk().begin()
    await first.quote()
    first.shop.down = {"confirm_order"}
    first.says("так")
    await first.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    first.shop.down, first.shop.lost = set(), {"confirm_order"}
    second = await Talk(shop=first.shop, ledger=first.ledger).begin()
    await second.quote()
    second.says("так")
    await second.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    second.says("Ні, дві")
    assert (await second.use("create_order_draft", items=[{"product": "T1", "quantity": 2}])).facts.deeds
    states = [promise.state for promise in first.ledger.promises.values()]
    assert states == [PromiseState.BEGUN, PromiseState.DONE]


async def test_an_order_that_stands_is_told_also_where_the_ledger_is_ill() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.lost = {"confirm_order"}
    talk.says("так")
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    talk.shop.lost = set()
    talk.ledger.faults.fail()
    assert (await talk.use("create_order_draft", items=[{"product": "T1", "quantity": 2}])).facts.deeds


async def test_an_order_that_cannot_be_written_down_is_not_begun() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.ledger.faults.fail()
    talk.says("так")
    assert "does not answer" in await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    assert talk.shop.placed() == []
    talk.ledger.faults.repair()
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert talk.shop.placed() == ["10245"]


async def test_a_refusal_is_a_refusal_also_where_the_orders_cannot_be_read() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.refusing = {"confirm_order": missing()}
    talk.shop.down = {"orders_of"}
    talk.says("так")
    assert "NOT placed" in (await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")).result


async def test_answers_that_say_little_lose_nothing_that_was_known() -> None:
    shop = ShopOfTests()
    shop.sparing = True
    talk = await Talk(shop=shop).begin()
    use = await talk.order()
    (order,) = talk.visit.ordered
    assert order.items and order.delivery and order.delivery.city == "Київ"
    assert use.say == "Готово! Замовлення номер 10245 оформлено. Чим ще допомогти?"
    assert talk.visit.tires[0].price * 4 in use.facts.amounts


# Limits


async def test_the_eleventh_change_of_a_call_is_an_operators() -> None:
    talk = await Talk().begin()
    await talk.draft()
    for house in range(9):
        await talk.told("update_order_delivery", delivery_type="delivery", city="Київ", address=f"вул. Нова, {house}")
    for name, arguments in (
        ("update_order_delivery", KYIV_ADDRESS),
        ("confirm_order", {"payment_method": "cod", "customer_name": "Ірина"}),
        ("create_order_draft", {"items": [{"product": "T1", "quantity": 2}]}),
    ):
        assert "policy_limit" in await talk.refusal(name, **arguments)


async def test_the_fourth_order_of_a_day_is_an_operators() -> None:
    ledger, shop = InMemoryLedger(), ShopOfTests()
    for number in range(3):
        talk = await Talk(shop=shop, ledger=ledger).begin()
        await talk.draft(number + 1)
        await talk.told("update_order_delivery", **KYIV_ADDRESS)
        await talk.use("confirm_order", payment_method="cod", customer_name="Ірина")
        talk.says("так")
        await talk.use("confirm_order", payment_method="cod", customer_name="Ірина")
    assert len(shop.placed()) == 3
    talk = await Talk(shop=shop, ledger=ledger).begin()
    await talk.told("search_tires", width=205, profile=55, diameter=16)
    assert "policy_limit" in await talk.refusal("create_order_draft", items=[{"product": "T1", "quantity": 4}])


async def test_an_order_is_not_counted_against_itself() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.shop.lost = {"confirm_order"}
    talk.says("так")
    await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    (third,) = [order for order in await talk.shop.orders_of(CALLER) if order.order_number]
    talk.shop.past = [replace(third, id=f"order_{number}") for number in range(2)]
    talk.says("Краще карткою")
    assert not (await talk.use("confirm_order", payment_method="online", customer_name="Олександр")).failed


async def test_the_amounts_of_a_read_back_may_be_said() -> None:
    talk = await Talk().begin()
    read_back = await talk.quote()
    draft, tire = talk.visit.draft, talk.visit.tires[0]
    assert draft is not None and draft.delivery is not None
    assert {draft.total, draft.subtotal, tire.price, tire.price * 4, draft.delivery.cost} <= read_back.facts.amounts
    assert 4 in read_back.facts.quantities and "вул. Сагайдака, 12" in read_back.facts.addresses
    assert Money(0) not in read_back.facts.amounts
    assert read_back.facts.deeds == frozenset()


async def test_the_number_that_orders_is_that_of_the_line_whatever_the_model_passes() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр", customer_phone="+380999999999")
    (order,) = [each for each in talk.shop.inside.all_orders() if each["order_number"] == "10245"]
    assert order["customer_phone"] == CALLER


async def test_a_yes_that_began_before_all_was_read_out_orders_nothing_and_is_asked_for_again() -> None:
    talk = await Talk().begin()
    read_back = await talk.quote()
    talk.turns.append(CallerTurn("так, оформлюйте", early=True))
    again = await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert talk.shop.placed() == [] and again.say != read_back.say
    assert again.say == pending_question(read_back.say)
    talk.says("так")
    await talk.use("confirm_order", payment_method="cod", customer_name="Олександр")
    assert len(talk.shop.placed()) == 1


async def test_the_fourth_order_of_a_day_is_an_operators_also_when_it_was_read_out_before_the_third() -> None:
    talk = await Talk().begin()
    await talk.quote()
    talk.says("так")
    draft = talk.visit.draft
    assert draft is not None
    talk.shop.past = [
        replace(
            draft,
            id=f"order_{number}",
            order_number=str(number),
            status=OrderStatus.CONFIRMED,
            created_on=talk.briefing.today,
        )
        for number in range(3)
    ]
    refusal = await talk.refusal("confirm_order", payment_method="cod", customer_name="Олександр")
    assert "policy_limit" in refusal and talk.shop.placed() == []
