"""Processes that are kept running."""

import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

import anyio
import pytest
from anyio.abc import SocketAttribute, SocketListener, SocketStream, TaskGroup
from structlog.testing import capture_logs

from domain.errors import Misconfigured
from entrypoints.processes import Kind, keep_running
from tests.harness.engine import alone

pytestmark = pytest.mark.anyio

TELL = """
import os, signal, socket, sys
from entrypoints.processes import end_with_keeper
end_with_keeper()
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
manner = sys.argv[2]
def told(*_):
    line.sendall(b"told")
    if manner == "finishes":
        line.recv(1)
    if manner != "ignores":
        sys.exit(4 if manner == "fails" else 0)
signal.signal(signal.SIGTERM, told)
line.sendall(f"{os.environ['NAME']} {os.getpid()}".encode())
if manner.isdecimal():
    sys.exit(int(manner))
while True:
    signal.pause()
"""
KEEP = """
import sys
import anyio
from entrypoints.processes import Kind, keep_running
anyio.run(keep_running, Kind(name="one of us", command=sys.argv[1:], variables={"NAME": "us"}))
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A process that has connected to us."""

    line: SocketStream
    name: str
    process_id: int

    async def told(self) -> None:
        assert await self.line.receive() == b"told"

    async def ended(self) -> None:
        """Wait until it is gone."""
        async with self.line:
            with pytest.raises((anyio.EndOfStream, anyio.BrokenResourceError)):
                await self.line.receive()


@dataclass(slots=True)
class Kept:
    listener: SocketListener
    code: int | None = None

    def command(self, manner: str) -> list[str]:
        return [sys.executable, "-c", TELL, str(self.listener.extra(SocketAttribute.local_port)), manner]

    def kind(self, manner: str, *, name: str = "us", processes: int = 1) -> Kind:
        variables = {**alone({}), "NAME": name}
        return Kind(name=name, command=self.command(manner), variables=variables, processes=processes)

    async def keep(self, *kinds: Kind) -> None:
        self.code = await keep_running(*kinds)

    async def next(self) -> Seen:
        """Wait for the next process that connects."""
        line = await self.listener.accept()
        name, _, process_id = (await line.receive()).decode().partition(" ")
        return Seen(line, name, int(process_id))

    async def one_of_each(self, *names: str) -> list[Seen]:
        """Wait for processes of these names, in whatever order they come."""
        seen = {each.name: each for each in [await self.next() for _ in names]}
        return [seen[name] for name in names]


@asynccontextmanager
async def keeping() -> AsyncGenerator[tuple[Kept, TaskGroup], None]:
    listeners = await anyio.create_tcp_listener(local_host="127.0.0.1", family=socket.AF_INET)
    with anyio.fail_after(20):
        async with cast(SocketListener, listeners.listeners[0]) as listener, anyio.create_task_group() as tasks:
            yield Kept(listener), tasks


def end_all() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


async def test_so_many_run_and_all_end_on_sigterm() -> None:
    async with keeping() as (kept, tasks):
        tasks.start_soon(kept.keep, kept.kind("ends", processes=2))
        both = [await kept.next(), await kept.next()]
        end_all()
        for each in both:
            await each.told()
            await each.ended()
    assert kept.code == 0


async def test_what_dies_is_started_again_after_a_pause_that_grows() -> None:
    with capture_logs() as log:
        async with keeping() as (kept, tasks):
            tasks.start_soon(kept.keep, kept.kind("3"))
            for _ in range(3):
                await (await kept.next()).ended()
            end_all()
    died = [line for line in log if "died" in line["event"]]
    assert [(line["name"], line["code"], line["pause_seconds"]) for line in died[:2]] == [
        ("us", 3, 1.0),
        ("us", 3, 2.0),
    ]


async def test_one_that_is_killed_comes_back_and_the_other_goes_on() -> None:
    async with keeping() as (kept, tasks):
        tasks.start_soon(kept.keep, kept.kind("ends"), kept.kind("ends", name="others"))
        one, other = await kept.one_of_each("us", "others")
        os.kill(one.process_id, signal.SIGKILL)
        await one.ended()
        again = await kept.next()
        assert again.name == "us"
        end_all()
        for each in (again, other):
            await each.told()
            await each.ended()
    assert kept.code == 0


async def test_one_kind_ends_when_that_before_it_has_ended() -> None:
    async with keeping() as (kept, tasks):
        tasks.start_soon(kept.keep, kept.kind("finishes"), kept.kind("ends", name="others"))
        one, other = await kept.one_of_each("us", "others")
        end_all()
        await one.told()
        with anyio.move_on_after(0.2) as early:
            await other.told()
        assert early.cancelled_caught
        await one.line.send_eof()
        await one.ended()
        await other.told()
        await other.ended()
    assert kept.code == 0


async def test_one_that_ends_badly_is_seen_in_the_exit_code() -> None:
    async with keeping() as (kept, tasks):
        tasks.start_soon(kept.keep, kept.kind("fails"), kept.kind("ends", name="others"))
        await kept.one_of_each("us", "others")
        end_all()
    assert kept.code == 1


async def test_to_be_told_twice_is_an_order() -> None:
    async with keeping() as (kept, tasks):
        tasks.start_soon(kept.keep, kept.kind("ignores"))
        one = await kept.next()
        end_all()
        await one.told()
        end_all()
        await one.ended()
    assert kept.code == 1


async def test_what_cannot_start_is_not_started_again_and_ends_all() -> None:
    async with keeping() as (kept, tasks):
        with pytest.raises(Misconfigured, match="us cannot start"):
            await keep_running(kept.kind("2"), kept.kind("ends", name="others"))
        tasks.cancel_scope.cancel()


async def test_they_end_with_the_keeper_also_when_it_is_killed() -> None:
    async with keeping() as (kept, _):
        keeper = await anyio.open_process([sys.executable, "-c", KEEP, *kept.command("ends")], env=alone({}))
        async with keeper:
            one = await kept.next()
            keeper.kill()
            await one.told()
            await one.ended()
