"""The command `callcenter demo-shop`: a shop to call about, on a port.

The database is in memory, and new at every start, unless a file is named.
"""

import signal
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import anyio
from sanic import Sanic

from adapters.demo_shop.shop import DemoShop
from domain.errors import Misconfigured, Unavailable
from entrypoints.demo_shop.app import BASE, App, shop_app
from entrypoints.demo_shop.faults import Faults
from entrypoints.environment import environment

DATA = Path(".data/demo-shop.sqlite")
DEMO_KEY = "demo"
"""The API key where STORE_API_KEY sets none."""


def demo_shop(*, host: str = "0.0.0.0", port: int = 3000, data: Path = DATA, key: str | None = None) -> None:
    """Serve a shop's whole Store API, with a catalogue, stations and customers of its own.

    Parameters
    ----------
    host
        The address to listen on.
    port
        The port to listen on; 0 takes a free one.
    data
        The SQLite file that keeps it all.
    key
        The API key that requests must carry; by default STORE_API_KEY, else "demo".
    """
    wanted = key or environment(Path.cwd()).get("STORE_API_KEY") or DEMO_KEY
    if not (wanted.isascii() and wanted.isprintable() and wanted == wanted.strip()):
        raise Misconfigured("STORE_API_KEY must be of ASCII letters, digits and signs: it travels in an HTTP header")
    with closing(_open(data)) as shop, _listen(host, port) as listener:
        anyio.run(_serve, shop, listener, wanted, backend_options={"use_uvloop": True})


@asynccontextmanager
async def serving(app: App, listener: socket.socket) -> AsyncGenerator[None, None]:
    """Serve an application in this event loop; at the end, close its connections."""
    server: Any = await app.create_server(sock=listener, access_log=False)
    await server.startup()
    try:
        yield
    finally:
        server.server.close()
        for connection in list(server.connections):
            connection.abort()
        Sanic.unregister_app(app)


async def _serve(shop: DemoShop, listener: socket.socket, key: str) -> None:
    host, port = listener.getsockname()[:2]
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async with serving(shop_app(shop, Faults(), key=key), listener):
            print(f"The demo shop answers at http://{host}:{port}{BASE}", flush=True)
            await anext(aiter(signals))


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise Misconfigured(f"the demo shop cannot listen on {host}:{port}: {error}; choose another --port") from error


def _open(data: Path) -> DemoShop:
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        return DemoShop(data)
    except (OSError, Unavailable) as error:
        raise Misconfigured(
            f"the demo shop cannot keep its database in {data}: {error}; name a file of its own"
        ) from error
