"""Where the records are: a database and a Redis of others, else the program's own beside it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from adapters.embedded.postgres import embedded_postgres
from adapters.embedded.redis import embedded_redis
from entrypoints.settings import Settings


@asynccontextmanager
async def stores(settings: Settings) -> AsyncGenerator[Settings, None]:
    """Yield settings that name a database and a Redis."""
    folder = Path(settings.data_dir)
    database = _given(settings.database_url) if settings.database_url else embedded_postgres(folder)
    redis = _given(settings.redis_url) if settings.redis_url else embedded_redis(folder)
    async with database as database_url, redis as redis_url:
        yield replace(settings, database_url=database_url, redis_url=redis_url)


@asynccontextmanager
async def _given(url: str) -> AsyncGenerator[str, None]:
    yield url
