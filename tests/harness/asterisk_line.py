"""The caller's phone and Asterisk's AudioSocket application, with the manners of its versions.

The table of what ends a call stands in `audio_socket`; it was measured on
Asterisk 22.10.  A phone's play-out follows real time: what comes more than
three frames ahead of it is lost.
"""

import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import anyio
from anyio.abc import SocketStream

from domain.audio import FRAME_SECONDS, RATE, SAMPLE_BYTES

_HANG_UP, _UUID, _DIGIT, _AUDIO = 0x00, 0x01, 0x03, 0x10
_CONNECT_SECONDS = 2.0
_IDLE_SECONDS = 2.0
_HEADER_TO_PAYLOAD_SECONDS = 0.005
_SHORT_WRITE_SECONDS = 1.0
_AHEAD_SECONDS = 3 * FRAME_SECONDS
_STALL_SECONDS = 0.2
"""What a busy test machine may take away is not counted as the sender's haste."""
_DISTORTED_BYTES = 1_600
_BYTES_PER_SECOND = RATE * SAMPLE_BYTES


@dataclass(frozen=True, slots=True)
class Manners:
    """How the versions of Asterisk differ, before and from 20.14, 21.9 and 22.4."""

    hang_up_is_success: bool
    sees_a_close: bool
    sends_digits: bool
    deletes_globals: bool

    @classmethod
    def of(cls, version: str) -> "Manners":
        major, minor = (int(part) for part in version.split(".")[:2])
        modern = (major, minor) >= {20: (20, 14), 21: (21, 9), 22: (22, 4)}.get(major, (23, 0))
        deletes = (major, minor) >= {18: (18, 21), 20: (20, 6), 21: (21, 1)}.get(major, (22, 0))
        return cls(modern, modern, modern, deletes)


@dataclass(frozen=True, slots=True)
class Heard:
    """Audio that reached the caller's ear: one message's worth."""

    at: float
    slin: bytes


class Phone:
    """What the caller holds: says what it is told to, hears what comes in time, notes what was wrong."""

    def __init__(self, *, message_bytes: int, silence_suppression: bool, changed: Callable[[], None]) -> None:
        self.heard: list[Heard] = []
        self.lost: list[Heard] = []
        self.faults: list[str] = []
        self.digits: deque[str] = deque()
        self._message_bytes = message_bytes
        self._silence = None if silence_suppression else bytes(message_bytes)
        self._to_say: deque[bytes | anyio.Event] = deque()
        self._played_until = 0.0
        self._changed = changed

    @property
    def message_seconds(self) -> float:
        return self._message_bytes / _BYTES_PER_SECOND

    def say(self, slin: bytes) -> anyio.Event:
        """Queue words; the event is set when the last of them has left."""
        said = anyio.Event()
        self._to_say.extend(slin[at : at + self._message_bytes] for at in range(0, len(slin), self._message_bytes))
        self._to_say.append(said)
        return said

    def next_message(self) -> bytes | None:
        """Return what the caller's microphone gives now, None for a phone that sends no silence."""
        while self._to_say:
            match self._to_say.popleft():
                case bytes(slin):
                    return slin
                case said:
                    said.set()
        return self._silence

    def hear(self, slin: bytes) -> None:
        now = anyio.current_time()
        if len(slin) % SAMPLE_BYTES:
            self.faults.append(f"odd number of bytes: {len(slin)}")
        if len(slin) >= _DISTORTED_BYTES:
            self.faults.append(f"message too long: {len(slin)}")
        self._played_until = max(self._played_until, now - _STALL_SECONDS)
        if self._played_until - now > _AHEAD_SECONDS:
            self.lost.append(Heard(now, slin))
        else:
            self.heard.append(Heard(now, slin))
            self._played_until += len(slin) / _BYTES_PER_SECOND
        self._changed()

    def put_down(self) -> None:
        """Let nobody wait for words that will never leave."""
        for waiting in self._to_say:
            if isinstance(waiting, anyio.Event):
                waiting.set()
        self._to_say.clear()


