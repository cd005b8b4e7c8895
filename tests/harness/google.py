"""Google Speech v2 and Text-to-Speech on loopback: the true protocol, literal audio, and misbehaviour on demand.

Rule 1: it refuses what Google refuses (a wrong encoding, a message of 15 KB,
streaming with a voice that cannot stream), so that a green test means something.
Rule 2: `emulator.speech` and `emulator.voice` may be changed while it runs;
what is set counts for whatever happens next.
Rule 3: raw protobuf messages and few tasks: it serves hundreds of streams in one process.
"""

import argparse
import asyncio
import wave
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from math import inf
from typing import Any, NoReturn, Self

import anyio
import grpc
import uvloop
from google.cloud.speech_v2.types import cloud_speech
from google.cloud.texttospeech_v1.types import cloud_tts

from adapters.memory.literal_audio import HEAD_BYTES, MARK, speech_frames
from domain.audio import FRAME_BYTES, RATE, SAMPLE_BYTES
from tests.harness.recordings import Spoken

_RecognizeRequest = cloud_speech.StreamingRecognizeRequest.pb()
_RecognizeResponse = cloud_speech.StreamingRecognizeResponse.pb()
_StreamingSynthesizeRequest = cloud_tts.StreamingSynthesizeRequest.pb()
_StreamingSynthesizeResponse = cloud_tts.StreamingSynthesizeResponse.pb()
_SynthesizeRequest = cloud_tts.SynthesizeSpeechRequest.pb()
_SynthesizeResponse = cloud_tts.SynthesizeSpeechResponse.pb()

_LINEAR16 = cloud_speech.ExplicitDecodingConfig.AudioEncoding.LINEAR16
_PCM = cloud_tts.AudioEncoding.PCM
_TTS_LINEAR16 = cloud_tts.AudioEncoding.LINEAR16
_MOST_AUDIO_BYTES = 15 * 1024
_BYTES_PER_SECOND = RATE * SAMPLE_BYTES

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(slots=True)
class SpeechBehaviour:
    """How the recogniser behaves; times in seconds."""

    final_delay: float = 0.0
    interim_delay: float | None = 0.0
    """From the end of a word to its interim; None brings no interims."""
    endpoint: float | None = None
    """Silence after which it brings a final of its own accord."""
    stream_limit: float | None = 300.0
    idle_limit: float | None = 8.0
    open_delay: float = 0.0
    """From the configuration to the first audio that it reads."""
    read_delay: float = 0.0
    """A pause after each message: a slow reader."""
    confidence: float = 0.9
    language: str = "uk-ua"
    hears_as: dict[str, str] = field(default_factory=dict)
    """Finals that differ from what was spoken."""
    recordings: Mapping[bytes, Spoken] = field(default_factory=dict)
    """Frames of real speech that it knows; empty, it knows literal audio."""
    words_a_final: int | None = None
    """Splits a sentence into finals of so many words."""
    empty_results: bool = False
    """Sends responses with no results and results with no alternatives among the good ones."""
    hangs: bool = False
    """Takes everything and never answers."""
    fail: grpc.StatusCode | None = None
    """Ends every new stream so."""
    refused_models: set[str] = field(default_factory=set)
    refused_languages: set[str] = field(default_factory=set)
    refused_hints: set[str] = field(default_factory=set)
    models_without_adaptation: set[str] = field(default_factory=lambda: {"latest_long"})


@dataclass(slots=True)
class VoiceBehaviour:
    """How the synthesiser behaves; times in seconds."""

    first_audio_delay: float = 0.0
    chunk_seconds: float = 0.2
    chunk_delay: float = 0.0
    input_limit: float = 5.0
    """Without input for so long a stream ends."""
    hangs: bool = False
    stalls_after_chunks: int | None = None
    breaks_after_chunks: int | None = None
    fail: grpc.StatusCode | None = None
    fail_times: int | None = None
    """How often `fail` counts; None for always."""
    frames_a_word: int | None = None
    """Speaks each word in so many frames, so that a test need not listen for long; None speaks at a person's pace."""
    odd_bytes: bool = False
    """Cuts chunks in the middle of a sample."""


