"""How the agent's own sentences name what the shop sells, costs and does."""

from dataclasses import replace
from datetime import date

import pytest

from domain.money import Money
from domain.phrases import Language
from domain.shop import wording
from domain.shop.orders import Delivery, DeliveryType, OrderItem, PaymentMethod, PickupPoint
from tests.domain.shop.goods import order, tire

HOME = Delivery(type=DeliveryType.DELIVERY, city="Київ", address="вул. Нова, 1")
SHOP = Delivery(type=DeliveryType.PICKUP, city="Київ", pickup_point_id="p1")
POINT = PickupPoint(id="p1", name="Магазин на Позняках", city="Київ", address="вул. Інша, 2", hours="9–18")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 шина"),
        (2, "2 шини"),
        (4, "4 шини"),
        (5, "5 шин"),
        (11, "11 шин"),
        (12, "12 шин"),
        (14, "14 шин"),
        (21, "21 шина"),
        (22, "22 шини"),
        (111, "111 шин"),
    ],
)
def test_a_noun_agrees_with_its_number(count: int, words: str) -> None:
    assert wording.tires_counted(count, "uk") == words


def test_english_has_one_and_many() -> None:
    assert (wording.tires_counted(1, "en"), wording.tires_counted(4, "en")) == ("1 tyre", "4 tyres")


@pytest.mark.parametrize(("language", "words"), [("uk", "26 листопада, четвер"), ("en", "26 November, Thursday")])
def test_a_day_has_its_weekday(language: Language, words: str) -> None:
    assert wording.day_in_words(date(2026, 11, 26), language) == words


@pytest.mark.parametrize(
    ("delivery", "point", "uk", "en"),
    [
        (None, None, "", ""),
        (HOME, None, "доставка: Київ, вул. Нова, 1", "delivery to Київ, вул. Нова, 1"),
        (replace(HOME, city=None), None, "доставка: вул. Нова, 1", "delivery to вул. Нова, 1"),
        (
            SHOP,
            POINT,
            "самовивіз: Київ, Магазин на Позняках, вул. Інша, 2",
            "pick-up at Київ, Магазин на Позняках, вул. Інша, 2",
        ),
        (SHOP, None, "самовивіз: Київ", "pick-up at Київ"),
        (replace(SHOP, city=None), None, "самовивіз: ", "pick-up at "),
    ],
)
def test_where_an_order_goes_is_named(delivery: Delivery | None, point: PickupPoint | None, uk: str, en: str) -> None:
    wanted = replace(order(), delivery=delivery)
    assert wording.where_to(wanted, point, "uk") == uk
    assert wording.where_to(wanted, point, "en") == en


def test_a_read_back_has_all_that_is_agreed_and_ends_in_the_question() -> None:
    items = wording.item_in_words(OrderItem("tire_1", 4), tire(), "uk")
    assert wording.order_read_back(
        order(), items, "доставка: Київ", payment=PaymentMethod.ONLINE, customer_name="Ірина", language="uk"
    ) == (
        "Отже, 4 шини Nokian R5 205/55 R16, доставка: Київ, разом 12120 грн, оплата онлайн, на ім'я Ірина. Оформлюємо?"
    )
    assert wording.order_read_back(
        order(), "4 tyres", "delivery to Kyiv", payment=PaymentMethod.COD, customer_name="Iryna", language="en"
    ) == (
        "So, 4 tyres, delivery to Kyiv, 12120 hryvnias in total, cash on delivery, for Iryna. Shall I place the order?"
    )


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_way_to_pay_has_its_words(language: Language) -> None:
    texts = {
        wording.order_read_back(order(), "", "", payment=payment, customer_name="", language=language)
        for payment in PaymentMethod
    }
    assert len(texts) == len(PaymentMethod)


def test_a_placed_order_is_named_by_its_number_first() -> None:
    placed = replace(order(number="10245"), estimated_delivery=date(2026, 11, 27))
    assert wording.order_placed(placed, "uk") == (
        "Готово! Замовлення номер 10245 оформлено, орієнтовно 27 листопада. Чим ще допомогти?"
    )
    assert wording.order_placed(order(number="10245"), "uk") == (
        "Готово! Замовлення номер 10245 оформлено. Чим ще допомогти?"
    )
    assert wording.order_placed(placed, "en") == (
        "Done! Your order number 10245 is placed, expected on 27 November. Anything else?"
    )
    assert (
        wording.order_placed(order(number="10245"), "en") == "Done! Your order number 10245 is placed. Anything else?"
    )


def test_money_is_named_in_the_callers_language() -> None:
    assert wording.amount(Money.hryvnias("2141.5"), "uk") == "2141.5 грн"
    assert wording.amount(Money.hryvnias(2141), "en") == "2141 hryvnias"
