"""The literal pair: a mouth whose frames carry their words, and an ear that reads them back.

They are inverse functions, so that a test or a demo in any language needs no
audio file and no model, and what is heard can be compared as a sentence.
"""

import math
from collections import deque
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager

import anyio

from adapters.memory.faults import Faults
from adapters.memory.literal_audio import speech_frames, word_in
from application.ports.metering import Meter, uncounted
from domain.audio import FRAMES_PER_SECOND, SILENCE, Frame
from domain.speech import Expectation, Hypothesis
from domain.usage import EarUsage, VoiceUsage

_MOST_WAITING = 64  # hypotheses not yet taken; then new interims are dropped, never a final
_LONGEST_WORDS = 500  # of one utterance


class LiteralSynthesizer:
    """Fulfils the port `SpeechSynthesizer`; a clause comes word by word."""

    def __init__(self, *, first_audio_seconds: float = 0.0, frames_a_word: int | None = None) -> None:
        self.first_audio_seconds = first_audio_seconds
        self._frames_a_word = frames_a_word
        self.faults = Faults()

    @asynccontextmanager
    async def voice(self, used: Meter = uncounted) -> AsyncGenerator["LiteralVoice", None]:
        voice = LiteralVoice(self)
        try:
            yield voice
        finally:
            if voice.characters:
                used(VoiceUsage(provider="offline", voice="literal", characters=voice.characters))

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        await anyio.sleep(self.first_audio_seconds)
        for number, word in enumerate(clause.split()):
            await self.faults.endure()
            spoken = speech_frames(word, frames_a_word=self._frames_a_word)
            yield [SILENCE, *spoken] if number else spoken


class LiteralVoice:
    """Fulfils the port `Voice`."""

    def __init__(self, synthesizer: LiteralSynthesizer) -> None:
        self._synthesizer = synthesizer
        self.characters = 0

    def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        self.characters += len(clause)
        return self._synthesizer.say(clause, passing=passing)


class LiteralRecognizer:
    """Fulfils the port `SpeechRecognizer`; its manners may be changed while calls run."""

    def __init__(
        self,
        *,
        interim_seconds: float = 0.05,
        final_seconds: float = 0.1,
        confidence: float | None = 0.9,
        language: str | None = None,
        finals: Mapping[str, str] | None = None,
    ) -> None:
        self.interim_seconds = interim_seconds
        """From the end of a word to the interim that has it."""
        self.final_seconds = final_seconds
        """From the end of the utterance to its final."""
        self.confidence = confidence
        self.language = language
        self.finals = dict(finals or {})
        """What the final says in place of what the interims said."""
        self.faults = Faults()
        self.expectations: deque[Expectation] = deque(maxlen=100)
        """What the ears were told to expect, the newest last."""

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator["LiteralEar", None]:
        with _open_ear(self) as ear:
            try:
                yield ear
            finally:
                used(EarUsage(provider="offline", model="literal", seconds=ear.frames / FRAMES_PER_SECOND))


class LiteralEar:
    """Fulfils the port `Ear`: interims have the words spoken whole, the final those that were begun."""

    def __init__(self, recognizer: LiteralRecognizer) -> None:
        self._recognizer = recognizer
        self._utterance = 0
        self._words: deque[str] = deque(maxlen=_LONGEST_WORDS)
        self._due: deque[tuple[float, Hypothesis]] = deque()
        self._changed = anyio.Event()
        self.frames = 0

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        self.frames += 1
        if (found := word_in(frame)) is None:
            return
        word, number, count = found
        if number == 0:
            self._words.append(word)
        if number == count - 1:
            self._believe(final=False)

    def finish(self) -> None:
        self._believe(final=True)
        self._words.clear()
        self._utterance += 1

    def expect(self, expectation: Expectation) -> None:
        self._recognizer.expectations.append(expectation)

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        while True:
            await self._recognizer.faults.endure()
            wait_seconds = self._due[0][0] - anyio.current_time() if self._due else math.inf
            if wait_seconds <= 0:
                yield self._due.popleft()[1]
                continue
            with anyio.move_on_after(wait_seconds):
                await self._changed.wait()

    def wake(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()

    def _believe(self, *, final: bool) -> None:
        manners = self._recognizer
        text = " ".join(self._words)
        at = anyio.current_time() + (manners.final_seconds if final else manners.interim_seconds)
        if final:
            text = manners.finals.get(text, text)
            self._due = deque(due for due in self._due if due[1].final or due[0] <= at)
        elif len(self._due) >= _MOST_WAITING:
            return
        self._due.append((at, Hypothesis(self._utterance, text, final, manners.confidence, manners.language)))
        self.wake()


@contextmanager
def _open_ear(recognizer: LiteralRecognizer) -> Generator[LiteralEar, None, None]:
    ear = LiteralEar(recognizer)
    recognizer.faults.watch(ear.wake)
    try:
        yield ear
    finally:
        recognizer.faults.unwatch(ear.wake)
