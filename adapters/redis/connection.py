"""Redis as all that is said to it here is said: text, soon, or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from domain.errors import Unavailable

ALIVE_SECONDS = 10
"""A connection that has been quiet for so long is asked whether it is still there."""


def connection(url: str, seconds: float) -> Redis:
    """Return what connects when it is first used."""
    return Redis.from_url(
        url,
        decode_responses=True,
        encoding_errors="replace",  # what is no text is no command, and ends no engine
        socket_timeout=seconds,
        socket_connect_timeout=seconds,
        health_check_interval=ALIVE_SECONDS,
        retry=Retry(NoBackoff(), 1),  # a connection from before a restart is broken, and the next is not
    )


@asynccontextmanager
async def reached(seconds: float) -> AsyncGenerator[None, None]:
    """Raise `Unavailable` for whatever keeps Redis from answering."""
    try:
        with anyio.fail_after(seconds * 2):
            yield
    except (RedisError, OSError, TimeoutError) as error:
        raise Unavailable(f"Redis cannot be used: {type(error).__name__}") from None
