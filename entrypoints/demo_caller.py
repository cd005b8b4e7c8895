"""A caller for the demo: real speech through a real AudioSocket, from a script.

He listens to when the agent speaks, not to what it says; his last line is
said again, and in the end he presses 0, until he gets what he wants.
"""

import math
from collections import deque
from collections.abc import Callable, Sequence
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
_FILLER_SECONDS = 1.6
"""Speech shorter than this may be a filler, and the answer follows."""
_AFTER_FILLER_SECONDS = 3.0
_INTERRUPTS_AFTER_SECONDS = 2.0
_HUSHED_SECONDS = 0.3
_STOPS_WITHIN_SECONDS = 3.0
_PATIENCE_SECONDS = 10.0
_TIMES_AGAIN = 2
_ZERO = b"\x03\x00\x010"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    interrupts: bool = False
    """Said while the agent speaks, not after."""


# In English what the offline ear understands well in the caller's voice.
ENGLISH: Sequence[Line] = (
    Line("Hello, what are your opening hours?"),
    Line("What brands do you have?"),
    Line("Wait, please.", interrupts=True),
    Line("Connect me to an operator, please."),
)
UKRAINIAN: Sequence[Line] = (
    Line("Добрий день, до котрої години ви працюєте?"),
    Line("Розкажіть, будь ласка, детально, які бренди шин у вас є."),
    Line("Зачекайте, досить, дякую.", interrupts=True),
    Line("З'єднайте мене, будь ласка, з оператором."),
)


class DemoCaller:
    def __init__(self, synthesizer: SpeechSynthesizer) -> None:
        self._synthesizer = synthesizer
        self._to_say: deque[Frame] = deque()
        self._agent_since: float | None = None
        """Since when the agent speaks without a pause; None until it is heard after the caller's own words."""
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
                tasks.start_soon(self._converse, stream, list(zip(script, spoken, strict=True)))
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
                frame = self._to_say.popleft() if self._to_say else SILENCE
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

    async def _converse(self, stream: SocketStream, script: Sequence[tuple[Line, list[Frame]]]) -> None:
        for line, audio in [*script, *[script[-1]] * _TIMES_AGAIN]:
            await self._until(
                self._agent_is_talking if line.interrupts else self._agent_has_finished, _PATIENCE_SECONDS
            )
            self._to_say.extend(audio)
            await anyio.sleep(len(audio) * FRAME_SECONDS)
            if line.interrupts:
                await self._until(self._agent_is_hushed, _STOPS_WITHIN_SECONDS)
            self._agent_since, self._agent_until = None, math.inf
        await self._until(self._agent_has_finished, _PATIENCE_SECONDS)
        await stream.send(_ZERO)

    async def _until(self, condition: Callable[[], bool], seconds: float) -> None:
        with anyio.move_on_after(seconds):
            while not condition():  # noqa: ASYNC110 - what it waits for is time without an event
                await anyio.sleep(FRAME_SECONDS)

    def _agent_is_talking(self) -> bool:
        """Whether the agent is in the middle of a long answer."""
        since = self._agent_since
        return (
            since is not None and self._agent_until - since > _INTERRUPTS_AFTER_SECONDS and not self._agent_is_hushed()
        )

    def _agent_has_finished(self) -> bool:
        if self._agent_since is None:
            return False
        spoke = self._agent_until - self._agent_since
        return self._agent_silence() > (_TURN_SECONDS if spoke > _FILLER_SECONDS else _AFTER_FILLER_SECONDS)

    def _agent_is_hushed(self) -> bool:
        return self._agent_silence() > _HUSHED_SECONDS

    def _agent_silence(self) -> float:
        return anyio.current_time() - self._agent_until
