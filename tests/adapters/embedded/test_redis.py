"""Redis beside the program: keeps what it holds, and ends with the program."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from adapters.embedded.guarded import accepts
from adapters.embedded.redis import embedded_redis

pytestmark = pytest.mark.anyio

HOUSE = Path(__file__).parents[3]
RUNS = """
import sys, anyio
from pathlib import Path
from adapters.embedded.redis import embedded_redis

async def run():
    async with embedded_redis(Path(sys.argv[1])) as url:
        print(url, flush=True)
        await anyio.sleep_forever()

anyio.run(run)
"""


def program(data_dir: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", RUNS, str(data_dir)],
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
        stdout=subprocess.PIPE,
        text=True,
    )


async def left(socket: Path) -> None:
    with anyio.fail_after(10):
        while True:
            if not await accepts(socket):
                return
            await anyio.sleep(0.01)


def socket_of(url: str) -> Path:
    return Path(url.removeprefix("unix://"))


async def ask(url: str, command: str) -> str:
    async with await anyio.connect_unix(socket_of(url)) as stream:
        await stream.send(command.encode() + b"\r\n")
        return (await stream.receive()).decode().strip()


async def test_what_it_holds_is_there_in_the_next_run(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path) as url:
        assert await ask(url, "SET word kept") == "+OK"
    assert not await accepts(socket_of(url))
    async with embedded_redis(tmp_path) as url:
        assert (await ask(url, "GET word")).endswith("kept")


async def test_a_program_that_is_killed_leaves_no_server(tmp_path: Path) -> None:
    with program(tmp_path) as killed:
        assert killed.stdout is not None
        url = killed.stdout.readline().strip()
        assert await ask(url, "SET word kept") == "+OK"
        killed.send_signal(signal.SIGKILL)
    await left(socket_of(url))
    async with embedded_redis(tmp_path) as url:
        assert (await ask(url, "GET word")).endswith("kept")


async def test_those_who_come_later_use_the_server_that_runs(tmp_path: Path) -> None:
    async with embedded_redis(tmp_path) as first:
        async with embedded_redis(tmp_path) as second:
            assert second == first
        assert await ask(first, "PING") == "+PONG"
