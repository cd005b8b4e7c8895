"""Beginning an order: only what was offered, only what is there, within limits, and not twice unawares."""

from dataclasses import replace

import pytest

from adapters.memory.ledger import InMemoryLedger
from domain.facts import Deed, Finding
from domain.money import Money
from domain.shop.events import DeliverySet, DraftMade
from domain.shop.orders import OrderStatus
from tests.application.calls.tools.talk import KYIV_ADDRESS, NOW, SIZE, ShopOfTests, Talk, missing, refused

pytestmark = pytest.mark.anyio


def four(product: str = "T1") -> list[dict[str, object]]:
    return [{"product": product, "quantity": 4}]


async def test_a_draft_has_the_shops_total_and_says_what_is_asked_next() -> None:
    talk = await Talk().begin()
    told = await talk.draft()
    tire = talk.visit.tires[0]
    item = {"tire": "T1", "name": tire.name, "quantity": 4, "price": str(tire.price)}
    assert told == {
        "draft": {"items": [item], "subtotal": str(tire.price * 4)},
        "next": "ask how to get it: delivery or pickup",
    }
    use = talk.turns[-1]
    assert use.facts.deeds == {Deed.SAVED} and tire.price * 4 in use.facts.amounts  # type: ignore[union-attr]


async def test_the_same_tire_named_twice_is_one_item() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    name = talk.visit.tires[0].name
    items = [{"product": "T1", "quantity": 2}, {"product": name, "quantity": "2"}]
    assert [each["quantity"] for each in (await talk.told("create_order_draft", items=items))["draft"]["items"]] == [4]


@pytest.mark.parametrize(
    ("items", "why"),
    [
        (None, "must be a list"),
        ([], "must be a list"),
        ("T1", "must be a list"),
        (four() * 11, "must be a list"),
        (["T1"], "a product and a quantity"),
        ([{"quantity": 4}], "product is missing"),
        ([{"product": "T9", "quantity": 4}], "not offered"),
        ([{"product": "T1"}], "quantity is missing"),
        ([{"product": "T1", "quantity": 0}], "from 1 to 99"),
        ([{"product": "T1", "quantity": 10_000}], "from 1 to 99"),
        ([{"product": "T1", "quantity": -4}], "from 1 to 99"),
        ([{"product": "T1", "quantity": 21}], "More than 20 tyres"),
        ([{"product": "T1", "quantity": 12}, {"product": "T2", "quantity": 9}], "More than 20 tyres"),
    ],
)
async def test_what_cannot_be_ordered_is_refused_with_a_reason(items: object, why: str) -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    assert why in await talk.refusal("create_order_draft", items=items)
    assert talk.visit.draft is None


async def test_an_order_of_more_than_fifty_thousand_is_an_operators() -> None:
    shop = ShopOfTests()
    talk = await Talk(shop=shop).begin()
    await talk.told("search_tires", **SIZE)
    shop.tires = [replace(talk.visit.tires[0], id="dear", price=Money.hryvnias(12_501), stock_quantity=50)]
    await talk.told("search_tires", **SIZE)
    dear = f"T{len(talk.visit.tires)}"
    assert "policy_limit" in await talk.refusal("create_order_draft", items=four(dear))


async def test_what_counts_is_the_shops_total() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.surcharge = Money.hryvnias(50_000)
    assert "policy_limit" in await talk.refusal("create_order_draft", items=four())
    assert talk.visit.draft is None


async def test_a_tire_whose_price_is_zero_is_never_ordered() -> None:
    shop = ShopOfTests()
    talk = await Talk(shop=shop).begin()
    await talk.told("search_tires", **SIZE)
    free = replace(talk.visit.tires[0], price=Money(0))
    shop.tires = [free]
    assert (await talk.told("search_tires", **SIZE))["tires"] == []
    assert "product T4" in await talk.refusal("create_order_draft", items=four("T4"))


async def test_a_refusal_of_the_shop_is_told() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.refusing["create_order"] = refused("validation_error", "product_id: not for sale.")
    assert "not for sale" in await talk.refusal("create_order_draft", items=four())


@pytest.mark.parametrize("stock", [0, 3])
async def test_too_few_tires_are_told_as_they_are_and_nothing_is_begun(stock: int) -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.inside.set_stock(talk.visit.tires[0].id, stock)
    use = await talk.use("create_order_draft", items=four())
    assert f'"stock":{stock}' in use.result and talk.visit.draft is None
    assert use.facts.in_stock is bool(stock) and stock in use.facts.quantities


