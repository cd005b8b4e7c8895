"""One stream to Google: audio out, understanding in.

Rule 1: messages are raw protobuf, serialised once; proto-plus costs twice as much.
Rule 2: a stream never waits for another; a slow one misses the oldest audio and counts it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import anyio
import grpc
from google.cloud.speech_v2.types import cloud_speech

from adapters.google.channel import Channels
from adapters.google.errors import outcome, own_cancellation
from adapters.google.recent import BYTES_PER_SECOND, RecentAudio
from domain.errors import Unavailable

Request = cloud_speech.StreamingRecognizeRequest.pb()
Response = cloud_speech.StreamingRecognizeResponse.pb()

_METHOD = "/google.cloud.speech.v2.Speech/StreamingRecognize"
_SERVICE = "Google Speech"
_DRAINED_WITHIN = 3.0
_NO_LONGER_WRITABLE = (grpc.aio.AioRpcError, asyncio.InvalidStateError)

RecognizeCall = grpc.aio.StreamStreamCall[Any, Any]


@dataclass(slots=True)
class RecognizerFigures:
    """What all ears of a recognizer counted."""

    streams: int = 0
    rotated: int = 0
    reopened: int = 0
    dropped_seconds: float = 0.0
    """Audio that a slow provider missed."""
    sent: Callable[[float], None] = lambda _: None
    """Learns of each message how many seconds ago its audio came."""


def _start(channel: grpc.aio.Channel) -> RecognizeCall:
    return channel.stream_stream(
        _METHOD, request_serializer=Request.SerializeToString, response_deserializer=Response.FromString
    )()


class RecognitionStream:
    """Feeds one stream from a position of an utterance's audio on."""

    def __init__(
        self,
        channels: Channels,
        audio: RecentAudio,
        began: int,
        told: Callable[[Any], None],
        figures: RecognizerFigures,
        *,
        sent: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`sent` learns of the bytes of each message of audio."""
        self.began = began
        self._opened_at = inf
        self.answered = False
        self._channels = channels
        self._audio = audio
        self._told = told
        self._figures = figures
        self._sent = sent
        self._until: int | None = None
        self._half_closed = False
        self._bound = anyio.CancelScope()

    @property
    def retired(self) -> bool:
        return self._until is not None

    @property
    def age(self) -> float:
        return max(0.0, anyio.current_time() - self._opened_at)

    def retire(self, until: int) -> None:
        """Hear up to a position, then end."""
        self._until = until
        heard_in = (until - self._audio.end) / BYTES_PER_SECOND
        self._bound.deadline = anyio.current_time() + heard_in + _DRAINED_WITHIN
        self._audio.wake()

    async def run(self, config: Any) -> None:
        """Hear to the end of the audio and bring what is understood.  Raises `Unavailable` when it ends before."""
        call = await self._channels.call(_start)
        self._opened_at = anyio.current_time()
        self._figures.streams += 1
        try:
            failure = await self._exchange(call, config)
        finally:
            call.cancel()
        if failure is not None:
            raise failure
        if not self._half_closed:
            raise Unavailable(f"{_SERVICE}: the stream ended early")

    async def _exchange(self, call: RecognizeCall, config: Any) -> Unavailable | None:
        with self._bound:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._write, call, config)
                await self._read(call)
                tasks.cancel_scope.cancel()
            return await outcome(_SERVICE, call)
        return None

    async def _read(self, call: RecognizeCall) -> None:
        try:
            async with own_cancellation():
                while (response := await call.read()) is not grpc.aio.EOF:
                    self.answered = True
                    self._told(response)
        except grpc.aio.AioRpcError:
            return  # the call's status tells

    async def _write(self, call: RecognizeCall, config: Any) -> None:
        audio, write = self._audio, call.write
        position = self.began
        try:
            await write(config)
            while self._until is None or position < self._until:
                message, at, came = audio.after(position)
                if message:
                    if at > position:
                        self._missed(at - position)
                    await write(Request(audio=message))
                    self._figures.sent(monotonic() - came)
                    self._sent(len(message))
                    position = at + len(message)
                elif audio.ended:
                    break
                else:
                    await audio.grown()
            self._half_closed = True
            await call.done_writing()
        except _NO_LONGER_WRITABLE:
            return  # the call's status tells

    def _missed(self, size: int) -> None:
        self.began += size
        self._figures.dropped_seconds += size / BYTES_PER_SECOND


async def try_out(channels: Channels, config: Any) -> None:
    """Ask whether Google takes a configuration: a tenth of a second of silence.  Raises `Unavailable`."""
    audio = RecentAudio()
    audio.append(bytes(BYTES_PER_SECOND // 10))
    audio.finish()
    await RecognitionStream(channels, audio, 0, lambda _: None, RecognizerFigures()).run(config)
