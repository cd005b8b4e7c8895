"""Whose call it is."""

from datetime import datetime
from uuid import UUID

import pytest

from application.calls.tools.toolbox import ToolRefused
from application.calls.tools.visitor import Visitor
from domain.shop.events import CallbackNoted
from domain.transcript import ToolCall, ToolUse
from tests.application.calls.tools.talk import CALLER, KYIV

ONE, OTHER = UUID(int=1), UUID(int=2)


def visitor(call_id: UUID = ONE, caller: str | None = CALLER) -> Visitor:
    moment = datetime(2026, 11, 25, 23, 59, tzinfo=KYIV)
    return Visitor(call_id=call_id, language="uk", now=lambda: moment, caller=caller)


def test_the_day_is_that_of_kyiv() -> None:
    assert visitor().today.isoformat() == "2026-11-25"


def test_a_withheld_number_is_refused_with_what_to_do_instead() -> None:
    assert visitor().number() == CALLER
    with pytest.raises(ToolRefused, match="transfer_to_operator"):
        visitor(caller=None).number()


def test_a_key_is_made_of_call_operation_and_content_and_of_nothing_else() -> None:
    key = visitor().key("confirm_order", "4 tyres")
    assert key == visitor(caller=None).key("confirm_order", "4 tyres")
    others = {
        visitor(OTHER).key("confirm_order", "4 tyres"),
        visitor().key("book_fitting", "4 tyres"),
        visitor().key("confirm_order", "2 tyres"),
    }
    assert key not in others and len(others) == 3


def test_a_call_may_change_ten_things() -> None:
    use = ToolUse(ToolCall("1", "create_callback_request", {}), "noted", events=(CallbackNoted("завтра"),))
    visitor().may_write([use] * 9)
    with pytest.raises(ToolRefused, match="policy_limit"):
        visitor().may_write([use] * 10)
