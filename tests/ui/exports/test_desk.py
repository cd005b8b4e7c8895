"""Exports on their way: few at once, each for whoever asked, whole or not at all, and gone after a while."""

import os
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from domain.errors import Unavailable
from domain.records import CallFilter, CallKey, CallPage, Sort
from tests.contracts.archive import MINUTE, NOON, Call
from ui.api.call_lines import AT_ONCE
from ui.exports.desk import KEPT, Export, ExportDesk, State, TooManyExports, reading
from ui.eyes import Eyes

pytestmark = pytest.mark.anyio

ALL, FULL = CallFilter(), Eyes()
CALLS = AT_ONCE + 50


class StepwiseArchive(InMemoryArchive):
    """Gives each page only when the test lets it."""

    def __init__(self) -> None:
        super().__init__()
        self.free = anyio.Semaphore(0)
        self.asked = 0
        self.uncountable = False

    def let(self, pages: int) -> None:
        for _ in range(pages):
            self.free.release()

    async def page(
        self, where: CallFilter, *, sort: Sort = Sort.NEWEST, after: CallKey | None = None, limit: int = 50
    ) -> CallPage:
        self.asked += 1
        await self.free.acquire()
        return await super().page(where, sort=sort, after=after, limit=limit)

    async def count(self, where: CallFilter) -> int:
        if self.uncountable:
            raise Unavailable("too many")
        return await super().count(where)


@dataclass
class Desk:
    archive: StepwiseArchive
    folder: Path
    desk: ExportDesk = field(init=False)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.desk = ExportDesk(self.archive, self.folder, now=lambda: self.now)

    def ask(self, by: str = "olena", eyes: Eyes = FULL) -> Export:
        return self.desk.ask(by=by, form="jsonl", where=ALL, eyes=eyes)


async def until(true: Callable[[], bool]) -> None:
    with anyio.fail_after(20):
        while not true():  # noqa: ASYNC110 - the desk tells nobody
            await anyio.sleep(0.005)


async def text_of(export: Export) -> str:
    assert export.file is not None
    with reading(export.file) as file:
        return b"".join([part async for part in file.parts()]).decode()


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Desk]:
    archive = StepwiseArchive()
    for number in range(CALLS):
        await archive.save([Call(number, began=NOON - number * MINUTE).begins])
    at = Desk(archive, tmp_path / "exports")
    async with at.desk.open():
        yield at
    assert list(at.folder.iterdir()) == []


async def test_an_export_says_how_far_it_is_and_is_whole_when_it_is_done(at: Desk) -> None:
    export = at.ask()
    assert (export.state, export.written) == (State.WAITING, 0)
    at.archive.let(1)
    await until(lambda: export.written == AT_ONCE)
    assert (export.state, export.total) == (State.WRITING, CALLS)
    assert at.desk.finished(export.export_id, by="olena", eyes=FULL) is None
    at.archive.let(1)
    await until(lambda: export.over)
    assert (export.state, export.written) == (State.DONE, CALLS)
    assert at.desk.finished(export.export_id, by="olena", eyes=FULL) is export
    assert len((await text_of(export)).splitlines()) == CALLS


async def test_an_export_is_given_to_nobody_else_nor_to_whoever_may_see_less_by_now(at: Desk) -> None:
    at.archive.let(2)
    export = at.ask()
    await until(lambda: export.over)
    assert at.desk.of("petro") == [] and list(at.desk.of("olena")) == [export]
    assert at.desk.finished(export.export_id, by="petro", eyes=FULL) is None
    assert at.desk.finished(export.export_id, by="olena", eyes=Eyes(numbers=False)) is None


async def test_two_are_written_at_once_few_wait_and_more_are_refused(at: Desk) -> None:
    first, second = at.ask(), at.ask()
    await until(lambda: at.archive.asked == 2)
    waiting = [at.ask() for _ in range(8)]
    with pytest.raises(TooManyExports):
        at.ask()
    assert {each.state for each in waiting} == {State.WAITING} and at.archive.asked == 2
    at.archive.let(2)
    await until(lambda: at.archive.asked == 4)
    at.archive.let(2)
    await until(lambda: first.over and second.over and at.archive.asked == 6)
    assert [each.state for each in waiting[:3]] == [State.WRITING, State.WRITING, State.WAITING]


async def test_how_many_there_will_be_is_not_always_known(at: Desk) -> None:
    at.archive.uncountable = True
    at.archive.let(2)
    export = at.ask()
    await until(lambda: export.over)
    assert (export.state, export.total, export.written) == (State.DONE, None, CALLS)


async def test_what_cannot_be_finished_is_not_given_and_the_next_is_written_all_the_same(at: Desk) -> None:
    at.archive.let(1)
    export = at.ask()
    await until(lambda: export.written == AT_ONCE)
    at.archive.faults.fail(1)
    at.archive.let(1)
    await until(lambda: export.over)
    assert (export.state, export.file) == (State.FAILED, None)
    assert at.desk.finished(export.export_id, by="olena", eyes=FULL) is None
    at.archive.let(2)
    again = at.ask()
    await until(lambda: again.over)
    assert again.state is State.DONE


async def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("a file")
    at = Desk(StepwiseArchive(), tmp_path / "exports")
    async with at.desk.open():
        export = at.ask()
        await until(lambda: export.over)
        assert export.state is State.FAILED


async def test_finished_exports_are_forgotten_after_an_hour_and_the_oldest_make_room(at: Desk) -> None:
    at.archive.let(14)
    exports = [at.ask() for _ in range(7)]
    await until(lambda: all(each.over for each in exports))
    assert list(at.desk.of("olena")) == list(reversed(exports[2:]))
    assert [each.file is None for each in exports] == [True, True, *[False] * 5]
    at.now += KEPT
    assert list(at.desk.of("olena")) == []
    assert all(each.file is None for each in exports)


async def test_a_file_has_no_name_and_is_read_to_its_end_though_it_is_forgotten_meanwhile(at: Desk) -> None:
    at.archive.let(2)
    export = at.ask()
    await until(lambda: export.over)
    assert list(at.folder.iterdir()) == [] and at.folder.stat().st_mode & 0o077 == 0
    assert export.file is not None
    with reading(export.file) as file:
        at.now += KEPT + timedelta(seconds=1)
        assert list(at.desk.of("olena")) == []
        size = file.size
        assert size == len(b"".join([part async for part in file.parts()])) > 0


async def test_at_the_end_nothing_is_left(tmp_path: Path) -> None:
    archive = StepwiseArchive()
    await archive.save([Call(1).begins])
    at = Desk(archive, tmp_path / "exports")
    before = len(os.listdir("/proc/self/fd"))
    async with at.desk.open():
        archive.let(1)
        one, other = at.ask(), at.ask()
        await until(lambda: one.over is not other.over and archive.asked == 2)
    assert (one.file, other.file) == (None, None)
    assert len(os.listdir("/proc/self/fd")) <= before
