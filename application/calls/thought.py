"""The thinking of one reply: from the turns to clauses that may be spoken.

Rule 1: no clause goes to the voice that claims what no tool of this call has
said.  The model is told what was wrong and may correct itself once; then a
safe sentence is said.
Rule 2: a tool is used when the reply is wanted, and not before.  One that has
begun works to its end, whatever becomes of the reply: what it has done is
told to the call, and is the result of whoever asks for the same and does not
know of it.
Rule 3: what a tool wants said is said word for word, and ends the reply: one
question at a time.
Rule 4: nothing is changed for words that are not final while they may still be.
Rule 5: who was told that something is looked up hears an answer; a reply
without a word is for the dialog to make good.
"""

from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectSendStream

from application.calls.assistant import Assistant, Briefing
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, Toolbox, ToolRefused, Work, asked_hand_over
from application.ports.language import LanguageModel, Prompt, Words
from application.ports.metering import Meter
from domain.clauses import Clauses
from domain.dialog import events
from domain.facts import Deed, Facts
from domain.history import recent
from domain.limits import Limits
from domain.speakable import speakable
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.truth.gate import Verdict, judge
from domain.truth.judgement import Judgement
from domain.truth.known import known
from domain.visit.writes import WRITING_TOOLS

_SAY_SOMETHING = "The caller waits and has heard no answer: tell him now what the tools have answered, in words."
_HANDED_OVER = Facts(deeds=frozenset({Deed.HANDED_OVER}))


