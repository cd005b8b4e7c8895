"""The caller's end of the line, over real sockets."""

import time
from collections.abc import AsyncGenerator
from itertools import pairwise
from statistics import mean

import anyio
import anyio.lowlevel
import pytest

from adapters.audiosocket.leg import AudioSocketLeg
from adapters.audiosocket.server import AudioSocketServer
from application.ports.line import CallLeg
from domain.audio import FRAME_BYTES, SILENCE, Frame
from tests.adapters.audiosocket.peer import (
    FAILURE,
    HANG_UP,
    PATIENCE_SECONDS,
    Line,
    Notes,
    Peer,
    a_line,
    message,
    numbers,
    speech,
)

pytestmark = pytest.mark.anyio

Call = tuple[Peer, CallLeg, Notes]


@pytest.fixture
async def line() -> AsyncGenerator[tuple[AudioSocketServer, Line], None]:
    async with a_line() as server_and_line:
        yield server_and_line


@pytest.fixture
async def call(line: tuple[AudioSocketServer, Line]) -> Call:
    server, conducted = line
    return await conducted.call(server)


def words(first: int, last: int) -> list[Frame]:
    return [speech(number) for number in range(first, last + 1)]


# What the caller hears.


async def test_silence_is_sent_from_the_first_when_there_is_nothing_to_say(call: Call) -> None:
    peer, leg, notes = call
    assert [await peer.hear() for _ in range(5)] == [SILENCE] * 5
    assert (leg.sent, leg.sounding, notes.events) == (0, None, [])


async def test_two_hundred_frames_take_four_seconds(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 200))
    arrivals: list[float] = []
    while len(arrivals) < 200:
        if await peer.hear() != SILENCE:
            arrivals.append(time.monotonic())
    assert mean(later - earlier for earlier, later in pairwise(arrivals)) == pytest.approx(0.02, abs=0.002)
    figures = leg.figures()
    assert figures.frames_sent >= 200
    assert 0 < figures.lateness_p50_ms <= figures.lateness_p99_ms


async def test_after_a_stall_of_the_process_no_word_is_lost_and_none_comes_in_a_burst(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 30))
    await peer.hear_until(5)
    time.sleep(0.15)  # noqa: ASYNC251 the stall is what is tested
    heard: list[tuple[float, int]] = []
    while not heard or heard[-1][1] != 30:
        number = numbers([await peer.hear()])
        heard += [(time.monotonic(), number[0])] if number else []
    assert [number for _, number in heard] == list(range(6, 31))
    started_at = heard[0][0]
    assert sum(1 for at, _ in heard if at < started_at + 0.015) <= 5
    assert leg.figures().frames_late >= 5
    assert leg.figures().lateness_p99_ms > 100


async def test_what_is_played_is_heard_in_order_and_counted(call: Call) -> None:
    peer, leg, notes = call
    await leg.play(words(1, 3))
    await leg.play([])
    await leg.play(words(4, 6))
    assert numbers(await peer.hear_until(6)) == [1, 2, 3, 4, 5, 6]
    await notes.until_event("silent")
    assert notes.events == ["audible", "silent"]
    assert 6 * 0.02 - 0.015 < notes.times[1] - notes.times[0] < 1.0
    assert leg.sent == 6


async def test_what_sounds_is_the_frame_that_was_sent_last(call: Call) -> None:
    peer, leg, notes = call
    sounding: list[Frame | None] = []
    await leg.play(words(1, 2))
    await notes.until_event("audible")
    sounding.append(leg.sounding)
    await notes.until_event("silent")
    sounding.append(leg.sounding)
    assert sounding[0] in words(1, 2)
    assert sounding[1] is None
    assert numbers(await peer.hear_until(2)) == [1, 2]


async def test_play_waits_for_room_and_wakes_when_the_queue_is_half_empty(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 200))
    assert leg.sent <= 1
    await leg.play(words(201, 205))
    assert 98 <= leg.sent <= 115
    assert numbers(await peer.hear_until(205)) == list(range(1, 206))


