"""Calling a caller back: what a person needs to know for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRequest:
    """Two that differ only in `at` are the same request."""

    call_id: UUID
    number: str
    """Whom to call: the number that the line named."""
    preferred_time: str = ""
    """In the caller's words; "" is any time."""
    note: str = ""
    """What it is about."""
    reason: str = ""
    """Why the call itself could not settle it, in the system's words: `after_hours`, `shop_unavailable`, …"""
    at: datetime
    """When it was asked for; with its zone."""
