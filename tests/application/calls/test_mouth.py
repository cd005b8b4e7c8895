"""The only writer of a leg knows what it has put there, whatever is cut."""

from collections.abc import AsyncGenerator

import anyio
import pytest

from adapters.memory.literal import LiteralSynthesizer
from adapters.memory.literal_audio import speech_frames, words_in
from application.calls.announcements import Announcements
from application.calls.mouth import Mouth
from domain.audio import SILENCE, Frame
from domain.errors import Unavailable
from domain.spoken import Spoken
from tests.contracts.line import PATIENCE_SECONDS
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Listener:
    """Tells the mouth when the line falls silent, as the senses do."""

    def __init__(self, leg: MemoryLeg, mouth: Mouth) -> None:
        self._mouth = mouth
        leg.attend(self)

    def frame(self, frame: object) -> None: ...

    def digit(self, digit: str) -> None: ...

    def audible(self, at: float) -> None: ...

    def silent(self, at: float) -> None:
        self._mouth.line_is_silent()

    def gone(self, at: float) -> None: ...


class Speaker:
    """A mouth at a line, with the means to see what it says."""

    def __init__(self) -> None:
        self.leg = MemoryLeg()
        self.synthesizer = LiteralSynthesizer()
        self.announcements = Announcements(LiteralSynthesizer())
        self.mouth = Mouth(self.leg, self.announcements, self.synthesizer)
        self.finished: list[str] = []
        Listener(self.leg, self.mouth)

    async def say(self, text: str, spoken: Spoken | None = None) -> None:
        await self.mouth.say(spoken or Spoken(), text)
        self.finished.append(text)

    async def tick(self, count: int) -> str:
        """Let so many frames pass; return the words in them."""
        heard = []
        for _ in range(count):
            heard += self.leg.tick()
            await anyio.wait_all_tasks_blocked()
        return words_in(heard)


@pytest.fixture
async def speaker() -> AsyncGenerator[Speaker, None]:
    with anyio.fail_after(600):
        yield Speaker()


async def test_a_text_is_said_when_its_last_frame_has_been_sent(speaker: Speaker) -> None:
    await speaker.announcements.prepare(["Добрий день"])
    length = len(speech_frames("Добрий день"))
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Добрий день")
        await anyio.wait_all_tasks_blocked()
        assert await speaker.tick(length) == "Добрий день"
        assert speaker.finished == []
        await speaker.tick(1)
        assert speaker.finished == ["Добрий день"]


async def test_what_was_not_prepared_is_voiced_now(speaker: Speaker) -> None:
    spoken = Spoken()
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Який розмір?", spoken)
        await anyio.wait_all_tasks_blocked()
        assert await speaker.tick(50) == "Який розмір?"
    assert spoken.text == "Який розмір?"


async def test_figures_are_voiced_as_words_and_remembered_as_they_are_written(speaker: Speaker) -> None:
    speaker.mouth = Mouth(speaker.leg, speaker.announcements, speaker.synthesizer, in_words=verbalize_two)
    Listener(speaker.leg, speaker.mouth)
    spoken = Spoken()
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Є 2 шини?", spoken)
        await anyio.wait_all_tasks_blocked()
        assert await speaker.tick(60) == "Є дві шини?"
    assert spoken.text == "Є 2 шини?"


async def test_what_was_prepared_for_this_call_is_said_at_once_and_kept_for_no_other(speaker: Speaker) -> None:
    assert await speaker.mouth.prepare("Олено, слухаю.")
    speaker.synthesizer.faults.fail()
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Олено, слухаю.")
        await anyio.wait_all_tasks_blocked()
        assert await speaker.tick(60) == "Олено, слухаю."
    assert speaker.announcements.audio("Олено, слухаю.") is None


@pytest.mark.parametrize("prepared", [True, False])
async def test_of_what_is_for_this_call_alone_the_synthesizer_is_told_so(prepared: bool) -> None:
    told: list[tuple[str, bool]] = []

    class Telling(LiteralSynthesizer):
        async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
            told.append((clause, passing))
            yield [SILENCE]

    mouth = Mouth(MemoryLeg(), Announcements(Telling()), Telling(), in_words=verbalize_two)
    if prepared:
        await mouth.prepare("Олено, слухаю.")
        assert told == [("Олено, слухаю.", True)]
        return
    with anyio.move_on_after(1):
        await mouth.say(Spoken(), "Який розмір?")
    with anyio.move_on_after(1):
        await mouth.say(Spoken(), "Є 2 шини?")
    assert told == [("Який розмір?", False), ("Є дві шини?", True)]


async def test_what_cannot_be_voiced_is_not_prepared(speaker: Speaker) -> None:
    speaker.synthesizer.faults.fail()
    assert not await speaker.mouth.prepare("Олено, слухаю.")


