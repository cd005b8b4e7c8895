"""The caller's line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from domain.audio import Frame


class CallListener(Protocol):
    """Who is told what happens on a leg: at once, in order, by plain calls that must not block or raise."""

    def frame(self, frame: Frame) -> None:
        """Take 20 ms of what the caller says.

        They come at the pace of real time.  Where the phone sends nothing
        (silence suppression, hold), the leg tells silence in its place.
        """
        ...

    def digit(self, digit: str) -> None:
        """Take a key that the caller pressed: one of `0-9*#A-D`."""
        ...

    def audible(self, at: float) -> None:
        """Learn that the first frame after silence has left for the caller."""
        ...

    def silent(self, at: float) -> None:
        """Learn that all that was to be played has been played (or hushed, or is held)."""
        ...

    def gone(self, at: float) -> None:
        """Learn that the caller has hung up, or that the line broke.  Told once; nothing follows."""
        ...


@dataclass(frozen=True, slots=True)
class LineFigures:
    """What the line counted during a call."""

    frames_received: int = 0
    frames_sent: int = 0
    frames_late: int = 0
    """Sent more than 20 ms after their deadline."""
    lateness_p50_ms: float = 0.0
    lateness_p99_ms: float = 0.0
    unknown_messages: int = 0


class CallLeg(Protocol):
    """The caller's end of the line, already answered.

    The leg sends a frame every 20 ms from first to last: what was given to
    `play`, else silence.  All times are `anyio.current_time()`.
    """

    @property
    def call_id(self) -> UUID: ...

    @property
    def sent(self) -> int:
        """Frames of speech the line has taken so far: what was sent has been heard."""
        ...

    @property
    def sounding(self) -> Frame | None:
        """The frame of speech that the line took last, None while it sends silence."""
        ...

    def attend(self, listener: CallListener) -> None:
        """Tell this listener from now on.  Once a leg, before anything else."""
        ...

    async def play(self, audio: Sequence[Frame]) -> None:
        """Put speech in the queue; return at once, or when the queue (a few seconds) has room for it.

        One call's frames are never mixed with those of another.
        """
        ...

    def hold(self) -> None:
        """Send silence in place of what is queued, until `release` or `hush`."""
        ...

    def release(self) -> None:
        """Go on with what is queued, from a moment before the hold, so that no word is clipped.

        What is played again is taken off `sent`.
        """
        ...

    def hush(self) -> int:
        """Drop what is queued, now; return `sent`."""
        ...

    async def hang_up(self) -> None:
        """End the call: the caller goes on in the dialplan as the dialplan says.  At most two seconds."""
        ...

    def abandon(self) -> None:
        """Break the line so that the dialplan sees a failure and takes the caller to the operators' queue."""
        ...

    def figures(self) -> LineFigures: ...
