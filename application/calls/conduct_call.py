"""Conducting a call: the loops of one call, and the only writer of its dialog.

Rule 1: a call is a task group; whoever ends first ends the rest.
Rule 2: only `_apply` steps the dialog; all else puts events in the mailbox.
Rule 3: a tool that has begun works to its end, also when the caller has hung
up: what it did is in the record.
Rule 4: whatever fails, the caller is served or handed over: when the
switchboard cannot be told, the line is broken, and the dialplan takes him to
the operators.
"""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import anyio
from anyio.abc import TaskGroup

from application.calls.announcements import Announcements
from application.calls.assistant import AssistantFactory
from application.calls.mailbox import Mailbox
from application.calls.mouth import Mouth
from application.calls.reply import Reply, ReplyParts
from application.calls.senses import Senses
from application.calls.thought import ThoughtParts
from application.calls.tools.toolbox import Toolbox
from application.ports.language import LanguageModel
from application.ports.line import CallLeg
from application.ports.operations import CallObserver, CallRecord
from application.ports.speech import SpeechRecognizer, SpeechSynthesizer, VoiceActivity
from application.ports.telephony import Switchboard
from domain.costs import Prices
from domain.dialog import actions, events
from domain.dialog.actions import Action
from domain.dialog.phases import Ended, Outcome
from domain.dialog.state import State
from domain.dialog.step import deadline, step
from domain.errors import Unavailable
from domain.figures import Figures
from domain.hand_over import Card, Reason
from domain.limits import Limits
from domain.phrases import Announcement, Language, Phrases
from domain.price_list import PRICES
from domain.spoken import Spoken
from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.usage import Usage
from domain.verbalizer.spoken import verbalize
from domain.visit.agreed import agreed

_CALLER_SECONDS = 1.0
_HAND_OVER_SECONDS = 3.0
_RELEASE_SECONDS = 1.0
_REMEMBER_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CallParts:
    """What every call is conducted with."""

    recognizer: SpeechRecognizer
    voice_activity: VoiceActivity
    synthesizer: SpeechSynthesizer
    model: LanguageModel
    switchboard: Switchboard
    announcements: Announcements
    observer: CallObserver
    assistant: AssistantFactory
    phrases: Phrases
    limits: Limits
    language: Language
    today: Callable[[], date]
    """The day on the shop's clock (Kyiv)."""
    greeting: Callable[[], str]
    """The greeting for this time of day; its audio is prepared."""
    prices: Prices = PRICES


class ConductCall:
    """The use case, called with each leg."""

    def __init__(self, parts: CallParts) -> None:
        self._parts = parts
        self._ongoing: set[_OngoingCall] = set()

    async def __call__(self, leg: CallLeg) -> CallRecord:
        """Conduct one call to its end."""
        call = _OngoingCall(leg, self._parts)
        self._ongoing.add(call)
        try:
            return await call.conduct()
        finally:
            self._ongoing.discard(call)

    def tell(self, call_id: UUID, event: events.HandOverDemanded | events.EndDemanded | events.Typed) -> bool:
        """Tell one call what is demanded of it, or said in writing; return False when it is not here."""
        for call in self._ongoing:
            if call.call_id == call_id:
                call.tell(event)
                return True
        return False

    def end_all(self) -> None:
        """The program must stop: have every caller told so and given to an operator."""
        for call in self._ongoing:
            call.tell(events.DrainOver())


