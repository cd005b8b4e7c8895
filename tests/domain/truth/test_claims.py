"""What sentences claim."""

from datetime import date, time

import pytest

from domain.facts import Deed, Finding
from domain.money import Money
from domain.truth.claim import Claim, Kind, Weekday
from domain.truth.claims import claims
from tests.domain.truth.fact_sets import TODAY


def _claimed(clause: str, kind: Kind) -> list[object]:
    return [claim.value for claim in claims(clause, today=TODAY) if claim.kind is kind]


@pytest.mark.parametrize(
    ("clause", "amounts"),
    [
        ("2141 грн", ["2141"]),
        ("2 141,50 грн", ["2141.50"]),
        ("2,141 UAH", ["2141"]),
        ("2141 гривня 50 копійок", ["2141.50"]),
        ("₴2141", ["2141"]),
        ("2к гривень", ["2000"]),
        ("дві тисячі сто сорок одна гривня", ["2141"]),
        ("від 2000 до 3000 грн", ["2000", "3000"]),
        ("Ціна 2141", ["2141"]),
        ("по 2141 за штуку", ["2141"]),
        ("за 2141", ["2141"]),
        ("2141 each", ["2141"]),
        ("разом 4", []),
        ("ціна за шину 205/55 R16", []),
        ("коштує 16 хвилин", []),
        ("двісті п'ять на п'ятдесят п'ять, ер шістнадцять", []),
        ("205 55 16", []),
        ("індекс 94V", []),
    ],
)
def test_amounts_are_claimed(clause: str, amounts: list[str]) -> None:
    assert _claimed(clause, Kind.MONEY) == [Money.hryvnias(amount) for amount in amounts]


@pytest.mark.parametrize("clause", ["близько 50 доларів", "$70", "кілька тисяч гривень", "a couple of hundred"])
def test_an_amount_that_cannot_be_known_is_claimed_in_vain(clause: str) -> None:
    assert None in _claimed(clause, Kind.MONEY)


@pytest.mark.parametrize(
    ("clause", "dates"),
    [
        ("2026-11-26", [date(2026, 11, 26)]),
        ("26 листопада", [date(2026, 11, 26)]),
        ("двадцять шостого листопада", [date(2026, 11, 26)]),
        ("26.11", [date(2026, 11, 26)]),
        ("26.11.2026", [date(2026, 11, 26)]),
        ("26.11.26", [date(2026, 11, 26)]),
        ("November 26th", [date(2026, 11, 26)]),
        ("the 26th of November", [date(2026, 11, 26)]),
        ("26-го числа", [date(2026, 11, 26)]),
        ("10 числа", [date(2026, 12, 10)]),
        ("on the 1st", [date(2026, 12, 1)]),
        ("5 січня", [date(2027, 1, 5)]),
        ("26 і 27 листопада", [date(2026, 11, 26), date(2026, 11, 27)]),
        ("завтра", [date(2026, 11, 26)]),
        ("післязавтра", [date(2026, 11, 27)]),
        ("вчора", [date(2026, 11, 24)]),
        ("доставимо сьогодні", [TODAY]),
        ("сьогодні підберемо шини", []),
        ("сьогодні середа, 25 листопада", []),
        ("сьогодні п'ятниця", [None]),
        ("31 листопада", [None]),
        ("у п'ятницю", [Weekday(4)]),
        ("26 листопада, четвер", [date(2026, 11, 26)]),
        ("у четвер, 26 листопада", [date(2026, 11, 26)]),
        ("у п'ятницю, 26 листопада", [None]),
        ("від завтра", []),
        ("працюємо з понеділка", []),
        ("2.5 атмосфери", []),
    ],
)
def test_dates_are_claimed(clause: str, dates: list[date | Weekday | None]) -> None:
    assert _claimed(clause, Kind.DATE) == dates


