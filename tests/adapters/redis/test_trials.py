"""The register in Redis keeps its contract, forgets calls that never came, and believes nothing that it cannot read."""

from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from adapters.embedded.redis import embedded_redis
from adapters.redis.trials import RedisTrialRegister
from application.ports.trials import ANNOUNCED_SECONDS
from domain.errors import Unavailable
from tests.contracts.trials import TRIAL, TrialRegisterContract

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
async def url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with embedded_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
async def redis(url: str) -> AsyncIterator[Redis]:
    async with Redis.from_url(url) as redis:
        await redis.flushall()
        yield redis


@pytest.fixture
async def register(url: str, redis: Redis) -> AsyncIterator[RedisTrialRegister]:
    register = RedisTrialRegister(url)
    yield register
    await register.close()


class TestRedisTrialRegister(TrialRegisterContract):
    pass


async def test_a_call_that_does_not_come_is_expected_no_longer(redis: Redis, register: RedisTrialRegister) -> None:
    await register.announce(TRIAL)
    assert 0 < await redis.ttl(f"callcenter:trials:{TRIAL.call_id}") <= ANNOUNCED_SECONDS


@pytest.mark.parametrize("told", ["", "[]", '{"by": "admin"}', "\xff", "7"])
async def test_what_cannot_be_read_makes_no_trial(redis: Redis, register: RedisTrialRegister, told: str) -> None:
    await redis.set(f"callcenter:trials:{TRIAL.call_id}", told.encode("latin-1"))
    assert await register.announced(TRIAL.call_id) is None


async def test_only_what_is_said_to_be_in_earnest_is(redis: Redis, register: RedisTrialRegister) -> None:
    await redis.set(f"callcenter:trials:{TRIAL.call_id}", '{"by": "admin", "real": "no"}')
    assert await register.announced(TRIAL.call_id) == TRIAL


async def test_where_there_is_no_redis_nothing_can_be_announced() -> None:
    register = RedisTrialRegister("redis://127.0.0.1:1")
    with pytest.raises(Unavailable):
        await register.announce(TRIAL)
    with pytest.raises(Unavailable):
        await register.announced(TRIAL.call_id)