@dataclass(slots=True)
class Seen:
    """What the emulator saw."""

    speech_streams: int = 0
    speech_open: int = 0
    speech_most_open: int = 0
    speech_messages: int = 0
    speech_bytes: int = 0
    longest_message_bytes: int = 0
    models: list[str] = field(default_factory=list)
    configs: list[Any] = field(default_factory=list)
    recognizers: list[str] = field(default_factory=list)
    finals: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """What was voiced, by either method."""
    voice_streams: int = 0
    voice_open: int = 0
    voice_requests: Counter[str] = field(default_factory=Counter)
    authorizations: list[str] = field(default_factory=list)


class _Ended(Exception):
    def __init__(self, code: grpc.StatusCode, details: str) -> None:
        super().__init__(details)
        self.code, self.details = code, details


class GoogleEmulator:
    """Serves both; use it as `async with GoogleEmulator() as google: google.endpoint`."""

    def __init__(self, *, port: int = 0, credentials: grpc.ServerCredentials | None = None) -> None:
        self.port = port
        self.speech = SpeechBehaviour()
        self.voice = VoiceBehaviour()
        self.seen = Seen()
        self._credentials = credentials
        self._server: grpc.aio.Server | None = None
        self._cuts: set[asyncio.Future[grpc.StatusCode]] = set()

    @property
    def endpoint(self) -> str:
        return f"{'https' if self._credentials else 'http'}://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen; after `stop`, on the same port as before."""
        server = grpc.aio.server(
            options=[
                ("grpc.http2.min_ping_interval_without_data_ms", 5_000),
                ("grpc.max_concurrent_streams", 100),
                ("grpc.so_reuseport", 0),
            ]
        )
        server.add_generic_rpc_handlers((self._speech_methods(), self._voice_methods()))
        address = f"127.0.0.1:{self.port}"
        if self._credentials:
            self.port = server.add_secure_port(address, self._credentials)
        else:
            self.port = server.add_insecure_port(address)
        await server.start()
        self._server = server

    async def stop(self) -> None:
        """Break every connection and stop listening."""
        if self._server is not None:
            server, self._server = self._server, None
            await server.stop(None)

    def cut(self, code: grpc.StatusCode = grpc.StatusCode.ABORTED) -> int:
        """End all recognition streams that are open now; return how many."""
        cuts = [cut for cut in self._cuts if not cut.done()]
        for cut in cuts:
            cut.set_result(code)
        return len(cuts)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _speech_methods(self) -> grpc.GenericRpcHandler:
        streaming = grpc.stream_stream_rpc_method_handler(
            self._recognize,
            request_deserializer=_RecognizeRequest.FromString,
            response_serializer=_RecognizeResponse.SerializeToString,
        )
        return grpc.method_handlers_generic_handler("google.cloud.speech.v2.Speech", {"StreamingRecognize": streaming})

    def _voice_methods(self) -> grpc.GenericRpcHandler:
        streaming = grpc.stream_stream_rpc_method_handler(
            self._streaming_synthesize,
            request_deserializer=_StreamingSynthesizeRequest.FromString,
            response_serializer=_StreamingSynthesizeResponse.SerializeToString,
        )
        unary = grpc.unary_unary_rpc_method_handler(
            self._synthesize,
            request_deserializer=_SynthesizeRequest.FromString,
            response_serializer=_SynthesizeResponse.SerializeToString,
        )
        return grpc.method_handlers_generic_handler(
            "google.cloud.texttospeech.v1.TextToSpeech",
            {"StreamingSynthesize": streaming, "SynthesizeSpeech": unary},
        )

    def _note_authorization(self, context: Context) -> None:
        metadata = context.invocation_metadata()
        for key, value in metadata or ():
            if key == "authorization":
                self.seen.authorizations.append(str(value))

    async def _recognize(self, _: AsyncIterator[Any], context: Context) -> None:
        self._note_authorization(context)
        seen = self.seen
        seen.speech_streams += 1
        seen.speech_open += 1
        seen.speech_most_open = max(seen.speech_most_open, seen.speech_open)
        cut: asyncio.Future[grpc.StatusCode] = asyncio.get_running_loop().create_future()
        self._cuts.add(cut)
        try:
            ended = await _Listener(self, context, cut).run()
        finally:
            self._cuts.discard(cut)
            seen.speech_open -= 1
        if ended:
            await context.abort(ended.code, ended.details)

    async def _synthesize(self, request: Any, context: Context) -> Any:
        self._note_authorization(context)
        self.seen.voice_requests["unary"] += 1
        wanted = request.audio_config
        if wanted.audio_encoding != _TTS_LINEAR16 or wanted.sample_rate_hertz != RATE or not request.voice.name:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "LINEAR16 at 8000 Hz with a named voice, please")
        await self._misbehave(context)
        self.seen.said.append(request.input.text)
        await asyncio.sleep(self.voice.first_audio_delay)
        return _SynthesizeResponse(audio_content=_wav(self._spoken(request.input.text)))

    async def _streaming_synthesize(self, _: AsyncIterator[Any], context: Context) -> None:
        self._note_authorization(context)
        self.seen.voice_streams += 1
        self.seen.voice_open += 1
        try:
            await self._speak(context)
        finally:
            self.seen.voice_open -= 1

    async def _speak(self, context: Context) -> None:
        config = (await context.read()).streaming_config
        audio = config.streaming_audio_config
        if "Chirp3-HD" not in config.voice.name or audio.audio_encoding != _PCM or audio.sample_rate_hertz != RATE:
            await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "only Chirp3-HD voices stream, as PCM at 8000 Hz")
        while True:
            try:
                async with asyncio.timeout(self.voice.input_limit):
                    request = await context.read()
            except TimeoutError:
                await context.abort(grpc.StatusCode.ABORTED, "Stream aborted due to long duration without input")
            if request is grpc.aio.EOF:
                return
            self.seen.voice_requests["streaming"] += 1
            await self._misbehave(context)
            self.seen.said.append(request.input.text)
            await asyncio.sleep(self.voice.first_audio_delay)
            await self._stream_audio(request.input.text, context)

    async def _stream_audio(self, text: str, context: Context) -> None:
        slin = self._spoken(text)
        size = int(self.voice.chunk_seconds * _BYTES_PER_SECOND) + self.voice.odd_bytes
        for number, at in enumerate(range(0, len(slin), size)):
            if number == self.voice.breaks_after_chunks:
                await context.abort(grpc.StatusCode.UNAVAILABLE, "broken on demand")
            if number == self.voice.stalls_after_chunks:
                await asyncio.Event().wait()
            if number:
                await asyncio.sleep(self.voice.chunk_delay)
            await context.write(_StreamingSynthesizeResponse(audio_content=slin[at : at + size]))

    def _spoken(self, text: str) -> bytes:
        return b"".join(speech_frames(text, frames_a_word=self.voice.frames_a_word))

    async def _misbehave(self, context: Context) -> None:
        if self.voice.hangs:
            await asyncio.Event().wait()
        if self.voice.fail is None or self.voice.fail_times == 0:
            return
        if self.voice.fail_times is not None:
            self.voice.fail_times -= 1
        await context.abort(self.voice.fail, "failed on demand")


