"""A caller's end of the line that is made of memory, and whose clock the test ticks by hand."""

from collections import deque
from collections.abc import Sequence
from typing import Literal
from uuid import UUID, uuid4

import anyio
from anyio.lowlevel import checkpoint, checkpoint_if_cancelled

from application.ports.line import CallListener, LineFigures
from domain.audio import FRAME_BYTES, FRAMES_PER_SECOND, SILENCE, Frame

_QUEUE_FRAMES = 4 * FRAMES_PER_SECOND
_REFILL_FRAMES = _QUEUE_FRAMES // 2
_REPLAYED_FRAMES = 15
_UNATTENDED_FRAMES = 1 * FRAMES_PER_SECOND

End = Literal["hung_up", "abandoned", "gone"]


class MemoryLeg:
    """Fulfils the port `CallLeg`."""

    def __init__(self, call_id: UUID | None = None) -> None:
        self._call_id = call_id or uuid4()
        self.heard: list[Frame] = []
        """What the caller has heard, silence included."""
        self.ended: End | None = None
        """Who ended it and how: the agent well, the agent by failure, or the caller."""
        self._listener: CallListener | None = None
        self._unattended: deque[Frame | str] = deque(maxlen=_UNATTENDED_FRAMES)
        self._received = 0
        self._queue: deque[Frame] = deque()
        self._waiting: deque[tuple[deque[Frame], anyio.Event]] = deque()
        self._recent: deque[Frame] = deque(maxlen=_REPLAYED_FRAMES)
        self._held = False
        self._sent = 0
        self._sounding: Frame | None = None

    # What the test does

    def tick(self, count: int = 1) -> list[Frame]:
        """Send so many frames at once; return them."""
        before = len(self.heard)
        for _ in range(count):
            if self.ended is None:
                self._send()
        return self.heard[before:]

    def say(self, frame: Frame) -> None:
        """Be the caller: speak for 20 ms."""
        if self.ended is None:
            self._received += 1
            if self._listener is None:
                self._unattended.append(frame)
            else:
                self._listener.frame(frame)

    def press(self, digit: str) -> None:
        if self.ended is None:
            if self._listener is None:
                self._unattended.append(digit)
            else:
                self._listener.digit(digit)

    def drop(self) -> None:
        """Be the caller: hang up."""
        if self.ended is None:
            self._end("gone")
            if self._listener is not None:
                self._listener.gone(anyio.current_time())

    # What the application does

    @property
    def call_id(self) -> UUID:
        return self._call_id

    @property
    def sent(self) -> int:
        return self._sent

    @property
    def sounding(self) -> Frame | None:
        return self._sounding

    def attend(self, listener: CallListener) -> None:
        self._listener = listener
        for heard in self._unattended:
            if isinstance(heard, str):
                listener.digit(heard)
            else:
                listener.frame(heard)
        if self.ended == "gone":
            listener.gone(anyio.current_time())

    async def play(self, audio: Sequence[Frame]) -> None:
        await checkpoint_if_cancelled()
        if any(len(frame) != FRAME_BYTES for frame in audio):
            raise ValueError("a frame that is not of 20 ms")
        if self.ended is not None:
            await checkpoint()
            return
        rest, taken = deque(audio), anyio.Event()
        self._waiting.append((rest, taken))
        self._refill()
        if rest:
            try:
                await taken.wait()
            finally:
                rest.clear()

    def hold(self) -> None:
        self._held = True
        self._fall_silent()

    def release(self) -> None:
        if self._held:
            self._held = False
            self._queue.extendleft(reversed(self._recent))
            self._sent -= len(self._recent)
            self._recent.clear()

    def hush(self) -> int:
        self._drop_queued()
        self._held = False
        self._fall_silent()
        return self._sent

    async def hang_up(self) -> None:
        await checkpoint()
        if self.ended is None:
            self._end("hung_up")

    def abandon(self) -> None:
        if self.ended is None:
            self._end("abandoned")

    def figures(self) -> LineFigures:
        return LineFigures(frames_received=self._received, frames_sent=len(self.heard))

    # The line

    def _send(self) -> None:
        if self._held or not self._queue:
            self.heard.append(SILENCE)
            if self._sounding is not None:
                self._recent.clear()
                self._fall_silent()
            return
        frame = self._queue.popleft()
        self.heard.append(frame)
        self._sent += 1
        self._recent.append(frame)
        was_silent, self._sounding = self._sounding is None, frame
        if was_silent and self._listener is not None:
            self._listener.audible(anyio.current_time())
        if len(self._queue) <= _REFILL_FRAMES:
            self._refill()

    def _refill(self) -> None:
        while self._waiting:
            rest, taken = self._waiting[0]
            while rest and len(self._queue) < _QUEUE_FRAMES:
                self._queue.append(rest.popleft())
            if rest:
                return
            self._waiting.popleft()
            taken.set()

    def _fall_silent(self) -> None:
        if self._sounding is not None:
            self._sounding = None
            if self._listener is not None:
                self._listener.silent(anyio.current_time())

    def _drop_queued(self) -> None:
        self._queue.clear()
        self._recent.clear()
        for _, taken in self._waiting:
            taken.set()
        self._waiting.clear()

    def _end(self, how: End) -> None:
        self.ended = how
        self._drop_queued()
        self._sounding = None
