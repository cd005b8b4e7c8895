"""The draft of a feature, line by line."""

from datetime import timedelta

import pytest

from domain.dialog.phases import Outcome
from domain.drafting.feature import TODO, feature_of
from domain.hand_over import Reason
from tests.domain.drafting.told import (
    BOOKED,
    EVERYTHING,
    NOON,
    POINTS,
    SLOTS,
    STATIONS,
    TIRES,
    Unit,
    agent,
    call,
    caller,
    tool,
)

UNNAMED = "причина передачі була complex_question: для неї ще немає слів у прикладах"
ORDER = "Київ, Магазин на Позняках; онлайн; Віктор"
UNCHANGED = "    І у магазині нічого не змінилося"


def steps(draft: str) -> list[str]:
    """Return what stands below the scenario's name."""
    return draft.partition("  Сценарій: ")[2].splitlines()[1:]


def given(*units: Unit) -> list[str]:
    """Return what the shop is to have before the call."""
    before = feature_of(call(*units)).partition("Передумова:\n")[2].partition("\n\n")[0]
    opened, *others = (line.strip() for line in before.splitlines())
    assert opened == "Дано магазин відчинено"
    return others


def came(*units: Unit, **how: Outcome | Reason | None) -> list[str]:
    """Return what came of a call in which nobody spoke."""
    return [line.strip() for line in steps(feature_of(call(*units, **how)))[1:]]  # type: ignore[arg-type]


def test_a_whole_draft_reads_like_a_feature() -> None:
    assert (
        feature_of(EVERYTHING)
        == f"""# language: uk
# Чернетка з дзвінка 00000000-0000-0000-0000-000000000007.
# Перш ніж додати її до features/, прочитайте її, приберіть зайве й зробіть те, що лишилося зробити.
# {TODO}: у стовпці «агент» лишіть тільки те, що має бути чути щоразу: модель каже те саме різними словами.
Функціонал: Чернетка з дзвінка
  Імена, номери й адреси вигадано; міста, машини й товари такі, як були.

  Передумова:
    Дано магазин відчинено
    І у магазині є 8 шин Michelin X-Ice Snow 205/55 R16 по 5000 грн
    І у магазині є 3 шини Rosava Snowgard 205/55 R16 по 1980 грн
    І на станції «Позняки» 26 листопада вільно лише о 12:00
    І на станції «Позняки» 27 листопада все зайнято

  Сценарій: Абонент каже: потрібні шини
    Дано абонент на лінії
    Коли розмова йде так:
      | абонент       | агент |
      | потрібні шини | Є Michelin за 5000 грн. Які берете? |
    І абонент відповідає «перші»
    І чути агента: «Магазин на»
    І абонент перебиває: «добре»
    І чути агента: «Готово.»
    І чути агента: «Записала.»
    І абонент відповідає «передзвоніть мені оператора»
    Тоді абонент у черзі до операторів
    І оператор бачить причину: прохання абонента
    І у списку, кому передзвонити, є абонент: «завтра»
    І абонента запам'ятовано як Віктор
    І у магазині одне нове замовлення абонента: 4 шт. Michelin X-Ice Snow 205/55 R16; {ORDER}
    І записи абонента на шиномонтаж: Шинний центр «Позняки», 26 листопада о 12:00, Toyota Camry, Віктор
"""
    )


@pytest.mark.parametrize(
    ("record", "todo"),
    [
        (call(began=NOON + timedelta(days=10)), "дзвінок був 5 грудня 2026, а в прикладах завжди 25 листопада 2026"),
        (call(language="en"), "магазин прикладів говорить українською, а мова дзвінка - en"),
        (call(language=""), "мова дзвінка - невідома"),
    ],
)
def test_what_differs_from_the_examples_is_left_to_a_person(record: object, todo: str) -> None:
    draft = feature_of(record)  # type: ignore[arg-type]
    assert f"# {TODO}: {todo}" in draft or todo in draft


def test_a_long_wish_is_a_title_all_the_same_and_so_is_silence() -> None:
    wish = "мені треба чотири зимові шини на шкоду октавію і монтаж"
    assert "Сценарій: Абонент каже: мені треба чотири зимові шини на шкоду октавію…\n" in feature_of(call(caller(wish)))
    assert "Сценарій: Абонент мовчить\n" in feature_of(call(agent("Вітаю!")))


def test_a_withheld_number_and_a_hang_up_are_steps() -> None:
    draft = feature_of(call(caller("ой"), number=None, outcome=Outcome.ABANDONED))
    assert steps(draft) == [
        "    Дано на лінії абонент із прихованим номером",
        "    Коли абонент відповідає «ой»",
        "    І абонент кладе слухавку",
        "    Тоді у магазині нічого не змінилося",
    ]


# What was said


