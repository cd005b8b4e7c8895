"""The other end of the line, speaking as Asterisk does, and a line whose calls the test conducts."""

import socket
import struct
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import anyio
from anyio.abc import SocketAttribute, SocketStream
from anyio.streams.buffered import BufferedByteReceiveStream

from adapters.audiosocket.claims import InMemoryClaims
from adapters.audiosocket.server import AudioSocketServer, Limits
from application.ports.line import CallLeg
from domain.audio import FRAME_BYTES, SILENCE, Frame

HANG_UP = (0x00, b"")
FAILURE = (0x10, b"")
AUDIO = 0x10
PATIENCE_SECONDS = 10


def message(kind: int, payload: bytes = b"") -> bytes:
    return struct.pack(">BH", kind, len(payload)) + payload


def speech(number: int) -> Frame:
    """A frame that carries a number, never 0."""
    return Frame(struct.pack("<h", number) * (FRAME_BYTES // 2))


def numbers(frames: list[Frame]) -> list[int]:
    """What frames of speech carry, silence left out."""
    return [int(struct.unpack("<h", frame[:2])[0]) for frame in frames if frame != SILENCE]


class Peer:
    def __init__(self, stream: SocketStream) -> None:
        self._stream = stream
        self._incoming = BufferedByteReceiveStream(stream)

    async def send(self, data: bytes) -> None:
        await self._stream.send(data)

    async def say(self, slin: bytes) -> None:
        await self.send(message(AUDIO, slin))

    async def receive(self) -> tuple[int, bytes] | None:
        """Return the next message's kind and payload, None at the end of file."""
        with anyio.fail_after(PATIENCE_SECONDS):
            try:
                kind, length = struct.unpack(">BH", await self._incoming.receive_exactly(3))
                return kind, await self._incoming.receive_exactly(length) if length else b""
            except (anyio.IncompleteRead, anyio.BrokenResourceError):
                return None

    async def hear(self) -> Frame:
        received = await self.receive()
        assert received is not None
        kind, payload = received
        assert (kind, len(payload)) == (AUDIO, FRAME_BYTES)
        return Frame(payload)

    async def hear_until(self, last: int) -> list[Frame]:
        """Hear up to the frame that carries this number."""
        frames = [await self.hear()]
        while frames[-1] != speech(last):
            frames.append(await self.hear())
        return frames

    async def last_word(self) -> tuple[int, bytes] | None:
        """Pass over audio; return the message after it, None for an end of file without one."""
        while (received := await self.receive()) is not None and len(received[1]) == FRAME_BYTES:
            pass
        return received

    async def hang_up(self) -> None:
        await self._stream.aclose()

    async def reset(self) -> None:
        self._stream.extra(SocketAttribute.raw_socket).setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        await self._stream.aclose()


@dataclass
class Notes:
    """A listener that writes down what it is told."""

    frames: list[Frame] = field(default_factory=list)
    digits: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    _told: anyio.Event = field(default_factory=anyio.Event)

    def frame(self, frame: Frame) -> None:
        self.frames.append(frame)
        self._notice()

    def digit(self, digit: str) -> None:
        self.digits.append(digit)
        self._notice()

    def audible(self, at: float) -> None:
        self._note("audible", at)

    def silent(self, at: float) -> None:
        self._note("silent", at)

    def gone(self, at: float) -> None:
        self._note("gone", at)

    async def until(self, so: Callable[["Notes"], bool]) -> None:
        with anyio.fail_after(PATIENCE_SECONDS):
            while not so(self):
                self._told = anyio.Event()
                await self._told.wait()

    async def until_event(self, event: str) -> None:
        await self.until(lambda notes: event in notes.events)

    def _note(self, event: str, at: float) -> None:
        self.events.append(event)
        self.times.append(at)
        self._notice()

    def _notice(self) -> None:
        self._told.set()


async def connect(port: int) -> Peer:
    return Peer(await anyio.connect_tcp("127.0.0.1", port))


async def call(port: int, call_id: UUID | None = None) -> Peer:
    peer = await connect(port)
    await peer.send(message(0x01, (call_id or uuid4()).bytes))
    return peer


def a_server(**others: Any) -> AudioSocketServer:
    parts: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": 0,
        "share_port": False,
        "limits": Limits(most_calls=500, most_connections=600),
        "claims": InMemoryClaims(),
    }
    return AudioSocketServer(**(parts | others))


@asynccontextmanager
async def serving(
    conduct: Callable[[CallLeg], Any], server: AudioSocketServer | None = None
) -> AsyncGenerator[AudioSocketServer, None]:
    server = server or a_server()
    async with anyio.create_task_group() as tasks:
        await tasks.start(server.serve, conduct)
        yield server
        tasks.cancel_scope.cancel()


class Line:
    """A line whose calls the test conducts itself."""

    def __init__(self) -> None:
        self._legs, self._taken = anyio.create_memory_object_stream[CallLeg](500)

    async def conduct(self, leg: CallLeg) -> None:
        await self._legs.send(leg)
        await anyio.sleep_forever()

    async def call(self, server: AudioSocketServer) -> tuple[Peer, CallLeg, Notes]:
        """Place a call that is attended."""
        peer, leg = await self.call_unattended(server)
        notes = Notes()
        leg.attend(notes)
        return peer, leg, notes

    async def call_unattended(self, server: AudioSocketServer) -> tuple[Peer, CallLeg]:
        peer = await call(server.bound_port)
        with anyio.fail_after(PATIENCE_SECONDS):
            return peer, await self._taken.receive()

    def close(self) -> None:
        self._legs.close()
        self._taken.close()


@asynccontextmanager
async def a_line(server: AudioSocketServer | None = None) -> AsyncGenerator[tuple[AudioSocketServer, Line], None]:
    line = Line()
    async with serving(line.conduct, server) as serving_server:
        yield serving_server, line
    line.close()
