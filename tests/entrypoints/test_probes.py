"""Whether parts are there, asked over real sockets."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pytest
from anyio.abc import SocketAttribute, SocketStream

from entrypoints.probes import host_answers, redis_answers

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def answering(told: list[bytes], answers: Sequence[bytes]) -> AsyncIterator[int]:
    """Listen on a port, and answer each message with the next of these."""

    async def serve(stream: SocketStream) -> None:
        async with stream:
            for answer in answers:
                told.append(await stream.receive())
                await stream.send(answer)

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, serve)
        yield listener.extra(SocketAttribute.local_port)
        tasks.cancel_scope.cancel()


async def test_a_redis_that_says_pong_is_there() -> None:
    told: list[bytes] = []
    async with answering(told, [b"+PONG\r\n"]) as port:
        assert await redis_answers(f"redis://127.0.0.1:{port}/0")
    assert told == [b"*1\r\n$4\r\nPING\r\n"]


async def test_a_redis_is_told_its_password_first() -> None:
    told: list[bytes] = []
    async with answering(told, [b"+OK\r\n", b"+PONG\r\n"]) as port:
        assert await redis_answers(f"redis://:s%40crет@127.0.0.1:{port}/0")
    assert told[0] == "*2\r\n$4\r\nAUTH\r\n$8\r\ns@crет\r\n".encode()


@pytest.mark.parametrize("answer", [b"-NOAUTH Authentication required.\r\n", b"-LOADING\r\n", b"HTTP/1.1 400\r\n"])
async def test_a_redis_that_says_anything_else_is_away(answer: bytes) -> None:
    async with answering([], [answer]) as port:
        assert not await redis_answers(f"redis://127.0.0.1:{port}/0")


async def test_nobody_at_the_address_is_away(tmp_path: Path) -> None:
    async with answering([], []) as port:
        pass
    for url in (f"redis://127.0.0.1:{port}/0", f"unix://{tmp_path}/none.sock", "redis://127.0.0.1:99999/0"):
        assert not await redis_answers(url)
    assert not await host_answers(f"http://127.0.0.1:{port}")
    assert not await host_answers("ftp://127.0.0.1")


async def test_a_host_that_takes_connections_is_there() -> None:
    async with answering([], []) as port:
        assert await host_answers(f"http://127.0.0.1:{port}/v1")
