"""The other end of the line: a call to the engine as Asterisk makes it.

Rule 1: a frame every 20 ms from first to last, speech if there is any, else silence; never faster than real time.
Rule 2: speech that is more than half a second ahead of the line is late for ever: the oldest is dropped.
Rule 3: an engine that does not read is waited for, and what is said meanwhile is lost.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Final, cast
from uuid import UUID

from adapters.audiosocket.clock import Clock
from adapters.audiosocket.protocol import HANG_UP, SILENCE_MESSAGE, Audio, Decoder, HangUp, encode_frame, encode_uuid
from application.ports.trials import NoEngine
from domain.audio import FRAMES_PER_SECOND, Cutter, Frame

_CONNECT_SECONDS: Final = 2.0
_AHEAD_FRAMES: Final = FRAMES_PER_SECOND // 2


class AudioSocketDialer:
    """Fulfils the port `Dialer`."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._clock = Clock()

    @asynccontextmanager
    async def dial(self, call_id: UUID, hear: Callable[[bytes], None]) -> AsyncGenerator["AudioSocketPhone", None]:
        loop = asyncio.get_running_loop()
        phone = AudioSocketPhone(call_id, self._clock, hear)
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                await loop.create_connection(lambda: phone, self._host, self._port)
        except (OSError, TimeoutError):
            raise NoEngine(f"no engine answers at {self._host}:{self._port}") from None
        try:
            yield phone
        finally:
            phone.hang_up()


class AudioSocketPhone(asyncio.Protocol):
    """Fulfils the port `DialledLine`."""

    def __init__(self, call_id: UUID, clock: Clock, hear: Callable[[bytes], None]) -> None:
        self._call_id = call_id
        self._clock = clock
        self._hear = hear
        self._decoder = Decoder()
        self._cutter = Cutter()
        self._to_say: deque[Frame] = deque(maxlen=_AHEAD_FRAMES)
        self._clogged = False
        self._well = False
        self._over = asyncio.Event()

    # What the caller does

    def say(self, slin: bytes) -> None:
        self._to_say.extend(self._cutter.cut(slin))

    async def ended(self) -> bool:
        await self._over.wait()
        return self._well

    def hang_up(self) -> None:
        if not self._over.is_set():
            self._transport.write(HANG_UP)
            self._end(well=True)

    # What the clock and the connection tell

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(encode_uuid(self._call_id))
        self._clock.join(self)

    def tick(self, due: float) -> None:
        if not self._clogged:
            self._transport.write(encode_frame(self._to_say.popleft()) if self._to_say else SILENCE_MESSAGE)

    def pass_over(self, periods: int, late_seconds: float) -> None:
        pass

    def pause_writing(self) -> None:
        self._clogged = True

    def resume_writing(self) -> None:
        self._clogged = False

    def data_received(self, data: bytes) -> None:
        for message in self._decoder.feed(data):
            match message:
                case _ if self._over.is_set():
                    return
                case Audio(b""):
                    self._end(well=False)
                case Audio(slin):
                    self._hear(slin)
                case HangUp():
                    self._end(well=True)
                case _:
                    pass

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(well=False)

    def _end(self, *, well: bool) -> None:
        if not self._over.is_set():
            self._well = well
            self._over.set()
            self._clock.leave(self)
            self._transport.close()
