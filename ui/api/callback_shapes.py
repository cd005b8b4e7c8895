"""A callback as other programs read it."""

from datetime import datetime
from uuid import UUID

from domain import callback
from domain.callback import CallbackState
from ui.api.shapes import Shape
from ui.eyes import Eyes


class Callback(Shape):
    key: str
    call_id: UUID
    number: str
    """Whom to call, masked for whoever may not see numbers."""
    preferred_time: str
    """In the caller's words; empty is any time."""
    note: str
    """What it is about."""
    reason: str
    """Why the call itself could not settle it: `after_hours`, `shop_unavailable`, …"""
    at: datetime
    """When it was asked for."""
    state: CallbackState
    by: str
    """Who has taken or done it."""
    remark: str
    """What came of it, in his words."""
    changed: datetime | None
    """When it came to be so; null for what nobody has touched."""

    @classmethod
    def of(cls, known: callback.Callback, eyes: Eyes) -> "Callback":
        request = known.request
        return cls(
            key=request.key,
            call_id=request.call_id,
            number=eyes.number(request.number),
            preferred_time=eyes.text(request.preferred_time),
            note=eyes.text(request.note),
            reason=request.reason,
            at=request.at,
            state=known.state,
            by=known.by,
            remark=eyes.text(known.remark),
            changed=known.changed,
        )