@pytest.mark.parametrize(
    ("clause", "times"),
    [
        ("о 10:30", [time(10, 30)]),
        ("о 10.30", [time(10, 30)]),
        ("о десятій", [time(10)]),
        ("о десятій тридцять", [time(10, 30)]),
        ("о пів на одинадцяту", [time(10, 30)]),
        ("у пів на першу", [time(0, 30)]),
        ("чверть на одинадцяту", [time(10, 15)]),
        ("чверть по десятій", [time(10, 15)]),
        ("за чверть одинадцята", [time(10, 45)]),
        ("half past ten", [time(10, 30)]),
        ("quarter to eleven", [time(10, 45)]),
        ("в половине одиннадцатого", [time(10, 30)]),
        ("в десять тридцать", [time(10, 30)]),
        ("в 10 часов", [time(10)]),
        ("о 6 вечора", [time(18)]),
        ("at 2:30 pm", [time(14, 30)]),
        ("2 pm", [time(14)]),
        ("на десяту", [time(10)]),
        ("з 9 до 18", [time(9), time(18)]),
        ("з дев'ятої до шостої вечора", [time(9), time(18)]),
        ("десята тридцять", [time(10, 30)]),
        ("перша дешевша, друга тихіша", []),
        ("до двадцятої нуль нуль", [time(20)]),
        ("між десятою і дванадцятою", [time(10), time(12)]),
        ("до 24:00", [time(0)]),
        ("чверть на нульову", []),
        ("на першу станцію", []),
        ("24/7", []),
        ("2 години", []),
        ("з 1 до 4 шин", []),
    ],
)
def test_times_are_claimed(clause: str, times: list[time]) -> None:
    assert _claimed(clause, Kind.TIME) == times


def test_an_hour_that_does_not_exist_is_claimed_in_vain() -> None:
    assert _claimed("о пів на 30", Kind.TIME) == [None]


@pytest.mark.parametrize(
    ("clause", "counts"),
    [
        ("є 8 штук", [8]),
        ("в наявності 8", [8]),
        ("маємо 8-12 шин", [8, 12]),
        ("вам потрібно чотири шини", []),
        ("замовляють 12 шин", [12]),
        ("доставка 2-3 дні", [2, 3]),
        ("займе сорок хвилин", [40]),
        ("за годину", [1]),
        ("takes a week", [1]),
        ("хвилин за двадцять", [20]),
        ("є штук двадцять", [20]),
        ("пів години", [30]),
        ("одну хвилинку", []),
        ("зачекайте дві хвилини", []),
        ("на три тижні наперед", []),
        ("знижка 10%", [10]),
        ("на 100 відсотків впевнена", []),
        ("гарантія 5 років", [5]),
        ("авто 5 років", []),
        ("навантаження 670 кг на шину", []),
    ],
)
def test_quantities_are_claimed(clause: str, counts: list[int]) -> None:
    assert _claimed(clause, Kind.QUANTITY) == counts


@pytest.mark.parametrize(
    ("clause", "numbers"),
    [
        ("номер замовлення 10245", ["10245"]),
        ("замовлення 10245", ["10245"]),
        ("№ 10245", ["10245"]),
        ("order number ORD-10245", ["ORD10245"]),
        ("067 123 45 67", ["0671234567"]),
        ("+38 (067) 123-45-67", ["0671234567"]),
        ("замовлення на 4 шини", []),
    ],
)
def test_numbers_are_claimed(clause: str, numbers: list[str]) -> None:
    assert _claimed(clause, Kind.NUMBER) == numbers


@pytest.mark.parametrize(
    ("clause", "figures"),
    [
        ("Michelin, 3450", ["3450"]),
        ("Michelin 3450", ["3450"]),
        ("just 3450", ["3450"]),
        ("2010", ["2010"]),
        ("Toyota Corolla 2018", []),
        ("2018 року", []),
        ("Peugeot 308", []),
        ("ваз 2107", []),
        ("WinterContact TS 870", []),
        ("100 км", []),
    ],
)
def test_a_large_figure_is_never_idle_talk(clause: str, figures: list[str]) -> None:
    assert _claimed(clause, Kind.FIGURE) == figures


@pytest.mark.parametrize(
    ("clause", "claimed"),
    [
        ("на вул. Сагайдачного, 5", True),
        ("вулиця для якої", False),
        ("на вул. якій", False),
        ("у нас є станція в Одесі", True),
        ("в Одесі станцій немає", False),
        ("ви з Одеси?", False),
        ("на вулиці де", False),
    ],
)
def test_addresses_and_the_shops_cities_are_claimed(clause: str, claimed: bool) -> None:
    assert bool(_claimed(clause, Kind.ADDRESS)) is claimed


