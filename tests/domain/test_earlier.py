"""What of earlier calls is known, and what of it may be said."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.dialog.phases import Outcome
from domain.earlier import GONE_ON_WITHIN, Subject, broken_off, notes, standing, subject, turns_before
from domain.facts import Deed, Facts
from domain.hand_over import Reason
from domain.money import Money
from domain.records import StoredRecord, ToolUsed
from domain.transcript import AgentTurn, CallerTurn
from domain.truth.gate import judge
from tests.domain.past import KYIV, NOW, lost, past

DAY = timedelta(days=1)
ASKED = ("- Вітаю!", "потрібні шини", "* search_tires", "- Є дві моделі. Які берете?")


def told(*records: StoredRecord, broken: tuple[StoredRecord, ...] = ()) -> str:
    return "\n".join(notes(records, broken, KYIV))


@pytest.mark.parametrize(
    ("tools", "about"),
    [
        ((), None),
        (("update_customer_profile",), None),
        (("search_tires",), Subject.TIRES),
        (("search_tires", "create_order_draft"), Subject.ORDERING),
        (("create_order_draft", "get_fitting_slots", "update_customer_profile"), Subject.FITTING),
        (("get_order_status",), Subject.ORDERS),
        (("find_storage",), Subject.STORAGE),
        (("search_knowledge_base",), Subject.ADVICE),
        (("create_callback_request",), Subject.CALLBACK),
    ],
)
def test_a_call_was_about_what_its_last_tool_is_for(tools: tuple[str, ...], about: Subject | None) -> None:
    assert subject(past("алло", *(f"* {tool}" for tool in tools))) is about


def test_a_call_that_broke_off_just_now_is_gone_on_with() -> None:
    call = past(*ASKED)
    assert broken_off([call], NOW) == (call,)
    assert broken_off([lost(call)], NOW) == (lost(call),)


@pytest.mark.parametrize("outcome", [each for each in Outcome if each is not Outcome.LOST])
def test_a_call_that_was_ended_is_not_gone_on_with(outcome: Outcome) -> None:
    assert broken_off([past(*ASKED, outcome=outcome)], NOW) == ()


def test_a_call_that_broke_off_long_ago_is_not_gone_on_with() -> None:
    last_word = timedelta(seconds=len(ASKED))
    second = timedelta(seconds=1)
    assert broken_off([past(*ASKED, ago=GONE_ON_WITHIN + last_word)], NOW) == ()
    assert len(broken_off([past(*ASKED, ago=GONE_ON_WITHIN + last_word - second)], NOW)) == 1


def test_a_call_in_which_the_caller_said_nothing_is_not_gone_on_with() -> None:
    assert broken_off([past("- Вітаю!", "* search_tires")], NOW) == ()


def test_of_several_calls_that_broke_off_in_a_row_all_are_gone_on_with() -> None:
    second, first = past("так", number=2), past(*ASKED, ago=timedelta(minutes=5))
    ended = past("дякую", number=3, ago=timedelta(minutes=7), outcome=Outcome.COMPLETED)
    before = past("алло", number=4, ago=timedelta(minutes=8))
    broken = broken_off([second, first, ended, before], NOW)
    assert broken == (second, first)
    assert turns_before(broken) == (
        AgentTurn("Вітаю!"),
        CallerTurn("потрібні шини", 0.9, "uk"),
        AgentTurn("Є дві моделі. Які берете?"),
        CallerTurn("так", 0.9, "uk"),
    )


def test_where_the_agent_was_cut_is_known() -> None:
    assert turns_before([past("-| Є дві")]) == (AgentTurn("Є дві", cut=True),)


def test_of_nobody_nothing_is_told() -> None:
    assert told() == ""


def test_an_earlier_call_is_told_in_a_line() -> None:
    call = past(
        *("- Вітаю!", "потрібні шини на зиму", "* create_order_draft", "- Оформлено.", "дякую"),
        ago=DAY,
        outcome=Outcome.HANDED_OVER,
        reason=Reason.CUSTOMER_REQUEST,
        orders=("10245", "10246"),
        bookings=("7",),
    )
    heading, line = told(call).splitlines()
    assert "perhaps somebody else's" in heading and "only the tools tell" in heading
    assert line == (
        "- Tue 2026-11-24 14:05, about placing an order, ordered 10245, 10246, booked 7, given to an operator"
        ' (customer_request), the caller\'s last words "потрібні шини на зиму"'
    )


def test_of_a_call_of_which_little_is_known_little_is_told() -> None:
    assert told(past(ago=DAY)).splitlines()[1] == "- Tue 2026-11-24 14:05"
    assert told(lost(past(ago=DAY))).splitlines()[1] == "- Tue 2026-11-24 14:05, broke off"


def test_long_words_are_cut_short() -> None:
    assert len(told(past("слово " * 500, ago=DAY))) < 600


def test_a_call_that_is_gone_on_with_is_told_apart() -> None:
    call, before = past(*ASKED), past("шини", number=2, ago=DAY, outcome=Outcome.COMPLETED)
    note = told(call, before, broken=(call,))
    assert note.count("\n- ") == 1 and "- Tue 2026-11-24 14:05" in note
    assert "broke off through a failure of ours" in note
    assert note.endswith('Used in it: search_tires({"width": 205}).')


def test_tools_that_did_nothing_are_not_told() -> None:
    call = past("шини", "*! search_tires")
    assert "Used in it" not in told(call, broken=(call,))


def test_numbers_and_times_of_earlier_calls_may_be_said() -> None:
    call = past("алло", ago=DAY, outcome=Outcome.COMPLETED, orders=("10245",), bookings=("7788",))
    facts = standing([call, past(number=2)], (), KYIV)
    assert facts.dates == {date(2026, 11, 24), date(2026, 11, 25)} and facts.times == {time(14, 5), time(14, 2)}
    for said in ("Ваше замовлення 10245.", "Запис номер 7788.", "Ви телефонували 24 листопада о 14:05."):
        assert judge(said, facts, today=date(2026, 11, 25)).passes, said
    for said in ("Ваше замовлення 10246.", "Замовлення 10245 вже доставлено.", "Ви дзвонили 23 листопада."):
        assert not judge(said, facts, today=date(2026, 11, 25)).passes, said


def test_what_the_caller_said_in_an_earlier_call_may_be_said_back() -> None:
    facts = standing([past("мені 205 на 55", ago=DAY)], (), KYIV)
    assert facts.said == ("мені 205 на 55",)


def test_what_was_said_and_found_in_a_call_that_is_gone_on_with_may_be_said_again_and_stock_must_be_looked_up() -> None:
    call = past("потрібні шини", "* search_tires", "- Є Michelin за 4200 гривень. Беремо?")
    (use,) = (unit for unit in call.transcript if isinstance(unit, ToolUsed))
    found = Facts(amounts=frozenset({Money.hryvnias(4200)}), in_stock=True, deeds=frozenset({Deed.SAVED}))
    priced = replace(use, facts=found.plainly())
    call = replace(call, transcript=(call.transcript[0], priced, call.transcript[2]))
    facts, today = standing([call], (call,), KYIV), date(2026, 11, 25)
    assert facts.said == ("потрібні шини", "Є Michelin за 4200 гривень. Беремо?")
    assert judge("Michelin за 4200 гривень.", facts, today=today).passes
    assert not judge("Michelin за 4300 гривень.", facts, today=today).passes
    assert not judge("Michelin є в наявності.", facts, today=today).passes
    assert standing([call], (), KYIV).amounts == frozenset()
