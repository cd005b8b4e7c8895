"""Calls that are made to try the agent: how many at once, how they end, and what is heard of them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID

import anyio
import pytest

from adapters.memory.live import InMemoryCommands
from adapters.memory.trials import InMemoryTrialRegister
from application.calls.try_agent import (
    IDLE_SECONDS,
    MOST_SECONDS,
    MOST_TRIALS,
    AlreadyTrying,
    NotTrying,
    TooManyTrials,
    TrialCall,
    TrialEnd,
    TryAgent,
)
from application.ports.live import MOST_TYPED, Typing
from domain.errors import Unavailable
from tests.contracts.live import listening
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Line:
    """Fulfils the port `DialledLine`; the test is the engine."""

    def __init__(self, call_id: UUID, hear: Callable[[bytes], None]) -> None:
        self.call_id = call_id
        self.hear = hear
        self.said: list[bytes] = []
        self.hung_up = False
        self._left = anyio.Event()
        self._well = False

    def say(self, slin: bytes) -> None:
        self.said.append(slin)

    async def ended(self) -> bool:
        await self._left.wait()
        return self._well

    def leave(self, *, well: bool) -> None:
        self._well = well
        self._left.set()


class Lines:
    """Fulfils the port `Dialer`."""

    def __init__(self) -> None:
        self.dialled: list[Line] = []
        self.answers = True

    @asynccontextmanager
    async def dial(self, call_id: UUID, hear: Callable[[bytes], None]) -> AsyncIterator[Line]:
        if not self.answers:
            raise Unavailable("no engine answers")
        line = Line(call_id, hear)
        self.dialled.append(line)
        try:
            yield line
        finally:
            line.hung_up = True


class Office:
    def __init__(self) -> None:
        self.lines, self.register, self.commands = Lines(), InMemoryTrialRegister(), InMemoryCommands()
        self.trials = TryAgent(self.lines, self.register, self.commands)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.trials.run)
            await anyio.sleep(0.1)
            async with self.trials.ending_first():
                yield
            tasks.cancel_scope.cancel()


async def until_over(call: TrialCall) -> TrialEnd:
    with anyio.fail_after(MOST_SECONDS * 2):
        return await call.ended()


async def test_a_call_is_announced_before_it_is_made() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=True)
        (line,) = office.lines.dialled
        assert await office.register.announced(line.call_id) == call.trial
        assert (call.trial.call_id, call.trial.by, call.trial.real) == (line.call_id, "olga", True)
        assert office.trials.running("olga") is call and office.trials.last("olga") is call


async def test_both_hear_each_other() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        (line,) = office.lines.dialled
        line.hear(b"before anybody listened")
        heard: list[bytes] = []

        async def listen() -> None:
            async for slin in call.audio():
                heard.append(slin)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(listen)
            await anyio.sleep(0.1)
            line.hear(b"a")
            line.hear(b"b")
            await anyio.sleep(0.1)
            line.hear(b"c")
            call.say(b"d")
            line.leave(well=True)
        assert (heard, line.said) == ([b"ab", b"c"], [b"d"])


async def test_of_what_nobody_takes_the_oldest_is_dropped() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        audio = call.audio()
        for number in range(3):
            office.lines.dialled[0].hear(bytes([number]))
        assert call.end is None
        office.trials.running("olga")
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_hear_much, office.lines.dialled[0])
            first = await anext(audio)
        assert first == bytes(range(30, 80))
        await audio.aclose()


async def _hear_much(line: Line) -> None:
    for number in range(80):
        line.hear(bytes([number]))


@pytest.mark.parametrize(("well", "end"), [(True, TrialEnd.AGENT), (False, TrialEnd.BROKEN)])
async def test_it_ends_with_its_line(well: bool, end: TrialEnd) -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        office.lines.dialled[0].leave(well=well)
        assert await until_over(call) is end
        assert office.trials.running("olga") is None and office.trials.last("olga") is call
        assert [slin async for slin in call.audio()] == []


async def test_who_made_it_hangs_up_and_calls_again() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        call.hang_up()
        assert await until_over(call) is TrialEnd.CALLER and office.lines.dialled[0].hung_up
        again = await office.trials.begin("olga", real=False)
        assert office.trials.last("olga") is again
        again.hang_up()
        await until_over(again)
        assert office.trials.last("olga") is again


async def test_a_call_from_which_nothing_comes_for_a_minute_is_hung_up() -> None:
    office = Office()
    async with listening(office.commands), office.open():
        call, began = await office.trials.begin("olga", real=False), anyio.current_time()
        await anyio.sleep(IDLE_SECONDS - 1)
        await office.trials.write("olga", "шини")
        await anyio.sleep(IDLE_SECONDS - 1)
        call.say(b"d")
        assert await until_over(call) is TrialEnd.IDLE
        assert anyio.current_time() - began == pytest.approx(3 * IDLE_SECONDS - 2, abs=0.5)


async def test_a_call_ends_after_a_quarter_of_an_hour_whoever_speaks() -> None:
    office = Office()
    async with office.open():
        call, began = await office.trials.begin("olga", real=False), anyio.current_time()
        while call.end is None:
            call.touch()
            await anyio.sleep(1)
        assert call.end is TrialEnd.TOO_LONG
        assert anyio.current_time() - began == pytest.approx(MOST_SECONDS, abs=2)


async def test_calls_end_with_the_pages_and_none_begins_after() -> None:
    office = Office()
    with pytest.raises(Unavailable):
        await office.trials.begin("olga", real=False)
    async with office.open():
        call = await office.trials.begin("olga", real=False)
    assert call.end is TrialEnd.CLOSED and office.lines.dialled[0].hung_up
    with pytest.raises(Unavailable):
        await office.trials.begin("olga", real=False)


async def test_a_call_that_is_only_being_made_ends_with_the_pages_too() -> None:
    office = Office()
    office.register.faults.hang()
    async with anyio.create_task_group() as tasks:

        async def call() -> None:
            with pytest.raises(Unavailable):
                await office.trials.begin("olga", real=False)

        async with office.open():
            tasks.start_soon(call)
            await anyio.sleep(1)
            assert office.trials.running("olga") is not None
            tasks.start_soon(_fail_soon, office)
    assert office.lines.dialled == []


async def _fail_soon(office: Office) -> None:
    await anyio.sleep(1)
    office.register.faults.fail()


async def test_a_call_ends_with_what_holds_it() -> None:
    office = Office()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(office.trials.run)
        await anyio.sleep(0.1)
        call = await office.trials.begin("olga", real=False)
        tasks.cancel_scope.cancel()
    assert call.end is TrialEnd.CLOSED and office.lines.dialled[0].hung_up


async def test_nobody_makes_two_calls_at_once_and_all_together_make_few() -> None:
    office = Office()
    async with office.open():
        for number in range(MOST_TRIALS):
            await office.trials.begin(str(number), real=False)
        with pytest.raises(AlreadyTrying):
            await office.trials.begin("0", real=False)
        with pytest.raises(TooManyTrials):
            await office.trials.begin("olga", real=False)
        office.trials.running("0").hang_up()  # type: ignore[union-attr]
        await until_over(office.trials.last("0"))  # type: ignore[arg-type]
        await office.trials.begin("olga", real=False)
        assert len(office.lines.dialled) == MOST_TRIALS + 1


async def test_a_call_that_cannot_be_made_was_none() -> None:
    office = Office()
    async with office.open():
        office.lines.answers = False
        with pytest.raises(Unavailable):
            await office.trials.begin("olga", real=False)
        office.lines.answers = True
        office.register.faults.fail(1)
        with pytest.raises(Unavailable):
            await office.trials.begin("olga", real=False)
        assert office.lines.dialled == [] and office.trials.last("olga") is None
        await office.trials.begin("olga", real=False)


async def test_what_is_written_is_told_to_the_engines_and_no_more_of_it_than_they_take() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        with pytest.raises(Unavailable):
            await office.trials.write("olga", "шини")
        async with listening(office.commands) as engine:
            await office.trials.write("olga", "ш" * 1_000)
            call_id = call.trial.call_id
            assert await engine.hear(1) == [Typing(call_id=call_id, text="ш" * MOST_TYPED, by="olga")]
        with pytest.raises(NotTrying):
            await office.trials.write("ivan", "шини")


async def test_only_the_last_trials_are_remembered() -> None:
    office = Office()
    async with office.open():
        for number in range(101):
            call = await office.trials.begin(str(number), real=False)
            call.hang_up()
            await until_over(call)
        assert [number for number in range(101) if office.trials.last(str(number)) is None] == [0]


async def test_what_is_said_before_there_is_a_line_is_lost() -> None:
    office = Office()
    async with office.open():
        call = await office.trials.begin("olga", real=False)
        unheard = TrialCall(call.trial)
        unheard.say(b"d")
        assert office.lines.dialled[0].said == []
