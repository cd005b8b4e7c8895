"""Audio of what the agent says of itself, ready before it is needed."""

from collections.abc import Iterable, Sequence
from contextlib import aclosing

import anyio

from application.ports.speech import SpeechSynthesizer
from domain.audio import Frame
from domain.errors import Unavailable

_SECONDS_A_TEXT = 12
_AT_ONCE = 4
_TRY_AGAIN_SECONDS = 60


class Announcements:
    """Voices texts beforehand.

    When the synthesizer is not there, a stand-in speaks, so that an apology
    can be heard just then; its voice gives way as soon as the cause is gone.
    """

    def __init__(self, synthesizer: SpeechSynthesizer, stand_in: SpeechSynthesizer | None = None) -> None:
        self._synthesizer = synthesizer
        self._stand_in = stand_in
        self._audio: dict[str, Sequence[Frame]] = {}
        self._owed: set[str] = set()

    @property
    def owed(self) -> frozenset[str]:
        """Texts that the synthesizer itself has not voiced yet."""
        return frozenset(self._owed)

    def audio(self, text: str) -> Sequence[Frame] | None:
        """Return the audio of a text that was prepared, None when there is none."""
        return self._audio.get(text)

    async def prepare(self, texts: Iterable[str]) -> None:
        """Voice the texts, each within seconds; what could not be voiced is owed."""
        self._owed.update(texts)
        limiter = anyio.CapacityLimiter(_AT_ONCE)
        async with anyio.create_task_group() as group:
            for text in sorted(self._owed):
                group.start_soon(self._prepare, text, limiter)

    async def keep_prepared(self) -> None:
        """Try again each minute what is owed."""
        while True:
            await anyio.sleep(_TRY_AGAIN_SECONDS)
            if self._owed:
                await self.prepare(())

    async def _prepare(self, text: str, limiter: anyio.CapacityLimiter) -> None:
        async with limiter:
            audio = await _voiced(self._synthesizer, text)
            if audio:
                self._audio[text] = audio
                self._owed.discard(text)
            elif self._stand_in is not None and text not in self._audio:
                audio = await _voiced(self._stand_in, text)
                if audio:
                    self._audio[text] = audio


async def _voiced(synthesizer: SpeechSynthesizer, text: str) -> Sequence[Frame] | None:
    """Return the whole audio of a text, None when it did not come whole or in time."""
    audio: list[Frame] = []
    with anyio.move_on_after(_SECONDS_A_TEXT):
        try:
            async with synthesizer.voice() as voice, aclosing(voice.say(text)) as pieces:
                async for piece in pieces:
                    audio.extend(piece)
        except Unavailable:
            return None
        return audio
    return None
