"""The demo shop beside a demonstration: the one that runs already, else a process of its own."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from anyio.abc import Process

from domain.errors import Misconfigured

HOST, PORT = "127.0.0.1", 3000
KEY = "demo"
"""What the demo shop takes for a key when none is set."""
_READY_SECONDS = 15.0
_ANSWER_SECONDS = 1.0
_HEALTH = b"GET /api/v1/health HTTP/1.1\r\nHost: demo-shop\r\nConnection: close\r\n\r\n"


@asynccontextmanager
async def demo_shop_beside() -> AsyncGenerator[str, None]:
    """Yield the URL of a demo shop's Store API."""
    url = f"http://{HOST}:{PORT}/api/v1"
    if await _answers():
        yield url
        return
    command = [sys.executable, "-m", "entrypoints.cli", "demo-shop", "--host", HOST, "--port", str(PORT)]
    async with await anyio.open_process(command, stdin=None, stdout=None, stderr=None) as process:
        try:
            await _ready(process)
            yield url
        finally:
            if process.returncode is None:
                process.terminate()


async def _ready(process: Process) -> None:
    with anyio.move_on_after(_READY_SECONDS):
        while process.returncode is None:
            if await _answers():
                return
            await anyio.sleep(0.1)
    raise Misconfigured(f"the demo shop does not start on port {PORT}: free the port, or set STORE_API_URL in .env")


async def _answers() -> bool:
    with anyio.move_on_after(_ANSWER_SECONDS):
        try:
            async with await anyio.connect_tcp(HOST, PORT) as stream:
                await stream.send(_HEALTH)
                return b" 200 " in (await stream.receive()).split(b"\r\n", 1)[0]
        except (OSError, anyio.EndOfStream, anyio.BrokenResourceError):
            return False
    return False
