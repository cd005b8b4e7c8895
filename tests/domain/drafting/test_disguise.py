"""Nobody who called is known from the draft of his call."""

import pytest

from domain.drafting.disguise import disguised
from domain.records import TurnTaken
from tests.domain.drafting.told import CALLER, Unit, agent, call, caller, tool


def texts(*units: Unit, orders: tuple[str, ...] = ()) -> list[str]:
    """Return what was said in a call, with other people in it."""
    record = disguised(call(*units, orders=orders))
    return [unit.text for unit in record.transcript if isinstance(unit, TurnTaken)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("на Михайла", "на Віктора"),
        ("олександр", "Віктор"),
        ("запишіть на Олену", "запишіть на Марію"),
        ("мене звати Ірина Ковальчук", "мене звати Марія Садовенко"),
        ("мене звати Миколка", "мене звати Марія"),
        ("Віктор", "Сергій"),
        ("марка машини Шкода", "марка машини Шкода"),
        ("I am looking for tyres", "I am looking for tyres"),
        ("мій номер 067 123-45-67", "0931112201"),
        ("нуль шістдесят сім сто двадцять три сорок п'ять шістдесят сім", "0931112201"),
        ("плюс чотири вісім дванадцять тридцять чотири п'ятдесят шість сімдесят вісім дев'яносто", "+380931112201"),
        ("передзвоніть на +380509998877", "0671234567"),
        ("картка 4149 4991 1234 5678", "4000 0000 0000 0002"),
        ("номер АЕ 1234 СВ", "АА0001АА"),
        ("пошта olena.k@gmail.com", "пошта person@example.com"),
        ("пишіть на olena собака gmail крапка com", "пишіть на person@example.com"),
        ("доставка в Київ вулиця Хрещатик 12 кв 5 завтра", "доставка в Київ вулиця Садова 5 завтра"),
        ("шини 205/55 R16 за 5000 грн", "шини 205/55 R16 за 5000 грн"),
        ("двісті п'ять на п'ятдесят п'ять", "двісті п'ять на п'ятдесят п'ять"),
    ],
)
def test_what_a_caller_says_of_himself_is_made_up(said: str, shown: str) -> None:
    assert texts(caller(said)) == [shown]


def test_a_made_up_name_is_the_same_throughout_and_in_its_form() -> None:
    told = texts(
        caller("мене звати Олександр"),
        agent("Дуже приємно, Олександре! Оформити на Олександра?"),
        caller("ні на Олену"),
        agent("Отже, на ім'я Олена, не Олександр."),
    )
    assert told == [
        "мене звати Віктор",
        "Дуже приємно, Віктора! Оформити на Віктора?",
        "ні на Марію",
        "Отже, на ім'я Марія, не Віктор.",
    ]


def test_who_is_one_too_many_shares_a_made_up_name() -> None:
    men = ["Олександр", "Михайло", "Олексій", "Юрій", "Ігор"]
    assert texts(caller(" ".join(men))) == ["Віктор Сергій Андрій Тарас Віктор"]


def test_a_name_that_only_a_tool_was_told_is_replaced_wherever_it_stands() -> None:
    record = disguised(
        call(
            caller("Пшибишевський Казимир"),
            tool(
                "confirm_order",
                {"customer_name": "Казимир Пшибишевський", "payment_method": "cod"},
                {"read_out": "на ім'я Казимир Пшибишевський"},
            ),
            tool("book_fitting", {"customer_name": "Alexander", "slot": 1, "car": None}, "No slot for Alexander."),
            agent("Дякую, пане Пшибишевський.", refused=("Казимире, готово.",)),
        )
    )
    said, order, booking, thanks = record.transcript
    assert isinstance(said, TurnTaken) and said.text == "Садовенко Віктор"
    assert order == tool(
        "confirm_order",
        {"customer_name": "Віктор Садовенко", "payment_method": "cod"},
        {"read_out": "на ім'я Віктор Садовенко"},
    )
    assert booking == tool("book_fitting", {"customer_name": "Victor", "slot": 1, "car": None}, "No slot for Victor.")
    assert thanks == agent("Дякую, пане Садовенко.", refused=("Віктора, готово.",))


def test_one_number_has_one_stand_in_however_it_is_written_and_the_callers_is_that_of_the_examples() -> None:
    record = disguised(
        call(
            agent("Передзвонимо на 0509998877 або 38 050 111 22 33, чи 050 111-22-33?"),
            tool("create_callback_request", {"note": "0501112233 дружина"}, {"numbers": ["380509998877", 5]}),
            number=CALLER,
        )
    )
    assert record.call.caller == "+380671234567"
    assert record.call.ended is not None and record.call.ended.caller == "+380671234567"
    said, asked = record.transcript
    assert isinstance(said, TurnTaken)
    assert said.text == "Передзвонимо на 0671234567 або 380931112201, чи 0931112201?"
    assert asked == tool("create_callback_request", {"note": "0931112201 дружина"}, {"numbers": ["380671234567", 5]})


def test_whose_number_is_withheld_stays_without_one_and_a_call_that_runs_without_an_end() -> None:
    record = disguised(call(caller("алло"), number=None, outcome=None))
    assert (record.call.caller, record.call.ended) == (None, None)


def test_the_shops_own_addresses_stay_and_a_callers_do_not_even_where_a_tool_tells_them() -> None:
    shops = ("вул. Богдана Хмельницького, 5",)
    assert texts(
        caller("везіть на вулицю Сумська, 10"),
        tool("get_pickup_points", {}, "{}", addresses=shops),
        tool("update_order_delivery", {"address": "вулиця Сумська 10"}, "{}", addresses=("вулиця Сумська 10",)),
        agent("Пункт: вул. Богдана Хмельницького 5. Чи вулиця Сумська, 10?"),
    ) == [
        "везіть на вулиця Садова 5",
        "Пункт: вул. Богдана Хмельницького 5. Чи вулиця Садова 7?",
    ]


def test_a_post_office_is_nobodys_home() -> None:
    office = tool("update_order_delivery", {"address": "відділення 5", "delivery_address": "у дворі"}, "{}")
    assert texts(caller("відділення 5"), office) == ["відділення 5"]


def test_numbers_of_orders_of_the_call_are_those_of_the_examples() -> None:
    told = texts(agent("Замовлення 58211 та ORD-7, а не 58212."), orders=("58211", "ord-7"))
    assert told == ["Замовлення 10245 та 10246, а не 58212."]


def test_understood_is_disguised_too() -> None:
    (turn,) = disguised(call(caller("мій телефон", understood="0501112233"))).transcript
    assert isinstance(turn, TurnTaken) and turn.understood == "0931112201"
