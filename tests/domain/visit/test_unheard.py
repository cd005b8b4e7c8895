"""What was done in an earlier call and may not have been heard."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.visit.promise import Promise
from domain.visit.unheard import missed, notes, standing, was_heard

TEXT = "Готово! Замовлення номер 10245 оформлено."


def promise(deed: Deed = Deed.ORDERED) -> Promise:
    moment = datetime(2026, 11, 25, 13, tzinfo=ZoneInfo("Europe/Kyiv"))
    return Promise(caller="+380670000001", call_id=UUID(int=1), key="k", deed=deed, content="{}", at=moment)


DONE = promise().done("10245", TEXT)
CANCELLED = promise(Deed.CANCELLED).done("", "Запис на 26 листопада скасовано.")


@pytest.mark.parametrize(
    ("made", "turn", "heard"),
    [
        (DONE, AgentTurn(TEXT), True),
        (DONE, AgentTurn("Ваше замовлення, 10245, у роботі."), True),
        (DONE, AgentTurn("Замовлення номер 10245 оформлено, орі—", cut=True), False),
        (DONE, AgentTurn("Замовлення 110245 або 102451."), False),
        (DONE, CallerTurn("10245"), False),
        (CANCELLED, AgentTurn("Так. Запис на 26 листопада скасовано. Що ще?"), True),
        (CANCELLED, AgentTurn("Вітаю!"), False),
        (promise(), AgentTurn(TEXT), False),
        (promise().done("", ""), AgentTurn("Вітаю!"), False),
    ],
)
def test_it_is_heard_when_its_number_or_its_words_were_said_whole(made: Promise, turn: Turn, *, heard: bool) -> None:
    assert was_heard(made, [turn]) is heard


def test_the_model_is_told_of_what_was_not_heard_and_no_more_once_it_was() -> None:
    assert TEXT.removeprefix("Готово! ") in notes([DONE], [])[0]
    assert "Готово" not in notes([DONE], [])[0], "that is true only in the call in which it was done"
    assert notes([DONE], [AgentTurn(TEXT)]) == ()


@pytest.mark.parametrize(
    ("deed", "tool"),
    [
        (Deed.ORDERED, "get_order_status"),
        (Deed.BOOKED, "get_customer_bookings"),
        (Deed.RESCHEDULED, "get_customer_bookings"),
        (Deed.CANCELLED, "get_customer_bookings"),
    ],
)
def test_what_may_or_may_not_be_done_is_to_be_looked_up(deed: Deed, tool: str) -> None:
    (note,) = notes([promise(deed)], [])
    assert "not known whether it was done" in note and tool in note


def test_what_cannot_be_looked_up_is_still_told() -> None:
    (note,) = notes([promise(Deed.CALLBACK)], [])
    assert note.endswith("whether it was done.")


def test_what_is_done_may_be_said_as_found_and_never_as_done_in_this_call() -> None:
    facts = standing([DONE, CANCELLED, promise()])
    assert facts.numbers == {"10245"} and facts.findings == {Finding.CONFIRMED, Finding.CANCELLED}
    assert TEXT in facts.said and not facts.deeds
    assert standing([promise()]) == NOTHING
    assert not standing([promise(Deed.CALLBACK).done("", "x")]).findings


DID = ToolUse(ToolCall("1", "confirm_order", {}), "{}", facts=Facts(deeds=frozenset({Deed.ORDERED})), say=TEXT)
READ_OUT = ToolUse(ToolCall("1", "confirm_order", {}), "{}", say="Оформлюємо?")


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ([DID], True),
        ([DID, CallerTurn("ну що там")], True),
        ([DID, AgentTurn("Готово! Замов", cut=True), CallerTurn("що")], True),
        ([DID, AgentTurn(TEXT), CallerTurn("дякую")], False),
        ([AgentTurn("Вітаю!"), DID], True),
        ([READ_OUT], False),
        ([], False),
    ],
)
def test_what_was_done_just_now_and_cut_off_is_told_next(turns: list[Turn], *, told: bool) -> None:
    lines = missed(turns)
    assert bool(lines) is told
    assert all(TEXT in line for line in lines)
