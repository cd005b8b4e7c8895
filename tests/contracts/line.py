"""What every caller's leg promises, whatever carries it."""

from typing import Protocol

import anyio
import anyio.lowlevel
import pytest

from application.ports.line import CallLeg
from domain.audio import FRAME_BYTES, SILENCE, Frame
from tests.adapters.audiosocket.peer import Notes, numbers, speech

PATIENCE_SECONDS = 10
REPLAYED_FRAMES = 15
QUEUE_FRAMES = 200


class Line(Protocol):
    """A leg, and the caller at its other end."""

    leg: CallLeg

    async def hear(self, frames: int) -> list[Frame]:
        """Hear so many frames more."""
        ...

    async def say(self, frame: Frame) -> None: ...

    async def press(self, digit: str) -> None: ...

    async def hang_up(self) -> None: ...

    async def last_word(self) -> str:
        """Return how the agent ended the call: "hung_up" or "abandoned"."""
        ...


def words(first: int, last: int) -> list[Frame]:
    return [speech(number) for number in range(first, last + 1)]


class CallLegContract:
    @pytest.fixture
    def notes(self, line: Line) -> Notes:
        notes = Notes()
        line.leg.attend(notes)
        return notes

    async def test_the_line_is_silent_until_there_is_something_to_say(self, line: Line, notes: Notes) -> None:
        assert await line.hear(3) == [SILENCE] * 3
        assert (line.leg.sent, line.leg.sounding, notes.events) == (0, None, [])

    async def test_what_is_played_is_heard_in_order_counted_and_told(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 3))
        await line.leg.play(words(4, 6))
        assert numbers(await hear_words(line, 6)) == [1, 2, 3, 4, 5, 6]
        assert await line.hear(2) == [SILENCE] * 2
        assert (line.leg.sent, line.leg.sounding, notes.events) == (6, None, ["audible", "silent"])
        assert line.leg.figures().frames_sent >= 8

    async def test_what_sounds_is_the_frame_that_was_sent_last(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 50))
        await hear_words(line, 3)
        assert line.leg.sounding == speech(line.leg.sent)

    async def test_a_release_goes_on_from_a_moment_before_the_hold(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 40))
        await hear_words(line, 20)
        line.leg.hold()
        held_at = line.leg.sent
        assert (line.leg.sounding, notes.events) == (None, ["audible", "silent"])
        await line.hear(3)
        line.leg.release()
        assert line.leg.sent == held_at - REPLAYED_FRAMES
        again = numbers(await hear_words(line, 40 - line.leg.sent))
        assert again == list(range(held_at - REPLAYED_FRAMES + 1, 41))
        assert line.leg.sent == 40

    async def test_a_release_replays_nothing_from_before_a_silence(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 5))
        await hear_words(line, 5)
        await line.hear(2)
        line.leg.hold()
        line.leg.release()
        await line.leg.play(words(6, 8))
        assert numbers(await hear_words(line, 3)) == [6, 7, 8]

    async def test_a_release_without_a_hold_is_nothing(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 10))
        await hear_words(line, 5)
        line.leg.release()
        assert numbers(await hear_words(line, 5)) == [6, 7, 8, 9, 10]

    async def test_what_is_played_during_a_hold_waits_for_the_release(self, line: Line, notes: Notes) -> None:
        line.leg.hold()
        await line.leg.play(words(1, 3))
        assert await line.hear(3) == [SILENCE] * 3
        assert line.leg.sent == 0
        line.leg.release()
        assert numbers(await hear_words(line, 3)) == [1, 2, 3]

    async def test_a_hush_drops_what_is_queued_and_ends_a_hold(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 40))
        await hear_words(line, 5)
        line.leg.hold()
        assert line.leg.hush() == line.leg.sent
        line.leg.release()
        await line.leg.play(words(41, 42))
        assert numbers(await hear_words(line, 2)) == [41, 42]
        assert await line.hear(1) == [SILENCE]
        assert notes.events == ["audible", "silent", "audible", "silent"]

    async def test_play_waits_when_the_queue_is_full_and_a_hush_ends_the_wait(self, line: Line, notes: Notes) -> None:
        returned: list[str] = []

        async def play_more() -> None:
            await line.leg.play(words(201, 300))
            returned.append("taken or dropped")

        async with anyio.create_task_group() as group:
            await line.leg.play(words(1, QUEUE_FRAMES))
            group.start_soon(play_more)
            await anyio.wait_all_tasks_blocked()
            assert returned == []
            line.leg.hush()
        await line.leg.play(words(301, 302))
        assert numbers(await hear_words(line, 2)) == [301, 302]

    async def test_a_play_longer_than_the_queue_is_taken_when_half_of_it_is_sent(
        self, line: Line, notes: Notes
    ) -> None:
        taken_at: list[int] = []

        async def play() -> None:
            await line.leg.play(words(1, QUEUE_FRAMES + 1))
            taken_at.append(line.leg.sent)

        async with anyio.create_task_group() as group:
            group.start_soon(play)
            await hear_words(line, QUEUE_FRAMES // 2 - 1)
            assert taken_at == []
            await hear_words(line, QUEUE_FRAMES // 2 + 2)
        assert len(taken_at) == 1

    async def test_two_who_play_at_once_are_never_mixed(self, line: Line, notes: Notes) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(line.leg.play, words(1, QUEUE_FRAMES + 10))
            group.start_soon(line.leg.play, words(501, 510))
            heard = numbers(await hear_words(line, QUEUE_FRAMES + 20))
        assert heard == [*range(1, QUEUE_FRAMES + 11), *range(501, 511)]

    async def test_a_cancelled_play_puts_nothing_on_the_line(self, line: Line, notes: Notes) -> None:
        with anyio.CancelScope() as scope:
            scope.cancel()
            await line.leg.play(words(1, 5))
        await line.leg.play(words(6, 7))
        assert numbers(await hear_words(line, 2)) == [6, 7]

    async def test_what_is_not_a_frame_is_not_played(self, line: Line, notes: Notes) -> None:
        with pytest.raises(ValueError, match="20 ms"):
            await line.leg.play([Frame(bytes(FRAME_BYTES - 1))])

    async def test_the_caller_is_heard_in_order(self, line: Line, notes: Notes) -> None:
        for number in (1, 2, 3):
            await line.say(speech(number))
        await line.press("5")
        await notes.until(lambda notes: notes.digits == ["5"])
        assert numbers(notes.frames) == [1, 2, 3]

    async def test_who_attends_late_misses_nothing_of_the_last_second(self, line: Line) -> None:
        await line.press("7")
        await line.say(speech(1))
        await line.hear(2)
        notes = Notes()
        line.leg.attend(notes)
        await notes.until(lambda notes: numbers(notes.frames) == [1] and notes.digits == ["7"])

    async def test_who_attends_after_the_hang_up_is_told(self, line: Line) -> None:
        await line.hang_up()
        notes = Notes()
        line.leg.attend(notes)
        await notes.until_event("gone")

    async def test_gone_is_told_once_and_all_that_follows_is_harmless(self, line: Line, notes: Notes) -> None:
        await line.leg.play(words(1, 20))
        await hear_words(line, 2)
        await line.hang_up()
        await notes.until_event("gone")
        with anyio.fail_after(PATIENCE_SECONDS):
            await line.leg.play(words(1, 3 * QUEUE_FRAMES))
            line.leg.hold()
            line.leg.release()
            assert line.leg.hush() == line.leg.sent
            line.leg.abandon()
            await line.leg.hang_up()
        assert notes.events == ["audible", "gone"]

    async def test_the_agent_hangs_up(self, line: Line, notes: Notes) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(line.leg.hang_up)
            assert await line.last_word() == "hung_up"
        assert "gone" not in notes.events

    async def test_the_agent_abandons(self, line: Line, notes: Notes) -> None:
        line.leg.abandon()
        assert await line.last_word() == "abandoned"
        with anyio.fail_after(PATIENCE_SECONDS):
            await line.leg.hang_up()
        assert "gone" not in notes.events


async def hear_words(line: Line, count: int) -> list[Frame]:
    """Hear until there have been so many frames of speech."""
    heard: list[Frame] = []
    with anyio.fail_after(PATIENCE_SECONDS):
        while sum(frame != SILENCE for frame in heard) < count:
            heard += await line.hear(1)
            await anyio.lowlevel.checkpoint()
    return heard
