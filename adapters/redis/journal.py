"""The journal in a Redis stream.

Rule 1: one process at a time carries it, by a lease that ends with the process; two at once do no harm.
Rule 2: what cannot be read is laid aside in a stream of its own, and holds up nothing.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import anyio
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from adapters.entries import read, written
from application.ports.journal import Batch
from domain.errors import Unavailable
from domain.records import AnyEntry

_LEASE_SECONDS = 5
_ENTRY = "entry"


class RedisJournal:
    """Fulfils the port `Journal`; connects when it is first used."""

    def __init__(self, url: str, *, name: str = "callcenter:journal", seconds: float = 0.3) -> None:
        self._redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_timeout=seconds,
            socket_connect_timeout=seconds,
            retry=Retry(NoBackoff(), 1),  # a connection from before a restart is broken, and the next is not
        )
        self._stream = name
        self._lease = f"{name}:carrier"
        self._unreadable = f"{name}:unreadable"
        self._process = uuid4().hex
        self._seconds = seconds

    async def append(self, entries: Sequence[AnyEntry]) -> None:
        if not entries:
            return
        async with self._together() as commands:
            for entry in entries:
                commands.xadd(self._stream, {_ENTRY: written(entry)})

    async def some(self, most: int) -> Batch:
        async with self._reached():
            if not await self._leased():
                return Batch()
            found: Any = await self._redis.xrange(self._stream, count=most)
        entries: list[AnyEntry] = []
        for place, told in found:
            try:
                entries.append(read(told.get(_ENTRY, "")))
            except ValueError:
                await self._lay_aside(place, told)
        return Batch(tuple(entries), tuple(place for place, _ in found))

    async def remove(self, batch: Batch) -> None:
        if batch.places:
            async with self._reached():
                await self._redis.xdel(self._stream, *batch.places)

    async def waiting(self) -> int:
        """Return how many entries lie here, those that cannot be read too."""
        async with self._reached():
            return int(await self._redis.xlen(self._stream)) + int(await self._redis.xlen(self._unreadable))

    async def close(self) -> None:
        with anyio.move_on_after(self._seconds):
            await self._redis.aclose()

    async def _leased(self) -> bool:
        if await self._redis.set(self._lease, self._process, nx=True, ex=_LEASE_SECONDS):
            return True
        if await self._redis.get(self._lease) != self._process:
            return False
        await self._redis.expire(self._lease, _LEASE_SECONDS)
        return True

    async def _lay_aside(self, place: str, told: dict[str, str]) -> None:
        async with self._together() as commands:
            commands.xadd(self._unreadable, told)
            commands.xdel(self._stream, place)

    @asynccontextmanager
    async def _together(self) -> AsyncGenerator[Any, None]:
        """Yield what takes commands; they are done all or none."""
        async with self._reached(), self._redis.pipeline(transaction=True) as commands:
            yield commands
            await commands.execute()

    @asynccontextmanager
    async def _reached(self) -> AsyncGenerator[None, None]:
        try:
            with anyio.fail_after(self._seconds * 2):
                yield
        except (RedisError, OSError, TimeoutError) as error:
            raise Unavailable(f"Redis cannot be used: {type(error).__name__}") from None
