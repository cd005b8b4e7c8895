"""The way to the database: when it is away is told apart from when it is there, and it is migrated when it is met.

Rule 1: nothing connects before it must; a program starts while the database is away.
Rule 2: whatever the database raises because it is away or slow becomes `Unavailable` here and nowhere else.
"""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

import anyio
import asyncpg
from piccolo.engine.postgres import PostgresTransaction
from piccolo.querystring import QueryString

from adapters.postgres.engine import ENGINE
from adapters.postgres.migrations import history, migrate
from domain.errors import Unavailable

_CONNECTIONS = 8
_MIGRATION_SECONDS = 600.0
_IDLE_SECONDS = 60.0

_AWAY = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that breaks as it is taken into use
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.DeadlockDetectedError,
)


class Database:
    """Opened once in a process: Piccolo's tables know one database."""

    def __init__(self, url: str, *, seconds: float = 5.0) -> None:
        self.url = url.replace("postgresql+asyncpg://", "postgresql://", 1)
        self._seconds = seconds
        self._meeting = anyio.Lock()
        self._met = False

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None, None]:
        """Let the tables be used for as long as this lasts."""
        ENGINE.config = {"dsn": self.url, "timeout": self._seconds}
        await ENGINE.start_connection_pool(
            min_size=0, max_size=_CONNECTIONS, max_inactive_connection_lifetime=_IDLE_SECONDS
        )
        try:
            yield
        finally:
            pool, ENGINE.pool, ENGINE.config = ENGINE.pool, None, {}
            with anyio.CancelScope(shield=True):
                if pool is not None:
                    with anyio.move_on_after(self._seconds):
                        await pool.close()
                    pool.terminate()

    async def keep_open(self) -> None:
        """Let the tables be used until this is cancelled."""
        async with self.open():
            await anyio.sleep_forever()

    async def meet(self) -> None:
        """Be there before it is needed, or raise `Unavailable`."""
        async with self.reached():
            pass

    @asynccontextmanager
    async def reached(self) -> AsyncGenerator[None, None]:
        """Do in time what is done within, or raise `Unavailable`."""
        with _away_is_unavailable():
            if not self._met:
                await self._meet()
            with anyio.fail_after(self._seconds):
                yield

    async def migrations(self) -> Mapping[str, bool]:
        """Return every migration, the first one first, and whether it was made; the database stays as it is."""
        with _away_is_unavailable(), anyio.fail_after(self._seconds):
            return await history(self.url)

    async def version(self) -> str:
        """Return the server's version."""
        async with self.reached():
            rows = await ENGINE.run_querystring(QueryString("SHOW server_version"))
        return str(rows[0]["server_version"])

    def transaction(self) -> PostgresTransaction:
        return ENGINE.transaction()

    async def _meet(self) -> None:
        async with self._meeting:
            if not self._met:
                with anyio.fail_after(_MIGRATION_SECONDS):
                    await migrate(self.url)
                self._met = True


@contextmanager
def _away_is_unavailable() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise Unavailable("the database did not answer in time") from None
    except _AWAY as error:
        raise Unavailable(f"the database cannot be used: {type(error).__name__}") from None
