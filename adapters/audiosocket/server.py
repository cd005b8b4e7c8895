"""Where Asterisk brings the calls.

Rule 1: one task a call, all in one task group; what a call raises is logged
with its id, ends that call only, and takes its caller to the operators.
Rule 2: who is refused is told so in a way that Asterisk takes for a failure
at once: the dialplan goes on to the operators' queue.
"""

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, cast
from uuid import UUID

import structlog
from anyio import TASK_STATUS_IGNORED, create_task_group
from anyio.abc import TaskGroup, TaskStatus

from adapters.audiosocket.claims import Claims
from adapters.audiosocket.clock import Clock
from adapters.audiosocket.farewell import PATIENCE_SECONDS, Farewell
from adapters.audiosocket.leg import AudioSocketLeg
from adapters.audiosocket.protocol import FAILURE, Decoder, Message, Uuid
from application.ports.line import CallLeg

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_BACKLOG: Final = 512
_SEND_BUFFER_BYTES: Final = 32 * 1024  # the kernel's own would hide for minutes that a peer does not read
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)  # or Asterisk would take the death of this process for a good end
_SHORT_PATIENCE_SECONDS: Final = 0.1  # or those who never were callers would pile up

Conduct = Callable[[CallLeg], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    most_calls: int
    most_connections: int
    """Whoever has connected, with a UUID or yet without."""
    uuid_deadline_seconds: float = 5.0


class Refusal(Enum):
    """Why a connection did not become a call."""

    TOO_MANY_CONNECTIONS = "too_many_connections"
    TOO_MANY_CALLS = "too_many_calls"
    USED_UUID = "used_uuid"
    NO_UUID = "no_uuid"
    CLOSED = "closed"
    """We have stopped accepting."""


class AudioSocketServer:
    def __init__(self, *, host: str, port: int, share_port: bool, limits: Limits, claims: Claims) -> None:
        self._host = host
        self._port = port
        self._share_port = share_port
        self._limits = limits
        self._claims = claims
        self._clock = Clock()
        self._strangers: set[_Stranger] = set()
        self._connections = 0
        self._calls = 0
        self._listening: asyncio.Server | None = None
        self._tasks: TaskGroup | None = None
        """Where calls begin; None while none may."""
        self._drained = asyncio.Event()
        self.refusals: Counter[Refusal] = Counter()

    @property
    def bound_port(self) -> int:
        if self._listening is None:
            raise RuntimeError("the server does not listen")
        port: int = self._listening.sockets[0].getsockname()[1]
        return port

    @property
    def calls(self) -> int:
        """Calls that are being conducted now."""
        return self._calls

    @property
    def accepting(self) -> bool:
        """Whether new calls are answered."""
        return self._listening is not None

    async def serve(self, conduct: Conduct, *, task_status: TaskStatus[int] = TASK_STATUS_IGNORED) -> None:
        """Listen and have each call conducted, until drained; `started` tells the port.  Raises OSError."""
        self._claims.prepare()
        loop = asyncio.get_running_loop()
        listening = self._socket()
        async with create_task_group() as tasks:
            self._tasks, self._conduct = tasks, conduct
            self._listening = await loop.create_server(self._stranger, sock=listening, backlog=_BACKLOG)
            try:
                task_status.started(self.bound_port)
                await self._drained.wait()
            finally:
                self.stop_accepting()

    def stop_accepting(self) -> None:
        """Close the door; the calls that are running go on to their end."""
        self._tasks = None
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        for stranger in tuple(self._strangers):
            stranger.refuse(Refusal.CLOSED)
        self._see_whether_drained()

    async def drained(self) -> None:
        """Wait until, after `stop_accepting`, the last call has ended and the last connection is closed."""
        await self._drained.wait()

    def greet(self, stranger: "_Stranger") -> Refusal | None:
        """Count a new connection; say why it may not stay, if so."""
        self._connections += 1
        self._strangers.add(stranger)
        return Refusal.TOO_MANY_CONNECTIONS if self._connections > self._limits.most_connections else None

    def forget(self, stranger: "_Stranger") -> None:
        self._strangers.discard(stranger)

    def lose(self) -> None:
        """Count a connection that is closed."""
        self._connections -= 1
        self._see_whether_drained()

    def admit(
        self, call_id: UUID, transport: asyncio.Transport, decoder: Decoder, early: Sequence[Message]
    ) -> Refusal | None:
        """Begin the call, or say why not."""
        if self._tasks is None:
            return Refusal.CLOSED
        if self._calls >= self._limits.most_calls:
            return Refusal.TOO_MANY_CALLS
        if not self._claims.claim(call_id):
            return Refusal.USED_UUID
        leg = AudioSocketLeg(call_id, transport=transport, decoder=decoder, clock=self._clock, on_lost=self.lose)
        self._calls += 1
        self._tasks.start_soon(self._run, leg, name=f"call {call_id}")
        leg.receive(early)
        return None

    async def _run(self, leg: AudioSocketLeg) -> None:
        try:
            await self._conduct(leg)
        except Exception:  # one call is one blast radius
            log.exception("call failed", call_id=str(leg.call_id))
        finally:
            leg.abandon()  # does nothing to a call that was hung up
            self._calls -= 1
            self._see_whether_drained()

    def _stranger(self) -> "_Stranger":
        return _Stranger(self, deadline_seconds=self._limits.uuid_deadline_seconds)

    def _socket(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        listening = socket.create_server((self._host, self._port), family=family, reuse_port=self._share_port)
        # Accepted connections inherit these.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        return listening

    def _see_whether_drained(self) -> None:
        if self._listening is None and not self._calls and not self._connections:
            self._drained.set()


class _Stranger(asyncio.Protocol):
    """A connection that has not said yet which call it is."""

    def __init__(self, server: AudioSocketServer, *, deadline_seconds: float) -> None:
        self._server = server
        self._deadline_seconds = deadline_seconds
        self._decoder = Decoder()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's does not inherit asyncio's
        self._deadline = asyncio.get_running_loop().call_later(self._deadline_seconds, self.refuse, Refusal.NO_UUID)
        if refusal := self._server.greet(self):
            self.refuse(refusal)

    def data_received(self, data: bytes) -> None:
        match self._decoder.feed(data):
            case []:
                return
            case [Uuid(call_id), *early]:
                refusal = self._server.admit(call_id, self._transport, self._decoder, early)
            case _:
                refusal = Refusal.NO_UUID
        if refusal is None:
            self._leave()
        else:
            self.refuse(refusal)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server.refusals[Refusal.NO_UUID] += 1
        self._leave()
        self._server.lose()

    def refuse(self, refusal: Refusal) -> None:
        self._server.refusals[refusal] += 1
        self._leave()
        match refusal:
            case Refusal.TOO_MANY_CONNECTIONS | Refusal.NO_UUID:
                patience_seconds = _SHORT_PATIENCE_SECONDS
            case _:
                patience_seconds = PATIENCE_SECONDS
        Farewell(self._transport, FAILURE, on_lost=self._server.lose, patience_seconds=patience_seconds)

    def _leave(self) -> None:
        self._deadline.cancel()
        self._server.forget(self)
