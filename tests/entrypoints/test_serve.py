"""`callcenter serve` with real processes: engine, pages, PostgreSQL and Redis."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

import anyio
import anyio.to_thread
import pytest

from tests.harness.engine import Engine, alone, process

pytestmark = pytest.mark.anyio

SETTINGS = {
    "ANTHROPIC_API_KEY": "key",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:1",
    "GOOGLE_STT_ENDPOINT": "http://127.0.0.1:1",
    "GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:1",
    "AUDIOSOCKET_HOST": "127.0.0.1",
    "AUDIOSOCKET_PORT": "0",
    "ADMIN_PASSWORD": "of the admin",
    "ADMIN_JWT_SECRET": "of at least thirty-two characters",
}
AWAY = {"DATABASE_URL": "postgresql://us@127.0.0.1:1/calls", "REDIS_URL": "redis://127.0.0.1:1"}
PAGES = ("--host", "127.0.0.1", "--port", "0")


@asynccontextmanager
async def served(folder: Path, **settings: str) -> AsyncGenerator[Engine, None]:
    async with process("serve", *PAGES, folder=folder, module="entrypoints.cli", **SETTINGS, **settings) as supervisor:
        yield supervisor


def url(pages: Mapping[str, object]) -> str:
    return f"http://127.0.0.1:{pages['port']}"


async def health(pages: Mapping[str, object]) -> dict[str, object]:
    def ask() -> dict[str, object]:
        with urlopen(f"{url(pages)}/health", timeout=10) as answer:
            return dict(json.load(answer))

    return await anyio.to_thread.run_sync(ask)


def admin(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "entrypoints.admin_cli", *arguments],
        cwd=folder,
        env=alone({}),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def runs(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def servers(folder: Path) -> list[int]:
    """Return the processes whose command line names this folder's data."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if re.search(rb"postgres\0|redis-server", command := told.read_bytes()) and bytes(folder) in command:
                found.append(int(told.parent.name))
        except OSError:
            continue
    return found


async def gone(*process_ids: int) -> None:
    with anyio.fail_after(20):
        while True:
            if not any(runs(each) for each in process_ids):
                return
            await anyio.sleep(0.05)


@pytest.mark.timeout(120)
async def test_it_runs_all_that_is_needed_brings_back_what_is_killed_and_ends_calls_before_pages(
    tmp_path: Path,
) -> None:
    async with served(tmp_path) as supervisor:
        engine = await supervisor.logged("answering calls")
        pages = await supervisor.logged("serving pages")
        await supervisor.logged("the database is migrated")
        assert (await health(pages))["redis"] == "connected"
        assert servers(tmp_path)

        told = await anyio.to_thread.run_sync(admin, tmp_path, "calls", "list")
        assert (told.returncode, told.stdout.split()[0]) == (0, "call"), "the database of the program is used"
        told = await anyio.to_thread.run_sync(admin, tmp_path, "ops", "status", "--url", url(pages))
        assert told.returncode == 1, "there is no shop"
        lines = [line.split() for line in told.stdout.splitlines()]
        assert ["redis", "connected"] in lines and ["store_api", "unreachable"] in lines
        assert lines[-1] == ["all", "not_ready"]

        os.kill(engine["process"], signal.SIGKILL)
        await supervisor.logged("a process died and is started again", name="the call engine", code=-9)
        engine = await supervisor.logged("answering calls", times=2)
        assert (await health(pages))["status"] == "ok"

        os.kill(pages["process"], signal.SIGKILL)
        await supervisor.logged("a process died and is started again", name="the pages", code=-9)
        pages = await supervisor.logged("serving pages", times=2)
        assert (await health(pages))["redis"] == "connected"

        line = await anyio.connect_tcp("127.0.0.1", engine["port"])  # whoever has not said who calls is no call
        supervisor.terminate()
        await supervisor.logged("stopped")
        await line.aclose()
        assert await supervisor.ended(within=30) == 0
    assert not runs(engine["process"]) and not runs(pages["process"])
    assert servers(tmp_path) == []


@pytest.mark.timeout(120)
async def test_when_the_supervisor_is_killed_nothing_stays_behind(tmp_path: Path) -> None:
    async with served(tmp_path) as supervisor:
        engine, pages = await supervisor.logged("answering calls"), await supervisor.logged("serving pages")
        beside = servers(tmp_path)
        assert beside
        supervisor.kill()
        await gone(engine["process"], pages["process"], *beside)


@pytest.mark.timeout(120)
async def test_calls_are_answered_while_database_and_redis_are_away(tmp_path: Path) -> None:
    async with served(tmp_path, **AWAY) as supervisor:
        await supervisor.logged("answering calls")
        await supervisor.logged("the database is away and is migrated when it is back")
        pages = await supervisor.logged("serving pages")
        assert (await health(pages))["redis"] == "disconnected"
        supervisor.terminate()
        assert await supervisor.ended(within=30) == 0
    assert not (tmp_path / ".data" / "postgres").exists()


def serve(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "entrypoints.cli", "serve", *arguments],
        cwd=folder,
        env=alone(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_all_that_calls_and_pages_lack_is_said_at_once(tmp_path: Path) -> None:
    ended = serve(tmp_path)
    assert ended.returncode == 2
    said = {line.split()[0] for line in ended.stderr.splitlines()}
    assert said == {"ANTHROPIC_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "ADMIN_PASSWORD", "ADMIN_JWT_SECRET"}


def test_a_port_that_is_taken_ends_all_with_the_reason(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = serve(tmp_path, "--host", "127.0.0.1", "--port", port, **SETTINGS, **AWAY)
    assert ended.returncode == 2
    assert f"the pages cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert ended.stderr.splitlines()[-1] == "the pages cannot start: the reason stands above"
    assert "Traceback" not in ended.stderr
