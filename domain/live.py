"""A running call as those who run the line see it: what it does now, and what is amiss in it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal
from uuid import UUID

from domain.dialog.phases import Closing, Connected, Ended, Greeting, HandingOver, Listening, Phase, Thinking
from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.troubles import NO_TROUBLES, Troubles
from domain.visit.visit import Flow

_LONG_SILENCE_SECONDS = 6.0
_MOST_LETTERS = 400


class Doing(Enum):
    CONNECTING = "connecting"
    GREETING = "greeting"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"
    HANDING_OVER = "handing_over"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as one reads it."""

    who: Literal["caller", "agent", "tool"]
    text: str
    broken: bool = False
    """Cut by the caller; of a tool: failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCall:
    call_id: UUID
    began: datetime
    caller: str | None = None
    doing: Doing = Doing.CONNECTING
    since: datetime
    """Since when it does that."""
    quiet_since: datetime | None = None
    """Since when nobody has been heard; None while somebody is."""
    flow: Flow = Flow.OPENING
    last: Said | None = None
    """What was said last."""
    troubles: Troubles = NO_TROUBLES

    def quiet_seconds(self, now: datetime) -> float:
        """Return how long nobody has been heard, 0 where that is not long."""
        seconds = 0.0 if self.quiet_since is None else (now - self.quiet_since).total_seconds()
        return seconds if seconds >= _LONG_SILENCE_SECONDS else 0.0

    def weight(self, now: datetime) -> int:
        """Return how much the call needs somebody's look: 0 is not at all."""
        return self.troubles.weight + 2 * bool(self.quiet_seconds(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTranscript:
    """What was said in a running call, and what is being said."""

    said: tuple[Said, ...] = ()
    heard_now: str = ""
    """The caller's words that have no answer yet."""
    said_now: str = ""
    """What the agent has begun to say."""


def by_trouble(calls: tuple[LiveCall, ...], now: datetime) -> tuple[LiveCall, ...]:
    """Return them with the one first that needs somebody's look most; of equals, the older."""
    return tuple(sorted(calls, key=lambda call: (-call.weight(now), call.began, call.call_id)))


def doing(phase: Phase) -> Doing:
    match phase:
        case Connected():
            return Doing.CONNECTING
        case Greeting():
            return Doing.GREETING
        case Listening():
            return Doing.LISTENING
        case Thinking():
            return Doing.THINKING
        case HandingOver():
            return Doing.HANDING_OVER
        case Closing() | Ended():
            return Doing.CLOSING
        case _:
            return Doing.SPEAKING


def said(turn: Turn) -> Said:
    match turn:
        case CallerTurn(text):
            return Said("caller", text)
        case AgentTurn(text, cut):
            return Said("agent", text, cut)
        case _:
            return Said("tool", f"{turn.call.name}: {turn.result}"[:_MOST_LETTERS], turn.failed)
