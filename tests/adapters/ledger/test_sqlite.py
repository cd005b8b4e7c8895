"""The ledger in a file outlives its process, is shared by processes, and is nobody else's to read."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from adapters.ledger.sqlite import SqliteLedger
from application.ports.records import Ledger
from domain.errors import Unavailable
from domain.shop.events import ProfileSaved
from tests.contracts.ledger import A_DAY, CALLER, CONFIRMED, NOON, LedgerContract, callback, promise

pytestmark = pytest.mark.anyio

HOUSE = Path(__file__).parents[3]

WRITE_AND_DIE = """
import os, signal, sys
from pathlib import Path
import anyio
from adapters.ledger.sqlite import SqliteLedger
from tests.contracts.ledger import CONFIRMED, callback, promise

async def main(path, name, count, dies):
    ledger = SqliteLedger(path)
    for number in range(count):
        await ledger.begin(promise(f"{name} {number}"))
        await ledger.done(f"{name} {number}", number=f"{name} {number}", text=CONFIRMED)
    if dies:
        os.kill(os.getpid(), signal.SIGKILL)
    await ledger.close()

anyio.run(main, Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4] == "dies")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger" / "ledger.sqlite3"


@pytest.fixture
async def ledger(path: Path) -> AsyncIterator[SqliteLedger]:
    ledger = SqliteLedger(path)
    yield ledger
    await ledger.close()


class TestSqliteLedger(LedgerContract):
    @pytest.fixture
    async def ledger(self, path: Path) -> AsyncIterator[Ledger]:
        ledger = SqliteLedger(path, seconds=20)
        yield ledger
        await ledger.close()


async def test_what_was_written_is_there_after_a_restart(ledger: SqliteLedger, path: Path) -> None:
    await ledger.begin(promise())
    await ledger.add(callback())
    await ledger.save(CALLER, ProfileSaved(name="Олена"))
    await ledger.close()
    again = SqliteLedger(path)
    assert list(await again.open_promises(CALLER, NOON)) == [promise()]
    assert list(await again.waiting()) == [callback()]
    assert await again.profile(CALLER) == ProfileSaved(name="Олена")
    await again.close()


CALLBACKS_OF_VERSION_1 = """
CREATE TABLE callbacks (
    call_id TEXT NOT NULL,
    number TEXT NOT NULL,
    preferred_time TEXT NOT NULL,
    note TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (call_id, number, preferred_time, note, reason)
) STRICT
"""


async def test_a_file_of_the_version_before_is_taken_over_by_whoever_opens_it_first(path: Path) -> None:
    request = callback()
    path.parent.mkdir()
    earlier = sqlite3.connect(path)
    earlier.execute(CALLBACKS_OF_VERSION_1)
    values = (str(request.call_id), request.number, request.preferred_time, request.note, request.reason)
    earlier.execute("INSERT INTO callbacks VALUES (?, ?, ?, ?, ?, ?)", (*values, request.at.isoformat()))
    earlier.execute("PRAGMA user_version = 1")
    earlier.commit()
    earlier.close()
    ledgers = [SqliteLedger(path) for _ in range(4)]
    async with anyio.create_task_group() as group:
        for each in ledgers:
            group.start_soon(each.add, request)
    assert list(await ledgers[0].waiting()) == [request]
    taken = await ledgers[1].change(request.key, lambda each: each.taken("oksana", NOON))
    assert await ledgers[2].callback(request.key) == taken
    for each in ledgers:
        await each.close()


async def test_what_was_written_outlives_a_process_that_is_killed(ledger: SqliteLedger, path: Path) -> None:
    with started(path, "killed", 5, dies=True) as process:
        assert await anyio.to_thread.run_sync(process.wait, 30) == -signal.SIGKILL
    kept = await ledger.open_promises(CALLER, NOON)
    assert [each.number for each in kept] == [f"killed {number}" for number in range(5)]


async def test_processes_share_the_file_and_lose_nothing(ledger: SqliteLedger, path: Path) -> None:
    names = ("one", "two", "three")
    processes = [started(path, name, 20, dies=False) for name in names]
    for process in processes:
        with process:
            assert await anyio.to_thread.run_sync(process.wait, 30) == 0
    kept = await ledger.open_promises(CALLER, NOON)
    assert {each.number for each in kept} == {f"{name} {number}" for name in names for number in range(20)}


