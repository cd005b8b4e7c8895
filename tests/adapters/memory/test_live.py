"""The board and the commands of one process keep their contracts."""

import pytest

from adapters.memory.live import InMemoryBoard, InMemoryCommands
from application.ports.live import SHOWN_SECONDS
from tests.contracts.live import BoardContract, CommandsContract, command, listening, sight

pytestmark = pytest.mark.anyio


class TestInMemoryBoard(BoardContract):
    @pytest.fixture
    def board(self) -> InMemoryBoard:
        return InMemoryBoard()


class TestInMemoryCommands(CommandsContract):
    @pytest.fixture
    def commands(self) -> InMemoryCommands:
        return InMemoryCommands()


async def test_a_call_that_is_not_shown_again_is_seen_no_longer() -> None:
    at = [0.0]
    board = InMemoryBoard(now=lambda: at[0])
    await board.show([sight()])
    at[0] = SHOWN_SECONDS - 0.1
    assert len(await board.calls()) == 1
    at[0] = SHOWN_SECONDS + 0.1
    assert not await board.calls() and await board.look(sight().call.call_id) is None


async def test_an_engine_that_does_not_read_holds_nobody_up() -> None:
    commands = InMemoryCommands()
    async with listening(commands) as one:
        for _ in range(150):
            assert await commands.give(command())
        assert len(await one.hear(101)) == 101