def said(*units: Unit) -> list[str]:
    lines = [line.strip() for line in steps(feature_of(call(*units)))]
    return lines[1 : lines.index("Тоді дзвінок завершено")]


def test_of_a_long_answer_the_end_is_enough() -> None:
    many = "Перше речення тут зайве. " + "слово " * 9 + "кінець, ціна 5000 грн. Берете?"
    endless = "слово " * 20 + "кінець"
    rows = said(caller("так"), agent(many), caller("ні"), agent(endless))
    assert rows[2].endswith("| " + "слово " * 9 + "кінець, ціна 5000 грн. Берете? |")
    assert rows[3].endswith("| " + "слово " * 11 + "кінець |")


def test_what_would_break_a_table_or_a_quotation_does_not() -> None:
    assert said(caller("я | ти \\ «він»\nвона"), agent("так"))[2] == "| я \\| ти \\\\ “він” вона | так |"


def test_of_an_answer_that_was_cut_the_first_half_was_certainly_heard() -> None:
    assert said(caller("читайте"), agent("один два три чотири п'ять", cut=True), caller("стій"), agent("Добре.")) == [
        "Коли абонент відповідає «читайте»",
        "І чути агента: «один два»",
        "І абонент перебиває: «стій»",
        "І чути агента: «Добре.»",
    ]
    assert said(caller("так"), agent("Є", cut=True))[1] == "І чути агента: «Є»"


def test_after_several_answers_in_a_row_the_table_begins_anew() -> None:
    rows = said(caller("а"), agent("Раз?"), agent("Ви тут?"), caller("б"), agent("Два?"))
    assert rows == [
        "Коли розмова йде так:",
        "| абонент | агент |",
        "| а       | Раз? |",
        "І чути агента: «Ви тут?»",
        "І розмова йде так:",
        "| абонент | агент |",
        "| б       | Два? |",
    ]


# What the shop has


def test_a_tyre_that_was_told_of_twice_is_put_on_the_shelf_once_as_it_was_at_first() -> None:
    sold = {"tires": [TIRES["tires"][0] | {"stock": 4}]}
    assert given(tool("search_tires", {}, TIRES), tool("search_tires", {}, sold)) == [
        "І у магазині є 8 шин Michelin X-Ice Snow 205/55 R16 по 5000 грн",
        "І у магазині є 3 шини Rosava Snowgard 205/55 R16 по 1980 грн",
    ]


@pytest.mark.parametrize("answer", ["Ask the size.", "[1]", '{"tires": "T1"}', '{"tires": ["T1"]}', '{"tires": []}'])
def test_an_answer_without_tyres_puts_none_on_the_shelf(answer: str) -> None:
    assert given(tool("search_tires", {}, answer)) == []


@pytest.mark.parametrize("wrong", [{"stock": 0}, {"stock": None}, {"price": "дорого"}])
def test_a_tyre_that_nobody_could_buy_is_not_on_the_shelf(wrong: dict[str, object]) -> None:
    assert given(tool("search_tires", {}, {"tires": [TIRES["tires"][0] | wrong]})) == []


def test_a_tool_that_failed_has_told_nothing() -> None:
    assert given(tool("search_tires", {}, TIRES, failed=True)) == []


def test_several_free_times_are_left_to_a_person_and_those_of_unnamed_stations_are_not_told() -> None:
    slots = SLOTS | {"more": {"L2": "14:00", "L3": "13:00"}, "days_full": None}
    asked = tool("get_fitting_slots", {"station": "S1"}, slots)
    assert given(tool("get_fitting_stations", {}, STATIONS), asked) == [
        f"# {TODO}: на станції «Позняки» 26 листопада вільно було о 12:00, 13:00, 14:00:"
        " перевірте, чи так є в магазині прикладів"
    ]
    assert given(asked) == []


def test_who_had_an_order_before_needs_a_number_of_the_examples() -> None:
    (line,) = given(tool("get_order_status", {}, "{}"))
    assert line.startswith(f"# {TODO}: абонент мав замовлення")


# What came of it


@pytest.mark.parametrize(
    ("how", "lines"),
    [
        ({"outcome": Outcome.COMPLETED}, ["Тоді дзвінок завершено"]),
        (
            {"outcome": Outcome.HANDED_OVER, "reason": Reason.COMPLEX_QUESTION},
            ["Тоді абонент у черзі до операторів", f"# {TODO}: {UNNAMED}"],
        ),
        ({"outcome": Outcome.HANDED_OVER}, ["Тоді абонент у черзі до операторів"]),
        ({"outcome": Outcome.SILENT}, [f"# {TODO}: дзвінок скінчився так: silent; допишіть, чого слід чекати тепер"]),
        ({"outcome": None}, [f"# {TODO}: дзвінок скінчився так: ще триває; допишіть, чого слід чекати тепер"]),
    ],
)  # fmt: skip
def test_how_a_call_ended_is_what_is_expected(how: dict[str, Outcome | Reason | None], lines: list[str]) -> None:
    assert came(**how)[:-1] == lines
    assert came(**how)[-1].endswith("у магазині нічого не змінилося")


