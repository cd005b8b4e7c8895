"""What a call has changed."""

import pytest

from domain.facts import Deed
from domain.shop.catalog import TireQuery
from domain.shop.events import DraftMade, ProfileSaved, Proposed, ShopEvent, TiresOffered
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from domain.visit.writes import writes
from tests.domain.shop.goods import order

PROPOSAL = Proposal(deed=Deed.ORDERED, content="{}", text="Оформлюємо?")


def use(name: str, *events: ShopEvent) -> ToolUse:
    return ToolUse(ToolCall("1", name, {}), "", events=events)


@pytest.mark.parametrize(
    ("turn", "count"),
    [
        (use("create_order_draft", DraftMade(order())), 1),
        (use("update_customer_profile", ProfileSaved(name="Ірина")), 1),
        (use("confirm_order", ProfileSaved(name="Ірина"), Proposed(PROPOSAL)), 0),
        (use("create_order_draft"), 0),
        (use("search_tires", TiresOffered((), TireQuery())), 0),
        (CallerTurn("так"), 0),
        (AgentTurn("так"), 0),
    ],
)
def test_a_write_is_what_has_changed_something(turn: ToolUse | CallerTurn | AgentTurn, count: int) -> None:
    assert writes([turn, turn]) == 2 * count