async def test_a_play_longer_than_the_queue_is_taken_piece_by_piece(call: Call) -> None:
    peer, leg, _ = call
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(leg.play, words(1, 420))
        assert numbers(await peer.hear_until(120)) == list(range(1, 121))
        leg.hush()
    assert 119 <= leg.sent <= 135


async def test_two_who_play_at_once_never_interleave(call: Call) -> None:
    peer, leg, _ = call
    async with anyio.create_task_group() as tasks:
        await leg.play(words(1, 190))
        tasks.start_soon(leg.play, words(191, 230))
        tasks.start_soon(leg.play, words(231, 260))
        assert numbers(await peer.hear_until(260)) == list(range(1, 261))


async def test_a_cancelled_play_leaves_the_line_to_the_next(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 199))
    with anyio.move_on_after(0.05) as scope:
        await leg.play(words(200, 300))
    assert scope.cancelled_caught
    leg.hush()
    await leg.play(words(500, 502))
    assert numbers(await peer.hear_until(502))[-4:][1:] == [500, 501, 502]


async def test_a_cancelled_play_that_was_waiting_does_not_hold_up_the_next(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 200))
    with anyio.move_on_after(0.01):
        await leg.play(words(900, 910))
    await leg.play(words(201, 203))
    assert numbers(await peer.hear_until(203)) == list(range(1, 204))


async def test_a_hush_ends_also_what_still_waits_for_room(call: Call) -> None:
    peer, leg, notes = call
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(leg.play, words(1, 300))
        await notes.until_event("audible")
        sent = leg.hush()
        assert notes.events == ["audible", "silent"]
    await leg.play(words(600, 600))
    assert numbers(await peer.hear_until(600)) == [*range(1, sent + 1), 600]
    assert sent + 1 == leg.sent < 20


async def test_what_a_cancelled_reply_still_plays_is_not_heard(call: Call) -> None:
    peer, leg, _ = call
    with anyio.CancelScope() as reply:
        reply.cancel()
        leg.hush()
        await leg.play(words(1, 50))
    await leg.play(words(60, 60))
    assert numbers(await peer.hear_until(60)) == [60]


@pytest.mark.parametrize("length", [0, 319, 640])
async def test_what_is_not_a_frame_is_not_played(call: Call, length: int) -> None:
    _, leg, _ = call
    with pytest.raises(ValueError, match="20 ms"):
        await leg.play([speech(1), Frame(bytes(length))])


# Hold and release.


async def test_a_release_goes_on_from_a_moment_before_the_hold(call: Call) -> None:
    peer, leg, notes = call
    await leg.play(words(1, 60))
    before = await peer.hear_until(30)
    leg.hold()
    assert notes.events == ["audible", "silent"]
    assert leg.sounding is None
    sent = leg.sent
    assert sent in range(30, 40)
    held = [await peer.hear() for _ in range(15)]
    assert numbers(held) == list(range(31, sent + 1))
    assert leg.sent == sent
    leg.release()
    assert leg.sent == sent - 15
    after = numbers(await peer.hear_until(60))
    assert numbers(before) == list(range(1, 31))
    assert after == list(range(sent - 15 + 1, 61))
    assert leg.sent == 60
    await notes.until(lambda notes: len(notes.events) == 4)
    assert notes.events == ["audible", "silent", "audible", "silent"]


async def test_a_release_soon_after_the_start_replays_no_more_than_was_said_since_the_silence(call: Call) -> None:
    peer, leg, notes = call
    await leg.play(words(1, 10))
    await notes.until_event("silent")
    await leg.play(words(11, 40))
    await peer.hear_until(14)
    leg.hold()
    sent = leg.sent
    leg.release()
    assert leg.sent == 10
    assert numbers(await peer.hear_until(40)) == [*range(15, sent + 1), *range(11, 41)]