class _Listener:
    """One recognition stream: reads audio, keeps the words, answers in time."""

    def __init__(self, emulator: GoogleEmulator, context: Context, cut: asyncio.Future[grpc.StatusCode]) -> None:
        self._emulator = emulator
        self._behaviour = emulator.speech
        self._context = context
        self._cut = cut
        self._answers: asyncio.Queue[tuple[float, Any] | None] = asyncio.Queue()
        self._words: list[str] = []
        self._audio_bytes = 0
        self._quiet_bytes = 0
        self._heard_bytes = 0
        self._heard_at = 0.0
        self._interim_results = False
        self._loop = asyncio.get_running_loop()

    async def run(self) -> _Ended | None:
        """Serve the stream; return why it ended badly, None when it ended well."""
        reading = self._loop.create_task(self._read())
        sending = self._loop.create_task(self._send())
        watching = self._loop.create_task(self._watch())
        try:
            await asyncio.wait((reading, sending, watching), return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in (reading, sending, watching):
                task.cancel()
            outcomes = await asyncio.gather(reading, sending, watching, return_exceptions=True)
        return next((outcome for outcome in outcomes if isinstance(outcome, _Ended)), None)

    async def _read(self) -> None:
        request = await self._context.read()
        self._configure(request)
        behaviour = self._behaviour
        seen = self._emulator.seen
        self._heard_at = self._loop.time()
        await asyncio.sleep(behaviour.open_delay)
        read = self._context.read
        while (request := await read()) is not grpc.aio.EOF:
            audio: bytes = request.audio
            seen.speech_messages += 1
            seen.speech_bytes += len(audio)
            seen.longest_message_bytes = max(seen.longest_message_bytes, len(audio))
            if len(audio) > _MOST_AUDIO_BYTES:
                raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, "audio chunk is too long")
            self._heard_at = self._loop.time()
            self._hear(audio)
            if behaviour.read_delay:
                await asyncio.sleep(behaviour.read_delay)
        self._heard_at = inf
        if not behaviour.hangs:
            self._final(behaviour.final_delay)
            self._answers.put_nowait(None)

    def _configure(self, request: Any) -> None:
        behaviour, seen = self._behaviour, self._emulator.seen
        if request is grpc.aio.EOF or not request.HasField("streaming_config"):
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, "the first message must hold streaming_config")
        config = request.streaming_config.config
        seen.models.append(config.model)
        seen.configs.append(request.streaming_config)
        seen.recognizers.append(request.recognizer)
        if behaviour.fail is not None:
            raise _Ended(behaviour.fail, "failed on demand")
        decoding = config.explicit_decoding_config
        if (decoding.encoding, decoding.sample_rate_hertz, decoding.audio_channel_count) != (_LINEAR16, RATE, 1):
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, "LINEAR16, 8000 Hz, mono, please")
        if not config.model or config.model in behaviour.refused_models:
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, f'The model "{config.model}" does not exist here')
        if refused := behaviour.refused_languages.intersection(config.language_codes):
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, f"The language {min(refused)} is not supported")
        if config.adaptation.phrase_sets and config.model in behaviour.models_without_adaptation:
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, "Recognizer does not support feature: speech_adaptation")
        hints = {hint.value for told in config.adaptation.phrase_sets for hint in told.inline_phrase_set.phrases}
        if refused := behaviour.refused_hints & hints:
            raise _Ended(grpc.StatusCode.INVALID_ARGUMENT, f"The phrase {min(refused)} is not supported")
        self._interim_results = request.streaming_config.streaming_features.interim_results

    def _hear(self, audio: bytes) -> None:
        word_ended = False
        spoken = self._recorded(audio) if self._behaviour.recordings else _literal(audio)
        self._quiet_bytes = 0 if spoken else self._quiet_bytes + len(audio)
        for at, (word, number, count) in spoken:
            if number == 0:
                self._words.append(word)
            word_ended |= number == count - 1
            self._heard_bytes = self._audio_bytes + at
        self._audio_bytes += len(audio)
        if self._behaviour.hangs or not self._words:
            return
        delay = self._behaviour.interim_delay
        if delay is not None and self._interim_results and word_ended:
            self._answer(" ".join(self._words), delay, final=False)
        endpoint = self._behaviour.endpoint
        if endpoint is not None and self._quiet_bytes >= endpoint * _BYTES_PER_SECOND:
            self._final(self._behaviour.final_delay)

    def _recorded(self, audio: bytes) -> list[tuple[int, Spoken]]:
        known = self._behaviour.recordings
        frames = range(0, len(audio), FRAME_BYTES)
        return [(at, found) for at in frames if (found := known.get(audio[at : at + FRAME_BYTES])) is not None]

    def _final(self, delay: float) -> None:
        text = " ".join(self._words)
        self._words.clear()
        if not text:
            return
        text = self._behaviour.hears_as.get(text, text)
        self._emulator.seen.finals.append(text)
        words = iter(text.split())
        while piece := " ".join(islice(words, self._behaviour.words_a_final)):
            self._answer(piece, delay, final=True)

    def _answer(self, text: str, delay: float, *, final: bool) -> None:
        due = self._loop.time() + delay
        if self._behaviour.empty_results:
            self._answers.put_nowait((due, _RecognizeResponse()))
            self._answers.put_nowait((due, _RecognizeResponse(results=[{"is_final": final}])))
        alternative: dict[str, Any] = {"transcript": text}
        if final:
            alternative["confidence"] = self._behaviour.confidence
        offset = self._heard_bytes / _BYTES_PER_SECOND
        result = {
            "alternatives": [alternative],
            "is_final": final,
            "language_code": self._behaviour.language,
            "result_end_offset": {"seconds": int(offset), "nanos": int(offset % 1 * 1e9)},
        }
        self._answers.put_nowait((due, _RecognizeResponse(results=[result])))

    async def _send(self) -> None:
        while (answer := await self._answers.get()) is not None:
            due, response = answer
            if (wait := due - self._loop.time()) > 0:
                await asyncio.sleep(wait)
            await self._context.write(response)
        raise _Finished

    async def _watch(self) -> NoReturn:
        behaviour = self._behaviour
        opened = self._heard_at = self._loop.time()
        while True:
            now = self._loop.time()
            due = [now + 1.0]
            if behaviour.stream_limit is not None:
                due.append(opened + behaviour.stream_limit)
            if behaviour.idle_limit is not None:
                due.append(self._heard_at + behaviour.idle_limit)
            if min(due) <= now:
                details = "Max duration of 5 minutes reached for stream." if due[1] <= now else "Stream timed out."
                raise _Ended(grpc.StatusCode.ABORTED, details)
            await asyncio.wait((self._cut,), timeout=min(due) - now)
            if self._cut.done():
                raise _Ended(self._cut.result(), "cut on demand")


