"""The board and the commands in Redis keep their contracts, and outlive what is wrong with Redis."""

from collections.abc import AsyncIterator
from pathlib import Path

import anyio
import pytest
from redis.asyncio import Redis

from adapters.embedded.redis import embedded_redis
from adapters.redis.live import RedisBoard, RedisCommands
from application.ports.live import SHOWN_SECONDS
from domain.errors import Unavailable
from tests.contracts.live import BoardContract, CommandsContract, command, listening, sight

pytestmark = pytest.mark.anyio

NOWHERE = "redis://127.0.0.1:1"


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with embedded_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
async def url(server: str) -> str:
    async with Redis.from_url(server) as redis:
        await redis.flushall()
    return server


@pytest.fixture
async def board(url: str) -> AsyncIterator[RedisBoard]:
    board = RedisBoard(url)
    yield board
    await board.close()


@pytest.fixture
async def commands(url: str) -> AsyncIterator[RedisCommands]:
    commands = RedisCommands(url)
    yield commands
    await commands.close()


class TestRedisBoard(BoardContract):
    pass


class TestRedisCommands(CommandsContract):
    pass


async def test_all_that_is_shown_ends_by_itself(url: str, board: RedisBoard) -> None:
    await board.show([sight()])
    async with Redis.from_url(url, decode_responses=True) as redis:
        for key in await redis.keys("callcenter:live:*"):
            assert 0 < await redis.ttl(key) <= SHOWN_SECONDS
        await redis.zadd("callcenter:live", {str(sight().call.call_id): 1.0})
        assert not await board.calls()
        assert await redis.zcard("callcenter:live") == 0


async def test_what_cannot_be_read_is_not_seen(url: str, board: RedisBoard) -> None:
    await board.show([sight(1), sight(2), sight(3)])
    async with Redis.from_url(url) as redis:
        await redis.set(f"callcenter:live:{sight(1).call.call_id}", '{"call_id": "?"}')
        await redis.set(f"callcenter:live:{sight(2).call.call_id}:words", "[]")
    assert {call.call_id for call in await board.calls()} == {sight(2).call.call_id, sight(3).call.call_id}
    assert [await board.look(sight(number).call.call_id) for number in (1, 2, 3)] == [None, None, sight(3)]


@pytest.mark.parametrize("told", ["", "{", "[]", '{"call_id": "1", "demand": "end", "by": ""}', "x" * 5_000, "\xff"])
async def test_what_is_no_command_is_passed_over(url: str, commands: RedisCommands, told: str) -> None:
    async with listening(commands) as engine, Redis.from_url(url) as redis:
        await redis.publish("callcenter:commands", told.encode("latin-1"))
        assert await commands.give(command())
        assert await engine.hear(1) == [command()]


async def test_where_there_is_no_redis_all_is_unavailable() -> None:
    board, commands = RedisBoard(NOWHERE), RedisCommands(NOWHERE)
    with pytest.raises(Unavailable):
        await board.calls()
    with pytest.raises(Unavailable):
        await board.look(sight().call.call_id)
    with pytest.raises(Unavailable):
        await board.show([sight()])
    with pytest.raises(Unavailable):
        await commands.give(command())
    with pytest.raises(Unavailable):
        await anext(commands.given())


async def test_a_broken_connection_is_made_again_without_a_word(url: str, commands: RedisCommands) -> None:
    async with listening(commands) as engine, Redis.from_url(url) as redis:
        await redis.client_kill_filter(_type="pubsub")
        await heard_by_somebody(commands)
        assert await engine.hear(1) == [command()]


async def test_the_end_of_redis_is_told_to_who_listens_and_its_return_is_enough(tmp_path: Path) -> None:
    lost = anyio.Event()
    async with anyio.create_task_group() as tasks:
        async with embedded_redis(tmp_path) as url:
            board, commands = RedisBoard(url), RedisCommands(url)
            tasks.start_soon(_listen, commands, lost)
            await heard_by_somebody(commands)
        with anyio.fail_after(5):
            await lost.wait()
    with pytest.raises(Unavailable):
        await board.show([sight()])
    async with embedded_redis(tmp_path):
        await board.show([sight()])
        assert list(await board.calls()) == [sight().call]
        async with listening(commands) as engine:
            assert await commands.give(command())
            assert await engine.hear(1) == [command()]


async def heard_by_somebody(commands: RedisCommands) -> None:
    for _ in range(200):
        if await commands.give(command()):
            return
        await anyio.sleep(0.02)
    raise AssertionError("nobody listens")


async def _listen(commands: RedisCommands, lost: anyio.Event) -> None:
    try:
        async for each in commands.given():
            assert each == command()
    except Unavailable:
        lost.set()
