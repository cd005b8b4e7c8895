"""The states of a call; each holds only what that state needs."""

from dataclasses import dataclass
from enum import Enum

from domain.hand_over import Reason
from domain.phrases import Announcement


class Outcome(Enum):
    """How a call ended."""

    COMPLETED = "completed"
    HANDED_OVER = "handed_over"
    ABANDONED = "abandoned"
    """The caller hung up, and goodbye was not the last word."""
    SILENT = "silent"
    STOPPED = "stopped"
    """Somebody who runs the line ended it."""
    FAILED = "failed"
    LOST = "lost"
    """Its engine died; nobody conducted it to an end."""


@dataclass(frozen=True, slots=True)
class Connected:
    pass


@dataclass(frozen=True, slots=True)
class Greeting:
    announcement: Announcement
    since: float


@dataclass(frozen=True, slots=True)
class Listening:
    since: float


@dataclass(frozen=True, slots=True)
class Thinking:
    """A reply is being made and none of it has been heard yet."""

    since: float
    worded_at: float | None = None
    tool_at: float | None = None
    """When the tool that is running was started."""
    tool: str = ""
    """The tool that was started last."""
    filled_at: float | None = None


@dataclass(frozen=True, slots=True)
class Speaking:
    """A reply, or an announcement in its place, is being heard."""

    since: float
    """Since when the turn has lasted: for a reply, since the agent began to think."""
    announcement: Announcement | None = None
    silent_since: float | None = None
    """Since when the line has been waiting for the rest of the reply."""
    protected: bool = False
    """Whether it is a read-back, which is heard to its end."""
    tool_at: float | None = None
    tool: str = ""
    filled_at: float | None = None


@dataclass(frozen=True, slots=True)
class HandingOver:
    """The caller hears that an operator takes over."""

    reason: Reason
    summary: str
    since: float


@dataclass(frozen=True, slots=True)
class Closing:
    """The caller hears goodbye."""

    outcome: Outcome
    since: float


@dataclass(frozen=True, slots=True)
class Ended:
    outcome: Outcome
    reason: Reason | None = None


Phase = Connected | Greeting | Listening | Thinking | Speaking | HandingOver | Closing | Ended
