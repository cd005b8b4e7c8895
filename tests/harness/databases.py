"""A PostgreSQL for tests, and a fresh database for each; folders that the servers can reach, whoever runs them."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import asyncpg
from anyio.from_thread import start_blocking_portal

from adapters.embedded.postgres import embedded_postgres

NewDatabase = Callable[[], str]
"""Makes an empty database and returns its URL."""


@contextmanager
def data_folder() -> Iterator[Path]:
    """Make an empty folder that is gone afterwards, where the user who runs PostgreSQL for root can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="callcenter-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, onerror=_unless_gone)


def _unless_gone(_function: object, _path: str, failure: tuple[type[BaseException], BaseException, object]) -> None:
    """A server that ends takes files of its own with it."""
    if not isinstance(failure[1], FileNotFoundError):
        raise failure[1]


@contextmanager
def databases(folder: Path) -> Iterator[NewDatabase]:
    numbers = count(1)

    async def make(server: str, name: str) -> None:
        connection = await asyncpg.connect(server)
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()

    with start_blocking_portal() as portal, portal.wrap_async_context_manager(embedded_postgres(folder)) as server:

        def new() -> str:
            name = f"test_{next(numbers)}"
            portal.call(make, server, name)
            return server.replace("/postgres?", f"/{name}?")

        yield new
