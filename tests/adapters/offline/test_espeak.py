"""The real library speaks; what it says is judged by its samples."""

import threading
import time

import anyio
import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.offline.espeak import EspeakSynthesizer
from application.ports.speech import SpeechSynthesizer
from domain.audio import FRAME_BYTES, RATE, Frame, seconds
from domain.errors import Unavailable
from domain.price_list import PRICES
from domain.usage import Usage, VoiceUsage

pytestmark = pytest.mark.anyio

ENGLISH = "I would like to order four winter tires, please."
UKRAINIAN = "Добрий день, це магазин шин."


async def spoken(synthesizer: SpeechSynthesizer, clause: str) -> list[Frame]:
    async with synthesizer.voice() as voice:
        return [frame async for piece in voice.say(clause) for frame in piece]


async def test_what_is_spoken_is_counted_though_it_costs_nothing() -> None:
    used: list[Usage] = []
    async with EspeakSynthesizer(voice="uk").voice(used.append) as voice:
        for clause in ("так", "ні"):
            assert [frame async for piece in voice.say(clause) for frame in piece]
    assert used == [VoiceUsage(provider="offline", voice="espeak-ng uk", characters=5)]
    assert PRICES.price(used[0]) == 0


def samples(audio: list[Frame]) -> NDArray[np.float64]:
    return np.frombuffer(b"".join(audio), "<i2") / 32768


def decibels(rms: float) -> float:
    return float(20 * np.log10(rms))


def pitch_of(audio: list[Frame]) -> float:
    """Return the strongest repetition between 60 and 400 Hz in the loudest fifth of a second."""
    heard = samples(audio)
    stretches = heard[: len(heard) // 1600 * 1600].reshape(-1, 1600)
    loudest = stretches[np.argmax((stretches**2).sum(axis=1))]
    likeness = np.correlate(loudest, loudest, "full")[1600 - 1 :]
    return RATE / (20 + int(np.argmax(likeness[20:134])))


@pytest.mark.parametrize(
    ("voice", "clause", "shortest", "longest"), [("en-us", ENGLISH, 2.5, 4.5), ("uk", UKRAINIAN, 1.8, 3.5)]
)
async def test_a_clause_takes_the_time_that_people_take(
    voice: str, clause: str, shortest: float, longest: float
) -> None:
    audio = await spoken(EspeakSynthesizer(voice=voice), clause)
    assert shortest < seconds(audio) < longest
    assert {len(frame) for frame in audio} == {FRAME_BYTES}


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-us+m3"])
@pytest.mark.parametrize("clause", [ENGLISH, "Yes.", "Winter tires? Two hundred and five!"])
async def test_every_voice_has_the_level_of_a_telephone_and_is_not_clipped(voice: str, clause: str) -> None:
    heard = samples(await spoken(EspeakSynthesizer(voice=voice), clause))
    assert -23 < decibels(np.sqrt(np.mean(heard**2))) < -19
    assert np.max(np.abs(heard)) < 0.95


@pytest.mark.parametrize(("voice", "clause"), [("en-us+f3", ENGLISH), ("uk", UKRAINIAN), ("uk", "так")])
async def test_words_begin_and_end_with_the_audio(voice: str, clause: str) -> None:
    heard = np.abs(samples(await spoken(EspeakSynthesizer(voice=voice), clause)))
    (loud,) = np.nonzero(heard > 0.01)
    assert loud[0] / RATE < 0.1
    assert (len(heard) - loud[-1]) / RATE < 0.1


async def test_the_audio_is_speech_of_8_khz_and_has_its_pitch() -> None:
    low = await spoken(EspeakSynthesizer(voice="en-us"), ENGLISH)
    high = await spoken(EspeakSynthesizer(voice="en-us+f3"), ENGLISH)
    assert 70 < pitch_of(low) < 140 < pitch_of(high) < 300


async def test_a_higher_rate_is_faster() -> None:
    slow = await spoken(EspeakSynthesizer(voice="uk", words_per_minute=120), UKRAINIAN)
    fast = await spoken(EspeakSynthesizer(voice="uk", words_per_minute=240), UKRAINIAN)
    assert seconds(slow) > 1.5 * seconds(fast)


async def test_eight_clauses_at_once_in_four_voices_are_not_garbled() -> None:
    clauses = [ENGLISH, UKRAINIAN, "Yes.", "Ні.", "Good day.", "Дякую.", "Number twelve.", "Шістнадцять."]
    mouths = [EspeakSynthesizer(voice=voice) for voice in ("en-us", "uk", "en-us+f3", "uk+m3")] * 2
    alone = [await spoken(mouth, clause) for mouth, clause in zip(mouths, clauses, strict=True)]
    together: dict[int, list[Frame]] = {}

    async def speak(number: int) -> None:
        together[number] = await spoken(mouths[number], clauses[number])

    async with anyio.create_task_group() as speakers:
        for number in range(8):
            speakers.start_soon(speak, number)
    for number in range(8):
        assert alike(alone[number], together[number]), clauses[number]


def alike(one: list[Frame], other: list[Frame]) -> bool:
    """The voice's own noise differs from time to time, its loudness over time does not."""
    curves = [np.abs(samples(audio)) for audio in (one, other)]
    length = min(len(curve) for curve in curves) // 400 * 400
    blocks = [curve[:length].reshape(-1, 400).mean(axis=1) for curve in curves]
    return abs(len(one) - len(other)) <= 2 and float(np.corrcoef(blocks[0], blocks[1])[0, 1]) > 0.9


async def test_the_event_loop_goes_on_while_a_long_clause_is_spoken() -> None:
    synthesizer = EspeakSynthesizer(voice="en-us")
    gaps = []

    async def watch() -> None:
        before = time.perf_counter()
        while True:
            await anyio.sleep(0.001)
            before, gap = time.perf_counter(), time.perf_counter() - before
            gaps.append(gap)

    async with anyio.create_task_group() as watching:
        watching.start_soon(watch)
        audio = await spoken(synthesizer, " ".join([ENGLISH] * 10))
        watching.cancel_scope.cancel()
    assert seconds(audio) > 20
    assert len(gaps) > 10
    assert max(gaps) < sum(gaps) / 2


async def test_words_that_make_no_sound_yield_no_audio() -> None:
    assert await spoken(EspeakSynthesizer(voice="uk"), "") == []


@pytest.mark.parametrize("voice", ["klingon-north", "en-us+nobody"])
async def test_a_voice_that_does_not_exist_is_named(voice: str) -> None:
    with pytest.raises(Unavailable, match="no voice '" + voice.replace("+", r"\+")):
        await spoken(EspeakSynthesizer(voice=voice), ENGLISH)


async def test_a_reply_that_is_cancelled_does_not_wait_for_its_clause() -> None:
    synthesizer = EspeakSynthesizer(voice="en-us")
    async with synthesizer.voice() as voice:
        with anyio.move_on_after(0.005) as reply:
            async for _ in voice.say(" ".join([ENGLISH] * 40)):
                pass
        assert reply.cancelled_caught
    assert seconds(await spoken(synthesizer, "Yes.")) < 2
    assert threading.active_count() < 10
