"""The emulated Asterisk has the manners of the real one."""

import anyio
import pytest

from domain.audio import FRAME_SECONDS, SILENCE
from tests.harness.asterisk import EmulatedAsterisk
from tests.harness.asterisk_line import Manners
from tests.harness.raw_engine import Line, audio, raw_engine

pytestmark = pytest.mark.anyio

FRAME = bytes(range(160)) * 2
NEW, OLD = "22.10", "20.6"


async def play(line: Line, frames: int) -> None:
    due = anyio.current_time()
    for _ in range(frames):
        await line.say(FRAME)
        due += FRAME_SECONDS
        await anyio.sleep_until(due)


@pytest.mark.parametrize(
    ("version", "modern"),
    [
        ("18.10", False),
        ("20.6", False),
        ("20.14", True),
        ("21.8", False),
        ("22.4", True),
        ("22.10", True),
        ("23.0", True),
    ],
)
def test_versions_differ_where_the_telephony_facts_say_so(version: str, modern: bool) -> None:
    assert Manners.of(version).hang_up_is_success is modern
    assert Manners.of(version).sends_digits is modern


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (b"\x42\x00\x01x", "message of kind 42 and length 1"),
        (audio(b""), "message of kind 10 and length 0"),
        (audio(FRAME)[:3], "pause between header and payload"),
    ],
)
async def test_a_message_that_asterisk_cannot_take_fails_the_line(wrong: bytes, fault: str) -> None:
    async def conduct(line: Line) -> None:
        await line.stream.send(wrong)
        await line.read_to_end()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where == "queue")
        assert (call.try_status, call.faults) == ("FAILED", [fault])


async def test_frames_at_the_pace_of_real_time_are_all_heard() -> None:
    async def conduct(line: Line) -> None:
        await play(line, 20)
        await line.hang_up()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where == "hung_up")
        assert call.heard_slin == FRAME * 20
        assert call.faults == []


async def test_audio_faster_than_real_time_is_mostly_lost() -> None:
    async def conduct(line: Line) -> None:
        for _ in range(100):
            await line.say(FRAME)
        await line.hang_up()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where == "hung_up")
        assert len(call.heard) + len(call.lost) == 100
        assert len(call.lost) > 80


async def test_odd_and_overlong_audio_are_noted() -> None:
    async def conduct(line: Line) -> None:
        await line.say(b"odd")
        await line.say(bytes(1_600))
        await line.hang_up()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where == "hung_up")
        assert call.faults == ["odd number of bytes: 3", "message too long: 1600"]


@pytest.mark.parametrize(("fails", "status"), [(0.0, "SUCCESS"), (1.0, "FAILED")])
async def test_a_plain_close_may_succeed_or_fail(fails: float, status: str) -> None:
    async def conduct(line: Line) -> None:
        await line.stream.send_eof()
        await line.read_to_end()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine, plain_close_fails=fails) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where in ("queue", "hung_up"))
        assert call.try_status == status


async def test_before_20_14_a_half_closed_line_is_dead_air_until_the_watchdog_barks() -> None:
    async def conduct(line: Line) -> None:
        await line.stream.send_eof()
        await line.read_to_end()

    async with (
        raw_engine(conduct) as engine,
        EmulatedAsterisk(version=OLD, engine=engine, settings={"CALL_SECONDS": "0.3"}) as asterisk,
    ):
        began = anyio.current_time()
        call = await asterisk.dial()
        await call.until(lambda: call.where == "queue")
        assert anyio.current_time() - began >= 0.3
        assert call.try_status is None


async def test_two_seconds_without_a_sound_from_either_side_fail_the_line() -> None:
    async def conduct(line: Line) -> None:
        await line.read_to_end()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial(silence_suppression=True)
        began = anyio.current_time()
        await call.until(lambda: call.where == "queue")
        assert 1.9 < anyio.current_time() - began < 2.6


@pytest.mark.parametrize(("version", "kinds"), [(NEW, {0x03: b"5", 0x10: SILENCE}), (OLD, {0x10: SILENCE})])
async def test_digits_come_from_20_14_on(version: str, kinds: dict[int, bytes]) -> None:
    heard: dict[int, bytes] = {}

    async def conduct(line: Line) -> None:
        for _ in range(4):
            kind, payload = await line.message()
            heard[kind] = payload
        await line.hang_up()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(version=version, engine=engine) as asterisk:
        call = await asterisk.dial()
        call.press("5")
        await call.until(lambda: call.try_status is not None)
        assert heard == kinds


async def test_messages_follow_the_packet_time_of_the_phone() -> None:
    lengths: list[int] = []

    async def conduct(line: Line) -> None:
        for _ in range(4):
            lengths.append(len((await line.message())[1]))
        await line.hang_up()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial(message_bytes=960, silence_suppression=True)
        await call.say_frames([bytes(960 * 3 + 276)])
        await call.until(lambda: call.try_status is not None)
        assert lengths == [960, 960, 960, 276]


async def test_a_caller_who_hangs_up_is_an_end_of_file_and_nothing_else() -> None:
    kinds: list[int] = []
    ended = anyio.Event()

    async def conduct(line: Line) -> None:
        try:
            while True:
                kinds.append((await line.message())[0])
        except (anyio.IncompleteRead, anyio.EndOfStream):
            ended.set()

    async with raw_engine(conduct) as engine, EmulatedAsterisk(engine=engine) as asterisk:
        call = await asterisk.dial()
        await call.say_frames([FRAME] * 3)
        await call.hang_up()
        with anyio.fail_after(2):
            await ended.wait()
    assert set(kinds) == {0x10}
