"""What the journals hold comes to the archive, once, whatever is away; time passes at once."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from adapters.memory.journal import InMemoryJournal
from application.calls.carry_journal import MOST_AT_ONCE, CarryJournal
from domain.records import AnyEntry
from tests.contracts.archive import CALL, RECORD, WHOLE
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class StrictArchive(InMemoryArchive):
    """Takes no turn in which somebody swears, and nothing that comes with one."""

    async def save(self, entries: Sequence[AnyEntry]) -> None:
        if any(getattr(entry, "text", "") == "чорт" for entry in entries):
            raise ValueError
        await super().save(entries)


class Carried:
    def __init__(self) -> None:
        self.near, self.far, self.refused = InMemoryJournal(), InMemoryJournal(), InMemoryJournal()
        self.archive = StrictArchive()
        self.carry = CarryJournal([self.near, self.far], self.archive.save, refused=self.refused)

    @asynccontextmanager
    async def running(self, seconds: float = 3) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.carry.run)
            yield
            await anyio.sleep(seconds)
            tasks.cancel_scope.cancel()


async def test_what_lies_in_any_journal_comes_to_the_archive_and_leaves_the_journal() -> None:
    carried = Carried()
    async with carried.running():
        await carried.near.append(WHOLE[:3])
        await carried.far.append(WHOLE[3:])
    assert await carried.archive.load(CALL.id) == RECORD
    assert carried.near.entries == carried.far.entries == carried.refused.entries == {}


async def test_more_than_a_batch_is_carried() -> None:
    carried = Carried()
    turns = [CALL.turn(number, "так") for number in range(1, 3 * MOST_AT_ONCE)]
    await carried.near.append(turns)
    async with carried.running():
        pass
    assert len((await carried.archive.load(CALL.id)).transcript) == len(turns)


@pytest.mark.parametrize("away", ["archive", "near", "far"])
async def test_whatever_was_away_all_is_there_once_it_is_back(away: str) -> None:
    carried = Carried()
    await carried.near.append(WHOLE[:3])
    await carried.far.append(WHOLE[2:])
    faults = getattr(carried, away).faults
    faults.fail()
    async with carried.running():
        await anyio.sleep(600)
        assert len(carried.archive.entries.get(CALL.id, {})) < len(WHOLE)
        faults.repair()
    assert await carried.archive.load(CALL.id) == RECORD
    assert carried.near.entries == carried.far.entries == {}


async def test_who_is_stopped_before_the_journal_has_let_go_carries_it_again() -> None:
    carried = Carried()
    await carried.near.append(WHOLE)
    await carried.archive.save(WHOLE)
    async with carried.running():
        pass
    assert await carried.archive.load(CALL.id) == RECORD
    assert carried.near.entries == {}


async def test_one_journal_that_is_away_holds_up_no_other() -> None:
    carried = Carried()
    carried.near.faults.hang()
    await carried.far.append(WHOLE)
    async with carried.running():
        pass
    assert await carried.archive.load(CALL.id) == RECORD


async def test_an_entry_that_the_archive_never_takes_is_laid_aside_and_the_others_go_on() -> None:
    carried = Carried()
    swears = CALL.turn(5, "чорт")
    await carried.near.append([*WHOLE[:2], swears, *WHOLE[2:]])
    carried.refused.faults.fail(1)
    async with carried.running():
        pass
    assert await carried.archive.load(CALL.id) == RECORD
    assert list(carried.refused.entries.values()) == [swears]
    assert carried.near.entries == {}


async def test_what_lies_in_one_journal_may_be_carried_to_another() -> None:
    near, far = InMemoryJournal(), InMemoryJournal()
    await near.append(WHOLE)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(CarryJournal([near], far.append, refused=InMemoryJournal()).run)
        await anyio.sleep(1)
        tasks.cancel_scope.cancel()
    assert tuple(far.entries.values()) == WHOLE
    assert near.entries == {}
