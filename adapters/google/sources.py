"""Ways to have a clause voiced by Google: whole, or as it is made.

Rule: a voice that can stream has a stream for each clause.  The first of a
reply is opened before its words are known, which saves time; the others are
opened for their words, while the line still plays the clause before, which
saves a stream for nothing.  Google ends a stream that gets no words for five
seconds, so one that waits longer than four is replaced.
"""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, Protocol

import anyio
import grpc
from google.cloud.texttospeech_v1.types import cloud_tts

from adapters.google.channel import Channels
from adapters.google.errors import outcome, own_cancellation
from adapters.google.wav import slin_of
from domain.audio import RATE
from domain.errors import Unavailable

SERVICE = "Google Text-to-Speech"

_METHODS = "/google.cloud.texttospeech.v1.TextToSpeech"
_FIRST_AUDIO_WITHIN = 3.0
_CLAUSE_WITHIN = 10.0
_FRESH_SECONDS = 4.0

_StreamingRequest = cloud_tts.StreamingSynthesizeRequest.pb()
_StreamingResponse = cloud_tts.StreamingSynthesizeResponse.pb()
_Request = cloud_tts.SynthesizeSpeechRequest.pb()
_Response = cloud_tts.SynthesizeSpeechResponse.pb()


class Patience:
    """How long a clause may still keep its listener waiting; the listener's own time does not count."""

    def __init__(self) -> None:
        self._first = _FIRST_AUDIO_WITHIN
        self._whole = _CLAUSE_WITHIN
        self.sounded = False

    @property
    def left(self) -> float:
        return self._whole if self.sounded else self._first

    def waited(self, seconds: float) -> None:
        self._first -= seconds
        self._whole -= seconds


class Source(Protocol):
    """A way to have clauses voiced."""

    async def prepare(self) -> None: ...

    def pieces(self, clause: str, patience: Patience) -> AsyncGenerator[bytes, None]: ...

    def close(self) -> None: ...


class Whole:
    """Asks for a clause and gets all of it at once."""

    def __init__(self, channels: Channels, voice: str, speaking_rate: float) -> None:
        self._channels = channels
        self._voice = {"name": voice, "language_code": _language_of(voice)}
        self._audio = {
            "audio_encoding": int(cloud_tts.AudioEncoding.LINEAR16),
            "sample_rate_hertz": RATE,
            "speaking_rate": speaking_rate,
        }

    async def prepare(self) -> None:
        """Nothing can be asked for before the words are known."""

    async def pieces(self, clause: str, patience: Patience) -> AsyncGenerator[bytes, None]:
        request = _Request(input={"text": clause}, voice=self._voice, audio_config=self._audio)
        began = anyio.current_time()
        try:
            with anyio.fail_after(patience.left):
                slin = slin_of((await self._asked(request)).audio_content)
        except TimeoutError:
            raise _too_late() from None
        finally:
            patience.waited(anyio.current_time() - began)
        yield slin

    async def _asked(self, request: Any) -> Any:
        def start(channel: grpc.aio.Channel) -> grpc.aio.UnaryUnaryCall[Any, Any]:
            return channel.unary_unary(
                f"{_METHODS}/SynthesizeSpeech",
                request_serializer=_Request.SerializeToString,
                response_deserializer=_Response.FromString,
            )(request)

        call = await self._channels.call(start)
        try:
            async with own_cancellation():
                return await call
        except grpc.aio.AioRpcError:
            raise await outcome(SERVICE, call) or Unavailable(SERVICE) from None
        finally:
            call.cancel()

    def close(self) -> None: ...


class _Opened:
    """A stream that waits for its words; gRPC sends them when they are given."""

    def __init__(self, config: Any) -> None:
        self._config = config
        self._clause: str | None = None
        self._given = asyncio.Event()
        self._opened_at = anyio.current_time()
        self.call: grpc.aio.StreamStreamCall[Any, Any]

    @property
    def fresh(self) -> bool:
        return not self.call.done() and anyio.current_time() - self._opened_at < _FRESH_SECONDS

    def start(self, channel: grpc.aio.Channel) -> grpc.aio.StreamStreamCall[Any, Any]:
        self.call = channel.stream_stream(
            f"{_METHODS}/StreamingSynthesize",
            request_serializer=_StreamingRequest.SerializeToString,
            response_deserializer=_StreamingResponse.FromString,
        )(self._requests())
        return self.call

    def give(self, clause: str) -> None:
        self._clause = clause
        self._given.set()

    def close(self) -> None:
        self._given.set()  # gRPC leaves its sender waiting for words when the stream has ended already
        self.call.cancel()

    async def _requests(self) -> AsyncGenerator[Any, None]:
        yield _StreamingRequest(streaming_config=self._config)
        await self._given.wait()
        if self._clause is not None:
            yield _StreamingRequest(input={"text": self._clause})


class Streamed:
    """Gets a clause's audio as it is made."""

    def __init__(self, channels: Channels, voice: str, speaking_rate: float) -> None:
        self._channels = channels
        self._config = {
            "voice": {"name": voice, "language_code": _language_of(voice)},
            "streaming_audio_config": {
                "audio_encoding": int(cloud_tts.AudioEncoding.PCM),
                "sample_rate_hertz": RATE,
                "speaking_rate": speaking_rate,
            },
        }
        self._ahead: _Opened | None = None

    async def prepare(self) -> None:
        """Open the first clause's stream; where that fails, the clause will tell."""
        try:
            self._ahead = await self._open()
        except Unavailable:
            self._ahead = None

    async def pieces(self, clause: str, patience: Patience) -> AsyncGenerator[bytes, None]:
        opened = await self._take()
        try:
            opened.give(clause)
            while (piece := await self._read(opened, patience)) is not None:
                yield piece
        finally:
            opened.close()
        if failure := await outcome(SERVICE, opened.call):
            raise failure

    def close(self) -> None:
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None

    async def _open(self) -> _Opened:
        opened = _Opened(self._config)
        await self._channels.call(opened.start)
        return opened

    async def _take(self) -> _Opened:
        ahead = self._ahead
        if ahead is not None and ahead.fresh:
            self._ahead = None
            return ahead
        self.close()
        return await self._open()

    async def _read(self, opened: _Opened, patience: Patience) -> bytes | None:
        began = anyio.current_time()
        try:
            with anyio.fail_after(patience.left):
                async with own_cancellation():
                    response: Any = await opened.call.read()
        except TimeoutError:
            raise _too_late() from None
        except grpc.aio.AioRpcError:
            return None  # the call's status tells
        finally:
            patience.waited(anyio.current_time() - began)
        return None if response is grpc.aio.EOF else response.audio_content


def _too_late() -> Unavailable:
    return Unavailable(f"{SERVICE}: the audio did not come in time")


def _language_of(voice: str) -> str:
    """Return `uk-UA` for `uk-UA-Standard-A`."""
    return "-".join(voice.split("-")[:2])
