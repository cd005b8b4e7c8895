"""Speech through a real gRPC connection to an emulated Google."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path

import anyio
import pytest
from grpc import StatusCode

from adapters.google.channel import Channels
from adapters.google.clauses import ClauseCache
from adapters.google.synthesizer import TTS_HOST, GoogleSynthesizer
from adapters.memory.literal_audio import speech_frames, words_in
from application.ports.speech import SpeechSynthesizer, Voice
from domain.audio import FRAME_BYTES, Frame
from domain.errors import Unavailable
from domain.usage import Usage, VoiceUsage
from tests.harness.google import GoogleEmulator

pytestmark = pytest.mark.anyio

WHOLE = "uk-UA-Standard-A"
STREAMING = "uk-UA-Chirp3-HD-Aoede"
SENTENCE = "добрий день чим можу допомогти"


@pytest.fixture
async def google() -> AsyncGenerator[GoogleEmulator, None]:
    async with GoogleEmulator() as emulator:
        yield emulator


@pytest.fixture
async def channels(google: GoogleEmulator) -> AsyncGenerator[Channels, None]:
    opened = Channels(google.endpoint, host=TTS_HOST)
    yield opened
    await opened.close()


@pytest.fixture(params=[WHOLE, STREAMING])
def any_voice(request: pytest.FixtureRequest, channels: Channels) -> GoogleSynthesizer:
    return GoogleSynthesizer(channels, voice=request.param, cache=ClauseCache())


@pytest.fixture
def streaming(channels: Channels) -> GoogleSynthesizer:
    return GoogleSynthesizer(channels, voice=STREAMING, cache=ClauseCache())


def caching(channels: Channels, directory: Path, voice: str = WHOLE, rate: float = 1.0) -> GoogleSynthesizer:
    cache = ClauseCache(voice, str(rate), directory=directory)
    return GoogleSynthesizer(channels, voice=voice, speaking_rate=rate, cache=cache)


async def said(voice: Voice, clause: str, audio: list[Frame] | None = None) -> list[Frame]:
    audio = [] if audio is None else audio
    async with aclosing(voice.say(clause)) as pieces:
        async for piece in pieces:
            audio += piece
    return audio


async def spoken(synthesizer: SpeechSynthesizer, clause: str) -> str:
    async with synthesizer.voice() as voice:
        return words_in(await said(voice, clause))


async def until_opened(google: GoogleEmulator, streams: int) -> None:
    with anyio.fail_after(3):
        while google.seen.voice_streams < streams:  # noqa: ASYNC110 - the emulator has no news to wait for
            await anyio.sleep(0.01)


async def until_closed(google: GoogleEmulator) -> None:
    with anyio.fail_after(3):
        while google.seen.voice_open:  # noqa: ASYNC110 - the emulator has no news to wait for
            await anyio.sleep(0.01)


async def test_a_clause_is_voiced_in_whole_frames_without_a_header(any_voice: GoogleSynthesizer) -> None:
    async with any_voice.voice() as voice:
        audio = await said(voice, SENTENCE)
    assert audio == speech_frames(SENTENCE)
    assert {len(frame) for frame in audio} == {FRAME_BYTES}


async def test_pieces_that_end_within_a_sample_are_put_together(
    google: GoogleEmulator, streaming: GoogleSynthesizer
) -> None:
    google.voice.odd_bytes = True
    async with streaming.voice() as voice:
        assert await said(voice, SENTENCE) == speech_frames(SENTENCE)


async def test_the_clauses_of_a_reply_come_one_after_the_other(any_voice: GoogleSynthesizer) -> None:
    async with any_voice.voice() as voice:
        assert [words_in(await said(voice, clause)) for clause in ("перша", "друга", "третя")] == [
            "перша",
            "друга",
            "третя",
        ]


async def test_what_google_was_asked_for_is_used_once_a_reply(channels: Channels, tmp_path: Path) -> None:
    synthesizer = caching(channels, tmp_path)
    used: list[Usage] = []
    for _ in range(2):
        async with synthesizer.voice(used.append) as voice:
            await said(voice, "перша")
            await said(voice, "о 10 годині")
    both = VoiceUsage(provider="google", voice=WHOLE, characters=len("перша") + len("о 10 годині"))
    kept = VoiceUsage(provider="google", voice=WHOLE, characters=len("о 10 годині"))
    assert used == [both, kept]


async def test_a_clause_that_nobody_waits_for_is_used_all_the_same(any_voice: GoogleSynthesizer) -> None:
    used: list[Usage] = []
    async with any_voice.voice(used.append) as voice, aclosing(voice.say(SENTENCE)) as pieces:
        await anext(pieces)
    assert [usage.characters for usage in used if isinstance(usage, VoiceUsage)] == [len(SENTENCE)]


async def test_a_clause_that_google_does_not_voice_is_not_used(
    google: GoogleEmulator, any_voice: GoogleSynthesizer
) -> None:
    used: list[Usage] = []
    await google.stop()
    with pytest.raises(Unavailable):
        async with any_voice.voice(used.append) as voice:
            await said(voice, SENTENCE)
    assert used == []


async def test_audio_comes_before_the_clause_is_whole(google: GoogleEmulator, streaming: GoogleSynthesizer) -> None:
    google.voice.chunk_seconds = 0.1
    google.voice.stalls_after_chunks = 2
    async with streaming.voice() as voice, aclosing(voice.say(SENTENCE)) as pieces:
        assert words_in(await anext(pieces)) == "добрий"


async def test_the_stream_of_the_first_clause_is_open_before_its_words_are_known_and_no_stream_is_opened_for_nothing(
    google: GoogleEmulator, streaming: GoogleSynthesizer
) -> None:
    async with streaming.voice() as voice:
        await until_opened(google, 1)
        assert google.seen.said == []
        assert await said(voice, "перша")
        assert await said(voice, "друга")
        assert google.seen.said == ["перша", "друга"]
    assert google.seen.voice_streams == 2


async def test_a_stream_that_google_ended_meanwhile_is_replaced(
    google: GoogleEmulator, streaming: GoogleSynthesizer
) -> None:
    google.voice.input_limit = 0.1
    async with streaming.voice() as voice:
        await until_opened(google, 1)
        await until_closed(google)
        google.voice.input_limit = 5.0
        assert words_in(await said(voice, "так")) == "так"
    await anyio.sleep(0.05)
    assert not [task for task in asyncio.all_tasks() if "_consume_request_iterator" in repr(task)]


async def test_a_stream_that_waits_longer_than_four_seconds_is_replaced_before_google_ends_it(
    google: GoogleEmulator, streaming: GoogleSynthesizer
) -> None:
    async with streaming.voice() as voice:
        await anyio.sleep(4.2)
        assert google.seen.voice_open == 1
        assert words_in(await said(voice, "так")) == "так"
    assert google.seen.voice_streams == 2


async def test_hushed_in_the_middle_nothing_is_left_open(google: GoogleEmulator, streaming: GoogleSynthesizer) -> None:
    google.voice.chunk_seconds = 0.1
    google.voice.chunk_delay = 0.2
    with anyio.CancelScope() as reply:
        async with streaming.voice() as voice, aclosing(voice.say(SENTENCE)) as pieces:
            async for _ in pieces:
                reply.cancel()
    assert reply.cancelled_caught
    await until_closed(google)


async def test_a_cancelled_wait_ends_at_once(google: GoogleEmulator, any_voice: GoogleSynthesizer) -> None:
    google.voice.hangs = True
    began = anyio.current_time()
    with anyio.move_on_after(0.2) as reply:
        await spoken(any_voice, SENTENCE)
    assert reply.cancelled_caught
    assert anyio.current_time() - began < 0.5


async def test_one_failure_is_not_heard(google: GoogleEmulator, any_voice: GoogleSynthesizer) -> None:
    google.voice.fail, google.voice.fail_times = StatusCode.UNAVAILABLE, 1
    assert await spoken(any_voice, SENTENCE) == SENTENCE


async def test_two_failures_are_the_end_of_a_clause_but_not_of_the_voice(
    google: GoogleEmulator, any_voice: GoogleSynthesizer
) -> None:
    google.voice.fail, google.voice.fail_times = StatusCode.INTERNAL, 2
    async with any_voice.voice() as voice:
        with pytest.raises(Unavailable, match="INTERNAL"):
            await said(voice, "перша")
        assert words_in(await said(voice, "друга")) == "друга"


async def test_after_the_first_audio_nothing_is_asked_again(
    google: GoogleEmulator, streaming: GoogleSynthesizer
) -> None:
    google.voice.chunk_seconds = 0.1
    google.voice.breaks_after_chunks = 2
    heard: list[Frame] = []
    async with streaming.voice() as voice:
        with pytest.raises(Unavailable):
            await said(voice, SENTENCE, heard)
    assert words_in(heard) == "добрий"
    assert google.seen.said == [SENTENCE]


async def test_what_is_refused_is_not_asked_twice(google: GoogleEmulator, any_voice: GoogleSynthesizer) -> None:
    google.voice.fail = StatusCode.PERMISSION_DENIED
    with pytest.raises(Unavailable, match="GOOGLE_APPLICATION_CREDENTIALS"):
        await spoken(any_voice, SENTENCE)
    assert google.seen.voice_requests.total() == 1


async def test_the_first_audio_is_waited_for_three_seconds(
    google: GoogleEmulator, any_voice: GoogleSynthesizer
) -> None:
    google.voice.hangs = True
    began = anyio.current_time()
    with pytest.raises(Unavailable, match="in time"):
        await spoken(any_voice, SENTENCE)
    assert 2.5 < anyio.current_time() - began < 3.5


async def test_a_provider_that_is_gone_is_unavailable_and_comes_back(
    google: GoogleEmulator, any_voice: GoogleSynthesizer
) -> None:
    assert await spoken(any_voice, "перша") == "перша"
    await google.stop()
    with pytest.raises(Unavailable, match="UNAVAILABLE"):
        await spoken(any_voice, "друга")
    await google.start()
    with anyio.fail_after(5):
        while True:
            try:
                assert await spoken(any_voice, "третя") == "третя"
            except Unavailable:
                await anyio.sleep(0.1)
            else:
                break


async def test_warming_up_says_what_is_wrong(google: GoogleEmulator, any_voice: GoogleSynthesizer) -> None:
    await any_voice.warm_up()
    google.voice.fail = StatusCode.UNAUTHENTICATED
    with pytest.raises(Unavailable, match="GOOGLE_APPLICATION_CREDENTIALS"):
        await any_voice.warm_up()


async def test_a_clause_is_asked_for_once_and_then_kept(
    google: GoogleEmulator, channels: Channels, tmp_path: Path
) -> None:
    synthesizer = caching(channels, tmp_path)
    assert [await spoken(synthesizer, SENTENCE) for _ in range(3)] == [SENTENCE] * 3
    assert google.seen.said == [SENTENCE]
    assert (synthesizer.cache.hits, synthesizer.cache.misses) == (2, 1)


async def test_clauses_are_kept_for_the_next_start(google: GoogleEmulator, channels: Channels, tmp_path: Path) -> None:
    assert await spoken(caching(channels, tmp_path), SENTENCE) == SENTENCE
    restarted = caching(channels, tmp_path)
    assert await spoken(restarted, SENTENCE) == SENTENCE
    assert restarted.cache.hits == 1
    assert google.seen.said == [SENTENCE]


async def test_another_voice_or_rate_is_another_clause(
    google: GoogleEmulator, channels: Channels, tmp_path: Path
) -> None:
    for synthesizer in (
        caching(channels, tmp_path),
        caching(channels, tmp_path, rate=1.2),
        caching(channels, tmp_path, voice=STREAMING),
    ):
        assert await spoken(synthesizer, "так") == "так"
    assert google.seen.said == ["так"] * 3


async def test_half_a_clause_is_never_kept(google: GoogleEmulator, channels: Channels, tmp_path: Path) -> None:
    synthesizer = caching(channels, tmp_path, voice=STREAMING)
    google.voice.chunk_seconds = 0.1
    google.voice.breaks_after_chunks = 2
    with pytest.raises(Unavailable):
        await spoken(synthesizer, SENTENCE)
    google.voice.breaks_after_chunks = None
    assert await spoken(synthesizer, SENTENCE) == SENTENCE
    assert synthesizer.cache.hits == 0


async def test_a_reply_without_words_asks_nothing(google: GoogleEmulator, any_voice: GoogleSynthesizer) -> None:
    assert await spoken(any_voice, " ") == ""
    assert google.seen.voice_requests.total() == 0
