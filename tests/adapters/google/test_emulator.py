"""The emulated Google is true: Google's own clients, unchanged, get right answers from it."""

import sys
from collections.abc import AsyncGenerator, AsyncIterator

import anyio
import grpc
import pytest
from google.api_core.exceptions import InvalidArgument
from google.cloud import speech_v2, texttospeech_v1
from google.cloud.speech_v2.services.speech.transports import SpeechGrpcAsyncIOTransport
from google.cloud.texttospeech_v1.services.text_to_speech.transports import TextToSpeechGrpcAsyncIOTransport

from adapters.google.wav import slin_of
from adapters.memory.literal_audio import speech_frames, words_in
from domain.audio import frames
from tests.harness.google import GoogleEmulator

pytestmark = pytest.mark.anyio

RECOGNIZER = "projects/shop/locations/eu/recognizers/_"


@pytest.fixture
async def google() -> AsyncGenerator[GoogleEmulator, None]:
    async with GoogleEmulator() as emulator:
        yield emulator


@pytest.fixture
async def channel(google: GoogleEmulator) -> AsyncGenerator[grpc.aio.Channel, None]:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{google.port}") as opened:
        yield opened


@pytest.fixture
def speech(channel: grpc.aio.Channel) -> speech_v2.SpeechAsyncClient:
    return speech_v2.SpeechAsyncClient(transport=SpeechGrpcAsyncIOTransport(channel=channel))


@pytest.fixture
def voice(channel: grpc.aio.Channel) -> texttospeech_v1.TextToSpeechAsyncClient:
    return texttospeech_v1.TextToSpeechAsyncClient(transport=TextToSpeechGrpcAsyncIOTransport(channel=channel))


def recognition(text: str, rate: int = 8_000) -> AsyncIterator[speech_v2.StreamingRecognizeRequest]:
    async def requests() -> AsyncIterator[speech_v2.StreamingRecognizeRequest]:
        decoding = speech_v2.ExplicitDecodingConfig(
            encoding=speech_v2.ExplicitDecodingConfig.AudioEncoding.LINEAR16,
            sample_rate_hertz=rate,
            audio_channel_count=1,
        )
        yield speech_v2.StreamingRecognizeRequest(
            recognizer=RECOGNIZER,
            streaming_config=speech_v2.StreamingRecognitionConfig(
                config=speech_v2.RecognitionConfig(
                    explicit_decoding_config=decoding, model="long", language_codes=["uk-UA"]
                ),
                streaming_features=speech_v2.StreamingRecognitionFeatures(interim_results=True),
            ),
        )
        for frame in speech_frames(text):
            yield speech_v2.StreamingRecognizeRequest(audio=frame)

    return requests()


async def test_speech_is_recognised_with_interims_and_a_final(speech: speech_v2.SpeechAsyncClient) -> None:
    told = [
        (result.is_final, result.alternatives[0].transcript)
        async for response in await speech.streaming_recognize(requests=recognition("добрий день"))
        for result in response.results
    ]
    assert told == [(False, "добрий"), (False, "добрий день"), (True, "добрий день")]


async def test_audio_of_another_rate_is_refused(speech: speech_v2.SpeechAsyncClient) -> None:
    responses = await speech.streaming_recognize(requests=recognition("", rate=16_000))
    with pytest.raises(InvalidArgument):
        await anext(aiter(responses))


async def test_a_stream_ends_at_its_limit(google: GoogleEmulator, speech: speech_v2.SpeechAsyncClient) -> None:
    google.speech.stream_limit = 0.2

    async def endless() -> AsyncIterator[speech_v2.StreamingRecognizeRequest]:
        async for request in recognition("так"):
            yield request
        await anyio.sleep_forever()

    responses = await speech.streaming_recognize(requests=endless())
    finals = []
    with pytest.raises(Exception, match="Max duration of 5 minutes"):  # noqa: PT012 - the stream is the statement
        async for response in responses:
            finals += [result for result in response.results if result.is_final]
    assert finals == []


async def test_text_is_voiced_whole(voice: texttospeech_v1.TextToSpeechAsyncClient) -> None:
    response = await voice.synthesize_speech(
        input=texttospeech_v1.SynthesisInput(text="чим можу допомогти"),
        voice=texttospeech_v1.VoiceSelectionParams(language_code="uk-UA", name="uk-UA-Standard-A"),
        audio_config=texttospeech_v1.AudioConfig(
            audio_encoding=texttospeech_v1.AudioEncoding.LINEAR16, sample_rate_hertz=8_000
        ),
    )
    assert response.audio_content.startswith(b"RIFF")
    assert words_in(frames(slin_of(response.audio_content))) == "чим можу допомогти"


@pytest.mark.parametrize(("name", "heard"), [("uk-UA-Chirp3-HD-Aoede", "так"), ("uk-UA-Standard-A", None)])
async def test_text_is_voiced_as_a_stream_by_voices_that_can(
    voice: texttospeech_v1.TextToSpeechAsyncClient, name: str, heard: str | None
) -> None:
    async def requests() -> AsyncIterator[texttospeech_v1.StreamingSynthesizeRequest]:
        yield texttospeech_v1.StreamingSynthesizeRequest(
            streaming_config=texttospeech_v1.StreamingSynthesizeConfig(
                voice=texttospeech_v1.VoiceSelectionParams(language_code="uk-UA", name=name),
                streaming_audio_config=texttospeech_v1.StreamingAudioConfig(
                    audio_encoding=texttospeech_v1.AudioEncoding.PCM, sample_rate_hertz=8_000
                ),
            )
        )
        yield texttospeech_v1.StreamingSynthesizeRequest(input=texttospeech_v1.StreamingSynthesisInput(text="так"))

    slin = b""
    try:
        async for response in await voice.streaming_synthesize(requests=requests()):
            slin += response.audio_content
    except InvalidArgument:
        assert heard is None
    else:
        assert words_in(frames(slin)) == heard


async def test_it_runs_as_a_process_and_says_where() -> None:
    command = [sys.executable, "-m", "tests.harness.google", "--port", "0"]
    async with await anyio.open_process(command, stderr=None) as process:
        assert process.stdout is not None
        with anyio.fail_after(30):
            line = (await process.stdout.receive()).decode()
        process.terminate()
    assert line.startswith("listening on ")
    assert int(line.split()[-1]) > 0
