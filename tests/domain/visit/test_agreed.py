"""What the operator is told of the visit."""

from domain.facts import Deed, Facts
from domain.hand_over import NOTHING_AGREED, Agreed
from domain.shop.events import Proposed, Withdrawn
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from domain.visit.agreed import agreed

CALL = ToolCall("1", "confirm_order", {})
ASKED = Proposal(deed=Deed.ORDERED, content="{}", text="Чотири шини. Оформлюємо?")
READ_OUT = ToolUse(CALL, "{}", events=(Proposed(ASKED),), say=ASKED.text)
ORDERED = Facts(deeds=frozenset({Deed.ORDERED}))


def test_where_nothing_was_agreed_nothing_is_told() -> None:
    assert agreed((CallerTurn("шини"), AgentTurn("Які?"), ToolUse(CALL, "{}", facts=ORDERED))) == NOTHING_AGREED


def test_what_is_done_and_what_only_waits_for_a_yes_are_told_apart() -> None:
    done = ToolUse(CALL, "{}", facts=ORDERED, events=(Withdrawn(),), say="Замовлення номер 10245 оформлено.")
    assert agreed((READ_OUT,)) == Agreed(asked=ASKED.text)
    assert agreed((READ_OUT, done)) == Agreed(done=(done.say,))
    assert agreed((done, READ_OUT)) == Agreed(done=(done.say,), asked=ASKED.text)


def test_what_has_begun_and_not_ended_is_told() -> None:
    assert agreed((), at_work=["confirm_order"]) == Agreed(at_work=("confirm_order",))