async def test_many_may_open_a_new_file_at_once(path: Path) -> None:
    ledgers = [SqliteLedger(path) for _ in range(8)]
    async with anyio.create_task_group() as group:
        for number, each in enumerate(ledgers):
            group.start_soon(each.begin, promise(f"key {number}"))
    assert len(await ledgers[0].open_promises(CALLER, NOON)) == len(ledgers)
    for each in ledgers:
        await each.close()


async def test_the_folder_and_its_files_are_their_owners_alone(ledger: SqliteLedger, path: Path) -> None:
    await ledger.begin(promise())
    modes = {each.name: oct(each.stat().st_mode & 0o777) for each in (path.parent, *path.parent.iterdir())}
    assert modes.pop("ledger") == "0o700"
    assert len(modes) == 3, "the file, and the two that SQLite puts beside it"
    assert set(modes.values()) == {"0o600"}


async def test_a_promise_is_forgotten_after_a_month(ledger: SqliteLedger) -> None:
    month = timedelta(days=30)
    await ledger.begin(promise("old"))
    await ledger.begin(promise("new", at=NOON + month))
    assert [each.key for each in await ledger.open_promises(CALLER, NOON)] == ["old", "new"]
    await ledger.begin(promise("newer", at=NOON + month + A_DAY))
    assert [each.key for each in await ledger.open_promises(CALLER, NOON)] == ["new", "newer"]


@pytest.fixture
def shopping_list(path: Path) -> Path:
    path.parent.mkdir()
    path.write_text("milk and bread\n" * 100)
    return path


async def test_a_file_that_is_no_ledger_is_told(shopping_list: Path) -> None:
    with pytest.raises(Unavailable, match="SQLITE_NOTADB"):
        await SqliteLedger(shopping_list).begin(promise())


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable, match="cannot be used"):
        await SqliteLedger(tmp_path / "file" / "ledger.sqlite3").begin(promise())


async def test_a_ledger_that_was_broken_works_again_once_it_is_mended(shopping_list: Path) -> None:
    ledger = SqliteLedger(shopping_list)
    with pytest.raises(Unavailable):
        await ledger.begin(promise())
    os.truncate(shopping_list, 0)
    await ledger.begin(promise())
    assert list(await ledger.open_promises(CALLER, NOON)) == [promise()]
    await ledger.close()


async def test_who_holds_the_file_too_long_is_not_waited_for(path: Path) -> None:
    ledger = SqliteLedger(path, seconds=0.3)
    await ledger.begin(promise())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = anyio.current_time()
    with pytest.raises(Unavailable, match="SQLITE_BUSY"):
        await ledger.done("key", number="10245", text=CONFIRMED)
    assert list(await ledger.open_promises(CALLER, NOON)) == [promise()], "who only reads waits for nobody"
    assert anyio.current_time() - began < 2
    holder.execute("ROLLBACK")
    holder.close()
    await ledger.done("key", number="10245", text=CONFIRMED)
    assert [each.number for each in await ledger.open_promises(CALLER, NOON)] == ["10245"]
    await ledger.close()


async def test_the_event_loop_goes_on_while_the_disk_is_waited_for(path: Path) -> None:
    ledger = SqliteLedger(path, seconds=0.4)
    await ledger.begin(promise())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    longest, last = 0.0, anyio.current_time()
    async with anyio.create_task_group() as group:
        group.start_soon(give_up, ledger)
        for _ in range(40):
            await anyio.sleep(0.01)
            longest, last = max(longest, anyio.current_time() - last), anyio.current_time()
    holder.execute("ROLLBACK")
    holder.close()
    assert longest < 0.2
    await ledger.close()


async def test_what_goes_wrong_names_no_number(ledger: SqliteLedger, path: Path) -> None:
    await ledger.begin(promise())
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("DROP TABLE promises")
    other.close()
    with pytest.raises(Unavailable) as caught:
        await ledger.heard("key")
    assert str(caught.value) == "the ledger cannot be used: SQLITE_ERROR"


async def test_a_ledger_that_was_never_used_closes(path: Path) -> None:
    await SqliteLedger(path).close()
    assert os.listdir(path.parent.parent) == []


async def give_up(ledger: SqliteLedger) -> None:
    with pytest.raises(Unavailable):
        await ledger.heard("key")


def started(path: Path, name: str, count: int, *, dies: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITE_AND_DIE, str(path), name, str(count), "dies" if dies else "lives"],
        cwd=HOUSE,
        env={**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONDONTWRITEBYTECODE": "1"},
    )
