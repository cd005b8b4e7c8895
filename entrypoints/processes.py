"""Processes that are kept running: none stays dead, and when all shall end each has the time to finish.

Rule 1: what dies is started again, after a pause that grows while it does not live long.  The callers of an engine
that dies are in the operators' queue at once, by the dialplan.
Rule 2: what says at its first start that it is misconfigured is not started again; with it all end.
Rule 3: the kinds end one after another in the order in which they are named.  Being told twice to end is an order.
Rule 4: they end with the program that keeps them, also when it is killed.
"""

import ctypes
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import anyio
import structlog
from anyio.abc import Process

from domain.errors import Misconfigured
from entrypoints.cli import MISCONFIGURED

_KEEPER = "CALLCENTER_KEEPER"
"""The variable that tells a process who keeps it."""
_SET_SIGNAL_FOR_ORPHANS = 1  # Linux: PR_SET_PDEATHSIG
_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a process that lived so long did not fail at its start
_ENDED_WELL = frozenset({0, -signal.SIGTERM})  # the latter before it knew what to do at SIGTERM

log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Processes of one command."""

    name: str
    command: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)
    processes: int = 1

    def with_variables(self, variables: Mapping[str, str]) -> "Kind":
        return replace(self, variables={**variables, **self.variables})


async def keep_running(*kinds: Kind) -> int:
    """Keep them all running until SIGTERM or SIGINT; return the exit code, 1 when one did not end in good order."""
    stop = anyio.Event()
    kept = [_Kept(kind, stop) for kind in kinds]
    async with anyio.create_task_group() as keepers:
        for each in kept:
            keepers.start_soon(each.keep)
        with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
            async with anyio.create_task_group() as listening:
                listening.start_soon(_obey, signals, stop, kept)
                await stop.wait()
                for each in kept:
                    await each.end()
                listening.cancel_scope.cancel()
    if misconfigured := [each.kind.name for each in kept if each.misconfigured]:
        raise Misconfigured(f"{' and '.join(misconfigured)} cannot start: the reason stands above")
    return 0 if all(each.ended_well for each in kept) else 1


def kept_by_us() -> Mapping[str, str]:
    """Return the variables of a process that shall end with this one."""
    return {_KEEPER: str(os.getpid())}


def end_with_keeper() -> None:
    """Where a keeper started this process: have the kernel send SIGTERM when the keeper is gone."""
    keeper = os.environ.pop(_KEEPER, None)
    if keeper is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_SIGNAL_FOR_ORPHANS, signal.SIGTERM)
    if os.getppid() != int(keeper):  # gone before we asked
        sys.exit(1)


class _Kept:
    """The processes of one kind, while they are kept."""

    def __init__(self, kind: Kind, stop: anyio.Event) -> None:
        self.kind = kind
        self.misconfigured = False
        self.ended_well = True
        self._stop = stop
        """Set when all shall end."""
        self._ending = anyio.Event()
        self._ended = anyio.Event()
        self._running: set[Process] = set()

    async def keep(self) -> None:
        async with anyio.create_task_group() as keepers:
            for _ in range(self.kind.processes):
                keepers.start_soon(self._keep_one)
        self._ended.set()

    async def end(self) -> None:
        """Tell them to end, and wait until they have."""
        self._ending.set()
        for process in self._running:
            process.terminate()
        await self._ended.wait()

    def kill(self) -> None:
        self._ending.set()
        for process in self._running:
            process.kill()

    async def _keep_one(self) -> None:
        pause, first = _PAUSE_SECONDS, True
        while not self._ending.is_set():
            began = anyio.current_time()
            code = await self._run()
            if self._ending.is_set():
                self.ended_well = self.ended_well and code in _ENDED_WELL
                return
            if first and code == MISCONFIGURED:
                self.misconfigured = True
                self._stop.set()
                return
            first = False
            pause = _PAUSE_SECONDS if anyio.current_time() - began > _STEADY_SECONDS else pause * 2
            pause = min(pause, _LONGEST_PAUSE_SECONDS)
            log.error("a process died and is started again", name=self.kind.name, code=code, pause_seconds=pause)
            with anyio.move_on_after(pause):
                await self._ending.wait()

    async def _run(self) -> int:
        """Run it once; return its exit code, below zero when a signal ended it."""
        variables = {**os.environ, **self.kind.variables, **kept_by_us()}
        # In a group of its own, so that Ctrl-C reaches it through us alone.
        async with await anyio.open_process(
            self.kind.command, env=variables, stdin=None, stdout=None, stderr=None, start_new_session=True
        ) as process:
            self._running.add(process)
            try:
                if self._ending.is_set():
                    process.terminate()
                return await process.wait()
            finally:
                self._running.discard(process)


async def _obey(signals: AsyncIterator[signal.Signals], stop: anyio.Event, kept: Sequence[_Kept]) -> None:
    async for told in signals:
        if not stop.is_set():
            log.info("ending", signal=told.name)
            stop.set()
            continue
        log.warning("killing what has not ended", signal=told.name)
        for each in kept:
            each.kill()
