"""An engine of a few lines: what happens on the line is what a test writes down."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import anyio
from anyio.abc import SocketAttribute, SocketStream
from anyio.streams.buffered import BufferedByteReceiveStream

HANG_UP = bytes(3)


def audio(slin: bytes) -> bytes:
    return b"\x10" + len(slin).to_bytes(2, "big") + slin


class Line:
    """The engine's end of one AudioSocket connection, the UUID already read."""

    def __init__(self, stream: SocketStream, call_id: UUID, messages: BufferedByteReceiveStream) -> None:
        self.stream = stream
        self.call_id = call_id
        self._messages = messages

    async def message(self) -> tuple[int, bytes]:
        header = await self._messages.receive_exactly(3)
        length = int.from_bytes(header[1:], "big")
        return header[0], await self._messages.receive_exactly(length) if length else b""

    async def say(self, slin: bytes) -> None:
        await self.stream.send(audio(slin))

    async def hang_up(self) -> None:
        """End as an engine should: 00, then read to end of file."""
        with suppress(anyio.BrokenResourceError):
            await self.stream.send(HANG_UP)
        await self.read_to_end()

    async def read_to_end(self) -> None:
        try:
            while True:
                await self._messages.receive()
        except (anyio.EndOfStream, anyio.BrokenResourceError):
            return


@asynccontextmanager
async def raw_engine(conduct: Callable[[Line], Awaitable[None]]) -> AsyncIterator[tuple[str, int]]:
    """Listen; have `conduct` do what it will with each call.  Its end closes the connection."""

    async def attend(stream: SocketStream) -> None:
        async with stream:
            messages = BufferedByteReceiveStream(stream)
            with suppress(anyio.IncompleteRead):  # a caller may be gone before his UUID is sent
                opening = await messages.receive_exactly(19)
                await conduct(Line(stream, UUID(bytes=opening[3:]), messages))

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, attend)
        yield "127.0.0.1", listener.extra(SocketAttribute.local_port)
        tasks.cancel_scope.cancel()
