"""A whole call center: the engine as it is, an emulated Asterisk in front, and words in place of speech."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

import anyio

from adapters.asterisk.ari import AsteriskSwitchboard
from adapters.audiosocket.claims import InMemoryClaims
from adapters.audiosocket.server import AudioSocketServer
from adapters.audiosocket.server import Limits as ServerLimits
from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.scripted_model import Answer, AnswersInOrder, ScriptedModel
from application.calls.announcements import Announcements
from application.calls.assistant import AssistantFactory
from application.calls.conduct_call import CallParts, ConductCall
from application.calls.trials import Trials, TrialSwitchboard
from application.ports.language import LanguageModel
from application.ports.line import CallLeg
from application.ports.operations import CallObserver, CallRecord
from application.ports.speech import SpeechRecognizer, SpeechSynthesizer
from domain.dialog.events import Event
from domain.dialog.state import State
from domain.limits import Limits
from domain.phrases import UKRAINIAN, Language, Phrases
from domain.transcript import AgentTurn, Turn
from domain.verbalizer.spoken import verbalize
from tests.harness.assistant import TODAY, assistant_with
from tests.harness.asterisk import EmulatedAsterisk
from tests.harness.phone import Phone

GREETING = "Вітаю, це автомат."
"""Short, so that a test need not listen to more."""
PHRASES = replace(UKRAINIAN, greeting_question="Слухаю вас.")
LIMITS = Limits()


class Watch:
    """Fulfils the port `CallObserver`; keeps all it sees."""

    def __init__(self) -> None:
        self.states: dict[UUID, State] = {}
        self.events: list[tuple[UUID, Event]] = []
        self.records: list[CallRecord] = []
        self.also: list[CallObserver] = []
        """Others who see the same."""
        self._changed = anyio.Event()

    def notice(self, call_id: UUID, event: Event, state: State, at: float) -> None:
        self.states[call_id] = state
        self.events.append((call_id, event))
        for other in self.also:
            other.notice(call_id, event, state, at)
        self._tell()

    def ended(self, record: CallRecord) -> None:
        self.records.append(record)
        for other in self.also:
            other.ended(record)
        self._tell()

    async def record(self, number: int = 0, *, within: float = 10.0) -> CallRecord:
        """Return the record of the call that ended as this one (counted from 0), when it has."""
        await self.until(lambda: len(self.records) > number, within=within)
        return self.records[number]

    async def record_of(self, call_id: UUID) -> CallRecord:
        """Return the record of this call, when it has ended."""
        await self.until(lambda: any(record.call_id == call_id for record in self.records))
        return next(record for record in self.records if record.call_id == call_id)

    async def until(self, condition: Callable[[], bool], *, within: float = 10.0) -> None:
        """Wait for something to be seen; raise TimeoutError when it is not."""
        with anyio.fail_after(within):
            while not condition():
                await self._changed.wait()

    def _tell(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()


@dataclass(slots=True, kw_only=True)
class Center:
    asterisk: EmulatedAsterisk
    server: AudioSocketServer
    conduct_call: ConductCall
    watch: Watch
    recognizer: LiteralRecognizer
    synthesizer: LiteralSynthesizer
    model: ScriptedModel
    greeting: str
    """What every caller hears first."""
    language: Language
    brisk: bool = False
    """Whether callers speak as fast as they can be understood."""

    async def phone(self, caller: str | None = "380671234567") -> Phone:
        """Have a caller dial."""
        call = await self.asterisk.dial(caller=caller)
        return Phone(call, brisk=self.brisk, number=caller)

    async def answered_phone(self, caller: str | None = "380671234567") -> Phone:
        """Have a caller dial and hear the greeting out, with the question that follows on it."""
        phone = await self.phone(caller)
        await phone.hear(self.greeting)
        await self.watch.until(lambda: len(self._said(phone)) > 1)
        await phone.hear(verbalize(self._said(phone)[1], self.language, today=TODAY))
        await phone.hear_out()
        return phone

    def _said(self, phone: Phone) -> Sequence[str]:
        """Return the agent's turns in this phone's call, of which nothing may be known yet."""
        if phone.call.uuid not in self.watch.states:
            return []
        return [turn.text for turn in self.turns(phone) if isinstance(turn, AgentTurn)]

    def turns(self, phone: Phone) -> Sequence[Turn]:
        """Return what is remembered of this phone's call."""
        assert phone.call.uuid is not None
        return self.watch.states[phone.call.uuid].turns


@asynccontextmanager
async def call_center(
    *answers: str | Answer,
    version: str = "22.10",
    limits: Limits = LIMITS,
    greeting: str = GREETING,
    phrases: Phrases = PHRASES,
    model: ScriptedModel | None = None,
    recognizer: LiteralRecognizer | None = None,
    synthesizer: LiteralSynthesizer | None = None,
    assistant: AssistantFactory | None = None,
    trials: Trials | None = None,
    language: Language = "uk",
    most_calls: int = 100,
    operators_free: int = 1,
    brisk: bool = False,
    real_model: LanguageModel | None = None,
    real_recognizer: SpeechRecognizer | None = None,
    real_synthesizer: SpeechSynthesizer | None = None,
) -> AsyncGenerator[Center, None]:
    """Open a call center whose model gives these answers; what is given in place of a part is used."""
    model = model or ScriptedModel(script=AnswersInOrder(answers or ("Добре.",)))
    recognizer = recognizer or LiteralRecognizer()
    synthesizer = synthesizer or LiteralSynthesizer()
    announcements = Announcements(real_synthesizer or synthesizer)
    await announcements.prepare([greeting, *phrases.fixed()])
    server = AudioSocketServer(
        host="127.0.0.1",
        port=0,
        share_port=False,
        limits=ServerLimits(most_calls=most_calls, most_connections=2 * most_calls),
        claims=InMemoryClaims(),
    )
    watch = Watch()
    async with anyio.create_task_group() as tasks:
        asterisk = EmulatedAsterisk(version=version, engine=("127.0.0.1", 0), operators_free=operators_free)
        async with asterisk:
            switchboard = AsteriskSwitchboard(url=asterisk.ari.url, user="callcenter", password="secret")
            await tasks.start(switchboard.run)
            conduct_call = ConductCall(
                CallParts(
                    recognizer=real_recognizer or recognizer,
                    voice_activity=EnergyVoiceActivity(),
                    synthesizer=real_synthesizer or synthesizer,
                    model=real_model or model,
                    switchboard=switchboard if trials is None else TrialSwitchboard(switchboard, trials),
                    announcements=announcements,
                    observer=watch,
                    assistant=assistant or assistant_with(),
                    phrases=phrases,
                    limits=limits,
                    language=language,
                    today=lambda: TODAY,
                    greeting=lambda: greeting,
                )
            )

            async def conduct(leg: CallLeg) -> None:
                await conduct_call(leg)

            port = await tasks.start(server.serve, conduct)
            asterisk.variables["CALL_PROCESSOR"] = f"127.0.0.1:{port}"
            yield Center(
                asterisk=asterisk,
                server=server,
                conduct_call=conduct_call,
                watch=watch,
                recognizer=recognizer,
                synthesizer=synthesizer,
                model=model,
                greeting=greeting,
                language=language,
                brisk=brisk,
            )
            server.stop_accepting()
        tasks.cancel_scope.cancel()
