"""The agent's answer, from the model to the last frame.

Rule 1: before it is answered a reply thinks, and voices its first clause, but
makes no sound and uses no tool; a caller who goes on costs nothing but tokens.
Rule 2: model, voice and playback die together with the reply's scope.
Rule 3: what is remembered is what is written; figures become words only on
their way to the voice.
"""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from application.calls.mouth import Mouth
from application.calls.thought import Clause, Thought, ThoughtParts
from application.ports.speech import SpeechSynthesizer, Voice
from domain.dialog import events
from domain.errors import Unavailable
from domain.phrases import Language
from domain.spoken import Spoken
from domain.transcript import CallerTurn, Turn
from domain.verbalizer.spoken import verbalize

_MOST_CLAUSES = 64
"""Clauses that wait for the voice; more, and the model's stream waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyParts:
    """What every reply of a call is made with."""

    thought: ThoughtParts
    synthesizer: SpeechSynthesizer
    mouth: Mouth
    language: Language
    today: Callable[[], date]


class Reply:
    def __init__(self, turns: tuple[Turn, ...], parts: ReplyParts) -> None:
        self._parts = parts
        self._answered = anyio.Event()
        self._failed_stage: str | None = None
        self._is_worded = False
        self._voice_wanted = anyio.Event()
        """Set with the first words, while their clause is still being written; at the end at the latest."""
        self.scope = anyio.CancelScope()
        self.spoken = Spoken()
        self._thought = Thought(
            turns, parts.thought, scope=self.scope, answered=self._answered, worded=self._notice_words
        )

    @property
    def answered(self) -> bool:
        return self._answered.is_set()

    def answer(self) -> None:
        """Let it be heard."""
        self._answered.set()
        if self._is_worded:
            self._tell(events.ReplyWorded())

    def settle(self, said: CallerTurn) -> None:
        """The words that it answers are final."""
        self._thought.settle(said)

    def _tell(self, event: events.Event) -> None:
        self._parts.thought.tell(event, self.scope)

    async def __call__(self) -> None:
        with self.scope:
            clauses_in, clauses_out = anyio.create_memory_object_stream[Clause](_MOST_CLAUSES)
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

    async def _think(self, clauses: MemoryObjectSendStream[Clause]) -> None:
        async with clauses:
            try:
                await self._thought(clauses)
            except Unavailable:
                self._failed_stage = "model"
            finally:
                self._voice_wanted.set()

    def _notice_words(self) -> None:
        if not self._is_worded:
            self._is_worded = True
            self._voice_wanted.set()
            if self.answered:
                self._tell(events.ReplyWorded())

    async def _speak(self, clauses: MemoryObjectReceiveStream[Clause], both: anyio.CancelScope) -> None:
        async with clauses:
            await self._voice_wanted.wait()
            try:
                async with self._parts.synthesizer.voice(self._parts.thought.used) as voice:
                    async for clause in clauses:
                        await self._voice(voice, clause)
            except Unavailable:
                self._failed_stage = "voice"
                both.cancel()

    async def _voice(self, voice: Voice, clause: Clause) -> None:
        begun = False
        words = verbalize(clause.text, self._parts.language, today=self._parts.today())
        async with aclosing(voice.say(words, passing=words != clause.text)) as pieces:
            async for piece in pieces:
                await self._answered.wait()
                if not begun:
                    begun = True
                    self._begin(clause)
                await self._parts.mouth.play(self.spoken, piece)
        if begun:
            self.spoken.end()

    def _begin(self, clause: Clause) -> None:
        first = not self.spoken.text
        self._parts.mouth.begin(self.spoken, clause.text)
        if first:
            self._tell(events.ReplyAudible())
        if clause.protected:
            self._tell(events.ReadBackBegan())
