"""Calls whose engine has died come to an end in the archive; time passes at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from adapters.memory.live import InMemoryBoard
from application.calls.close_lost import CloseLost
from application.ports.live import SHOWN_SECONDS
from domain.costs import Dollars
from domain.dialog.phases import Outcome
from domain.price_list import PRICES
from domain.records import CallEnded, StoredRecord
from tests.contracts.archive import CALL, CALLER, MINUTE, NOON, WHOLE, Call
from tests.contracts.live import sight
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

CUT_OFF = WHOLE[:-1]


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Closed:
    def __init__(self) -> None:
        self.archive, self.board = InMemoryArchive(), InMemoryBoard()
        self.now = NOON + 10 * MINUTE
        self.close = CloseLost(self.archive, self.board, PRICES, now=lambda: self.now)

    @asynccontextmanager
    async def running(self, seconds: float = 100) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.close.run)
            yield
            await anyio.sleep(seconds)
            tasks.cancel_scope.cancel()

    async def end(self, call_id: UUID = CALL.id) -> CallEnded | None:
        return (await self.archive.load(call_id)).call.ended


async def test_a_call_that_nobody_shows_is_lost_when_its_last_turn_was_noted() -> None:
    closed = Closed()
    await closed.archive.save(CUT_OFF)
    async with closed.running():
        pass
    ended = await closed.end()
    assert ended is not None
    assert (ended.outcome, ended.at, ended.seconds, ended.caller) == (Outcome.LOST, NOON + 4 * MINUTE, 240.0, CALLER)
    assert ended.cost is not None
    assert (ended.cost.unpriced, ended.cost.ear) == (("model anthropic/a-model",), Dollars(3333))


async def test_a_call_is_not_lost_at_the_first_look() -> None:
    closed = Closed()
    await closed.archive.save(CUT_OFF)
    async with closed.running(seconds=20):
        pass
    assert await closed.end() is None


async def test_a_call_that_is_shown_is_not_lost() -> None:
    closed = Closed()
    await closed.archive.save(CUT_OFF)
    async with closed.running(seconds=0):
        for _ in range(10):
            await closed.board.show([sight(call_id=CALL.id)])
            await anyio.sleep(SHOWN_SECONDS / 2)
    assert await closed.end() is None


async def test_a_call_that_has_just_begun_is_not_lost() -> None:
    closed = Closed()
    closed.now = NOON + timedelta(seconds=50)
    await closed.archive.save(CUT_OFF)
    async with closed.running():
        pass
    assert await closed.end() is None


async def test_a_call_that_has_ended_keeps_its_end() -> None:
    closed = Closed()
    await closed.archive.save(WHOLE)
    async with closed.running():
        pass
    assert await closed.end() == CALL.ends()


async def test_all_lost_calls_are_found_also_where_they_are_many() -> None:
    closed = Closed()
    for number in range(120):
        await closed.archive.save([Call(number, began=NOON - number * MINUTE).begins])
    async with closed.running():
        pass
    assert {ended.outcome for number in range(120) if (ended := await closed.end(UUID(int=number)))} == {Outcome.LOST}
    assert all([await closed.end(UUID(int=number)) for number in range(120)])


@pytest.mark.parametrize("away", ["archive", "board"])
async def test_who_cannot_look_closes_nothing_and_begins_anew(away: str) -> None:
    closed = Closed()
    await closed.archive.save(CUT_OFF)
    async with closed.running(seconds=70):
        await anyio.sleep(10)
        getattr(closed, away).faults.fail()
        await anyio.sleep(40)
        getattr(closed, away).faults.repair()
        assert await closed.end() is None
        await anyio.sleep(20)
        assert await closed.end() is None
    ended = await closed.end()
    assert ended is not None and ended.outcome is Outcome.LOST


class Forgetful(InMemoryArchive):
    """Has a caller erased just when his call is closed."""

    async def load(self, call_id: UUID) -> StoredRecord:
        await self.erase(CALLER)
        return await super().load(call_id)


async def test_a_call_that_is_erased_meanwhile_stays_erased_and_ends_nothing() -> None:
    archive = Forgetful()
    await archive.save(CUT_OFF)
    close = CloseLost(archive, InMemoryBoard(), PRICES, now=lambda: NOON + 10 * MINUTE)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(close.run)
        await anyio.sleep(100)
        assert archive.entries == {}
        tasks.cancel_scope.cancel()
