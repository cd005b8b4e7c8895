"""What the agent says in figures is heard as the same figures: text → speech → text."""

from datetime import date, timedelta
from itertools import product

import pytest

from adapters.demo_shop.range_of_tires import tires
from domain.hearing.numbers import read_amounts, read_numbers
from domain.hearing.understood import understood
from domain.money import Money
from domain.shop.catalog import TireSize
from domain.speech import Expectation
from domain.verbalizer.spoken import SpokenLanguage, verbalize

LANGUAGES: tuple[SpokenLanguage, ...] = ("uk", "ru", "en")
TODAY = date(2026, 11, 25)
PRICES = (*range(1, 1200), *range(1200, 12_500, 7), *range(12_500, 100_000, 211), 99_999)
SIZES = [TireSize(*size) for size in product(range(135, 320, 10), range(25, 90, 5), range(12, 25))]
PHONES = [f"0{code}{number:07}" for code in (50, 63, 67, 73, 96) for number in range(0, 10_000_000, 76_543)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_price_survives(language: SpokenLanguage) -> None:
    lost = [price for price in PRICES if read_amounts(verbalize(f"{price} грн", language)) != [Money.hryvnias(price)]]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_price_in_a_sentence_survives_with_its_kopecks(language: SpokenLanguage) -> None:
    amounts = [Money(kopecks) for kopecks in range(10_001, 2_000_000, 9973)]
    lost = [amount for amount in amounts if read_amounts(verbalize(f"Разом {amount}.", language)) != [amount]]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slot", [Expectation.SIZE, Expectation.FREE])
def test_every_size_survives(language: SpokenLanguage, slot: Expectation) -> None:
    lost = [size for size in SIZES if understood(verbalize(str(size), language), slot) != str(size)]
    assert lost == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phone_number_survives(language: SpokenLanguage) -> None:
    lost = [phone for phone in PHONES if understood(verbalize(phone, language), Expectation.PHONE) != phone]
    assert lost == []


@pytest.mark.parametrize(("language", "tires"), [("uk", "шин"), ("ru", "шин"), ("en", "tyres")])
def test_every_quantity_survives(language: SpokenLanguage, tires: str) -> None:
    spoken = {count: verbalize(f"{count} {tires}", language) for count in range(1, 100)}
    assert [count for count in spoken if understood(spoken[count], Expectation.QUANTITY) != str(count)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_that_can_be_booked_survives(language: SpokenLanguage) -> None:
    days = [TODAY + timedelta(days=ahead) for ahead in range(365)]
    spoken = {day: verbalize(day.isoformat(), language, today=TODAY) for day in days}
    lost = [said for day, said in spoken.items() if understood(said, Expectation.DATE, today=TODAY) != str(day)]
    assert lost == []


@pytest.mark.parametrize(("language", "at"), [("uk", "о"), ("ru", "в"), ("en", "at")])
def test_every_time_of_the_shops_day_survives(language: SpokenLanguage, at: str) -> None:
    times = [f"{hour:02}:{minute:02}" for hour, minute in product(range(8, 21), range(0, 60, 5))]
    spoken = {time: verbalize(f"{at} {time}", language) for time in times}
    assert [said for time, said in spoken.items() if understood(said, Expectation.TIME) != time] == []


@pytest.mark.parametrize(("language", "order"), [("uk", "замовлення"), ("ru", "заказ"), ("en", "order")])
def test_every_order_number_survives(language: SpokenLanguage, order: str) -> None:
    numbers = [str(number) for number in range(10_000, 100_000, 977)]
    spoken = {number: verbalize(f"{order} № {number}", language) for number in numbers}
    assert [said for number, said in spoken.items() if understood(said, Expectation.ORDER_NUMBER) != number] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_in_the_demo_shops_catalogue_survives(language: SpokenLanguage) -> None:
    catalogue = list(tires())
    assert len(catalogue) >= 500
    prices = {kopecks for tire in catalogue for kopecks in (tire.kopecks, tire.old_kopecks) if kopecks}
    sizes = {str(tire.size) for tire in catalogue}
    stocks = {tire.quantity for tire in catalogue} - {0}
    for amount in map(Money, prices):
        assert read_amounts(verbalize(str(amount), language)) == [amount]
    for size in sizes:
        assert understood(verbalize(size, language), Expectation.SIZE) == size
    for stock in stocks:
        assert read_numbers(verbalize(str(stock), language)) == [stock]
