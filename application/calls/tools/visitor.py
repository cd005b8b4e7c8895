"""Whose call it is: what every tool of a call knows without being told by the model."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from application.calls.tools.toolbox import ToolRefused
from domain.phrases import Language
from domain.shop.events import ProfileSaved
from domain.shop.limits import MOST_WRITES
from domain.transcript import Turn
from domain.visit.writes import writes

_NOBODY = ProfileSaved()

POLICY_LIMIT = 'Tell the caller that an operator will help and call transfer_to_operator with reason "policy_limit".'


@dataclass(slots=True, kw_only=True)
class Visitor:
    call_id: UUID
    language: Language
    now: Callable[[], datetime]
    """The shop's clock, in Kyiv."""
    caller: str | None = None
    """The number that the line names; None when it is withheld.  Known once the call is met."""
    trying: bool = False
    """Whether the call is only made to try the agent: it goes as any call up to the step that would have effects."""
    profile: ProfileSaved = _NOBODY
    """What earlier calls of this number told of the caller."""

    @property
    def today(self) -> date:
        return self.now().date()

    def number(self) -> str:
        """Return the caller's number, whatever the model passes.  Raises `ToolRefused` when it is withheld."""
        if self.caller is None:
            raise ToolRefused(
                "The caller's number is withheld, so this cannot be done in this call."
                ' Offer an operator: transfer_to_operator with reason "cannot_help".'
            )
        return self.caller

    def key(self, operation: str, content: str) -> str:
        """Return the key under which the shop does this once, however often it is asked in this call."""
        return hashlib.sha256(f"{self.call_id}\n{operation}\n{content}".encode()).hexdigest()

    def may_write(self, turns: Sequence[Turn]) -> None:
        """Raise `ToolRefused` when this call has changed enough."""
        if writes(turns) >= MOST_WRITES:
            raise ToolRefused(f"Too many changes were made in this call. {POLICY_LIMIT}")

    def must_be_in_earnest(self) -> None:
        """Raise `ToolRefused` in a call that only tries the agent."""
        if self.trying:
            raise ToolRefused(
                "This is a test call: nothing was ordered, booked, cancelled or noted, and nothing will be."
                " Say so, and that a real call would go on from here."
            )
