"""How an order gets to the caller."""

import pytest

from domain.money import Money
from domain.shop.events import ProfileSaved
from domain.shop.orders import DeliveryType
from tests.application.calls.tools.talk import KYIV_ADDRESS, ShopOfTests, Talk, missing, refused

pytestmark = pytest.mark.anyio


async def test_delivery_is_told_with_its_cost_days_and_total() -> None:
    talk = await Talk().begin()
    await talk.draft()
    told = await talk.told("update_order_delivery", **KYIV_ADDRESS)
    draft = talk.visit.draft
    assert draft and draft.subtotal and draft.delivery and draft.delivery.cost
    assert draft.total == draft.subtotal + draft.delivery.cost
    assert told == {
        "order": {
            "delivery": "delivery",
            "where": "Київ, вул. Сагайдака, 12",
            "delivery_cost": str(draft.delivery.cost),
            "days": 2,
            "total": str(draft.total),
        },
        "next": "ask payment method and name",
    }


async def test_a_pickup_point_is_one_that_was_offered() -> None:
    talk = await Talk().begin()
    await talk.draft()
    assert "get_pickup_points" in await talk.refusal("update_order_delivery", delivery_type="pickup")
    points = (await talk.told("get_pickup_points", city="Дніпро"))["points"]
    assert [each["point"] for each in points] == ["P1", "P2", "P3"]
    assert "P1, P2, P3" in await talk.refusal("update_order_delivery", delivery_type="pickup", pickup_point="P9")
    told = await talk.told("update_order_delivery", delivery_type="pickup", pickup_point="P2")
    assert told["order"]["where"] == "Магазин на Слобожанському, просп. Слобожанський, 31Д"
    assert "просп. Слобожанський, 31Д" in talk.turns[-1].facts.addresses  # type: ignore[union-attr]
    read_back = await talk.use("confirm_order", payment_method="cod", customer_name="Ірина")
    assert "самовивіз: Дніпро, Магазин на Слобожанському, просп. Слобожанський, 31Д" in read_back.say


async def test_the_only_point_need_not_be_named() -> None:
    talk = await Talk().begin()
    await talk.draft()
    await talk.told("get_pickup_points", city="Черкаси")
    assert (await talk.told("update_order_delivery", delivery_type="pickup"))["order"]["delivery"] == "pickup"


async def test_points_are_found_by_their_street() -> None:
    talk = await Talk().begin()
    points = (await talk.told("get_pickup_points", city="Київ", query="десь на Позняках"))["points"]
    assert [each["name"] for each in points] == ["Магазин на Позняках"]
    assert len((await talk.told("get_pickup_points", city="Киев", query="біля річки"))["points"]) == 3


async def test_without_a_city_the_city_is_asked_unless_it_is_known() -> None:
    talk = await Talk().begin()
    assert "Київ" in (await talk.told("get_pickup_points"))["cities"]
    talk.ledger.profiles["+380670000001"] = ProfileSaved(city="Черкаси")
    known = await Talk(ledger=talk.ledger).begin()
    assert (await known.told("get_pickup_points"))["points"][0]["city"] == "Черкаси"


async def test_where_there_is_no_point_that_is_said() -> None:
    talk = await Talk().begin()
    assert "no pick-up there" in (await talk.told("get_pickup_points", city="Лондон"))["next"]


async def test_what_is_missing_is_asked_for() -> None:
    talk = await Talk().begin()
    assert "create_order_draft" in await talk.refusal("update_order_delivery", **KYIV_ADDRESS)
    await talk.draft()
    assert "delivery or pick-up" in await talk.refusal("update_order_delivery")
    assert "city is missing" in await talk.refusal("update_order_delivery", delivery_type="delivery")
    assert "street" in await talk.refusal("update_order_delivery", delivery_type="delivery", city="Київ")


async def test_what_was_said_before_is_not_asked_again() -> None:
    talk = await Talk().begin()
    await talk.draft()
    await talk.told("update_order_delivery", **KYIV_ADDRESS)
    same = await talk.told("update_order_delivery", delivery_type="delivery")
    assert same["order"]["where"] == "Київ, вул. Сагайдака, 12"
    moved = await talk.told("update_order_delivery", delivery_type="delivery", address="вул. Інша, 3")
    assert moved["order"]["where"] == "Київ, вул. Інша, 3"
    other = await talk.refusal("update_order_delivery", delivery_type="delivery", city="Дніпро")
    assert "address is missing" in other


async def test_a_caller_may_go_back_to_an_earlier_place() -> None:
    talk = await Talk().begin()
    await talk.draft()
    for city in ("Київ", "Дніпро", "Київ", "Дніпро"):
        await talk.told("update_order_delivery", delivery_type="delivery", city=city, address="вул. Нова, 1")
        (draft,) = [each for each in talk.shop.inside.all_orders() if each["status"] == "draft"]
        assert draft["delivery"] and draft["delivery"]["city"] == city


@pytest.mark.parametrize(
    ("error", "why"), [(missing(), "does not deliver there"), (refused("invalid", "no such street."), "no such street")]
)
async def test_a_place_that_the_shop_does_not_serve_is_told(error: Exception, why: str) -> None:
    talk = await Talk().begin()
    await talk.draft()
    talk.shop.refusing["set_delivery"] = error
    assert why in await talk.refusal("update_order_delivery", **KYIV_ADDRESS)


async def test_a_delivery_that_makes_it_too_dear_is_an_operators() -> None:
    talk = await Talk().begin()
    await talk.draft()
    talk.shop.surcharge = Money.hryvnias(50_000)
    assert "policy_limit" in await talk.refusal("update_order_delivery", **KYIV_ADDRESS)
    assert talk.visit.draft and talk.visit.draft.delivery is None


async def test_an_answer_that_tells_no_terms_is_told_without_them() -> None:
    shop = ShopOfTests()
    talk = await Talk(shop=shop).begin()
    await talk.draft()
    shop.sparing = True
    told = await talk.told("update_order_delivery", **KYIV_ADDRESS)
    assert told["order"]["delivery_cost"] is None and told["order"]["days"] is None
    assert talk.visit.draft and talk.visit.draft.delivery
    assert talk.visit.draft.delivery.type is DeliveryType.DELIVERY
