"""What is said while the caller waits: by the work that is done for him."""

from domain.dialog.phases import Speaking, Thinking
from domain.phrases import Phrases, Work

_TOOLS = {
    Work.SEARCHING: "search_tires get_vehicle_tire_sizes check_availability",
    Work.ORDERING: "create_order_draft update_order_delivery confirm_order",
    Work.TRACING: "get_order_status",
    Work.SCHEDULING: "get_fitting_stations get_fitting_slots",
    Work.BOOKING: "book_fitting cancel_fitting get_customer_bookings",
    Work.LOOKING_UP: "get_pickup_points get_fitting_price find_storage search_knowledge_base",
}
_WORK = {tool: work for work, tools in _TOOLS.items() for tool in tools.split()}


def filler(phase: Thinking | Speaking, phrases: Phrases) -> str:
    """Return what fits the work; the second time, and for other tools, what fits any."""
    if phase.filled_at is not None:
        return phrases.still_thinking
    working = phase.tool_at is not None
    return phrases.filler(_WORK.get(phase.tool, Work.THINKING) if working else Work.THINKING)