async def audio_socket(
    phone: Phone,
    call_id: UUID,
    engine: tuple[str, int],
    *,
    manners: Manners,
    resets: Callable[[], bool],
) -> bool:
    """Run `AudioSocket(call_id,engine)`; return whether TryExec calls the end a SUCCESS."""
    try:
        with anyio.fail_after(_CONNECT_SECONDS):
            stream = await anyio.connect_tcp(*engine)
    except (OSError, TimeoutError):
        return False
    async with stream:
        return await _Conversation(phone, stream, manners, resets).hold(call_id)


class _Conversation:
    def __init__(self, phone: Phone, stream: SocketStream, manners: Manners, resets: Callable[[], bool]) -> None:
        self._phone = phone
        self._stream = stream
        self._manners = manners
        self._resets = resets
        self._succeeded = False
        self._moved = anyio.current_time()

    async def hold(self, call_id: UUID) -> bool:
        async with anyio.create_task_group() as tasks:

            async def end_of(part: Callable[[], Awaitable[bool]]) -> None:
                try:
                    self._succeeded = await part()
                except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                    self._succeeded = False
                tasks.cancel_scope.cancel()

            for part in (partial(self._speak, call_id), self._listen, self._watch):
                tasks.start_soon(end_of, part)
        return self._succeeded

    async def _speak(self, call_id: UUID) -> bool:
        """Send the UUID and then what the caller says; a late message is followed by the next at once."""
        await self._send(_UUID, call_id.bytes)
        due = anyio.current_time()
        while True:
            message = self._phone.next_message()
            while self._phone.digits:
                digit = self._phone.digits.popleft()
                if self._manners.sends_digits:
                    await self._send(_DIGIT, digit.encode())
            if message is not None:
                await self._send(_AUDIO, message)
            due += self._phone.message_seconds if message is None else len(message) / _BYTES_PER_SECOND
            await anyio.sleep_until(due)

    async def _watch(self) -> bool:
        """End a line on which nobody sends; before 20.14 nobody looks."""
        if not self._manners.sees_a_close:
            await anyio.sleep_forever()
        while True:
            left = self._moved + _IDLE_SECONDS - anyio.current_time()
            if left <= 0:
                return False
            await anyio.sleep(left)

    async def _listen(self) -> bool:
        received = bytearray()
        while True:
            try:
                received += await self._more(received)
            except TimeoutError:
                self._phone.faults.append("pause between header and payload")
                return False
            except anyio.EndOfStream:
                return await self._closed()
            self._moved = anyio.current_time()
            while len(received) >= 3 and len(received) >= 3 + (length := int.from_bytes(received[1:3], "big")):
                kind, payload = received[0], bytes(received[3 : 3 + length])
                del received[: 3 + length]
                if kind == _HANG_UP:
                    return self._manners.hang_up_is_success
                if kind != _AUDIO or not payload:
                    self._phone.faults.append(f"message of kind {kind:02x} and length {length}")
                    return False
                self._phone.hear(payload)

    async def _more(self, received: bytearray) -> bytes:
        if len(received) < 3:
            return await self._stream.receive()
        with anyio.fail_after(_HEADER_TO_PAYLOAD_SECONDS):
            return await self._stream.receive()

    async def _closed(self) -> bool:
        if self._manners.sees_a_close:
            return not self._resets()
        await anyio.sleep_forever()  # dead air, until a write fails or the watchdog barks
        return False

    async def _send(self, kind: int, payload: bytes) -> None:
        message = bytes([kind]) + len(payload).to_bytes(2, "big") + payload
        try:
            with anyio.fail_after(_SHORT_WRITE_SECONDS):
                await self._stream.send(message)
        except TimeoutError:
            raise anyio.BrokenResourceError from None
        self._moved = anyio.current_time()


def plain_close(*, fails: float, seed: int) -> Callable[[], bool]:
    """Return the dice of a line that we just close: now and then the close becomes a reset."""
    dice = random.Random(seed)
    return lambda: dice.random() < fails
