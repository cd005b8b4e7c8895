"""The agent's answer, from the model to the last frame.

Rule 1: before it is answered a reply thinks, and voices its first clause, but
makes no sound and uses no tool; a caller who goes on costs nothing but tokens.
Rule 2: model, voice and playback die together with the reply's scope.  A tool
that has begun does not: what it has done is told to the call, and is the
result of whoever asks for the same and does not know of it.
"""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from application.calls.mouth import Mouth
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, Toolbox, ToolRefused, Work, asked_hand_over
from application.ports.language import LanguageModel, Prompt, Words
from application.ports.speech import SpeechSynthesizer, Voice
from domain.clauses import Clauses
from domain.dialog import events
from domain.errors import Unavailable
from domain.history import recent
from domain.limits import Limits
from domain.speakable import speakable
from domain.spoken import Spoken
from domain.transcript import AgentTurn, ToolCall, ToolUse, Turn

_MOST_CLAUSES = 64
"""Clauses that wait for the voice; more, and the model's stream waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyParts:
    """What every reply of a call is made with."""

    model: LanguageModel
    synthesizer: SpeechSynthesizer
    toolbox: Toolbox
    instructions: str
    limits: Limits
    mouth: Mouth
    tell: Callable[[events.Event, anyio.CancelScope | None], None]
    background: TaskGroup
    """Where a tool works to its end, whatever becomes of the reply."""


class Reply:
    def __init__(self, turns: tuple[Turn, ...], parts: ReplyParts) -> None:
        self._turns = turns
        self._parts = parts
        self._answered = anyio.Event()
        self._failed_stage: str | None = None
        self._transfer = False
        self._worded = False
        self._voice_wanted = anyio.Event()
        """Set with the first words, while their clause is still being written; at the end at the latest."""
        self.scope = anyio.CancelScope()
        self.spoken = Spoken()

    @property
    def answered(self) -> bool:
        return self._answered.is_set()

    def answer(self) -> None:
        """Let it be heard."""
        self._answered.set()
        if self._worded:
            self._tell(events.ReplyWorded())

    def _tell(self, event: events.Event) -> None:
        self._parts.tell(event, self.scope)

    async def __call__(self) -> None:
        with self.scope:
            clauses_in, clauses_out = anyio.create_memory_object_stream[str](_MOST_CLAUSES)
            async with anyio.create_task_group() as group:
                group.start_soon(self._think, clauses_in)
                group.start_soon(self._speak, clauses_out, group.cancel_scope)
            await self._answered.wait()
            if self._failed_stage == "voice":
                self._tell(events.ReplyFailed("voice", ""))
                return
            await self._parts.mouth.until_played()
            if self._failed_stage is not None:
                self._tell(events.ReplyFailed(self._failed_stage, self.spoken.text))
            else:
                self._tell(events.ReplyEnded(self.spoken.text))

    # From the model to clauses

    async def _think(self, clauses: MemoryObjectSendStream[str]) -> None:
        async with clauses:
            rounds = self._parts.limits.tool_rounds
            try:
                while True:
                    said, calls = await self._complete(clauses, with_tools=rounds > 0)
                    if said:
                        self._turns = (*self._turns, AgentTurn(said))
                    if not calls or rounds == 0:
                        return
                    rounds -= 1
                    await self._answered.wait()
                    self._turns = (*self._turns, *[await self._use(call) for call in calls])
                    if self._transfer:
                        return
            except Unavailable:
                self._failed_stage = "model"
            finally:
                self._voice_wanted.set()

    async def _complete(self, clauses: MemoryObjectSendStream[str], *, with_tools: bool) -> tuple[str, list[ToolCall]]:
        """Pass one completion's words on; return them and the tools it wants."""
        cutter, said, calls = Clauses(), "", list[ToolCall]()
        specs = self._parts.toolbox.specs if with_tools else ()
        prompt = Prompt(self._parts.instructions, specs, recent(self._turns))
        async with aclosing(self._parts.model.reply(prompt)) as deltas:
            async for delta in deltas:
                match delta:
                    case Words(text):
                        said += text
                        self._notice_words()
                        for clause in cutter.add(text):
                            await clauses.send(clause)
                    case ToolCall():
                        calls.append(delta)
                    case _:  # Usage
                        pass
        for clause in cutter.rest():
            await clauses.send(clause)
        return said, calls

    def _notice_words(self) -> None:
        if not self._worded:
            self._worded = True
            self._voice_wanted.set()
            if self.answered:
                self._tell(events.ReplyWorded())

    async def _use(self, call: ToolCall) -> ToolUse:
        if call.name == TRANSFER_TO_OPERATOR.name:
            try:
                reason, summary = asked_hand_over(call)
            except ToolRefused as refusal:
                return ToolUse(call, str(refusal), failed=True)
            self._transfer = True
            self._tell(events.HandOverAsked(reason, summary))
            return ToolUse(call, "The caller is being connected.")
        work = self._parts.toolbox.begun(call, self._turns)
        if work is None:
            work = self._parts.toolbox.begin(call)
            self._parts.background.start_soon(self._do, work)
        if work.use is None:
            self._tell(events.ToolStarted(call.name))
        return replace(await work.result(), call=call)

    async def _do(self, work: Work) -> None:
        use = await self._parts.toolbox.use(work.call, self._turns)
        self._parts.tell(events.ToolEnded(use), None)
        work.end(use)

    # From clauses to the line

    async def _speak(self, clauses: MemoryObjectReceiveStream[str], both: anyio.CancelScope) -> None:
        async with clauses:
            await self._voice_wanted.wait()
            try:
                async with self._parts.synthesizer.voice() as voice:
                    async for clause in clauses:
                        if text := speakable(clause):
                            await self._voice(voice, text)
            except Unavailable:
                self._failed_stage = "voice"
                both.cancel()

    async def _voice(self, voice: Voice, text: str) -> None:
        begun = False
        async with aclosing(voice.say(text)) as pieces:
            async for piece in pieces:
                await self._answered.wait()
                if not begun:
                    begun = True
                    first = not self.spoken.text
                    self._parts.mouth.begin(self.spoken, text)
                    if first:
                        self._tell(events.ReplyAudible())
                await self._parts.mouth.play(self.spoken, piece)
        if begun:
            self.spoken.end()
