"""The demo shop beside a demonstration: the one that runs already, else a process of its own."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from anyio.abc import Process

from domain.errors import Misconfigured

HOST = "127.0.0.1"
KEY = "demo"
"""What the demo shop takes for a key when none is set."""
_READY_SECONDS = 15.0
_ANSWER_SECONDS = 1.0
_HEALTH = b"GET /api/v1/health HTTP/1.1\r\nHost: demo-shop\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def demo_shop_beside(port: int) -> AsyncGenerator[str, None]:
    """Yield the URL of a demo shop's Store API; what is ordered stays in `.data`, for the next demo shop to show."""
    url = f"http://{HOST}:{port}/api/v1"
    if await _answers(port):
        yield url
        return
    command = [sys.executable, "-m", "entrypoints.cli", "demo-shop", "--host", HOST, "--port", str(port)]
    # A session of its own: Ctrl-C ends the calls first, and they may still need the shop.
    running = await anyio.open_process(command, stdin=None, stdout=sys.stderr, stderr=None, start_new_session=True)
    async with running as process:
        try:
            await _ready(process, port)
            yield url
        finally:
            if process.returncode is None:
                process.terminate()


async def _ready(process: Process, port: int) -> None:
    with anyio.move_on_after(_READY_SECONDS):
        while process.returncode is None:
            if await _answers(port):
                return
            await anyio.sleep(0.1)
    raise Misconfigured(f"the demo shop does not start on port {port}: free the port, or set STORE_API_URL in .env")


async def _answers(port: int) -> bool:
    with anyio.move_on_after(_ANSWER_SECONDS):
        try:
            async with await anyio.connect_tcp(HOST, port) as stream:
                await stream.send(_HEALTH)
                return b" 200 " in (await stream.receive()).split(b"\r\n", 1)[0]
        except (OSError, anyio.EndOfStream, anyio.BrokenResourceError):
            return False
    return False
