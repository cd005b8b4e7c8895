"""What a call has changed, at the shop or in our records."""

from collections.abc import Sequence

from domain.shop.events import Proposed
from domain.transcript import ToolUse, Turn

WRITING_TOOLS = frozenset(
    """
    create_order_draft update_order_delivery confirm_order book_fitting cancel_fitting
    update_customer_profile create_callback_request
    """.split()
)


def writes(turns: Sequence[Turn]) -> int:
    """Return how many tool calls have written; one that only read something out has not."""
    return sum(isinstance(turn, ToolUse) and _wrote(turn) for turn in turns)


def _wrote(use: ToolUse) -> bool:
    proposed = any(isinstance(event, Proposed) for event in use.events)
    return use.call.name in WRITING_TOOLS and bool(use.events) and not proposed