async def test_a_hush_ends_the_hold_and_forgets_what_was_held(call: Call) -> None:
    peer, leg, _ = call
    await leg.play(words(1, 50))
    await peer.hear_until(20)
    leg.hold()
    sent = leg.hush()
    await leg.play(words(70, 71))
    assert numbers(await peer.hear_until(71))[-2:] == [70, 71]
    leg.release()
    assert leg.sent == sent + 2


async def test_what_is_played_during_a_hold_waits_for_the_release(call: Call) -> None:
    peer, leg, notes = call
    leg.hold()
    leg.hold()
    await leg.play(words(1, 3))
    assert [await peer.hear() for _ in range(6)] == [SILENCE] * 6
    assert notes.events == []
    leg.release()
    assert numbers(await peer.hear_until(3)) == [1, 2, 3]


# What the caller says.


async def test_audio_of_any_packet_time_is_recut_to_frames(call: Call) -> None:
    peer, _, notes = call
    slin = b"".join(words(1, 7))
    for at, to in pairwise([0, 960, 960 + 276, 960 + 276 + 2, len(slin)]):
        await peer.say(slin[at:to])
    await notes.until(lambda notes: speech(7) in notes.frames)
    assert numbers(notes.frames) == [1, 2, 3, 4, 5, 6, 7]


async def test_a_message_split_at_every_byte_is_heard(call: Call) -> None:
    peer, _, notes = call
    for byte in message(0x10, speech(5)) + message(0x03, b"7"):
        await peer.send(bytes((byte,)))
    await notes.until(lambda notes: notes.digits == ["7"])
    assert numbers(notes.frames) == [5]


async def test_keys_are_told_and_unknown_odd_and_empty_messages_do_no_harm(call: Call) -> None:
    peer, leg, notes = call
    for data in (
        message(0x03, b"4"),
        message(0x03, b"four"),
        message(0x11, bytes(480)),
        message(0x7F, bytes(60_000)),
        message(0x01, bytes(16)),
        message(0xFF, b"\1"),
        message(0x10),
        message(0x10, speech(8) + b"\0"),
        message(0x03, b"*"),
    ):
        await peer.send(data)
    await notes.until(lambda notes: notes.digits == ["4", "*"])
    assert numbers(notes.frames) == [8]
    assert leg.figures().unknown_messages == 4
    assert leg.figures().frames_received == 1


async def test_where_the_phone_sends_nothing_silence_is_told_at_the_pace_of_time(call: Call) -> None:
    peer, leg, notes = call
    await peer.say(speech(9))
    await notes.until(lambda notes: speech(9) in notes.frames)
    count = len(notes.frames)
    started_at = time.monotonic()
    await notes.until(lambda notes: len(notes.frames) >= count + 20)
    assert 0.5 < time.monotonic() - started_at < 2.0
    await peer.say(speech(10))
    await notes.until(lambda notes: speech(10) in notes.frames)
    assert notes.events == []
    assert leg.figures().frames_received == 2
    talk_begins = len(notes.frames)
    for number in range(11, 81):
        await peer.hear()
        await peer.say(speech(number))
    await notes.until(lambda notes: speech(80) in notes.frames)
    assert SILENCE not in notes.frames[talk_begins + 10 :]


async def test_what_was_said_before_anybody_attended_is_told_then_up_to_a_second(
    line: tuple[AudioSocketServer, Line],
) -> None:
    server, conducted = line
    peer, leg = await conducted.call_unattended(server)
    await peer.send(b"".join(message(0x10, frame) for frame in words(1, 60)) + message(0x03, b"1"))
    with anyio.fail_after(PATIENCE_SECONDS):
        while leg.figures().frames_received < 60:
            await peer.hear()
    notes = Notes()
    leg.attend(notes)
    assert numbers(notes.frames) == list(range(12, 61))
    assert notes.digits == ["1"]


