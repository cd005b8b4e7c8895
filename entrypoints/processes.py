"""Several processes of one command: the kernel deals out their connections, and none stays dead.

The callers of a process that dies are in the operators' queue at once, by the
dialplan; new ones are answered by the others until it is back.
"""

import os
import signal
from collections.abc import Mapping, Sequence

import anyio
import structlog
from anyio.abc import Process

_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a process that lived so long did not fail at its start

log: structlog.stdlib.BoundLogger = structlog.get_logger()


async def keep_running(command: Sequence[str], processes: int, variables: Mapping[str, str]) -> None:
    """Run the command so many times; start again what dies, and on SIGTERM or SIGINT let all end."""
    running: set[Process] = set()
    stopping = anyio.Event()
    async with anyio.create_task_group() as keepers:
        for _ in range(processes):
            keepers.start_soon(_keep, command, {**os.environ, **variables}, running, stopping)
        with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
            async for _ in signals:
                break
        stopping.set()
        for process in running:
            process.send_signal(signal.SIGTERM)


async def _keep(
    command: Sequence[str], variables: Mapping[str, str], running: set[Process], stopping: anyio.Event
) -> None:
    pause = _PAUSE_SECONDS
    while not stopping.is_set():
        began = anyio.current_time()
        # In a group of its own, so that Ctrl-C reaches it through us alone.
        process = await anyio.open_process(
            command, env=variables, stdin=None, stdout=None, stderr=None, start_new_session=True
        )
        running.add(process)
        code = await process.wait()
        running.discard(process)
        if stopping.is_set():
            return
        pause = _PAUSE_SECONDS if anyio.current_time() - began > _STEADY_SECONDS else pause * 2
        pause = min(pause, _LONGEST_PAUSE_SECONDS)
        log.error("a process died and is started again", code=code, pause_seconds=pause)
        with anyio.move_on_after(pause):
            await stopping.wait()
