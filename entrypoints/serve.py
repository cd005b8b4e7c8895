"""The whole product under one supervisor: `callcenter serve`.

Rule 1: calls and pages are processes of their own; the supervisor does nothing but start, keep and end them.
Rule 2: calls end first, then the pages that show them, then the servers that keep what they were.
Rule 3: no call waits for the database: it is migrated while the engines get ready, or when it is back.
"""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import structlog

from adapters.postgres.database import Database
from domain.errors import Unavailable
from entrypoints.engines import engines
from entrypoints.environment import environment
from entrypoints.log import configure
from entrypoints.processes import Kind, keep_running
from entrypoints.settings import Settings
from entrypoints.stores import stores

_PORT = 8080

log: structlog.stdlib.BoundLogger = structlog.get_logger()


def serve(*, processes: int = 1, host: str = "0.0.0.0", port: int = _PORT) -> None:
    """Answer calls and serve the pages with the configuration of .env.

    Where it names no database and no Redis, they run beside the program and keep their data in DATA_DIR.

    Parameters
    ----------
    processes
        How many call engines share the port of the calls; one uses one core.
    host
        The address that the pages are served on.
    port
        The port that the pages are served on; 0 takes a free one.
    """
    settings = Settings.for_serving(environment(Path.cwd()))
    configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    kinds = (engines(settings, processes), _pages(host, port))
    sys.exit(anyio.run(_supervise, settings, kinds))


def _pages(host: str, port: int) -> Kind:
    command = [sys.executable, "-m", "entrypoints.cli", "web", "--host", host, "--port", str(port)]
    return Kind(name="the pages", command=command)


async def _supervise(settings: Settings, kinds: tuple[Kind, ...]) -> int:
    async with stores(settings) as there, _migrated(there.database_url):
        named = {"DATABASE_URL": there.database_url, "REDIS_URL": there.redis_url}
        return await keep_running(*(kind.with_variables(named) for kind in kinds))


@asynccontextmanager
async def _migrated(database_url: str) -> AsyncGenerator[None, None]:
    """Bring the database to where this program needs it, meanwhile."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_migrate, Database(database_url))
        yield
        tasks.cancel_scope.cancel()


async def _migrate(database: Database) -> None:
    try:
        async with database.open(), database.reached():
            log.info("the database is migrated")
    except Unavailable as error:
        log.warning("the database is away and is migrated when it is back", error=str(error))
    except Exception:
        log.exception("the database cannot be migrated")