async def test_who_hung_up_before_anybody_attended_is_told_gone_then(
    line: tuple[AudioSocketServer, Line],
) -> None:
    server, conducted = line
    peer, leg = await conducted.call_unattended(server)
    await peer.reset()
    await leg.play(words(1, 500))  # returns when there is nobody to play to
    notes = Notes()
    leg.attend(notes)
    assert notes.events == ["gone"]


# The end.


async def test_a_hang_up_of_ours_is_zeros_after_what_was_sent_then_the_end_of_file_is_awaited(call: Call) -> None:
    peer, leg, notes = call
    await leg.play(words(1, 100))
    await peer.hear_until(10)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(leg.hang_up)
        tasks.start_soon(leg.hang_up)
        assert await peer.last_word() == HANG_UP
        for frame in words(1, 20):  # Asterisk goes on for a moment; to close with this unread would be a reset
            await peer.say(frame)
        told = len(notes.frames)
        await peer.hang_up()
    assert (notes.events, len(notes.frames)) == (["audible"], told)


async def test_a_peer_that_does_not_close_is_waited_for_two_seconds(call: Call) -> None:
    peer, leg, _ = call
    started_at = time.monotonic()
    await leg.hang_up()
    assert time.monotonic() - started_at == pytest.approx(2.0, abs=0.3)
    assert await peer.last_word() == HANG_UP
    assert await peer.receive() is None


async def test_a_cancelled_hang_up_is_nevertheless_said_and_comes_to_its_end(call: Call) -> None:
    peer, leg, _ = call
    with anyio.move_on_after(0.02):
        await leg.hang_up()
    assert await peer.last_word() == HANG_UP
    assert await peer.receive() is None


async def test_an_abandoned_call_fails_at_once_by_audio_of_length_zero(call: Call) -> None:
    peer, leg, notes = call
    leg.abandon()
    leg.abandon()
    assert await peer.last_word() == FAILURE
    await peer.hang_up()
    await leg.hang_up()
    assert notes.events == []


@pytest.mark.parametrize("how", ["end of file", "reset", "hang-up message"])
async def test_a_caller_who_is_gone_is_told_once_and_everything_after_is_harmless(call: Call, how: str) -> None:
    peer, leg, notes = call
    await leg.play(words(1, 200))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(leg.play, words(201, 400))
        await peer.hear_until(3)
        match how:
            case "reset":
                await peer.reset()
            case "hang-up message":
                await peer.send(message(0x00) + message(0x10, speech(1)))
            case _:
                await peer.hang_up()
        await notes.until_event("gone")
    assert leg.sounding is None
    assert numbers(notes.frames) == []
    await leg.play(words(1, 5))
    leg.hold()
    leg.release()
    sent = leg.hush()
    leg.abandon()
    await leg.hang_up()
    assert notes.events == ["audible", "gone"]
    assert 3 <= sent <= 20


async def test_a_reset_ends_its_own_call_only(line: tuple[AudioSocketServer, Line]) -> None:
    server, conducted = line
    calls = [await conducted.call(server) for _ in range(3)]
    await calls[1][0].reset()
    await calls[1][2].until_event("gone")
    for peer, leg, notes in (calls[0], calls[2]):
        await leg.play(words(1, 3))
        assert numbers(await peer.hear_until(3)) == [1, 2, 3]
        assert "gone" not in notes.events


async def test_a_peer_that_does_not_read_gets_no_more_and_misses_no_word_when_it_reads_again(call: Call) -> None:
    peer, leg, notes = call
    assert isinstance(leg, AudioSocketLeg)
    await clog(leg)
    await leg.play(words(1, 20))
    sent = leg.figures().frames_sent
    for _ in range(300):
        leg.tick(time.monotonic())
    assert (leg.figures().frames_sent, leg.sent, notes.events) == (sent, 0, [])
    assert numbers(await peer.hear_until(20)) == list(range(1, 21))
    assert notes.events[0] == "audible"


