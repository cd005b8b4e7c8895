"""Processes that are kept running."""

import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

import anyio
import pytest
from anyio.abc import SocketAttribute, SocketListener, SocketStream, TaskGroup
from structlog.testing import capture_logs

from entrypoints.processes import keep_running

pytestmark = pytest.mark.anyio

TELL = """
import os, signal, socket, sys
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
line.sendall(os.environ["NAME"].encode())
if sys.argv[2] == "lives":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.pause()
sys.exit(3)
"""


@asynccontextmanager
async def kept(listener: SocketListener, how: str, processes: int) -> AsyncGenerator[TaskGroup, None]:
    """Keep processes that connect to us and then live or die."""
    port = listener.extra(SocketAttribute.local_port)
    command = [sys.executable, "-c", TELL, str(port), how]
    with anyio.fail_after(20):
        async with listener, anyio.create_task_group() as tasks:
            tasks.start_soon(keep_running, command, processes, {"NAME": "one of us"})
            yield tasks


async def listening() -> SocketListener:
    listeners = await anyio.create_tcp_listener(local_host="127.0.0.1", family=socket.AF_INET)
    return cast(SocketListener, listeners.listeners[0])


async def test_so_many_run_and_all_end_on_sigterm() -> None:
    listener = await listening()
    lines: list[SocketStream] = []
    async with kept(listener, "lives", 2):
        for _ in range(2):
            lines.append(await listener.accept())
            assert await lines[-1].receive() == b"one of us"
        os.kill(os.getpid(), signal.SIGTERM)
    for line in lines:
        with pytest.raises(anyio.EndOfStream):
            await line.receive()
        await line.aclose()


async def test_what_dies_is_started_again_after_a_pause_that_grows() -> None:
    listener = await listening()
    with capture_logs() as lines:
        async with kept(listener, "dies", 1):
            for _ in range(3):
                await (await listener.accept()).aclose()
            os.kill(os.getpid(), signal.SIGTERM)
    assert [(line["code"], line["pause_seconds"]) for line in lines[:2]] == [(3, 1.0), (3, 2.0)]