class _OngoingCall:
    def __init__(self, leg: CallLeg, parts: CallParts) -> None:
        self._leg = leg
        self._parts = parts
        self._mailbox = Mailbox()
        self._mouth = Mouth(leg, parts.announcements, parts.synthesizer, self._use, in_words=self._in_words)
        self._senses = Senses(leg, parts.voice_activity, self.tell, self._mouth.line_is_silent)
        self._state = State(phrases=parts.phrases, limits=parts.limits, today=parts.today())
        self._figures = Figures()
        self._used: list[Usage] = []
        self._assistant = parts.assistant(leg.call_id)
        self._toolbox = Toolbox(self._assistant.tools, seconds=parts.limits.tool_seconds)
        self._caller: str | None = None
        self._reply: Reply | None = None
        self._saying: dict[anyio.CancelScope, tuple[Announcement, Spoken]] = {}

    @property
    def call_id(self) -> UUID:
        return self._leg.call_id

    def tell(self, event: events.Event, of: anyio.CancelScope | None = None) -> None:
        self._mailbox.put(event, of)

    def _use(self, usage: Usage) -> None:
        """Let the observer see what was used, also by what was cancelled; the dialog need not know."""
        self._used.append(usage)
        self._parts.observer.notice(self._leg.call_id, events.Used(usage), self._state, anyio.current_time())

    async def conduct(self) -> CallRecord:
        began = anyio.current_time()
        try:
            async with anyio.create_task_group() as works:
                async with anyio.create_task_group() as loops:
                    self._leg.attend(self._senses)
                    loops.start_soon(self._hear, loops)
                    last = await self._converse(loops, works)
                    loops.cancel_scope.cancel()
                await self._leave(last)
        finally:
            self._senses.close()
            await self._settle()
            record = self._record(anyio.current_time() - began)
            self._parts.observer.ended(record)
        return record

    async def _settle(self) -> None:
        """Keep what was done after the last word, and what the caller has heard of it."""
        self._take_results()
        with anyio.CancelScope(shield=True), anyio.move_on_after(_REMEMBER_SECONDS):
            await self._assistant.remember(self._state.turns)

    def _take_results(self) -> None:
        for event in self._mailbox.left():
            if isinstance(event, events.ToolEnded):
                self._state, _ = step(self._state, event, anyio.current_time())

    # What the caller says

    async def _hear(self, loops: TaskGroup) -> None:
        try:
            with anyio.move_on_after(_CALLER_SECONDS):
                self._caller = await self._parts.switchboard.caller(self._leg.call_id)
        except Unavailable:
            self._caller = None
        self.tell(events.CallerKnown(self._caller))
        loops.start_soon(self._assistant.meet, self._caller)
        loops.start_soon(self._welcome)
        with suppress(Unavailable):
            async with self._parts.recognizer.listen(self._caller, self._use) as ear:
                self._senses.listen_with(ear)
                async with aclosing(ear.hypotheses()) as hypotheses:
                    async for hypothesis in hypotheses:
                        self._senses.believe(hypothesis)
        self.tell(events.EarFailed())  # an ear that ends before its call is as deaf as one that fails

    async def _welcome(self) -> None:
        """While the caller hears the greeting, voice what he is asked then, if that is for him alone."""
        if not (question := await self._assistant.welcome()):
            return
        if await self._mouth.prepare(question):
            self.tell(events.Welcomed(question))

    def _in_words(self, text: str) -> str:
        return verbalize(text, self._parts.language, today=self._parts.today())

    # The only writer of the dialog

    async def _converse(self, loops: TaskGroup, works: TaskGroup) -> Action | None:
        """Step until the call has ended; return what is left to do."""
        parts = ReplyParts(
            thought=ThoughtParts(
                model=self._parts.model,
                assistant=self._assistant,
                toolbox=self._toolbox,
                limits=self._parts.limits,
                unsure=self._parts.phrases.unsure,
                tell=self.tell,
                used=self._use,
                background=works,
            ),
            synthesizer=self._parts.synthesizer,
            mouth=self._mouth,
            language=self._parts.language,
            today=self._parts.today,
        )
        self.tell(events.Answered(self._parts.greeting()))
        while True:
            event = await self._mailbox.take(deadline(self._state))
            last = self._apply(event or events.TimePassed(), loops, parts)
            if isinstance(self._state.phase, Ended):
                return last

    def _apply(self, event: events.Event, loops: TaskGroup, parts: ReplyParts) -> Action | None:
        """Step the dialog and do what it says; return the action that leaves the line, if there is one."""
        following: deque[events.Event] = deque((event,))
        last: Action | None = None
        while following:
            event = following.popleft()
            if isinstance(event, events.ReplyEnded | events.ReplyFailed) and event.heard:
                self._reply = None
            now = anyio.current_time()
            before = self._state.turns
            state = replace(
                self._state,
                operator_free=self._parts.switchboard.operator_free,
                saying=self._saying_now(),
                reached="" if self._reply is None else self._reply.spoken.heard(self._leg.sent),
            )
            self._state, owed = step(state, event, now)
            if _agent_was_heard(before, self._state.turns):
                loops.start_soon(self._assistant.remember, self._state.turns)
            for action in self._hushing(owed):
                match action:
                    case actions.Hush():
                        following.append(self._hush())
                    case actions.HandOver() | actions.HangUp():
                        last = action
                    case _:
                        self._act(action, loops, parts)
            self._settle_words()
            self._figures.notice(event, self._state, now)
            self._parts.observer.notice(self._leg.call_id, event, self._state, now)
        self._senses.expect(self._state.words, self._state.expectation)
        return last

    def _settle_words(self) -> None:
        if self._reply is not None and self._reply.answered and all(one.final for one in self._state.answered):
            said = [turn for turn in self._state.turns if isinstance(turn, CallerTurn)]
            for last in said[-1:]:
                self._reply.settle(last)

    def _saying_now(self) -> str:
        return self._state.saying if self._reply is None else self._reply.spoken.text

    def _act(self, action: Action, loops: TaskGroup, parts: ReplyParts) -> None:
        match action:
            case actions.Announce(announcement):
                spoken, scope = Spoken(), anyio.CancelScope()
                self._saying[scope] = announcement, spoken
                loops.start_soon(self._announce, announcement, spoken, scope)
            case actions.Consider(turns):
                self._forget()
                self._reply = Reply(turns, parts)
                loops.start_soon(self._reply)
            case actions.Answer():
                assert self._reply is not None, "the dialog answers only what it considers"
                self._reply.answer()
            case actions.Forget():
                self._forget()
            case actions.Hold():
                self._leg.hold()
            case actions.Release():
                self._leg.release()
            case _:  # FinishUtterance
                self._senses.finish_utterance()

    def _hushing(self, owed: Sequence[Action]) -> Sequence[Action]:
        """Hush also a reply that is dropped in the moment in which it began to sound, unknown yet to the dialog."""
        drops = any(isinstance(action, actions.Consider | actions.Forget) for action in owed)
        sounds = self._reply is not None and bool(self._reply.spoken.text)
        return (actions.Hush(), *owed) if drops and sounds and actions.Hush() not in owed else owed

    async def _announce(self, announcement: Announcement, spoken: Spoken, scope: anyio.CancelScope) -> None:
        with scope:
            await self._mouth.say(spoken, announcement.text)
            self._saying.pop(scope, None)
            self.tell(events.Announced(announcement, spoken.text))

    def _forget(self) -> None:
        """A reply that nobody heard anything of goes without a trace; one that is being heard waits for `_hush`."""
        if self._reply is not None:
            self._reply.scope.cancel()
            if not self._reply.spoken.text:
                self._reply = None

    def _hush(self) -> events.Hushed:
        place = self._mouth.hush()
        announcement, heard = None, ""
        for scope, (announced, spoken) in self._saying.items():
            scope.cancel()
            if announced.remembered:
                announcement, heard = announced, spoken.heard(place)
        self._saying.clear()
        if self._reply is not None and self._reply.spoken.text:
            self._reply.scope.cancel()
            announcement, heard = None, self._reply.spoken.heard(place)
            self._reply = None
        return events.Hushed(heard, announcement)

    # The end

    async def _leave(self, last: Action | None) -> None:
        """Take the caller where he belongs; bounded, and whatever becomes of the program meanwhile."""
        with anyio.CancelScope(shield=True):
            match last:
                case actions.HandOver(reason, summary):
                    await self._hand_over(reason, summary)
                case actions.HangUp():
                    with anyio.move_on_after(_RELEASE_SECONDS):
                        await self._release()
                    await self._leg.hang_up()
                case _:
                    await self._leg.hang_up()

    async def _hand_over(self, reason: Reason, summary: str) -> None:
        self._take_results()
        turns = self._state.turns
        card = Card(self._caller, reason, summary, turns, agreed(turns, at_work=self._toolbox.at_work))
        told = False
        with anyio.move_on_after(_HAND_OVER_SECONDS):
            try:
                await self._parts.switchboard.hand_over(self._leg.call_id, card)
                told = True
            except Unavailable:
                told = False
        if told:
            await self._leg.hang_up()
        else:
            self._leg.abandon()

    async def _release(self) -> None:
        try:
            await self._parts.switchboard.release(self._leg.call_id)
        except Unavailable:
            return

    def _record(self, seconds: float) -> CallRecord:
        from_line = self._leg.figures()
        phase = self._state.phase
        ended = phase if isinstance(phase, Ended) else Ended(Outcome.FAILED)
        cause = self._parts.switchboard.cause(self._leg.call_id)
        cost = self._parts.prices.cost(self._used)
        return CallRecord(
            self._leg.call_id, self._caller, self._state, ended, self._figures, from_line, seconds, cause, cost
        )


def _agent_was_heard(before: Sequence[Turn], after: Sequence[Turn]) -> bool:
    return len(after) > len(before) and isinstance(after[-1], AgentTurn)
