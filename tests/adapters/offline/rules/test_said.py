from typing import Any

import pytest

from adapters.offline.rules.said import address_in, name_in, read
from domain.shop.catalog import TireSize

SIZE = TireSize(205, 55, 16)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("двісті п'ять на п'ятдесят п'ять на шістнадцять", "size", SIZE),
        ("205/55R16", "size", SIZE),
        ("двісті п'ять п'ятдесят п'ять ер шістнадцять", "size", SIZE),
        ("двести пять пятьдесят пять радиус шестнадцать", "size", SIZE),
        ("шістнадцятий радіус", "diameter", 16),
        ("на r17", "diameter", 17),
        ("двісті п'ять на п'ятдесят п'ять", "section", (205, 55)),
        ("зимову гуму", "season", "winter"),
        ("летняя", "season", "summer"),
        ("всесезонку", "season", "all_season"),
        ("Мішленівські", "brand", "Michelin"),
        ("ханкук", "brand", "Hankook"),
        ("на Тойоту Короллу 2018 року", "make", "Toyota"),
        ("на Тойоту Короллу 2018 року", "model", "Corolla"),
        ("на Тойоту Короллу 2018 року", "year", 2018),
        ("чотири штуки", "pieces", 4),
        ("комплект", "pieces", 4),
        ("пару", "pieces", 2),
        ("ні, не чотири, а дві шини", "pieces", 2),
        ("до трьох тисяч гривень", "most_price", 3000),
        ("дешевше за дві тисячі", "most_price", 2000),
        ("перші", "place", 0),
        ("друга", "place", 1),
        ("варіант три", "place", 2),
        ("останні", "place", -1),
        ("the first one", "place", 0),
        ("the first one", "numbers", ()),
        ("давайте дешевші", "cheapest", True),
        ("самовивозом", "delivery", "pickup"),
        ("новою поштою", "delivery", "delivery"),
        ("у Києві", "city", "Київ"),
        ("в Запоріжжя", "city", "Запоріжжя"),
        ("не в Київ, а в Харків", "city", "Харків"),
        ("вулиця Хрещатик 12", "address", "вулиця Хрещатик 12"),
        ("на вулицю Хрещатик, 12, кв. 5", "address", "вулиця Хрещатик, 12, кв. 5"),
        ("відділення номер 5", "address", "відділення номер 5"),
        ("twelve main street", "address", "12 Main Street"),
        ("готівкою при отриманні", "payment", "cod"),
        ("карткою при отриманні", "payment", "card_on_delivery"),
        ("наложкой", "payment", "cod"),
        ("оплачу онлайн карткою", "payment", "online"),
        ("мене звати Олександр", "name", "Олександр"),
        ("на ім'я Іван Петренко", "name", "Іван Петренко"),
        ("my name is Olena", "name", "Olena"),
    ],
)
def test_what_is_said_is_read(text: str, field: str, value: Any) -> None:
    assert getattr(read(text), field) == value


def test_what_the_ear_has_understood_comes_before_the_words() -> None:
    assert read("двісті п'ятдесят п'ять шістнадцять", "205/55 R16").size == SIZE


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("Олег", "Олег"),
        ("на Ірину", "Ірину"),
        ("пишіть Степан Бандурка", "Степан Бандурка"),
        ("Мішлен", None),
        ("Тойота Камрі", None),
        ("так", None),
    ],
)
def test_an_answer_is_a_name_unless_it_names_a_product(answer: str, name: str | None) -> None:
    assert name_in(answer) == name


@pytest.mark.parametrize(
    ("answer", "address"),
    [
        ("Хрещатик 5", "Хрещатик 5"),
        ("у Київ, Хрещатик 5", "Хрещатик 5"),
        ("моя адреса Сумська 10", "Сумська 10"),
        ("так", None),
    ],
)
def test_an_answer_is_an_address_without_the_words_around_it(answer: str, address: str | None) -> None:
    assert address_in(answer, "Київ") == address