def verbalize_two(text: str) -> str:
    return text.replace("2", "дві")


async def test_what_has_no_voice_was_not_said(speaker: Speaker) -> None:
    speaker.synthesizer.faults.fail()
    spoken = Spoken()
    await speaker.say("Який розмір?", spoken)
    assert (spoken.text, speaker.leg.sent) == ("", 0)


class BreakingSynthesizer(LiteralSynthesizer):
    """Its voice breaks after the first word."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        yield speech_frames(clause.split()[0])
        raise Unavailable("the voice broke")


async def test_half_a_text_is_not_said(speaker: Speaker) -> None:
    spoken = Spoken()
    await Mouth(speaker.leg, speaker.announcements, BreakingSynthesizer()).say(spoken, "Який розмір?")
    assert (await speaker.tick(20), spoken.text) == ("", "")


async def test_a_voice_that_hangs_is_waited_for_no_longer_than_a_caller_would(speaker: Speaker) -> None:
    speaker.synthesizer.faults.hang()
    began = anyio.current_time()
    with anyio.fail_after(PATIENCE_SECONDS):
        await speaker.say("Який розмір?")
    assert 1 < anyio.current_time() - began < 5
    assert speaker.leg.sent == 0


async def test_two_who_wait_for_the_end_are_both_told(speaker: Speaker) -> None:
    await speaker.announcements.prepare(["Хвилинку", "Шукаю"])
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Хвилинку")
        group.start_soon(speaker.say, "Шукаю")
        await anyio.wait_all_tasks_blocked()
        await speaker.tick(100)
        assert sorted(speaker.finished) == ["Хвилинку", "Шукаю"]


async def test_what_was_cancelled_before_it_began_does_not_count_as_said(speaker: Speaker) -> None:
    await speaker.announcements.prepare(["Чим допомогти", "Слухаю"])
    with anyio.CancelScope() as cancelled:
        cancelled.cancel()
        await speaker.say("Чим допомогти")
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Слухаю")
        await anyio.wait_all_tasks_blocked()
        assert await speaker.tick(40) == "Слухаю"
        assert speaker.finished == ["Слухаю"]


async def test_a_voice_that_is_cancelled_while_its_audio_comes_leaves_no_trace_in_the_count(speaker: Speaker) -> None:
    await speaker.announcements.prepare(["Слухаю"])
    with anyio.CancelScope() as cut:
        async with anyio.create_task_group() as group:
            group.start_soon(speaker.say, "один два три")
            await anyio.lowlevel.checkpoint()
            speaker.mouth.hush()
            cut.cancel()
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "Слухаю")
        await anyio.wait_all_tasks_blocked()
        await speaker.tick(40)
        assert speaker.finished == ["Слухаю"]


class SlowSynthesizer(LiteralSynthesizer):
    """Its words come one by one."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        async for piece in super().say(clause):
            await anyio.sleep(0.05)
            yield piece


async def test_what_the_agent_says_of_itself_is_never_mixed_with_an_answer(speaker: Speaker) -> None:
    speaker.mouth = Mouth(speaker.leg, speaker.announcements, SlowSynthesizer())
    Listener(speaker.leg, speaker.mouth)
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "ще трошки я вже шукаю")
        await anyio.sleep(0.12)
        answer = Spoken()
        speaker.mouth.begin(answer, "є зимові шини")
        for word in ("є", "зимові", "шини"):
            await speaker.mouth.play(answer, [*speech_frames(word), SILENCE])
            await anyio.sleep(0.04)
        await anyio.sleep(1)
        heard = await speaker.tick(300)
    assert "ще трошки я вже шукаю" in heard


async def test_what_is_hushed_is_known_by_the_frames_that_were_sent(speaker: Speaker) -> None:
    spoken = Spoken()
    await speaker.announcements.prepare(["один два"])
    with anyio.CancelScope() as cut:
        async with anyio.create_task_group() as group:
            group.start_soon(speaker.say, "один два", spoken)
            await anyio.wait_all_tasks_blocked()
            await speaker.tick(len(speech_frames("один")) + 4)
            place = speaker.mouth.hush()
            cut.cancel()
    assert spoken.heard(place) == "один"
    assert await speaker.tick(5) == ""


async def test_a_hold_is_not_the_end(speaker: Speaker) -> None:
    await speaker.announcements.prepare(["один два три"])
    async with anyio.create_task_group() as group:
        group.start_soon(speaker.say, "один два три")
        await anyio.wait_all_tasks_blocked()
        await speaker.tick(10)
        speaker.leg.hold()
        await speaker.tick(50)
        assert speaker.finished == []
        speaker.leg.release()
        await speaker.tick(60)
        assert speaker.finished == ["один два три"]
