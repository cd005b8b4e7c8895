"""Audio of what the agent says of itself, ready before it is needed."""

from collections.abc import Iterable, Sequence
from contextlib import aclosing

import anyio

from application.ports.speech import SpeechSynthesizer
from domain.audio import Frame
from domain.errors import Unavailable

_AT_ONCE = 4


class Announcements:
    """Voices texts beforehand.

    When the synthesizer is not there, a stand-in speaks, so that an apology
    can be heard just then; its voice gives way as soon as the cause is gone.
    """

    def __init__(
        self,
        synthesizer: SpeechSynthesizer,
        stand_in: SpeechSynthesizer | None = None,
        *,
        text_seconds: float = 12,
        try_again_seconds: float = 60,
    ) -> None:
        self._synthesizer = synthesizer
        self._stand_in = stand_in
        self._text_seconds = text_seconds
        self._try_again_seconds = try_again_seconds
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
        """Try again from time to time what is owed."""
        while True:
            await anyio.sleep(self._try_again_seconds)
            if self._owed:
                await self.prepare(())

    async def _prepare(self, text: str, limiter: anyio.CapacityLimiter) -> None:
        async with limiter:
            own = await self._voiced(self._synthesizer, text)
            audio = own or await self._stood_in(text)
        if own:
            self._owed.discard(text)
        if audio:
            self._audio[text] = audio

    async def _stood_in(self, text: str) -> Sequence[Frame] | None:
        if self._stand_in is None or text in self._audio:
            return None
        return await self._voiced(self._stand_in, text)

    async def _voiced(self, synthesizer: SpeechSynthesizer, text: str) -> Sequence[Frame] | None:
        """Return the whole audio of a text, None when it did not come whole or in time."""
        audio: list[Frame] = []
        with anyio.move_on_after(self._text_seconds):
            try:
                async with synthesizer.voice() as voice, aclosing(voice.say(text)) as pieces:
                    async for piece in pieces:
                        audio.extend(piece)
            except Unavailable:
                return None
            return audio
        return None
