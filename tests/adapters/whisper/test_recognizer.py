"""Recognition by a transcription server, through real HTTP."""

import math
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import anyio
import pytest

from adapters.llm.clients import openai_client
from adapters.memory.literal_audio import speech_frames
from adapters.whisper.recognizer import WhisperRecognizer
from application.ports.speech import Ear
from domain.audio import FRAMES_PER_SECOND, SILENCE
from domain.errors import Unavailable
from domain.speech import Hypothesis
from domain.usage import EarUsage, Usage
from tests.harness.llm import LanguageEmulator, Trouble

pytestmark = pytest.mark.anyio

KEY = "sk-very-secret-4711"


@pytest.fixture
async def emulator() -> AsyncIterator[LanguageEmulator]:
    async with LanguageEmulator() as emulator:
        yield emulator


@pytest.fixture
def recognizer(emulator: LanguageEmulator) -> WhisperRecognizer:
    return WhisperRecognizer(openai_client(api_key=KEY, base_url=emulator.openai_url), model="whisper-1")


def say(ear: Ear, utterance: str) -> None:
    for frame in speech_frames(utterance):
        ear.hear(frame, voiced=frame != SILENCE)
    ear.finish()


async def believed(beliefs: AsyncGenerator[Hypothesis, None]) -> Hypothesis:
    with anyio.fail_after(8):
        return await anext(beliefs)


async def heard(recognizer: WhisperRecognizer, utterance: str) -> Hypothesis:
    async with recognizer.listen(None) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, utterance)
        return await believed(beliefs)


async def test_each_utterance_gets_one_final_in_order(recognizer: WhisperRecognizer) -> None:
    async with recognizer.listen("+380671234567") as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        say(ear, "двісті п'ять на п'ятдесят п'ять")
        told = [await believed(beliefs) for _ in range(2)]
    assert [(belief.utterance, belief.text, belief.final) for belief in told] == [
        (0, "добрий день", True),
        (1, "двісті п'ять на п'ятдесят п'ять", True),
    ]


async def test_the_audio_of_each_utterance_is_used(recognizer: WhisperRecognizer) -> None:
    used: list[Usage] = []
    async with recognizer.listen(None, used.append) as ear, aclosing(ear.hypotheses()) as beliefs:
        say(ear, "добрий день")
        await believed(beliefs)
    seconds = len(speech_frames("добрий день")) / FRAMES_PER_SECOND
    (usage,) = used
    assert isinstance(usage, EarUsage)
    assert usage.name == "whisper/whisper-1"
    assert usage.seconds == pytest.approx(seconds, abs=0.05)


async def test_the_server_gets_telephone_audio_and_the_language(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator
) -> None:
    await heard(recognizer, "так")
    asked = emulator.requests[-1].body
    assert (asked["rate"], asked["channels"], asked["language"], asked["model"]) == ("8000", "1", "uk", "whisper-1")


async def test_confidence_comes_from_the_odds_of_the_words(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator
) -> None:
    emulator.avg_logprob = math.log(0.5)
    assert (await heard(recognizer, "так")).confidence == pytest.approx(0.5)


async def test_a_server_that_tells_no_odds_is_asked_once_and_then_without(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator
) -> None:
    emulator.takes_verbose_json = False
    for _ in range(2):
        belief = await heard(recognizer, "так")
        assert (belief.text, belief.confidence) == ("так", None)
    assert [asked.body["response_format"] for asked in emulator.requests] == ["verbose_json", "json", "json"]


async def test_a_server_that_tells_no_segments_is_believed(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator
) -> None:
    emulator.misbehave(Trouble.NULLS)
    belief = await heard(recognizer, "так")
    assert (belief.text, belief.confidence) == ("так", None)


async def test_words_made_up_from_noise_are_not_heard(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator
) -> None:
    emulator.avg_logprob, emulator.no_speech_prob = -1.4, 0.9
    assert (await heard(recognizer, "дякую за перегляд")).text == ""


async def test_nothing_understood_is_an_empty_final(recognizer: WhisperRecognizer, emulator: LanguageEmulator) -> None:
    emulator.misbehave(Trouble.EMPTY)
    belief = await heard(recognizer, "гм")
    assert (belief.text, belief.final) == ("", True)


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.RATE_LIMITED, Trouble.NO_JSON])
async def test_a_failure_is_tried_again(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator, trouble: Trouble
) -> None:
    emulator.misbehave(trouble, times=1)
    assert (await heard(recognizer, "так")).text == "так"
    assert len(emulator.requests) == 2


@pytest.mark.parametrize("trouble", [Trouble.SERVER_ERROR, Trouble.UNAUTHORIZED, Trouble.NO_JSON])
async def test_two_failures_are_told_without_secrets(
    recognizer: WhisperRecognizer, emulator: LanguageEmulator, trouble: Trouble
) -> None:
    emulator.misbehave(trouble)
    with pytest.raises(Unavailable, match="whisper") as caught:
        await heard(recognizer, "так")
    assert KEY not in str(caught.value)
    assert len(emulator.requests) == 2


async def test_a_server_that_is_gone_is_unavailable(recognizer: WhisperRecognizer, emulator: LanguageEmulator) -> None:
    await emulator.stop()
    with pytest.raises(Unavailable, match="whisper"):
        await heard(recognizer, "так")


async def test_a_server_that_never_answers_is_not_waited_for(emulator: LanguageEmulator) -> None:
    client = openai_client(api_key=KEY, base_url=emulator.openai_url)
    recognizer = WhisperRecognizer(client, model="whisper-1", within_seconds=0.3)
    emulator.misbehave(Trouble.MUTE)
    began = anyio.current_time()
    with pytest.raises(Unavailable, match="late"):
        await heard(recognizer, "так")
    assert anyio.current_time() - began == pytest.approx(0.3, abs=0.2)
