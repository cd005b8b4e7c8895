"""The agent's mouth: the only writer of a leg.

What was put on the line is known by its place: the count of speech frames
that went before it.  What was heard is read from the line's own count.
"""

from collections.abc import Sequence
from contextlib import aclosing

import anyio

from application.calls.announcements import Announcements
from application.ports.line import CallLeg
from application.ports.speech import SpeechSynthesizer
from domain.audio import Frame
from domain.errors import Unavailable
from domain.spoken import Spoken


class Mouth:
    def __init__(self, leg: CallLeg, announcements: Announcements, synthesizer: SpeechSynthesizer) -> None:
        self._leg = leg
        self._announcements = announcements
        self._synthesizer = synthesizer
        self._given = 0
        self._silent = anyio.Event()

    def begin(self, spoken: Spoken, text: str) -> None:
        """What is played next says this."""
        spoken.begin(text, self._given)

    async def play(self, spoken: Spoken, audio: Sequence[Frame]) -> None:
        self._given += len(audio)
        spoken.add(len(audio))
        await self._leg.play(audio)

    async def until_played(self) -> None:
        """Return when all that was given by now has been played."""
        given = self._given
        while self._leg.sent < given:
            self._silent = anyio.Event()
            await self._silent.wait()

    def line_is_silent(self) -> None:
        self._silent.set()

    async def say(self, spoken: Spoken, text: str) -> None:
        """Say a text that may have been prepared; return when it was played, or when there is no voice for it."""
        self.begin(spoken, text)
        audio = self._announcements.audio(text)
        if audio is not None:
            await self.play(spoken, audio)
        else:
            try:
                async with self._synthesizer.voice() as voice, aclosing(voice.say(text)) as pieces:
                    async for piece in pieces:
                        await self.play(spoken, piece)
            except Unavailable:
                pass
        spoken.end()
        await self.until_played()

    def hush(self) -> int:
        """Stop at once; return the place on the line."""
        self._given = self._leg.hush()
        return self._given
