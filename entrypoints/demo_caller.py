"""A caller for the demo: real speech through a real AudioSocket, from a script."""

import math
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID, uuid4

import anyio
from anyio.abc import SocketStream

from adapters.audiosocket.protocol import Audio, Decoder, HangUp, encode_audio
from application.ports.speech import SpeechSynthesizer
from domain.audio import FRAME_SECONDS, SILENCE, Frame

_LOUD = 200
"""A sample beyond this is no silence."""
_TURN_SECONDS = 0.8
"""The agent's silence after which it is the caller's turn."""
_INTERRUPTS_AFTER_SECONDS = 2.5
_PATIENCE_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    interrupts: bool = False
    """Said while the agent speaks, not after."""


ENGLISH: Sequence[Line] = (
    Line("Hello, I need winter tires."),
    Line("Please read me the whole list."),
    Line("Stop, please.", interrupts=True),
    Line("What are your opening hours?"),
    Line("I want to speak to an operator."),
)
UKRAINIAN: Sequence[Line] = (
    Line("Добрий день, мені потрібні зимові шини."),
    Line("Розкажіть, будь ласка, детально, як обрати зимові шини."),
    Line("Зачекайте, досить, дякую.", interrupts=True),
    Line("До котрої години ви працюєте?"),
    Line("З'єднайте мене, будь ласка, з оператором."),
)


class DemoCaller:
    def __init__(self, synthesizer: SpeechSynthesizer) -> None:
        self._synthesizer = synthesizer
        self._to_say: list[Frame] = []
        self._agent_since: float | None = None
        """Since when the agent speaks without a pause."""
        self._agent_until = math.inf
        """When the agent was heard last."""

    async def call(self, port: int, script: Sequence[Line]) -> UUID:
        """Dial, go through the script, wait for the agent to leave the line; return the call's id."""
        call_id = uuid4()
        spoken = [await self._voiced(line.text) for line in script]
        async with await anyio.connect_tcp("127.0.0.1", port) as stream:
            await stream.send(b"\x01\x00\x10" + call_id.bytes)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._speak, stream)
                tasks.start_soon(self._converse, list(zip(script, spoken, strict=True)))
                await self._listen(stream)
                tasks.cancel_scope.cancel()
        return call_id

    async def _voiced(self, text: str) -> list[Frame]:
        audio: list[Frame] = []
        async with self._synthesizer.voice() as voice, aclosing(voice.say(text)) as pieces:
            async for piece in pieces:
                audio.extend(piece)
        return audio

    async def _speak(self, stream: SocketStream) -> None:
        due = anyio.current_time()
        try:
            while True:
                frame = self._to_say.pop(0) if self._to_say else SILENCE
                await stream.send(encode_audio(frame))
                await anyio.sleep_until(due := due + FRAME_SECONDS)
        except (anyio.BrokenResourceError, anyio.ClosedResourceError):
            return

    async def _listen(self, stream: SocketStream) -> None:
        decoder = Decoder()
        try:
            async for received in stream:
                for message in decoder.feed(received):
                    match message:
                        case Audio(slin):
                            self._hear(slin)
                        case HangUp():
                            return
        except anyio.BrokenResourceError:
            return

    def _hear(self, slin: bytes) -> None:
        if max(memoryview(slin).cast("h"), default=0) < _LOUD:
            return
        now = anyio.current_time()
        if self._agent_since is None or now - self._agent_until > _TURN_SECONDS:
            self._agent_since = now
        self._agent_until = now

    async def _converse(self, script: Sequence[tuple[Line, list[Frame]]]) -> None:
        for line, audio in script:
            with anyio.move_on_after(_PATIENCE_SECONDS):
                while not self._may_say(line):  # noqa: ASYNC110 - what it waits for is time without an event
                    await anyio.sleep(FRAME_SECONDS)
            self._to_say.extend(audio)
            await anyio.sleep(len(audio) * FRAME_SECONDS)
            if not line.interrupts:
                self._agent_since, self._agent_until = None, math.inf

    def _may_say(self, line: Line) -> bool:
        now = anyio.current_time()
        if self._agent_since is None:
            return False
        if line.interrupts:
            return now - self._agent_since > _INTERRUPTS_AFTER_SECONDS and now - self._agent_until < FRAME_SECONDS * 5
        return now - self._agent_until > _TURN_SECONDS
