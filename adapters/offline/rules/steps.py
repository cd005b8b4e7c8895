"""What the agent does next."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.offline.rules.asking import Ask
from domain.hand_over import Reason


@dataclass(frozen=True, slots=True)
class Say:
    text: str
    """Without the question."""
    ask: Ask | None = None
    """What it asks for at its end."""


@dataclass(frozen=True, slots=True)
class Call:
    tool: str
    arguments: Mapping[str, object]
    before: str = ""
    """What is said before it."""


@dataclass(frozen=True, slots=True)
class Transfer:
    reason: Reason


Step = Say | Call | Transfer