def _literal(audio: bytes) -> list[tuple[int, Spoken]]:
    spoken: list[tuple[int, Spoken]] = []
    at = audio.find(MARK)
    while at >= 0:
        number, count, length = audio[at + len(MARK) : at + HEAD_BYTES]
        word = audio[at + HEAD_BYTES : at + HEAD_BYTES + length].decode(errors="replace")
        spoken.append((at, (word, number, count)))
        at = audio.find(MARK, at + HEAD_BYTES)
    return spoken


class _Finished(Exception):
    """All is answered."""


def _wav(slin: bytes) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(SAMPLE_BYTES)
        wav.setframerate(RATE)
        wav.writeframes(slin)
    return file.getvalue()


async def _serve(arguments: argparse.Namespace) -> None:
    async with GoogleEmulator(port=arguments.port) as emulator:
        emulator.speech.final_delay = arguments.final_delay
        emulator.speech.interim_delay = arguments.interim_delay if arguments.interim_delay >= 0 else None
        emulator.speech.endpoint = arguments.endpoint
        emulator.voice.first_audio_delay = arguments.first_audio_delay
        print(f"listening on {emulator.port}", flush=True)
        await anyio.sleep_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--final-delay", type=float, default=0.2)
    parser.add_argument("--interim-delay", type=float, default=0.1, help="below zero: no interims")
    parser.add_argument("--first-audio-delay", type=float, default=0.15)
    parser.add_argument("--endpoint", type=float, default=None, help="seconds of silence that bring a final")
    uvloop.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
