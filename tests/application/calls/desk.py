"""One call as the application conducts it, in a world of memory where time passes at once."""

from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import UUID

import anyio

from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.literal_audio import speech_frames, words_in
from adapters.memory.scripted_model import Answer, Script, ScriptedModel
from adapters.memory.switchboard import InMemorySwitchboard
from application.calls.announcements import Announcements
from application.calls.assistant import AssistantFactory
from application.calls.conduct_call import CallParts, ConductCall
from application.calls.tools.toolbox import Tool
from application.ports.language import LanguageModel
from application.ports.metering import Meter, uncounted
from application.ports.operations import CallRecord
from application.ports.speech import Ear, SpeechRecognizer, SpeechSynthesizer, VoiceActivity
from domain.audio import FRAME_SECONDS, FRAMES_PER_SECOND, SILENCE, Frame
from domain.costs import Prices
from domain.dialog.events import Event
from domain.dialog.phases import Connected, Phase
from domain.dialog.state import State
from domain.limits import Limits
from domain.phrases import UKRAINIAN, Phrases
from domain.price_list import PRICES
from domain.speech import Expectation, Hypothesis
from domain.transcript import Turn
from tests.harness.assistant import TODAY, assistant_with
from tests.harness.leg import MemoryLeg

GREETING = "Вітаю, це автомат."
PHRASES = replace(UKRAINIAN, greeting_question="Слухаю вас.")
OPENING = f"{GREETING} {PHRASES.greeting_question}"
CALLER = "+380671234567"
NOISE = Frame(b"\x00\x30\x00\xd0" * 80)


class Watch:
    """Fulfils the port `CallObserver`; keeps all it sees."""

    def __init__(self) -> None:
        self.seen: list[tuple[UUID, Event, State]] = []
        self.records: list[CallRecord] = []
        self.ended_once = anyio.Event()

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        self.seen.append((call_id, event, state))

    def ended(self, record: CallRecord) -> None:
        self.records.append(record)
        self.ended_once.set()


class Desk:
    """The parts of a call, and its caller."""

    def __init__(self, parts: CallParts, switchboard: InMemorySwitchboard, watch: Watch) -> None:
        self.conduct_call = ConductCall(parts)
        self.switchboard = switchboard
        self.watch = watch
        self.leg = MemoryLeg()
        self.switchboard.callers[self.leg.call_id] = CALLER
        self._to_say: deque[Frame] = deque()
        self._words: list[str] = []
        self._ticked = anyio.Event()

    async def conduct(self) -> None:
        await self.conduct_call(self.leg)

    async def keep_time(self) -> None:
        """Send and say a frame every 20 ms until the line has ended."""
        due = anyio.current_time()
        while self.leg.ended is None:
            await anyio.sleep_until(due := due + FRAME_SECONDS)
            self._notice(self.leg.tick())
            self.leg.say(self._to_say.popleft() if self._to_say else SILENCE)
            self._ticked.set()
            self._ticked = anyio.Event()

    # What the caller does

    async def say(self, text: str) -> None:
        """Speak; return when the last word has left."""
        await self._say(speech_frames(text))

    async def cough(self, seconds: float = 0.3) -> None:
        await self._say([NOISE] * round(seconds * FRAMES_PER_SECOND))

    async def pause(self, seconds: float) -> None:
        await self._say([SILENCE] * round(seconds * FRAMES_PER_SECOND))

    async def hear(self, text: str, *, within: float = 60) -> None:
        await self.until(lambda: text in self.heard, f"{text!r} is heard", within=within)

    async def hear_opening(self) -> None:
        """Hear the greeting to its end."""
        await self.hear_out(OPENING)

    async def hear_out(self, text: str) -> None:
        """Hear this, and then a fifth of a second of silence."""
        await self.hear(text)
        await self.until(lambda: not any(any(frame) for frame in self.leg.heard[-10:]), "the agent has fallen silent")

    # What is known

    @property
    def heard(self) -> str:
        """What the agent was heard to say; a word counts from its first frame."""
        return " ".join(self._words)

    @property
    def events(self) -> Sequence[Event]:
        return [event for _, event, _ in self.watch.seen]

    @property
    def phase(self) -> Phase:
        return self.watch.seen[-1][2].phase if self.watch.seen else Connected()

    @property
    def turns(self) -> Sequence[Turn]:
        return self.watch.seen[-1][2].turns

    async def record(self) -> CallRecord:
        """Return the record of the call when it has ended."""
        with anyio.fail_after(300):
            await self.watch.ended_once.wait()
        return self.watch.records[0]

    async def until(self, condition: Callable[[], bool], claim: str, *, within: float = 60) -> None:
        try:
            with anyio.fail_after(within):
                while not condition():
                    await self._ticked.wait()
        except TimeoutError:
            raise AssertionError(f"not within {within:g} s: {claim}; heard: {self.heard!r}") from None

    async def until_told(self, kind: type[Event]) -> None:
        """Wait until the dialog has been told of such an event."""
        await self.until(lambda: any(isinstance(event, kind) for event in self.events), f"{kind.__name__} is told")

    def _notice(self, sent: Sequence[Frame]) -> None:
        if words := words_in(sent):
            self._words.append(words)

    async def _say(self, frames: Sequence[Frame]) -> None:
        self._to_say.extend(frames)
        await self.until(lambda: not self._to_say, "all is said", within=300)


async def a_desk(
    *,
    script: Script | Sequence[str | Answer] = ("Добре.",),
    model: LanguageModel | None = None,
    recognizer: SpeechRecognizer | None = None,
    synthesizer: SpeechSynthesizer | None = None,
    voice_activity: VoiceActivity | None = None,
    tools: Sequence[Tool] = (),
    limits: Limits = Limits(),
    phrases: Phrases = PHRASES,
    prepared: bool = True,
    assistant: AssistantFactory | None = None,
    greeting: str = GREETING,
    prices: Prices = PRICES,
) -> Desk:
    announcements = Announcements(LiteralSynthesizer())
    if prepared:
        await announcements.prepare([greeting, *phrases.fixed()])
    switchboard, watch = InMemorySwitchboard(), Watch()
    parts = CallParts(
        recognizer=recognizer or LiteralRecognizer(),
        voice_activity=voice_activity or EnergyVoiceActivity(),
        synthesizer=synthesizer or LiteralSynthesizer(),
        model=model or ScriptedModel(script=script),
        switchboard=switchboard,
        announcements=announcements,
        observer=watch,
        assistant=assistant or assistant_with(*tools),
        phrases=phrases,
        limits=limits,
        language="uk",
        today=lambda: TODAY,
        greeting=lambda: greeting,
        prices=prices,
    )
    return Desk(parts, switchboard, watch)


class Dictated:
    """A recognizer that believes what the test says, in the moment in which it says so."""

    def __init__(self) -> None:
        self._in, self._out = anyio.create_memory_object_stream[Hypothesis](100)

    def believe(self, text: str, *, final: bool, confidence: float | None = None) -> None:
        self._in.send_nowait(Hypothesis(0, text, final, confidence))

    def hear(self, frame: Frame, *, voiced: bool) -> None: ...

    def finish(self) -> None: ...

    def expect(self, expectation: Expectation) -> None: ...

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        async for hypothesis in self._out:
            yield hypothesis

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        with self._in, self._out:
            yield self


@asynccontextmanager
async def conducting(desk: Desk) -> AsyncGenerator[Desk, None]:
    """Conduct the desk's call; in the end the caller hangs up, and the call must end by itself."""
    with anyio.fail_after(7200):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(desk.keep_time)
            tasks.start_soon(desk.conduct)
            yield desk
            desk.leg.drop()
