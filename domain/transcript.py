"""The turns of a call: what was said, and what of it was heard."""

from dataclasses import dataclass, field
from typing import Literal

from domain.facts import NOTHING, Facts
from domain.shop.events import ShopEvent

CUT = "—"
"""Stands where the caller cut the agent short."""


@dataclass(frozen=True, slots=True)
class CallerTurn:
    text: str
    confidence: float | None = None
    language: str | None = None
    understood: str = ""
    """What was asked for, read from the words: `205/55 R16`, `0671234567`; "" where nothing was to be read."""
    early: bool = False
    """Whether he began to say it before all that was being read out to him was said: no yes to what came after."""


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
    """What the model is told."""
    failed: bool = False
    facts: Facts = NOTHING
    """What may be said from now on."""
    events: tuple[ShopEvent, ...] = ()
    """What it means to the caller's visit."""
    say: str = ""
    """What the agent says at once, word for word and to its end: a read-back, or that something is done."""


Turn = CallerTurn | AgentTurn | ToolUse
Speaker = Literal["caller", "agent"]
