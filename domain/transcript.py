"""The turns of a call: what was said, and what of it was heard."""

from dataclasses import dataclass, field
from typing import Literal

CUT = "—"
"""Stands where the caller cut the agent short."""


@dataclass(frozen=True, slots=True)
class CallerTurn:
    text: str
    confidence: float | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class AgentTurn:
    """What the agent said, as far as the line took it."""

    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class ToolCall:
    id: str
    name: str
    arguments: dict[str, object] = field(hash=False)


@dataclass(frozen=True, slots=True)
class ToolUse:
    """A call of a tool together with its result: one unit, never split."""

    call: ToolCall
    result: str
    failed: bool = False


Turn = CallerTurn | AgentTurn | ToolUse
Speaker = Literal["caller", "agent"]
