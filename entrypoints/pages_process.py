"""The pages beside a demonstration, in a process of their own."""

import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio

from entrypoints.processes import kept_by_us
from entrypoints.settings import Settings

_HOST = "127.0.0.1"


@asynccontextmanager
async def pages_beside(settings: Settings) -> AsyncGenerator[None, None]:
    """Serve the admin for these stores and this shop; it prints its address, and a password where none is set."""
    command = [sys.executable, "-m", "entrypoints.cli", "web", "--demo", "--host", _HOST]
    told = {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "STORE_API_URL": settings.store_api_url,
        "STORE_API_KEY": settings.store_api_key,
        "LOG_LEVEL": "WARNING",
        **kept_by_us(),
    }
    # A session of its own: Ctrl-C ends the calls first, and what happened in them is still to be kept.
    running = await anyio.open_process(
        command, stdin=None, stdout=None, stderr=None, env=os.environ | told, start_new_session=True
    )
    async with running as process:
        try:
            yield
        finally:
            if process.returncode is None:
                process.terminate()