@pytest.mark.parametrize(
    ("clause", "true_by"),
    [
        ("Замовлення оформлено.", Deed.ORDERED),
        ("Ваше замовлення підтверджено.", Finding.CONFIRMED),
        ("Запис підтверджено.", Deed.BOOKED),
        ("Заявку прийнято.", Deed.CALLBACK),
        ("Ми передзвонимо.", Deed.CALLBACK),
        ("Зберегла вашу адресу.", Deed.SAVED),
        ("Готово!", Deed.ORDERED),
        ("Записала.", Deed.SAVED),
        ("Записала вас.", Finding.BOOKED),
        ("Чекаємо вас завтра!", Deed.BOOKED),
        ("Прийнято.", Deed.CALLBACK),
        ("Я вже поставила вас у чергу.", Deed.BOOKED),
        ("Знято.", Deed.CANCELLED),
    ],
)
def test_what_is_said_to_be_done_is_claimed(clause: str, true_by: Deed | Finding) -> None:
    values = _claimed(clause, Kind.DONE)
    assert len(values) == 1
    assert isinstance(values[0], frozenset) and true_by in values[0]


@pytest.mark.parametrize(
    "clause",
    [
        "Записати вас на завтра?",
        "Замовлення вже оформлено?",
        "Замовлення ще не оформлено.",
        "Якщо замовлення оформлено, прийде повідомлення.",
        "Можу записати вас.",
        "Запис буде підтверджено.",
        "Ви вже замовляли?",
        "Ви раніше оформили замовлення в іншому місці.",
        "Якщо хочете, ми передзвонимо.",
        "Ми передзвонимо, якщо хочете.",
        "Записала ваше ім'я.",
        "Чекаємо на вас!",
        "Приїжджайте завтра?",
        "Не все готово.",
        "Коли все готово?",
        "I can have it booked.",
        "Я вас почула.",
        "Це вказано на шині.",
        "I have checked it.",
    ],
)
def test_what_is_asked_denied_or_supposed_is_not_claimed_as_done(clause: str) -> None:
    assert _claimed(clause, Kind.DONE) == []


@pytest.mark.parametrize(
    ("clause", "stock"),
    [
        ("Вони є в наявності.", [True]),
        ("Їх немає в наявності.", [False]),
        ("Вони закінчилися.", [False]),
        ("Чи є вони в наявності?", []),
        ("Перевірю, чи в наявності.", []),
        ("Перевірила, вони в наявності.", [True]),
        ("Якщо вони закінчилися, підберемо інші.", []),
    ],
)
def test_stock_is_claimed(clause: str, stock: list[bool]) -> None:
    assert _claimed(clause, Kind.STOCK) == stock


@pytest.mark.parametrize(
    ("clause", "claimed"),
    [
        ("Є вільний час.", True),
        ("Усе зайнято.", True),
        ("Дивлюся вільний час.", False),
        ("Шукаю, бо все зайнято.", False),
        ("Є вільний час?", False),
    ],
)
def test_free_times_are_claimed(clause: str, claimed: bool) -> None:
    assert bool(_claimed(clause, Kind.FREE_TIMES)) is claimed


def test_the_sentences_of_a_clause_are_judged_each_for_itself() -> None:
    assert _claimed("Замовлення оформлено. Щось іще?", Kind.DONE)


@pytest.mark.parametrize(
    ("clause", "is_promise"),
    [
        ("шукаю до 3000 грн", False),
        ("ціна 3000 грн", True),
        ("вам до 3000 грн?", False),
    ],
)
def test_what_the_caller_wished_is_no_promise(clause: str, is_promise: bool) -> None:
    assert [claim.is_promise for claim in claims(clause, today=TODAY)] == [is_promise]


def test_letters_of_the_other_alphabet_change_nothing() -> None:
    latin = "Замовлення офоpмлено"
    assert claims(latin, today=TODAY)[0] == Claim(
        kind=Kind.DONE, text="оформлено", value=frozenset({Deed.ORDERED, Finding.CONFIRMED})
    )
