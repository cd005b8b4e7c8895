"""What an agent brings to a call besides ears and a voice: a trade."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from application.calls.tools.toolbox import Tool
from domain.facts import NOTHING, Facts
from domain.transcript import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What the model is told before it answers."""

    instructions: str
    """The stable part."""
    tools: frozenset[str]
    """The names of the tools that make sense now."""
    today: date
    """The day of the call on the shop's clock."""
    note: str = ""
    """How far the caller's wishes have come: a few lines that change from turn to turn."""
    earlier: tuple[Turn, ...] = ()
    """What was said before this call: it goes on where an earlier one broke off."""
    standing: Facts = NOTHING
    """What may be said in any call."""


class Assistant(Protocol):
    """The agent of one call."""

    @property
    def tools(self) -> Sequence[Tool]: ...

    async def welcome(self) -> str:
        """Return what a caller who is known is asked after the greeting, "" for who is not; soon, and never raises."""
        ...

    async def meet(self, caller: str | None, *, trying: bool = False) -> None:
        """Learn whose call it is, and what is known of him; None when the number is withheld.  Never raises.

        Where the agent is only tried, nothing is done, noted or kept that outlives the call.
        """
        ...

    def brief(self, turns: Sequence[Turn]) -> Briefing:
        """Return what the model is told for an answer to these turns."""
        ...

    async def remember(self, turns: Sequence[Turn]) -> None:
        """Keep what the caller has heard by now, for his next call.  Never raises."""
        ...


class AssistantFactory(Protocol):
    def __call__(self, call_id: UUID) -> Assistant: ...