ITEMS = {"items": [{"product": "T1", "quantity": 4}]}
DRAFTED = (tool("search_tires", {}, TIRES), tool("create_order_draft", ITEMS, {"draft": {}}))
PAID = tool("confirm_order", {"payment_method": "cod", "customer_name": "Віктор"}, {"order": {}})


@pytest.mark.parametrize(
    ("units", "order"),
    [
        (
            (
                *DRAFTED,
                tool(
                    "update_order_delivery", {"city": "Київ", "address": "відділення 5"}, "{}"
                ),
            ),
            None,
        ),
        ((*DRAFTED, PAID), "4 шт. Michelin X-Ice Snow 205/55 R16; допишіть, що саме; при отриманні; Сергій"),
        ((PAID,), "допишіть, що саме; допишіть, що саме; при отриманні; Сергій"),
        (
            (
                tool("create_order_draft", ITEMS, {"draft": {}}),
                tool("update_order_delivery", {"delivery_type": "pickup", "pickup_point": "P9"}, {"delivery": {}}),
                tool("confirm_order", {}, {"order": {}}),
            ),
            "допишіть, що саме; допишіть, що саме; допишіть, що саме; допишіть, що саме",
        ),
        (
            (*DRAFTED, tool("update_order_delivery", {"city": "Київ"}, {"delivery": {}}), PAID),
            "4 шт. Michelin X-Ice Snow 205/55 R16; допишіть, що саме; при отриманні; Сергій",
        ),
    ],
)  # fmt: skip
def test_an_order_of_which_not_all_is_known_is_left_to_a_person(units: tuple[Unit, ...], order: str | None) -> None:
    line = came(*units)[1]
    assert line == (
        "І у магазині нічого не змінилося"
        if order is None
        else f"# {TODO}: у магазині одне нове замовлення абонента: {order}"
    )


def test_a_delivered_order_is_named_whole() -> None:
    way = {"delivery_type": "delivery", "city": "Київ", "address": "відділення 5"}
    refused = tool("update_order_delivery", {"delivery_type": "pickup"}, "Ask which one.", failed=True)
    again = tool("create_order_draft", {"items": []}, "", failed=True)
    units = (*DRAFTED, tool("update_order_delivery", way, {"delivery": {}}), refused, again, PAID)
    order = "4 шт. Michelin X-Ice Snow 205/55 R16; Київ, відділення 5; при отриманні; Сергій"
    assert came(*units)[1] == f"І у магазині одне нове замовлення абонента: {order}"


def test_several_orders_are_counted_and_several_bookings_each_named() -> None:
    book = tool("book_fitting", {"customer_name": "Віктор"}, {"booking": BOOKED})
    nameless = tool("book_fitting", {}, {"booking": BOOKED | {"time": "13:00"}})
    assert came(PAID, PAID, book, nameless)[1:] == [
        "І у магазині 2 нових замовлень абонента",
        "І записи абонента на шиномонтаж: «Шинний центр «Позняки», 26 листопада о 12:00, Toyota Camry, Сергій»,"
        " «Шинний центр «Позняки», 26 листопада о 13:00, Toyota Camry, допишіть, що саме»",
    ]


def test_what_was_only_read_out_changes_nothing() -> None:
    only_heard = [
        tool("confirm_order", {}, {"read_out": "Оформлюємо?"}),
        tool("book_fitting", {}, {"read_out": "Все вірно?"}),
        tool("cancel_fitting", {}, {"read_out": "Скасувати?"}),
        tool("create_callback_request", {}, "no", failed=True),
        tool("update_customer_profile", {"city": "Київ"}, {"saved": True}),
    ]
    assert came(*only_heard)[1:] == [f"І {UNCHANGED.strip()[2:]}"]


def test_a_cancelled_fitting_is_left_to_a_person_and_a_callback_at_any_time_is_a_step() -> None:
    cancelled = tool("cancel_fitting", {"booking": "B1"}, {"cancelled": {}})
    anytime = tool("create_callback_request", {}, {"callback": "noted"})
    assert came(cancelled, anytime)[1:] == [
        "І абонент записаний у списку, кому передзвонити",
        f"# {TODO}: абонент скасував або переніс запис: допишіть, які записи лишилися",
    ]


def test_a_pick_up_point_is_named_as_the_shop_names_it() -> None:
    way = tool("update_order_delivery", {"delivery_type": "pickup", "pickup_point": "P1"}, {"delivery": {}})
    (_, order) = came(*DRAFTED, tool("get_pickup_points", {}, POINTS), way, PAID)
    assert "Київ, Магазин на Позняках" in order
