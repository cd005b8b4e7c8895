"""A server beside the program that may go away and come back where it was."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import anyio
from anyio.abc import TaskGroup, TaskStatus


class Server:
    """One that may go away and come back where it was."""

    def __init__(self, start: Callable[[], AbstractAsyncContextManager[str]], tasks: TaskGroup) -> None:
        self._start = start
        self._tasks = tasks
        self._going, self._gone = anyio.Event(), anyio.Event()
        self.url = ""
        self.times_away = 0

    async def come(self) -> None:
        self._going, self._gone = anyio.Event(), anyio.Event()
        self.url = await self._tasks.start(self._run)

    async def go(self) -> None:
        self._going.set()
        await self._gone.wait()
        self.times_away += 1

    async def _run(self, *, task_status: TaskStatus[str]) -> None:
        async with self._start() as url:
            task_status.started(url)
            await self._going.wait()
        self._gone.set()
