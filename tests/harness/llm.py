"""An emulator of language models and transcription servers: Anthropic, OpenAI, DeepSeek, Gemini, Whisper.

It speaks the providers' protocols over HTTP on loopback, refuses what they
refuse, and misbehaves on demand, also while it runs:

    async with LanguageEmulator() as emulator:
        emulator.answer_with(lambda messages: Script(f"Ви сказали: {last_words(messages)}"))
        emulator.misbehave(Trouble.OVERLOADED, times=1)

Rule 1: the dialect follows from the path: `/v1/messages` is Anthropic,
`/v1/chat/completions` OpenAI, `/chat/completions` DeepSeek,
`/v1beta/openai/chat/completions` Gemini.
Rule 2: a token is a word; the first comes after `first_token_delay`, the next
at the pace of `tokens_per_second` (0 means at once).
"""

import argparse
import asyncio
import io
import json
import wave
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Self

import uvloop
from aiohttp import web

from adapters.memory.literal_audio import words_in
from domain.audio import frames
from tests.harness.llm_requests import Asked, Prefixes, last_words, tokens
from tests.harness.llm_rules import anthropic_faults, chat_faults
from tests.harness.llm_streams import Json, Quirks, Script, Stream, anthropic_stream, chat_stream
from tests.harness.recordings import Spoken

KEEP_ALIVE_SECONDS = 0.05

Answer = Callable[[list[Json]], Script]


class Trouble(Enum):
    BAD_REQUEST = 400
    UNAUTHORIZED = 401
    RATE_LIMITED = 429
    SERVER_ERROR = 500
    OVERLOADED = 529
    MUTE = "takes the request and never answers"
    HANG = "keeps the stream alive and sends no token"
    STALL = "keeps the stream alive and sends nothing after the middle"
    CUT = "breaks the connection in the middle"
    ERROR_EVENT = "sends an error in the middle"
    EMPTY = "ends without a word"
    MALFORMED_CALL = "sends arguments of tools that are no JSON"
    NULLS = "sends null where a value is due"
    NO_END = "leaves out the end"
    LATE_USAGE = "sends the usage after the stop"
    NO_IDS = "sends tool calls without ids"
    NO_JSON = "sends something that is no JSON"


_STATUSES = {
    Trouble.BAD_REQUEST: "invalid_request_error",
    Trouble.UNAUTHORIZED: "authentication_error",
    Trouble.RATE_LIMITED: "rate_limit_error",
    Trouble.SERVER_ERROR: "api_error",
    Trouble.OVERLOADED: "overloaded_error",
}