async def test_a_tire_that_the_shop_no_longer_knows_is_not_there() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.refusing["availability"] = missing()
    assert '"stock":0' in (await talk.use("create_order_draft", items=four())).result


async def test_the_same_draft_again_asks_the_shop_for_nothing() -> None:
    talk = await Talk().begin()
    first = await talk.draft()
    assert await talk.draft() == first
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    assert (await talk.draft())["order"]["where"] == "Київ, вул. Сагайдака, 12"
    assert len([each for each in talk.shop.inside.all_orders() if each["status"] == "draft"]) == 1


async def test_a_changed_draft_keeps_how_it_gets_there() -> None:
    talk = await Talk().begin()
    await talk.draft()
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    await talk.draft(2)
    use = talk.turns[-1]
    assert [type(event) for event in use.events] == [DraftMade, DeliverySet]  # type: ignore[union-attr]
    assert talk.visit.draft and talk.visit.draft.delivery and talk.visit.draft.delivery.city == "Київ"


async def test_a_delivery_that_cannot_be_kept_is_asked_for_again() -> None:
    talk = await Talk().begin()
    await talk.draft()
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    talk.shop.down = {"set_delivery"}
    assert "delivery or pickup" in (await talk.draft(2))["next"]


async def test_an_order_that_was_placed_and_not_heard_is_told_and_not_made_twice() -> None:
    ledger, shop = InMemoryLedger(), ShopOfTests()
    first = await Talk(shop=shop, ledger=ledger).begin()
    await first.quote()
    first.says("так")
    await first.use("confirm_order", heard=False, payment_method="cod", customer_name="Олександр")
    again = await Talk(shop=shop, ledger=ledger).begin()
    told = await again.draft()
    assert told["existing"] == {
        "order_number": "10245",
        "status": "confirmed",
        "total": str(first.visit.ordered[0].total),
        "heard": False,
    }
    facts = again.turns[-1].facts  # type: ignore[union-attr]
    assert "10245" in facts.numbers and facts.findings == {Finding.CONFIRMED} and not facts.deeds
    again.says("Ні, дякую, більше не треба")
    assert shop.placed() == ["10245"]


async def test_a_caller_who_insists_gets_a_second_order() -> None:
    talk = await Talk().begin()
    await talk.order()
    assert (await talk.draft())["existing"]["heard"] is False
    assert "existing" in await talk.told("create_order_draft", items=four())
    talk.says("Так, мені потрібне ще одне таке саме")
    assert "draft" in await talk.told("create_order_draft", items=four())
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    await talk.use("confirm_order", payment_method="cod")
    talk.says("так")
    await talk.use("confirm_order", payment_method="cod")
    assert len(talk.shop.placed()) == 2
    assert "existing" in await talk.draft()


async def test_an_order_of_today_that_was_heard_is_told_as_heard() -> None:
    ledger, shop = InMemoryLedger(), ShopOfTests()
    first = await Talk(shop=shop, ledger=ledger).begin()
    await first.order()
    await first.assistant.remember(tuple(first.turns))
    again = await Talk(shop=shop, ledger=ledger).begin()
    assert (await again.draft())["existing"]["heard"] is True


@pytest.mark.parametrize(
    "past", [{"status": OrderStatus.CANCELLED}, {"created_on": NOW.date().replace(day=20)}, {"items": ()}]
)
async def test_another_order_is_no_hindrance(past: dict[str, object]) -> None:
    shop = ShopOfTests()
    first = await Talk(shop=shop).begin()
    await first.order()
    (number,) = shop.placed()
    placed = await shop.order(number, phone="+380670000001")
    fresh = ShopOfTests()
    fresh.past = [replace(placed, **past)]  # type: ignore[arg-type]
    assert "draft" in await (await Talk(shop=fresh).begin()).draft()


async def test_other_promises_and_an_ill_ledger_are_no_hindrance() -> None:
    talk = await Talk().begin()
    talk.ledger.faults.fail()
    assert "draft" in await talk.draft()


async def test_a_shop_that_is_down_makes_no_draft() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.down = {"create_order"}
    assert "does not answer" in await talk.refusal("create_order_draft", items=four())