async def test_a_peer_that_does_not_read_for_ten_seconds_is_taken_for_gone(call: Call) -> None:
    peer, leg, notes = call
    assert isinstance(leg, AudioSocketLeg)
    await leg.play(words(1, 150))
    await notes.until_event("audible")
    await clog(leg)
    for _ in range(10 * 50 + 1):
        leg.tick(time.monotonic())
    await leg.play(words(1, 500))
    assert notes.events[-1] == "gone"
    await peer.reset()


async def clog(leg: AudioSocketLeg) -> None:
    """Let time run fast until the peer's and the system's buffers are full."""
    sent = -1
    while leg.figures().frames_sent > sent:
        sent = leg.figures().frames_sent
        for _ in range(50):
            leg.tick(time.monotonic())
        await anyio.lowlevel.checkpoint()


class Thrower(Notes):
    """A listener that raises when it hears, or when a frame is sent; and when it is told of the end, too."""

    def __init__(self, at: str) -> None:
        super().__init__()
        self.at = at

    def frame(self, frame: Frame) -> None:
        super().frame(frame)
        if self.at == "frame" or (self.at == "silence" and frame == SILENCE):
            raise RuntimeError("cannot hear")

    def audible(self, at: float) -> None:
        super().audible(at)
        if self.at == "audible":
            raise RuntimeError("cannot speak")

    def gone(self, at: float) -> None:
        super().gone(at)
        raise RuntimeError("cannot go")


@pytest.mark.parametrize("at", ["frame", "silence", "audible"])
async def test_a_listener_that_raises_ends_its_own_call_and_its_caller_goes_to_the_operators(
    line: tuple[AudioSocketServer, Line], at: str
) -> None:
    server, conducted = line
    peer, leg = await conducted.call_unattended(server)
    other_peer, other_leg, other_notes = await conducted.call(server)
    thrower = Thrower(at)
    leg.attend(thrower)
    match at:
        case "frame":
            await peer.send(message(0x10, speech(1)) * 3)
        case "audible":
            await leg.play(words(1, 3))
        case _:
            pass
    assert await peer.last_word() == FAILURE
    assert thrower.events.count("gone") == 1
    assert len(thrower.frames) == (at != "audible")
    await other_leg.play(words(1, 3))
    assert numbers(await other_peer.hear_until(3)) == [1, 2, 3]
    assert other_notes.events[:1] == ["audible"]


async def test_a_listener_may_end_the_call_in_the_middle_of_what_it_is_told(call: Call) -> None:
    peer, leg, _ = call

    class Leaver(Notes):
        def frame(self, frame: Frame) -> None:
            super().frame(frame)
            leg.abandon()

    leaver = Leaver()
    leg.attend(leaver)
    await peer.send(message(0x10, speech(1) + speech(2)) + message(0x10, speech(3)) + message(0x03, b"1"))
    assert await peer.last_word() == FAILURE
    assert (numbers(leaver.frames), leaver.digits, leaver.events) == ([1], [], [])


async def test_no_call_hears_another(line: tuple[AudioSocketServer, Line]) -> None:
    server, conducted = line
    calls = [await conducted.call(server) for _ in range(20)]

    async def talk(own: int, peer: Peer, leg: CallLeg, notes: Notes) -> None:
        await leg.play([speech(own)] * 40)
        heard: list[int] = []
        while len(heard) < 40:
            heard += numbers([await peer.hear()])
            await peer.say(speech(-own))
        await notes.until(lambda notes: len(numbers(notes.frames)) >= 40)
        assert set(heard) == {own}
        assert set(numbers(notes.frames)) == {-own}

    async with anyio.create_task_group() as tasks:
        for own, (peer, leg, notes) in enumerate(calls, start=1):
            tasks.start_soon(talk, own, peer, leg, notes)


def test_a_frame_on_the_wire_is_of_the_length_asterisk_expects() -> None:
    assert len(message(0x10, speech(1))) == FRAME_BYTES + 3
