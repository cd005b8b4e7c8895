from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import anyio
import pytest

from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.literal_audio import speech_frames, words_in
from application.ports.speech import Ear, SpeechRecognizer, SpeechSynthesizer
from domain.audio import SILENCE, Frame
from domain.errors import Unavailable
from domain.speech import Expectation, Hypothesis

pytestmark = pytest.mark.anyio

SOON_SECONDS = 5.0


def recognizer(*, interim_seconds: float = 0.0, final_seconds: float = 0.0) -> LiteralRecognizer:
    return LiteralRecognizer(interim_seconds=interim_seconds, final_seconds=final_seconds)


def tell(ear: Ear, text: str) -> None:
    for frame in speech_frames(text):
        ear.hear(frame, voiced=any(frame))


@asynccontextmanager
async def listening(
    recognizer: SpeechRecognizer,
) -> AsyncGenerator[tuple[Ear, AsyncGenerator[Hypothesis, None]], None]:
    with anyio.fail_after(SOON_SECONDS):
        async with recognizer.listen("380671234567") as ear, aclosing(ear.hypotheses()) as hypotheses:
            yield ear, hypotheses


async def spoken(synthesizer: SpeechSynthesizer, clause: str) -> list[Frame]:
    async with synthesizer.voice() as voice, aclosing(voice.say(clause)) as pieces:
        return [frame async for piece in pieces for frame in piece]


async def test_the_mouth_speaks_a_clause_word_by_word() -> None:
    async with LiteralSynthesizer().voice() as voice, aclosing(voice.say("добрий день, Олено")) as pieces:
        assert [words_in(piece) async for piece in pieces] == ["добрий", "день,", "Олено"]


async def test_words_of_a_clause_are_parted_by_silence() -> None:
    assert await spoken(LiteralSynthesizer(), "зимові шини") == speech_frames("зимові шини")


async def test_what_the_mouth_says_the_ear_hears() -> None:
    async with listening(recognizer()) as (ear, hypotheses):
        for frame in await spoken(LiteralSynthesizer(), "Скільки коштує шиномонтаж?"):
            ear.hear(frame, voiced=True)
        ear.finish()
        heard = [await anext(hypotheses) for _ in range(4)]
    assert [hypothesis.text for hypothesis in heard if not hypothesis.final] == [
        "Скільки",
        "Скільки коштує",
        "Скільки коштує шиномонтаж?",
    ]
    assert heard[-1] == Hypothesis(0, "Скільки коштує шиномонтаж?", final=True, confidence=0.9)


async def test_each_finished_utterance_has_one_final_also_an_empty_one() -> None:
    async with listening(recognizer(interim_seconds=60)) as (ear, hypotheses):
        tell(ear, "так")
        ear.finish()
        ear.finish()
        tell(ear, "ні")
        ear.finish()
        finals = [await anext(hypotheses) for _ in range(3)]
    assert [(final.utterance, final.text, final.final) for final in finals] == [
        (0, "так", True),
        (1, "", True),
        (2, "ні", True),
    ]


async def test_a_word_that_was_only_begun_is_in_the_final_alone() -> None:
    async with listening(recognizer()) as (ear, hypotheses):
        tell(ear, "потрібні")
        ear.hear(speech_frames("шини")[0], voiced=True)
        ear.finish()
        assert [(await anext(hypotheses)).text for _ in range(2)] == ["потрібні", "потрібні шини"]


async def test_noise_without_words_says_nothing() -> None:
    async with listening(recognizer()) as (ear, hypotheses):
        for frame in [SILENCE, Frame(b"\x00\x30\x00\xd0" * 80)]:
            ear.hear(frame, voiced=True)
        ear.finish()
        assert (await anext(hypotheses)).text == ""


async def test_interims_later_than_the_final_never_come() -> None:
    async with listening(recognizer(interim_seconds=0.2)) as (ear, hypotheses):
        tell(ear, "зимові шини")
        ear.finish()
        assert (await anext(hypotheses)).final
        tell(ear, "дякую")
        assert (await anext(hypotheses)).utterance == 1


async def test_a_final_takes_its_time() -> None:
    async with listening(recognizer(final_seconds=0.15)) as (ear, hypotheses):
        ear.finish()
        began = anyio.current_time()
        assert (await anext(hypotheses)).final
        assert anyio.current_time() - began >= 0.14


async def test_the_final_may_say_otherwise_than_the_interim() -> None:
    recognizer_ = LiteralRecognizer(interim_seconds=0, final_seconds=0, finals={"літні шини": "зимові шини"})
    async with listening(recognizer_) as (ear, hypotheses):
        tell(ear, "літні шини")
        ear.finish()
        heard = [await anext(hypotheses) for _ in range(3)]
    assert [hypothesis.text for hypothesis in heard] == ["літні", "літні шини", "зимові шини"]


async def test_confidence_and_language_may_change_while_a_call_runs() -> None:
    hard_of_hearing = recognizer()
    async with listening(hard_of_hearing) as (ear, hypotheses):
        hard_of_hearing.confidence, hard_of_hearing.language = 0.2, "ru-RU"
        tell(ear, "алло")
        heard = await anext(hypotheses)
    assert (heard.confidence, heard.language) == (0.2, "ru-RU")


async def test_hypotheses_that_nobody_takes_are_bounded_and_no_final_is_lost() -> None:
    async with listening(recognizer()) as (ear, hypotheses):
        tell(ear, " ".join("ш" for _ in range(300)))
        ear.finish()
        interims = 0
        while not (heard := await anext(hypotheses)).final:
            interims += 1
    assert interims == 64
    assert len(heard.text.split()) == 300


async def test_an_ear_breaks_at_once_when_the_recognizer_fails() -> None:
    failing = recognizer()
    async with listening(failing) as (_, hypotheses), anyio.create_task_group() as group:

        async def listen() -> None:
            with pytest.raises(Unavailable):
                await anext(hypotheses)

        group.start_soon(listen)
        await anyio.wait_all_tasks_blocked()
        failing.faults.fail()


async def test_an_ear_that_hangs_hears_on_when_it_is_repaired() -> None:
    hanging = recognizer()
    async with listening(hanging) as (ear, hypotheses):
        hanging.faults.hang()
        tell(ear, "чути")
        ear.finish()
        with anyio.move_on_after(0.05) as waiting:
            await anext(hypotheses)
        assert waiting.cancelled_caught
    async with listening(hanging) as (ear, hypotheses):
        tell(ear, "чути")
        ear.finish()
        hanging.faults.repair()
        assert (await anext(hypotheses)).text == "чути"


async def test_a_mouth_may_fail_in_the_middle_of_a_clause() -> None:
    synthesizer = LiteralSynthesizer()
    async with synthesizer.voice() as voice, aclosing(voice.say("перше друге")) as pieces:
        assert words_in(await anext(pieces)) == "перше"
        synthesizer.faults.fail()
        with pytest.raises(Unavailable):
            await anext(pieces)


async def test_a_mouth_that_failed_once_speaks_again() -> None:
    synthesizer = LiteralSynthesizer()
    synthesizer.faults.fail(times=1)
    with pytest.raises(Unavailable):
        await spoken(synthesizer, "вибачте")
    assert words_in(await spoken(synthesizer, "вибачте")) == "вибачте"


async def test_an_ear_remembers_what_it_was_told_to_expect() -> None:
    recognizer_ = recognizer()
    async with listening(recognizer_) as (ear, _):
        ear.expect(Expectation.YES_NO)
    assert list(recognizer_.expectations) == [Expectation.YES_NO]
