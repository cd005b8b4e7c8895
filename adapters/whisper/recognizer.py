"""Recognition of whole utterances by a transcription server that speaks OpenAI's protocol.

Rule 1: an utterance has `within_seconds`, a second try included; then the
server counts as failed.
Rule 2: confidence is what the server tells of its own odds, where it can; one
that refuses to is asked without, from then on.
"""

import io
import json
import math
import wave
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import httpx2
import openai
import structlog
from openai.types.audio import TranscriptionVerbose

from adapters.utterances import Transcription, UtteranceEar, seconds_of
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear
from domain.audio import RATE, SAMPLE_BYTES
from domain.errors import Unavailable
from domain.speech import Expectation
from domain.usage import EarUsage

_PROVIDER = "whisper"
_TRIES = 2

# As Whisper itself judges: more likely no speech than speech, and unsure of every word.
_NO_SPEECH = 0.6
_UNSURE_LOGPROB = -1.0

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


class WhisperRecognizer:
    def __init__(
        self, client: openai.AsyncOpenAI, *, model: str, language: str = "uk", within_seconds: float = 5.0
    ) -> None:
        self._client = client.with_options(max_retries=0)
        self._model = model
        self._language = language
        self._within_seconds = within_seconds
        self._is_verbose = True

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        async def transcribe(slin: bytes, expectation: Expectation) -> Transcription:
            heard = await self._transcribe(slin, expectation)
            used(EarUsage(provider=_PROVIDER, model=self._model, seconds=seconds_of(slin)))
            return heard

        yield UtteranceEar(transcribe, interims=False)

    async def _transcribe(self, slin: bytes, expectation: Expectation) -> Transcription:
        recording = _recording(slin)
        began = anyio.current_time()
        failure = "whisper: late"
        with anyio.move_on_after(self._within_seconds):
            for _ in range(_TRIES):
                try:
                    return await self._ask(recording)
                except Unavailable as error:
                    failure = str(error)
        _log.warning("recognizer_failed", failure=failure, seconds=round(anyio.current_time() - began, 3))
        raise Unavailable(failure)

    async def _ask(self, recording: bytes) -> Transcription:
        try:
            if self._is_verbose:
                return await self._ask_verbosely(recording)
            brief = await self._client.audio.transcriptions.create(
                file=("utterance.wav", recording, "audio/wav"),
                model=self._model,
                language=self._language,
                response_format="json",
            )
            return Transcription((brief.text or "").strip())
        except openai.APIStatusError as error:
            raise Unavailable(f"whisper: HTTP {error.status_code}") from None
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise Unavailable(f"whisper: {type(error).__name__}") from None
        except (json.JSONDecodeError, UnicodeDecodeError):
            raise Unavailable("whisper: malformed answer") from None

    async def _ask_verbosely(self, recording: bytes) -> Transcription:
        try:
            verbose = await self._client.audio.transcriptions.create(
                file=("utterance.wav", recording, "audio/wav"),
                model=self._model,
                language=self._language,
                response_format="verbose_json",
            )
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            self._is_verbose = False
            return await self._ask(recording)
        return _judged(verbose)


def _judged(verbose: TranscriptionVerbose) -> Transcription:
    segments = verbose.segments or []
    heard = [
        segment for segment in segments if segment.no_speech_prob < _NO_SPEECH or segment.avg_logprob > _UNSURE_LOGPROB
    ]
    if not heard:
        # A server that tells no segments has heard what it says; one that tells only noise has made it up.
        return Transcription("" if segments else (verbose.text or "").strip())
    seconds = sum(segment.end - segment.start for segment in heard) or 1.0
    logprob = sum(segment.avg_logprob * (segment.end - segment.start) for segment in heard) / seconds
    text = verbose.text if len(heard) == len(segments) else "".join(segment.text for segment in heard)
    return Transcription(text.strip(), confidence=math.exp(min(0.0, logprob)))


def _recording(slin: bytes) -> bytes:
    """Wrap slin as a WAV file; servers bring it to the rate of their model."""
    file = io.BytesIO()
    with wave.open(file, "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(SAMPLE_BYTES)
        recording.setframerate(RATE)
        recording.writeframes(slin)
    return file.getvalue()
