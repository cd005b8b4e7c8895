"""A server beside the program, that ends with it, also when the program is killed.

Rule 1: the server is started by a shell that waits for the end of its standard input; the kernel brings it.
Rule 2: of several programs that share a folder the first one starts the server, and the others use it; when that
one ends before them, one of them takes its place.
Rule 3: a server that dies is started again.
"""

import fcntl
import logging
import os
import pwd
import subprocess
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import anyio
import anyio.to_thread

from domain.errors import Misconfigured

Process = subprocess.Popen[bytes]

READY_SECONDS = 20.0
_END_SECONDS = 10.0
_LOOK_SECONDS = 0.02
_AGAIN_SECONDS = 0.2  # a server whose program was killed may need a moment to leave the folder

_LOG = logging.getLogger(__name__)

_GUARD = """
signal=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(read -r _ <&3; kill -"$signal" "$server") 2>/dev/null &
guard=$!
wait "$server"; code=$?
kill "$guard" 2>/dev/null
exit "$code"
"""


@dataclass(frozen=True, slots=True)
class Account:
    """As whom a server runs."""

    uid: int
    gid: int

    @classmethod
    def unprivileged(cls) -> "Account | None":
        """Return `nobody` for root, None for others: they run servers as themselves."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    name: str
    command: Sequence[str]
    signal: str
    """What ends it in good order."""
    folder: Path
    """Where its data lie, a lock and a log with them."""
    ready: Callable[[], Awaitable[bool]]
    """Whether it answers by now."""
    account: Account | None = None
    seconds: float = READY_SECONDS
    """How long it may take to answer."""
    niceness: int = 0
    """How far it stands back behind other processes."""


@asynccontextmanager
async def beside(server: Server) -> AsyncGenerator[None, None]:
    """Have the server run for as long as this lasts."""
    with (server.folder / "lock").open("ab") as lock:
        process = await _met(server, lock)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_keep, server, lock, process)
            try:
                yield
            finally:
                tasks.cancel_scope.cancel()


async def _met(server: Server, lock: BinaryIO) -> Process | None:
    """Return the server's process, None where another program has it."""
    if _locked(lock):
        return await _started(server)
    with anyio.move_on_after(server.seconds) as waiting:
        await _until_ready(server, None)
    if waiting.cancelled_caught:
        raise _silent(server)
    return None


async def _keep(server: Server, lock: BinaryIO, process: Process | None) -> None:
    """Start the server anew when it dies, or when the program ends that had it; at last, end it."""
    try:
        while True:
            await anyio.sleep(_AGAIN_SECONDS)
            if process is None and not _locked(lock):
                continue
            if process is not None:
                if process.poll() is None:
                    continue
                _LOG.error("%s died and is started again", server.name)
                await _ended(process)
            try:
                process = await _started(server)
            except (Misconfigured, OSError) as error:
                _LOG.error("%s is not back: %s", server.name, error)
    finally:
        if process is not None:
            with anyio.CancelScope(shield=True):
                await _ended(process)


async def _started(server: Server) -> Process:
    with anyio.move_on_after(server.seconds):
        await _until_left(server)
        while True:
            process = await anyio.to_thread.run_sync(_start, server)
            try:
                if await _until_ready(server, process):
                    return process
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await _ended(process)
                raise
            await anyio.sleep(_AGAIN_SECONDS)
    raise _silent(server)


def _silent(server: Server) -> Misconfigured:
    return Misconfigured(f"{server.name} does not start; {server.folder / 'log'} says why")


def _start(server: Server) -> Process:
    """Not by way of the event loop: that of production cannot start a process as someone else."""
    account = server.account
    with (server.folder / "log").open("wb") as told:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "sh", server.signal, *server.command],
            stdin=subprocess.PIPE,
            stdout=told,
            stderr=told,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for the program, which ends the server when it has done
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    with suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PGRP, process.pid, server.niceness)
    return process


async def _until_left(server: Server) -> None:
    """Wait for the server of a program that was killed a moment ago."""
    while True:
        if not await server.ready():
            return
        await anyio.sleep(_LOOK_SECONDS)


async def _until_ready(server: Server, process: Process | None) -> bool:
    """Wait for the server; return False when its process has ended instead."""
    while process is None or process.poll() is None:
        if await server.ready():
            return True
        await anyio.sleep(_LOOK_SECONDS)
    return False


async def _ended(process: Process) -> None:
    assert process.stdin is not None
    process.stdin.close()
    with anyio.move_on_after(_END_SECONDS):
        while True:
            if process.poll() is not None:
                return
            await anyio.sleep(_LOOK_SECONDS)
    process.kill()
    process.wait()


def _locked(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


async def accepts(socket: Path) -> bool:
    """Say whether someone listens on this socket."""
    try:
        async with await anyio.connect_unix(socket):
            return True
    except OSError:
        return False