class LanguageEmulator:
    def __init__(
        self, *, first_token_delay: float = 0.0, tokens_per_second: float = 0.0, transcription_delay: float = 0.0
    ) -> None:
        self.first_token_delay = first_token_delay
        self.tokens_per_second = tokens_per_second
        self.transcription_delay = transcription_delay
        self.takes_verbose_json = True
        self.avg_logprob = -0.1
        self.no_speech_prob = 0.01
        self.recordings: Mapping[bytes, Spoken] = {}
        """Frames of real speech that transcriptions know; empty, they know literal audio."""
        self.requests: list[Asked] = []
        self.violations: list[str] = []
        self.transcribed: list[str] = []
        self.abandoned = 0
        """Streams that the client left before their end."""
        self.port = 0
        self._abandoned = asyncio.Event()
        self._answer: Answer = lambda messages: Script("Добре.")
        self._next: deque[Script] = deque()
        self._trouble: Trouble | None = None
        self._times: int | None = None
        self._prefixes = Prefixes()
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/{prefix:.*}models", self._models)
        app.router.add_post("/v1/messages", self._messages)
        app.router.add_post("/{prefix:.*}chat/completions", self._chat)
        app.router.add_post("/{prefix:.*}audio/transcriptions", self._transcriptions)
        # A handler ends when its client goes.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Die: nobody listens any more, and open streams break."""
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        """The base URL of Anthropic and of DeepSeek."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def openai_url(self) -> str:
        """The base URL of OpenAI and of Whisper."""
        return f"{self.url}/v1"

    @property
    def gemini_url(self) -> str:
        return f"{self.url}/v1beta/openai/"

    def answer_with(self, answer: Answer) -> None:
        """Answer by what the messages say."""
        self._answer = answer

    def answer_next(self, *scripts: Script) -> None:
        """Answer the next requests with these, one each."""
        self._next.extend(scripts)

    def misbehave(self, trouble: Trouble, *, times: int | None = None) -> None:
        """Be in trouble from the next request on, for as many requests or until `behave`."""
        self._trouble, self._times = trouble, times

    def behave(self) -> None:
        self._trouble, self._times = None, None

    async def stream_abandoned(self) -> None:
        """Return when a client has left a stream before its end."""
        await self._abandoned.wait()

    def _trouble_now(self) -> Trouble | None:
        if self._times is None:
            return self._trouble
        if self._times == 0:
            return None
        self._times -= 1
        return self._trouble

    def _note(self, request: web.Request, body: Json) -> None:
        assert request.transport is not None
        self.requests.append(Asked(request.path, body, request.transport.get_extra_info("peername")))

    def _script(self, messages: list[Json]) -> Script:
        return self._next.popleft() if self._next else self._answer(messages)

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self._note(request, {})
        if refusal := await self._refusal(request, self._trouble_now()):
            return refusal
        return web.json_response({"object": "list", "data": [], "has_more": False, "first_id": None, "last_id": None})

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        body: Json = await request.json()
        self._note(request, body)
        trouble = self._trouble_now()
        if refusal := await self._refusal(request, trouble, faults=anthropic_faults(body)):
            return refusal
        size = tokens(body)
        written, cached = self._prefixes.marked(body)
        stream = anthropic_stream(
            self._troubled_script(trouble, body),
            _quirks(trouble),
            model=body["model"],
            fresh=size - written - cached,
            written=written,
            cached=cached,
        )
        return await self._send(request, stream, trouble)

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body: Json = await request.json()
        self._note(request, body)
        trouble = self._trouble_now()
        dialect = {"v1/": "openai", "": "deepseek", "v1beta/openai/": "gemini"}[request.match_info["prefix"]]
        if refusal := await self._refusal(request, trouble, faults=chat_faults(body, dialect=dialect)):
            return refusal
        prefix = {"tools": body.get("tools"), "system": body["messages"][0]}
        stream = chat_stream(
            self._troubled_script(trouble, body),
            _quirks(trouble),
            dialect=dialect,
            model=body["model"],
            prompt_tokens=tokens(body),
            cached=tokens(prefix) if self._prefixes.is_cached(prefix) else 0,
        )
        return await self._send(request, stream, trouble)

    def _troubled_script(self, trouble: Trouble | None, body: Json) -> Script:
        script = self._script(body["messages"])
        match trouble:
            case Trouble.EMPTY:
                return Script()
            case Trouble.STALL | Trouble.CUT | Trouble.ERROR_EVENT if not script.calls:
                return Script(script.text if " " in script.text else f"{script.text} {script.text}")
            case _:
                return script

    async def _refusal(
        self, request: web.Request, trouble: Trouble | None, *, faults: Sequence[str] = ()
    ) -> web.Response | None:
        if trouble is Trouble.MUTE:
            await asyncio.Event().wait()
        if faults:
            self.violations.extend(faults)
            return _error(400, "invalid_request_error", faults[0])
        key = request.headers.get("x-api-key") or request.headers.get("authorization", "").removeprefix("Bearer ")
        if not key.strip():
            return _error(401, "authentication_error", "no key")
        if kind := _STATUSES.get(trouble) if trouble else None:
            assert trouble is not None
            return _error(int(trouble.value), kind, f"invalid x-api-key: {key}")
        return None

    async def _send(self, request: web.Request, stream: Stream, trouble: Trouble | None) -> web.StreamResponse:
        response = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"})
        try:
            await response.prepare(request)
            await response.write(stream.head)
            if trouble is Trouble.HANG:
                await _keep_alive(response, stream.ping)
            if trouble is Trouble.NO_JSON:
                await response.write(b"event: message_delta\ndata: {oh no\n\n")
            await self._send_body(request, response, stream, trouble)
            await response.write(stream.tail)
        except (asyncio.CancelledError, ConnectionResetError):
            self.abandoned += 1
            self._abandoned.set()
            raise
        return response

    async def _send_body(
        self, request: web.Request, response: web.StreamResponse, stream: Stream, trouble: Trouble | None
    ) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time() + self.first_token_delay
        for number, piece in enumerate(stream.body):
            due = began + (number / self.tokens_per_second if self.tokens_per_second else 0)
            if (wait := due - loop.time()) > 0:
                await asyncio.sleep(wait)
            await response.write(piece)
            if number + 1 < (len(stream.body) + 1) // 2:
                continue
            match trouble:
                case Trouble.STALL:
                    await _keep_alive(response, stream.ping)
                case Trouble.CUT:
                    # What is written goes out first, then the connection ends within the response.
                    assert request.transport is not None
                    request.transport.close()
                    await asyncio.Event().wait()
                case Trouble.ERROR_EVENT:
                    error = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
                    await response.write(f"event: error\ndata: {json.dumps(error)}\n\n".encode())
                    return
                case _:
                    pass

    async def _transcriptions(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        upload = form["file"]
        assert isinstance(upload, web.FileField)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        with wave.open(io.BytesIO(upload.file.read())) as audio:
            fields |= {"rate": str(audio.getframerate()), "channels": str(audio.getnchannels())}
            slin = audio.readframes(audio.getnframes())
        self._note(request, fields)
        trouble = self._trouble_now()
        is_verbose = fields.get("response_format") == "verbose_json"
        faults = (
            ["response_format 'verbose_json' is not compatible"] if is_verbose and not self.takes_verbose_json else []
        )
        if refusal := await self._refusal(request, trouble, faults=faults):
            return refusal
        if trouble is Trouble.NO_JSON:
            return web.Response(text="{oh no", content_type="application/json")
        await asyncio.sleep(self.transcription_delay)
        text = "" if trouble is Trouble.EMPTY else self._words(slin)
        self.transcribed.append(text)
        answer: Json = {"text": text}
        if is_verbose:
            answer |= {"task": "transcribe", "language": "ukrainian", "duration": len(slin) / 16_000}
            answer |= {"segments": None if trouble is Trouble.NULLS else self._segments(text, len(slin) / 16_000)}
        return web.json_response(answer)

    def _words(self, slin: bytes) -> str:
        if not self.recordings:
            return words_in(frames(slin))
        spoken = (self.recordings.get(bytes(frame)) for frame in frames(slin))
        return " ".join(word for word, number, _ in filter(None, spoken) if number == 0)

    def _segments(self, text: str, seconds: float) -> list[Json]:
        odds = {"avg_logprob": self.avg_logprob, "no_speech_prob": self.no_speech_prob, "compression_ratio": 1.0}
        segment = {"id": 0, "seek": 0, "start": 0.0, "end": seconds, "text": text, "tokens": [], "temperature": 0.0}
        return [segment | odds] if text else []


async def _keep_alive(response: web.StreamResponse, ping: bytes) -> None:
    while True:
        await asyncio.sleep(KEEP_ALIVE_SECONDS)
        await response.write(ping)


def _quirks(trouble: Trouble | None) -> Quirks:
    return Quirks(
        malformed_call=trouble is Trouble.MALFORMED_CALL,
        nulls=trouble is Trouble.NULLS,
        no_end=trouble is Trouble.NO_END,
        late_usage=trouble is Trouble.LATE_USAGE,
        no_ids=trouble is Trouble.NO_IDS,
    )


def _error(status: int, kind: str, message: str) -> web.Response:
    headers = {"retry-after": "7"} if status == 429 else {}
    return web.json_response(
        {"type": "error", "error": {"type": kind, "message": message}}, status=status, headers=headers
    )


# The first sentence is complete 8/60 s after the first token at 60 tokens a second.
_SHORT = Script(
    "Так, звичайно, зараз я вам усе дуже детально розповім. "
    "Ми допоможемо підібрати зимові або літні шини для вашого автомобіля, "
    "тож скажіть, будь ласка, яка марка та модель вас зараз цікавить."
)
_LONG = Script("Так, звичайно, зараз я вам усе дуже детально розповім. " * 12)


def load_answer(messages: list[Json]) -> Script:
    """Answer as load tests expect it: about thirty words, or twelve sentences to whom says 'long'."""
    return _LONG if "long" in last_words(messages) else _SHORT


async def _serve(port: int, first_token: float, tokens_per_second: float) -> None:
    emulator = LanguageEmulator(first_token_delay=first_token, tokens_per_second=tokens_per_second)
    emulator.answer_with(load_answer)
    await emulator.start(port)
    print(f"listening on {emulator.port}", flush=True)
    while True:
        await asyncio.sleep(60)
        emulator.requests.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--first-token", type=float, default=0.4, help="seconds")
    parser.add_argument("--tokens-per-second", type=float, default=60.0)
    parser.add_argument("--kind", choices=["anthropic", "openai"], help="which it stands for; it speaks both")
    asked = parser.parse_args()
    uvloop.run(_serve(asked.port, asked.first_token, asked.tokens_per_second))


if __name__ == "__main__":
    main()
