"""Stored tyres, advice, what is known of the caller, and calling him back: a question and an answer each."""

from domain.visit.visit import Visit

ENTRANCES = frozenset({"find_storage", "search_knowledge_base", "update_customer_profile", "create_callback_request"})
"""Tools that make sense at any time."""


def notes(visit: Visit) -> tuple[str, ...]:
    """Return what the model is told of these matters, a line each."""
    lines = []
    if visit.contracts:
        numbers = ", ".join(contract.number for contract in visit.contracts)
        lines.append(f"The caller's storage contracts: {numbers}; for fitting stored tyres pass storage_contract.")
    if visit.callbacks:
        lines.append("A callback is noted: note it again only when its time or matter changes.")
    return tuple(lines)
