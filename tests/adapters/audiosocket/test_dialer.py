"""A call to the engine: real sockets, a real server, and engines that misbehave."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import anyio
import pytest

from adapters.audiosocket.claims import InMemoryClaims
from adapters.audiosocket.clock import Clock
from adapters.audiosocket.dialer import AudioSocketDialer, AudioSocketPhone
from adapters.audiosocket.server import AudioSocketServer, Limits
from application.ports.line import CallLeg
from application.ports.trials import NoEngine
from domain.audio import SILENCE, Frame
from tests.adapters.audiosocket.peer import numbers, speech
from tests.harness.engine import free_port
from tests.harness.raw_engine import Line, raw_engine

pytestmark = pytest.mark.anyio


class Ear:
    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self._came = anyio.Event()

    def hear(self, slin: bytes) -> None:
        self.frames.append(Frame(slin))
        self._came.set()
        self._came = anyio.Event()

    async def until(self, count: int) -> list[int]:
        """Return so many frames of speech."""
        with anyio.fail_after(10):
            while len(numbers(self.frames)) < count:
                await self._came.wait()
        return numbers(self.frames)


class Listener:
    """Hears the caller at the engine's end."""

    def __init__(self) -> None:
        self.heard: list[Frame] = []
        self.left = anyio.Event()
        self._came = anyio.Event()

    def frame(self, frame: Frame) -> None:
        self.heard.append(frame)
        self._came.set()
        self._came = anyio.Event()

    async def until(self, condition: Callable[[], bool]) -> None:
        with anyio.fail_after(10):
            while not condition():
                await self._came.wait()

    def digit(self, digit: str) -> None: ...

    def audible(self, at: float) -> None: ...

    def silent(self, at: float) -> None: ...

    def gone(self, at: float) -> None:
        self.left.set()


class Engine:
    def __init__(self) -> None:
        self.legs: list[tuple[CallLeg, Listener]] = []
        self._came = anyio.Event()

    async def conduct(self, leg: CallLeg) -> None:
        listener = Listener()
        leg.attend(listener)
        self.legs.append((leg, listener))
        self._came.set()
        await listener.left.wait()

    async def leg(self) -> tuple[CallLeg, Listener]:
        with anyio.fail_after(10):
            await self._came.wait()
        return self.legs[0]


@asynccontextmanager
async def engine() -> AsyncIterator[tuple[Engine, AudioSocketDialer]]:
    limits = Limits(most_calls=5, most_connections=5)
    server = AudioSocketServer(host="127.0.0.1", port=0, share_port=False, limits=limits, claims=InMemoryClaims())
    engine = Engine()
    async with anyio.create_task_group() as tasks:
        port = await tasks.start(server.serve, engine.conduct)
        yield engine, AudioSocketDialer("127.0.0.1", port)
        tasks.cancel_scope.cancel()


@asynccontextmanager
async def misbehaving(data: bytes) -> AsyncIterator[tuple[AudioSocketPhone, Ear]]:
    """An engine that says this and closes the line."""

    async def conduct(line: Line) -> None:
        await line.stream.send(data)

    ear = Ear()
    async with raw_engine(conduct) as (host, port), AudioSocketDialer(host, port).dial(uuid4(), ear.hear) as phone:
        yield phone, ear


async def test_both_hear_each_other_and_silence_is_said_where_nothing_is() -> None:
    ear, call_id = Ear(), uuid4()
    async with engine() as (there, dialer), dialer.dial(call_id, ear.hear) as phone:
        leg, listener = await there.leg()
        assert leg.call_id == call_id
        phone.say(speech(7) + speech(8)[:100])
        phone.say(speech(8)[100:])
        await leg.play([speech(1), speech(2)])
        assert await ear.until(2) == [1, 2]
        await listener.until(lambda: len(numbers(listener.heard)) == 2)
        assert numbers(listener.heard) == [7, 8]
        await listener.until(lambda: leg.figures().frames_received > 5)
        assert numbers(listener.heard) == [7, 8] and listener.heard[-1] == SILENCE


async def test_what_is_said_too_fast_goes_at_the_pace_of_real_time_and_the_oldest_of_it_not_at_all() -> None:
    async with engine() as (there, dialer), dialer.dial(uuid4(), Ear().hear) as phone:
        _, listener = await there.leg()
        began = anyio.current_time()
        for number in range(1, 51):
            phone.say(speech(number))
        await listener.until(lambda: 50 in numbers(listener.heard))
        assert numbers(listener.heard) == list(range(26, 51))
        assert anyio.current_time() - began > 0.4


async def test_the_caller_hangs_up() -> None:
    async with engine() as (there, dialer):
        async with dialer.dial(uuid4(), Ear().hear):
            _, listener = await there.leg()
        with anyio.fail_after(5):
            await listener.left.wait()


async def test_the_engine_hangs_up() -> None:
    async with engine() as (there, dialer), dialer.dial(uuid4(), Ear().hear) as phone:
        leg, _ = await there.leg()
        await leg.hang_up()
        with anyio.fail_after(5):
            assert await phone.ended()
        phone.say(speech(1))
        phone.hang_up()


async def test_the_engine_breaks_the_line() -> None:
    async with engine() as (there, dialer), dialer.dial(uuid4(), Ear().hear) as phone:
        leg, _ = await there.leg()
        leg.abandon()
        with anyio.fail_after(5):
            assert not await phone.ended()


@pytest.mark.parametrize("data", [b"", b"\x10\x00\x00", b"\x10\x00\x00" + b"\x10\x01\x40" + speech(1), b"\x10\x01"])
async def test_an_engine_that_refuses_or_is_gone_has_not_hung_up(data: bytes) -> None:
    async with misbehaving(data) as (phone, ear):
        with anyio.fail_after(5):
            assert not await phone.ended()
        assert ear.frames == []


async def test_what_is_no_audio_is_passed_over() -> None:
    async with misbehaving(b"\x99\x00\x01x" + b"\x03\x00\x015" + b"\x10\x01\x40" + speech(4) + bytes(3)) as (
        phone,
        ear,
    ):
        with anyio.fail_after(5):
            assert await phone.ended()
        assert numbers(ear.frames) == [4]


class Pipe(asyncio.Transport):
    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: object) -> None:
        self.written.append(bytes(data))  # type: ignore[call-overload]

    def close(self) -> None: ...


async def test_an_engine_that_does_not_read_gets_no_more_than_it_can_take() -> None:
    pipe, phone = Pipe(), AudioSocketPhone(uuid4(), Clock(), Ear().hear)
    phone.connection_made(pipe)
    phone.pause_writing()
    phone.tick(0.0)
    assert len(pipe.written) == 1
    phone.resume_writing()
    phone.tick(0.0)
    assert len(pipe.written) == 2
    phone.hang_up()


async def test_nobody_answers() -> None:
    with pytest.raises(NoEngine, match="no engine answers"):
        async with AudioSocketDialer("127.0.0.1", free_port()).dial(UUID(int=1), Ear().hear):
            raise AssertionError("nobody could answer")
