"""A server beside the program, that ends with it, also when the program is killed.

Rule 1: the server is started by a shell that waits for the end of its standard input; the kernel brings it.
Rule 2: of several programs that share a folder the first one starts the server, and the others use it while it runs.
"""

import fcntl
import os
import pwd
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import anyio
from anyio.abc import Process

from domain.errors import Misconfigured

_READY_SECONDS = 20.0
_END_SECONDS = 10.0
_LOOK_SECONDS = 0.02
_AGAIN_SECONDS = 0.2  # a server whose program was killed may need a moment to leave the folder

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


@asynccontextmanager
async def beside(server: Server) -> AsyncGenerator[None, None]:
    """Have the server run for as long as this lasts."""
    with (server.folder / "lock").open("ab") as lock:
        if not _locked(lock):
            await _until_ready(server, None)
            yield
            return
        with (server.folder / "log").open("wb") as told:
            process = await _started(server, told)
            try:
                yield
            finally:
                with anyio.CancelScope(shield=True):
                    await _ended(process)


async def _started(server: Server, told: BinaryIO) -> Process:
    with anyio.move_on_after(_READY_SECONDS):
        while True:
            process = await _start(server, told)
            try:
                if await _until_ready(server, process):
                    return process
            except BaseException:
                with anyio.CancelScope(shield=True):
                    await _ended(process)
                raise
            await anyio.sleep(_AGAIN_SECONDS)
    raise Misconfigured(f"{server.name} does not start; {server.folder / 'log'} says why")


async def _start(server: Server, told: BinaryIO) -> Process:
    account = server.account
    return await anyio.open_process(
        ["/bin/sh", "-c", _GUARD, "sh", server.signal, *server.command],
        stdout=told,
        stderr=told,
        cwd="/",
        start_new_session=True,  # Ctrl-C is for the program, which ends the server when it has done
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


async def _until_ready(server: Server, process: Process | None) -> bool:
    """Wait for the server; return False when its process has ended instead."""
    with anyio.fail_after(_READY_SECONDS):
        while process is None or process.returncode is None:
            if await server.ready():
                return True
            await anyio.sleep(_LOOK_SECONDS)
    return False


async def _ended(process: Process) -> None:
    assert process.stdin is not None
    await process.stdin.aclose()
    with anyio.move_on_after(_END_SECONDS):
        await process.wait()
    if process.returncode is None:
        process.kill()
    await process.aclose()


def _locked(lock: BinaryIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