@dataclass(frozen=True, slots=True)
class Clause:
    """Words for the voice, as they are written."""

    text: str
    protected: bool = False
    """Whether the caller hears it to its end, even if he speaks meanwhile: a read-back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThoughtParts:
    """What every reply of a call is thought with."""

    model: LanguageModel
    assistant: Assistant
    toolbox: Toolbox
    limits: Limits
    unsure: str
    """What is said in place of what nothing supports."""
    tell: Callable[[events.Event, anyio.CancelScope | None], None]
    used: Meter
    background: TaskGroup
    """Where a tool works to its end."""


@dataclass(slots=True)
class _Completion:
    """What the model said of itself, as far as it may be said, and what it wants done."""

    said: str = ""
    calls: tuple[ToolCall, ...] = ()
    refused: Verdict | None = None


class Thought:
    def __init__(
        self,
        turns: tuple[Turn, ...],
        parts: ThoughtParts,
        *,
        scope: anyio.CancelScope,
        answered: anyio.Event,
        worded: Callable[[], None],
    ) -> None:
        self._turns = turns
        self._parts = parts
        self._scope = scope
        self._answered = answered
        self._worded = worded
        self._transfer = False
        self._said: CallerTurn | None = None
        self._settled = anyio.Event()

    def settle(self, said: CallerTurn) -> None:
        """The caller's last words are final."""
        self._said = said
        self._settled.set()

    async def __call__(self, clauses: MemoryObjectSendStream[Clause]) -> None:
        """Think to the end of the reply.  Raises `Unavailable` when no model answers."""
        rounds = self._parts.limits.tool_rounds
        correction, corrected, used, spoke = "", False, False, False
        while True:
            completion = await self._complete(clauses, with_tools=rounds > 0, correction=correction)
            if completion.said:
                spoke, self._turns = True, (*self._turns, AgentTurn(completion.said))
            if completion.refused is not None and not corrected:
                correction, corrected = completion.refused.told(), True
                continue
            silent = not completion.said and (rounds == 0 or not completion.calls)
            if silent and used and not corrected:
                correction, corrected = _SAY_SOMETHING, True
                continue
            if silent and correction == _SAY_SOMETHING and not spoke:
                return
            if completion.refused is not None or (silent and corrected):
                self._tell(events.ClauseJudged(Judgement.REPLACED))
                await clauses.send(Clause(self._parts.unsure))
                return
            if not completion.calls or rounds == 0:
                return
            correction, used = "", True
            rounds -= 1
            if await self._use_all(completion.calls, clauses):
                return

    def _tell(self, event: events.Event) -> None:
        self._parts.tell(event, self._scope)

    async def _complete(
        self, clauses: MemoryObjectSendStream[Clause], *, with_tools: bool, correction: str
    ) -> _Completion:
        """Pass one completion's words on, as far as they may be said; return them and the tools it wants."""
        cutter, completion = Clauses(), _Completion()
        briefing = self._parts.assistant.brief(self._turns)
        facts = known(self._turns, standing=briefing.standing)
        prompt = self._prompt(briefing, with_tools, correction)
        async with aclosing(self._parts.model.reply(prompt, self._parts.used)) as deltas:
            async for delta in deltas:
                match delta:
                    case Words(text):
                        self._worded()
                        if not await self._pass_on(cutter.add(text), completion, facts, briefing, clauses):
                            return completion
                    case _:  # ToolCall
                        completion.calls = (*completion.calls, delta)
        await self._pass_on(cutter.rest(), completion, facts, briefing, clauses)
        return completion

    def _prompt(self, briefing: Briefing, with_tools: bool, correction: str) -> Prompt:
        specs = self._parts.toolbox.specs(briefing.tools) if with_tools else ()
        note = "\n".join(line for line in (briefing.note, correction) if line)
        return Prompt(briefing.instructions, specs, recent((*briefing.earlier, *self._turns)), note)

    async def _pass_on(
        self,
        written: Sequence[str],
        completion: _Completion,
        facts: Facts,
        briefing: Briefing,
        clauses: MemoryObjectSendStream[Clause],
    ) -> bool:
        """Send what may be spoken; return whether all of it may."""
        for clause in written:
            if not (text := speakable(clause)):
                continue
            verdict = judge(text, facts, today=briefing.today, before=completion.said)
            if verdict.passes:
                self._tell(events.ClauseJudged(Judgement.PASSED))
            else:
                self._tell(events.ClauseJudged(Judgement.REFUSED, text))
                completion.refused = verdict
                return False
            completion.said = f"{completion.said} {text}".strip()
            await clauses.send(Clause(text))
        return True

    # What the model wants done

    async def _use_all(self, calls: Sequence[ToolCall], clauses: MemoryObjectSendStream[Clause]) -> bool:
        """Use the tools, one after the other; return whether the reply ends with them."""
        await self._answered.wait()
        if any(call.name in WRITING_TOOLS for call in calls):
            await self._hear_final()
        told = False
        for call in calls:
            if told and call.name != TRANSFER_TO_OPERATOR.name:
                continue  # the next reply may ask for it, when the caller has heard this and spoken
            use = await self._use(call)
            self._turns = (*self._turns, use)
            if use.say:
                told = True
                await self._say(use.say, clauses)
        return told or self._transfer

    async def _hear_final(self) -> None:
        """Wait for the caller's words to be final, as long as a recognizer may take; they may turn out to be others."""
        with anyio.move_on_after(self._parts.limits.final_seconds):
            await self._settled.wait()
        if self._said is not None:
            last = max(at for at, turn in enumerate(self._turns) if isinstance(turn, CallerTurn))
            self._turns = (*self._turns[:last], self._said, *self._turns[last + 1 :])

    async def _say(self, text: str, clauses: MemoryObjectSendStream[Clause]) -> None:
        cutter = Clauses()
        for sentence in (*cutter.add(text), *cutter.rest()):
            await clauses.send(Clause(sentence, protected=True))
        self._worded()

    async def _use(self, call: ToolCall) -> ToolUse:
        if call.name == TRANSFER_TO_OPERATOR.name:
            try:
                reason, summary = asked_hand_over(call)
            except ToolRefused as refusal:
                return ToolUse(call, str(refusal), failed=True)
            self._transfer = True
            self._tell(events.HandOverAsked(reason, summary))
            return ToolUse(call, "The caller is being connected.", facts=_HANDED_OVER)
        work = self._parts.toolbox.begun(call, self._turns)
        if work is None:
            work = self._parts.toolbox.begin(call)
            self._parts.background.start_soon(self._do, work, self._turns)
        if work.use is None:
            self._tell(events.ToolStarted(call.name))
        return replace(await work.result(), call=call)

    async def _do(self, work: Work, turns: Sequence[Turn]) -> None:
        with anyio.CancelScope(shield=True):
            use = await self._parts.toolbox.use(work.call, turns)
        self._parts.tell(events.ToolEnded(use), None)
        work.end(use)
