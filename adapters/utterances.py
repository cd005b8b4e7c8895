"""An ear for recognizers that transcribe a whole utterance at once.

Rule 1: audio is kept from a moment before the voice to the end of the
utterance, sixty seconds of it at most; then the oldest goes.
Rule 2: where interims are wanted, a pause in the voice asks for one; only the
newest request counts, a final is never passed over.
Rule 3: when eight utterances wait for a slow transcriber, the audio of the
next is dropped and counted; its final is "".
"""

from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass

import anyio

from domain.audio import FRAMES_PER_SECOND, RATE, SAMPLE_BYTES, Frame
from domain.speech import Expectation, Hypothesis

_LEAD_IN_FRAMES = 15  # 0.3 s before the voice was noticed
_LONGEST_FRAMES = 60 * FRAMES_PER_SECOND
_PAUSE_FRAMES = 6  # 0.12 s without voice
_MOST_WAITING = 8  # utterances not yet transcribed


@dataclass(frozen=True, slots=True)
class Transcription:
    text: str
    confidence: float | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Request:
    utterance: int
    slin: bytes
    expectation: Expectation
    final: bool


def seconds_of(slin: bytes) -> float:
    return len(slin) / (RATE * SAMPLE_BYTES)


Transcribe = Callable[[bytes, Expectation], Awaitable[Transcription]]


class UtteranceEar:
    """Gathers each utterance and has it transcribed; fulfils the port `Ear`."""

    def __init__(self, transcribe: Transcribe, *, interims: bool) -> None:
        self._transcribe = transcribe
        self._interims = interims
        self._audio: deque[Frame] = deque(maxlen=_LONGEST_FRAMES)
        self._lead_in: deque[Frame] = deque(maxlen=_LEAD_IN_FRAMES)
        self._quiet_frames = 0
        self._utterance = 0
        self._expectation = Expectation.FREE
        self._requests: deque[_Request] = deque()
        self._requested = anyio.Event()
        self.dropped = 0

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        if voiced:
            self._audio.extend(self._lead_in)
            self._lead_in.clear()
            self._audio.append(frame)
            self._quiet_frames = 0
            return
        if not self._audio:
            self._lead_in.append(frame)
            return
        self._audio.append(frame)
        self._quiet_frames += 1
        if self._interims and self._quiet_frames == _PAUSE_FRAMES:
            self._request(final=False)

    def finish(self) -> None:
        self._request(final=True)
        self._audio.clear()
        self._quiet_frames = 0
        self._utterance += 1

    def expect(self, expectation: Expectation) -> None:
        self._expectation = expectation

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        while True:
            while not self._requests:
                self._requested = anyio.Event()
                await self._requested.wait()
            request = self._requests.popleft()
            heard = Transcription("")
            if request.slin:
                heard = await self._transcribe(request.slin, request.expectation)
            yield Hypothesis(request.utterance, heard.text, request.final, heard.confidence, heard.language)

    def _request(self, *, final: bool) -> None:
        if self._requests and not self._requests[-1].final:
            self._requests.pop()
        slin = b"".join(self._audio)
        if len(self._requests) >= _MOST_WAITING:
            self.dropped += 1
            slin = b""
        self._requests.append(_Request(self._utterance, slin, self._expectation, final))
        self._requested.set()
