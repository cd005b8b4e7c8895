"""Trying the agent: calls to the engine that are made from these pages, by those who have signed in.

Rule 1: one at once for whoever tries, and few in all: an engine is there for callers.
Rule 2: a trial ends with its line, when who made it hangs up, when nothing has come from him for a minute, after a
quarter of an hour, and with these pages.
Rule 3: what the agent says waits a second at most for who listens; then the oldest of it is dropped.
"""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum
from uuid import uuid4

import anyio
from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskGroup, TaskStatus

from application.ports.live import MOST_TYPED, Commands, Typing
from application.ports.trials import Dialer, DialledLine, TrialRegister
from domain.audio import FRAMES_PER_SECOND
from domain.errors import Unavailable
from domain.trial import Trial

MOST_TRIALS = 4
IDLE_SECONDS = 60.0
MOST_SECONDS = 15 * 60.0
_MOST_REMEMBERED = 100
"""Of trials that have ended, each the last of whoever made it."""


class TrialEnd(Enum):
    AGENT = "agent"
    """The agent has hung up."""
    CALLER = "caller"
    BROKEN = "broken"
    """The engine would not take the call, or has failed in it."""
    IDLE = "idle"
    TOO_LONG = "too_long"
    CLOSED = "closed"
    """These pages end."""


class AlreadyTrying(Exception):
    pass


class TooManyTrials(Exception):
    pass


class NotTrying(Exception):
    pass


class TrialCall:
    """One call: what is said to the agent, and what it says."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.end: TrialEnd | None = None
        self._line: DialledLine | None = None
        self._heard: deque[bytes] = deque(maxlen=FRAMES_PER_SECOND)
        self._stirred = anyio.Event()
        self._hung_up = anyio.Event()
        self._hung_up_as = TrialEnd.CALLER
        self._touched_at = self._began_at = anyio.current_time()

    def say(self, slin: bytes) -> None:
        """Say what a microphone gives."""
        self.touch()
        if self._line is not None:
            self._line.say(slin)

    def touch(self) -> None:
        """Who made the call is there."""
        self._touched_at = anyio.current_time()

    def hang_up(self, end: TrialEnd = TrialEnd.CALLER) -> None:
        self._hung_up_as = end
        self._hung_up.set()

    def hear(self, slin: bytes) -> None:
        self._heard.append(slin)
        self._stir()

    async def audio(self) -> AsyncGenerator[bytes, None]:
        """Yield what the agent says from now on, as it comes, to the end of the call."""
        self._heard.clear()
        while self._heard or self.end is None:
            if self._heard:
                heard = b"".join(self._heard)
                self._heard.clear()
                yield heard
            else:
                await self._stirred.wait()

    async def hold(self, line: DialledLine) -> TrialEnd:
        """Hold the call on this line to its end; return why it has ended."""
        self._line = line
        ends: list[TrialEnd] = []
        async with anyio.create_task_group() as waiting:

            async def wait(end: Callable[[], Awaitable[TrialEnd]]) -> None:
                ends.append(await end())
                waiting.cancel_scope.cancel()

            for end in (self._left, self._left_by_caller, self._patience_over):
                waiting.start_soon(wait, end)
        return ends[0]

    def over(self, end: TrialEnd) -> None:
        self.end = end
        self._stir()

    async def ended(self) -> TrialEnd:
        """Wait until it is over; return why."""
        while self.end is None:
            await self._stirred.wait()
        return self.end

    async def _left(self) -> TrialEnd:
        assert self._line is not None, "a call is held on a line"
        return TrialEnd.AGENT if await self._line.ended() else TrialEnd.BROKEN

    async def _left_by_caller(self) -> TrialEnd:
        await self._hung_up.wait()
        return self._hung_up_as

    async def _patience_over(self) -> TrialEnd:
        latest = self._began_at + MOST_SECONDS
        while (due := min(latest, self._touched_at + IDLE_SECONDS)) > anyio.current_time():  # noqa: ASYNC110 - time
            await anyio.sleep_until(due)
        return TrialEnd.TOO_LONG if due == latest else TrialEnd.IDLE

    def _stir(self) -> None:
        self._stirred.set()
        self._stirred = anyio.Event()


class TryAgent:
    """The use case, for all who try it from this process."""

    def __init__(self, dialer: Dialer, register: TrialRegister, commands: Commands) -> None:
        self._dialer = dialer
        self._register = register
        self._commands = commands
        self._running: dict[str, TrialCall] = {}
        self._ended: dict[str, TrialCall] = {}
        self._tasks: TaskGroup | None = None
        """Where calls are held; None while none may begin."""

    async def run(self) -> None:
        """Have calls made until cancelled."""
        try:
            async with anyio.create_task_group() as self._tasks:
                await anyio.sleep_forever()
        finally:
            self._tasks = None

    @asynccontextmanager
    async def ending_first(self) -> AsyncGenerator[None, None]:
        """When the block is left, hang up, and have no more calls made."""
        try:
            yield
        finally:
            self._tasks = None
            calls = list(self._running.values())
            for call in calls:
                call.hang_up(TrialEnd.CLOSED)
            with anyio.CancelScope(shield=True):
                for call in calls:
                    await call.ended()

    def running(self, by: str) -> TrialCall | None:
        return self._running.get(by)

    def last(self, by: str) -> TrialCall | None:
        """Return the call that he makes now, else the last he made."""
        return self._running.get(by) or self._ended.get(by)

    async def begin(self, by: str, *, real: bool) -> TrialCall:
        """Call the engine.  Raises `AlreadyTrying`, `TooManyTrials`, and `Unavailable` when the call cannot be made."""
        if by in self._running:
            raise AlreadyTrying
        if len(self._running) >= MOST_TRIALS:
            raise TooManyTrials
        if self._tasks is None:
            raise Unavailable("no test call can begin now")
        call = self._running[by] = TrialCall(Trial(call_id=uuid4(), by=by, real=real))
        try:
            await self._register.announce(call.trial)
            await self._tasks.start(self._hold, call)
        except BaseException:
            self._running.pop(by, None)
            call.over(TrialEnd.BROKEN)
            raise
        return call

    async def write(self, by: str, text: str) -> None:
        """Say this in writing.  Raises `NotTrying`, and `Unavailable` when no engine can be told."""
        call = self._running.get(by)
        if call is None:
            raise NotTrying
        call.touch()
        if not await self._commands.give(Typing(call_id=call.trial.call_id, text=text[:MOST_TYPED], by=by)):
            raise Unavailable("no engine listens")

    async def _hold(self, call: TrialCall, *, task_status: TaskStatus[None] = TASK_STATUS_IGNORED) -> None:
        async with self._dialer.dial(call.trial.call_id, call.hear) as line:
            task_status.started()
            end = TrialEnd.CLOSED
            try:
                end = await call.hold(line)
            finally:
                self._forget(call)
                call.over(end)

    def _forget(self, call: TrialCall) -> None:
        by = call.trial.by
        self._running.pop(by, None)
        self._ended.pop(by, None)
        self._ended[by] = call
        if len(self._ended) > _MOST_REMEMBERED:
            del self._ended[next(iter(self._ended))]
