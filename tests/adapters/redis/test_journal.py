"""The journal in Redis keeps the contract, and is whole again when Redis is."""

from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from anyio.abc import SocketAttribute
from redis.asyncio import Redis

from adapters.embedded.redis import embedded_redis
from adapters.redis.journal import RedisJournal
from application.ports.journal import Batch, Journal
from domain.errors import Unavailable
from tests.contracts.archive import WHOLE
from tests.contracts.journal import JournalContract, all_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    async with embedded_redis(tmp_path) as url:
        yield url


@pytest.fixture
async def journal(url: str) -> AsyncIterator[Journal]:
    journal = RedisJournal(url)
    yield journal
    await journal.close()


class TestRedisJournal(JournalContract):
    pass


async def test_it_says_how_much_waits_the_unreadable_too(url: str) -> None:
    journal, redis = RedisJournal(url), Redis.from_url(url)
    assert await journal.waiting() == 0
    await journal.append(WHOLE)
    await redis.xadd("callcenter:journal", {"entry": "nonsense"})
    assert await journal.waiting() == len(WHOLE) + 1
    await journal.remove(await journal.some(1000))
    assert await journal.waiting() == 1
    await journal.close()
    await redis.aclose()


async def test_one_process_at_a_time_carries(url: str, journal: Journal) -> None:
    other = RedisJournal(url)
    await other.append(WHOLE)
    assert len((await journal.some(100)).entries) == len(WHOLE)
    assert await other.some(100) == Batch()
    async with Redis.from_url(url) as redis:
        assert 0 < await redis.ttl("callcenter:journal:carrier") <= 5
        await redis.delete("callcenter:journal:carrier")
    assert len((await other.some(100)).entries) == len(WHOLE)
    await other.close()


async def test_what_cannot_be_read_is_laid_aside_and_holds_up_nothing(url: str, journal: Journal) -> None:
    async with Redis.from_url(url) as redis:
        await redis.xadd("callcenter:journal", {"entry": "{"})
        await redis.xadd("callcenter:journal", {"word": "entry"})
        await journal.append(WHOLE[:1])
        assert await all_of(journal) == {0}
        assert await redis.xlen("callcenter:journal") == 1
        assert await redis.xlen("callcenter:journal:unreadable") == 2


async def test_a_journal_works_again_when_redis_is_back_and_holds_what_it_held(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path) as url:
        journal = RedisJournal(url)
        await journal.append(WHOLE[:1])
    for act in (journal.append(WHOLE), journal.some(1), journal.remove(Batch((), ("1-1",)))):
        with pytest.raises(Unavailable):
            await act
    async with embedded_redis(tmp_path):
        await journal.append(WHOLE[1:2])
        assert await all_of(journal) == {0, 1}
        await journal.close()


async def test_a_redis_that_is_full_is_unavailable(url: str, journal: Journal) -> None:
    async with Redis.from_url(url) as redis:
        await redis.config_set("maxmemory", 1)
        with pytest.raises(Unavailable):
            await journal.append(WHOLE)
        await redis.config_set("maxmemory", 0)
    assert await all_of(journal) == set()


async def test_a_redis_that_hangs_is_unavailable_soon() -> None:
    async with await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0) as listener:
        port = listener.extra(SocketAttribute.local_port)
        journal = RedisJournal(f"redis://127.0.0.1:{port}", seconds=0.1)
        with anyio.fail_after(1), pytest.raises(Unavailable):
            await journal.append(WHOLE)
