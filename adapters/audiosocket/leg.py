"""The caller's end of the line.

Rule 1: the reader never waits; what comes in is told to the listener in the
same call, and a listener that raises ends this call and no other.
Rule 2: one sender, the clock's tick: speech if there is any, else silence.
What was sent has been heard; there is nothing further to flush.
Rule 3: a peer that does not read gets nothing more: speech stays in the
queue, and after ten seconds the caller is taken for gone.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final
from uuid import UUID

import structlog
from anyio.lowlevel import checkpoint, checkpoint_if_cancelled

from adapters.audiosocket.clock import Clock, Lateness
from adapters.audiosocket.farewell import Farewell
from adapters.audiosocket.protocol import (
    FAILURE,
    HANG_UP,
    SILENCE_MESSAGE,
    Audio,
    Decoder,
    Digit,
    Error,
    HangUp,
    Message,
    Unknown,
    Uuid,
    encode_frame,
)
from application.ports.line import CallListener, LineFigures
from domain.audio import FRAME_BYTES, FRAME_SECONDS, FRAMES_PER_SECOND, SILENCE, Cutter, Frame

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_QUEUE_FRAMES: Final = 4 * FRAMES_PER_SECOND
_REFILL_FRAMES: Final = _QUEUE_FRAMES // 2
_REPLAYED_FRAMES: Final = 15  # 0.3 s, a syllable or two
_UNATTENDED_FRAMES: Final = 1 * FRAMES_PER_SECOND
_QUIET_TICKS: Final = 10  # 200 ms: longer than any packet time
_UNWRITTEN_BYTES: Final = 32 * 1024  # 2 s of audio
_CLOGGED_TICKS: Final = 10 * FRAMES_PER_SECOND


class _Nobody:
    """Listens until somebody attends: keeps the last second."""

    def __init__(self) -> None:
        self._heard: deque[Frame | str] = deque(maxlen=_UNATTENDED_FRAMES)
        self._gone_at: float | None = None

    def frame(self, frame: Frame) -> None:
        self._heard.append(frame)

    def digit(self, digit: str) -> None:
        self._heard.append(digit)

    def audible(self, at: float) -> None:
        pass

    def silent(self, at: float) -> None:
        pass

    def gone(self, at: float) -> None:
        self._gone_at = at

    def tell(self, listener: CallListener) -> None:
        for heard in self._heard:
            match heard:
                case str():
                    listener.digit(heard)
                case _:
                    listener.frame(heard)
        if self._gone_at is not None:
            listener.gone(self._gone_at)


class _Waiting:
    """The rest of what one caller of `play` gave, until the queue has room for it."""

    def __init__(self, audio: Sequence[Frame]) -> None:
        self.frames = deque(audio)
        self.taken = asyncio.Event()


class AudioSocketLeg(asyncio.Protocol):
    """Fulfils the port `CallLeg` on a connection that has said which call it is."""

    def __init__(
        self,
        call_id: UUID,
        *,
        transport: asyncio.Transport,
        decoder: Decoder,
        clock: Clock,
        on_lost: Callable[[], None],
    ) -> None:
        self._call_id = call_id
        self._transport = transport
        self._decoder = decoder
        self._clock = clock
        self._on_lost = on_lost
        self._nobody = _Nobody()
        self._listener: CallListener = self._nobody
        self._open = True
        """Until the caller is gone, or we have said the last word."""
        self._lost = asyncio.Event()

        self._cutter = Cutter()
        self._quiet_ticks = 0
        self._clogged_ticks = 0
        """Since the peer has stopped reading; 0 while it reads."""

        self._queue: deque[Frame] = deque()
        self._waiting: deque[_Waiting] = deque()
        self._held = False
        self._sent = 0
        self._recent: deque[Frame] = deque(maxlen=_REPLAYED_FRAMES)
        """What was sent last of the speech that goes on: what a release plays again."""
        self._sounding: Frame | None = None

        self._lateness = Lateness()
        self._frames_received = 0
        self._frames_sent = 0
        self._frames_late = 0
        self._unknown_messages = 0

        transport.set_write_buffer_limits(high=_UNWRITTEN_BYTES)
        transport.set_protocol(self)
        clock.join(self)

    # What the application asks.

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
        self._nobody.tell(listener)

    async def play(self, audio: Sequence[Frame]) -> None:
        await checkpoint_if_cancelled()  # what a cancelled reply still has to say must not outlive a hush
        if any(len(frame) != FRAME_BYTES for frame in audio):
            raise ValueError("a frame that is not of 20 ms")
        if not self._open:
            await checkpoint()
            return
        waiting = _Waiting(audio)
        self._waiting.append(waiting)
        self._refill()
        if waiting.frames:
            try:
                await waiting.taken.wait()
            finally:
                waiting.frames.clear()

    def hold(self) -> None:
        self._held = True
        self._fall_silent()

    def release(self) -> None:
        if not self._held:
            return
        self._held = False
        self._queue.extendleft(reversed(self._recent))
        self._sent -= len(self._recent)
        self._recent.clear()

    def hush(self) -> int:
        self._drop()
        self._held = False
        self._fall_silent()
        return self._sent

    async def hang_up(self) -> None:
        self._say_last(HANG_UP)
        await self._lost.wait()

    def abandon(self) -> None:
        self._say_last(FAILURE)

    def figures(self) -> LineFigures:
        return LineFigures(
            frames_received=self._frames_received,
            frames_sent=self._frames_sent,
            frames_late=self._frames_late,
            lateness_p50_ms=self._lateness.percentile_ms(50),
            lateness_p99_ms=self._lateness.percentile_ms(99),
            unknown_messages=self._unknown_messages,
        )

    # What the clock asks.

    def tick(self, due: float) -> None:
        if not self._open:
            return
        try:
            self._send(due)
            self._quiet_ticks += 1
            if self._quiet_ticks > _QUIET_TICKS and self._open:
                self._listener.frame(SILENCE)
        except Exception:
            log.exception("listener raised", call_id=str(self._call_id))
            self._break()

    def pass_over(self, periods: int, late_seconds: float) -> None:
        self._frames_late += periods
        self._lateness.add(late_seconds, periods)

    # What the connection tells.

    def data_received(self, data: bytes) -> None:
        self.receive(self._decoder.feed(data))

    def receive(self, messages: Sequence[Message]) -> None:
        try:
            for message in messages:
                if not self._open:
                    return
                self._take(message)
        except Exception:
            log.exception("listener raised", call_id=str(self._call_id))
            self._break()

    def pause_writing(self) -> None:
        self._clogged_ticks = 1

    def resume_writing(self) -> None:
        self._clogged_ticks = 0

    def eof_received(self) -> None:
        self._vanish()

    def connection_lost(self, exc: Exception | None) -> None:
        self._vanish()
        self._lose()

    def _take(self, message: Message) -> None:
        match message:
            case Audio(slin):
                for frame in self._cutter.cut(slin):
                    if not self._open:
                        return
                    self._quiet_ticks = 0
                    self._frames_received += 1
                    self._listener.frame(frame)
            case Digit(digit):
                self._listener.digit(digit)
            case HangUp():
                self._vanish()
            case Error(code):
                log.warning("error from the line", call_id=str(self._call_id), code=code.hex()[:16])
            case Uuid() | Unknown():
                self._unknown_messages += 1

    def _send(self, due: float) -> None:
        if self._clogged_ticks:
            return self._bear_clogging()
        late_seconds = monotonic() - due
        self._lateness.add(late_seconds)
        self._frames_sent += 1
        if late_seconds > FRAME_SECONDS:
            self._frames_late += 1
        if not self._queue or self._held:
            self._transport.write(SILENCE_MESSAGE)
            if self._sounding is not None:
                self._recent.clear()
                self._fall_silent()
            return
        frame = self._queue.popleft()
        self._transport.write(encode_frame(frame))
        self._sent += 1
        self._recent.append(frame)
        was_silent, self._sounding = self._sounding is None, frame
        if was_silent:
            self._listener.audible(_now())
        if self._waiting and len(self._queue) <= _REFILL_FRAMES:
            self._refill()

    def _bear_clogging(self) -> None:
        self._fall_silent()
        self._clogged_ticks += 1
        if self._clogged_ticks > _CLOGGED_TICKS:
            log.warning("the line is not read", call_id=str(self._call_id))
            self._vanish()

    def _fall_silent(self) -> None:
        if self._sounding is not None:
            self._sounding = None
            self._listener.silent(_now())

    def _refill(self) -> None:
        """Move into the queue what waits, as far as there is room, one caller of `play` after the other."""
        while self._waiting:
            frames = self._waiting[0].frames
            while frames and len(self._queue) < _QUEUE_FRAMES:
                self._queue.append(frames.popleft())
            if frames:
                return
            self._waiting.popleft().taken.set()

    def _drop(self) -> None:
        self._queue.clear()
        self._recent.clear()
        for waiting in self._waiting:
            waiting.taken.set()
        self._waiting.clear()

    def _say_last(self, last_word: bytes) -> None:
        if self._open:
            self._close()
            Farewell(self._transport, last_word, on_lost=self._lose)

    def _vanish(self) -> None:
        """The caller is gone: say so, once."""
        if self._open:
            self._close()
            self._transport.abort()
            self._tell_gone()

    def _break(self) -> None:
        """The listener has raised: the call cannot go on here, but the caller can."""
        if self._open:
            self.abandon()
            self._tell_gone()

    def _tell_gone(self) -> None:
        try:
            self._listener.gone(_now())
        except Exception:
            log.exception("listener raised when the caller was gone", call_id=str(self._call_id))

    def _lose(self) -> None:
        self._lost.set()
        self._on_lost()

    def _close(self) -> None:
        self._open = False
        self._clock.leave(self)
        self._drop()
        self._sounding = None


def _now() -> float:
    return asyncio.get_running_loop().time()
