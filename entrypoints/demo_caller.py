"""A caller for the demo: real speech through a real AudioSocket, from a script.

Rule 1: he speaks when the agent's voice has been silent for a moment, and may interrupt a long answer.
Rule 2: what he says next is chosen by what he was asked.  He does not hear
the agent's words: he reads them in the transcript of the call.
Rule 3: who asks again is told again, a few times; in the end he presses 0.
"""

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

import anyio
from anyio.abc import SocketStream

from adapters.audiosocket.protocol import Audio, Decoder, HangUp, encode_audio
from application.ports.operations import CallRecord
from application.ports.speech import SpeechSynthesizer
from domain.audio import FRAME_SECONDS, SILENCE, Frame
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.transcript import AgentTurn
from domain.words import words

_LOUD = 200
"""A sample beyond this is no silence."""
_TURN_SECONDS = 0.3
"""The agent's silence after which it is the caller's turn."""
_INTERRUPTS_AFTER_SECONDS = 1.8
_HUSHED_SECONDS = 0.3
_STOPS_WITHIN_SECONDS = 3.0
_PATIENCE_SECONDS = 8.0
"""Of silence that nobody breaks."""
_LONGEST_ANSWER_SECONDS = 40.0
_TIMES = 3
"""How many times a line is said at most."""
_LAST_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_ZERO = b"\x03\x00\x010"


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    to: str = ""
    """A regular expression that finds, in the agent's last sentence, what this answers."""
    interrupts: bool = False
    """Said while the agent answers the line before it, if that takes long."""
    ends: bool = False
    """With it the caller has said what he wanted."""


# In English what the offline ear understands well in the caller's voice.
ENGLISH: Sequence[Line] = (
    Line("I need winter tires, one eighty five fifty five fifteen.", r"help|need|size|like to know"),
    Line("The cheaper one please, four tires.", r"which ones|ones|how many", interrupts=True),
    Line("Delivery to Odessa, twenty Park street.", r"delivery|pickup|city|address|street"),
    Line("Cash, my name is Alexander.", r"pay|cash|card|name"),
    Line("Yes please.", r"shall|right|correct|place"),
    Line("Thank you, goodbye.", r"else|welcome", ends=True),
)
UKRAINIAN: Sequence[Line] = (
    Line(
        "Потрібні зимові шини, сто вісімдесят п'ять на п'ятдесят п'ять на п'ятнадцять.",
        r"можу допомогти|цікавить|розмір",
    ),
    Line("Давайте дешевші, чотири штуки.", r"які|котрі|скільки", interrupts=True),
    Line("Доставка в Одесу, вулиця Дерибасівська 10.", r"доставка|самовивіз|місто|адрес|вулиц"),
    Line("Готівкою, мене звати Олександр.", r"оплат|плати|готівк|ім'я"),
    Line("Так, оформлюйте.", r"оформл|вірно|правильно|підтвердж"),
    Line("Ні, дякую, до побачення.", r"ще|нема за що", ends=True),
)


class Overheard:
    """Fulfils the port `CallObserver`: what the agent has said in one call, as it is written down."""

    def __init__(self) -> None:
        self.call_id: UUID | None = None
        self.turns: tuple[str, ...] = ()

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        if call_id == self.call_id:
            self.turns = tuple(turn.text for turn in state.turns if isinstance(turn, AgentTurn))

    def ended(self, record: CallRecord) -> None:
        pass


class DemoCaller:
    def __init__(self, synthesizer: SpeechSynthesizer, overheard: Overheard) -> None:
        self._synthesizer = synthesizer
        self._overheard = overheard
        self._to_say: deque[Frame] = deque()
        self._agent_since: float | None = None
        """Since when the agent speaks without a pause; None until it is heard after the caller's own words."""
        self._agent_until = 0.0
        """When the agent was heard last."""
        self._answered_turns = 0
        """How many of the agent's turns the caller has answered."""

    async def call(self, port: int, script: Sequence[Line]) -> UUID:
        """Dial, go through the script, wait for the agent to leave the line; return the call's id."""
        call_id = self._overheard.call_id = uuid4()
        spoken = {line: await self._voiced(line.text) for line in script}
        async with await anyio.connect_tcp("127.0.0.1", port) as stream:
            await stream.send(b"\x01\x00\x10" + call_id.bytes)
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._speak, stream)
                tasks.start_soon(self._converse, stream, script, spoken)
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

    async def _converse(
        self, stream: SocketStream, script: Sequence[Line], spoken: Mapping[Line, Sequence[Frame]]
    ) -> None:
        said: list[Line] = []
        while (line := await self._next(script, said)) is not None:
            said.append(line)
            self._to_say.extend(spoken[line])
            await anyio.sleep(len(spoken[line]) * FRAME_SECONDS)
            if line.interrupts:
                await self._until(self._agent_is_hushed, _STOPS_WITHIN_SECONDS)
            self._answered_turns = len(self._overheard.turns)
            self._agent_since = None
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
            await stream.send(_ZERO)

    async def _next(self, script: Sequence[Line], said: Sequence[Line]) -> Line | None:
        """Wait for the moment to speak; return what to say, None when nothing helps."""
        interruption = interruption_after(script, said)
        began = anyio.current_time()

        def it_is_time() -> bool:
            waited = min(self._agent_silence(), anyio.current_time() - began)
            interrupts = interruption is not None and self._agent_is_talking()
            return self._agent_has_finished() or interrupts or waited > _PATIENCE_SECONDS

        await self._until(it_is_time, _LONGEST_ANSWER_SECONDS)
        if interruption is not None and not self._agent_has_finished() and self._agent_is_talking():
            return interruption
        return answer_to(self._overheard.turns[-1] if self._overheard.turns else "", script, said)

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
        """Whether the agent has said something that is written down, and is silent; a filler is not written down."""
        return len(self._overheard.turns) > self._answered_turns and self._agent_silence() > _TURN_SECONDS

    def _agent_is_hushed(self) -> bool:
        return self._agent_silence() > _HUSHED_SECONDS

    def _agent_silence(self) -> float:
        return anyio.current_time() - self._agent_until


def interruption_after(script: Sequence[Line], said: Sequence[Line]) -> Line | None:
    """Return the line that interrupts the answer to what was said last, if there is one to be said."""
    if not said or said[-1] not in script[:-1]:
        return None
    following = script[script.index(said[-1]) + 1]
    return following if following.interrupts and following not in said else None


def answer_to(agent: str, script: Sequence[Line], said: Sequence[Line]) -> Line | None:
    """Return what the caller says to the agent's words; None when it was said often enough, or he is done."""
    asked = " ".join(words(_LAST_SENTENCE.findall(agent.strip())[-1])) if agent.strip() else ""
    fitting = [line for line in script if re.search(rf"(?<!\w)(?:{line.to})", asked)]
    fresh = [line for line in fitting if line not in said]
    line = next(iter((*fresh, *fitting)), said[-1] if said else script[0])
    if said.count(line) >= _TIMES or (line.ends and line in said):
        return None
    return line
