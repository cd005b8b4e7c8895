"""The operators as the exchange shows them: who waits for one, and whose phone is free.

Rule: what the exchange does not say is None, or is not there; nothing here is a guess.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class PhoneState(Enum):
    FREE = "free"
    TALKING = "talking"
    RINGING = "ringing"
    AWAY = "away"
    """Not registered: switched off, or out of reach."""
    UNKNOWN = "unknown"
    """The exchange knows no such phone, or says something new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorPhone:
    device: str
    """As the exchange calls it: `PJSIP/101`."""
    state: PhoneState


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody in the operators' queue whom nobody has taken yet."""

    call_id: UUID | None = None
    """None where he has not been with the agent."""
    caller: str | None = None
    on_line_since: datetime | None = None
    """When he was first heard of by the exchange; he has waited for less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorsSight:
    free: bool | None = None
    """Whether the queue would ring somebody now."""
    waiting: tuple[Waiting, ...] = ()
    """Whoever is longest on the line first."""
    talking: int = 0
    """Callers of the queue who are with an operator."""
    phones: tuple[OperatorPhone, ...] = ()
    """Those that the settings name."""
