"""The agent's mouth: the only writer of a leg.

What was put on the line is known by its place: the count of speech frames
that went before it.  What was heard is read from the line's own count.
"""

from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress

import anyio
from anyio.lowlevel import checkpoint_if_cancelled

from application.calls.announcements import Announcements
from application.ports.line import CallLeg
from application.ports.metering import Meter, uncounted
from application.ports.speech import SpeechSynthesizer
from domain.audio import Frame
from domain.errors import Unavailable
from domain.spoken import Spoken

_VOICE_SECONDS = 3.0


class Mouth:
    def __init__(
        self,
        leg: CallLeg,
        announcements: Announcements,
        synthesizer: SpeechSynthesizer,
        used: Meter = uncounted,
        *,
        in_words: Callable[[str], str] = str,
    ) -> None:
        """`in_words` returns how a text is read out; what is prepared for all calls needs none of it."""
        self._in_words = in_words
        self._leg = leg
        self._announcements = announcements
        self._synthesizer = synthesizer
        self._used = used
        self._prepared: dict[str, Sequence[Frame]] = {}
        """Audio that is of use to this call only."""
        self._given = 0
        self._silent = anyio.Event()

    def begin(self, spoken: Spoken, text: str) -> None:
        """What is played next says this."""
        spoken.begin(text, self._given)

    async def play(self, spoken: Spoken, audio: Sequence[Frame]) -> None:
        await checkpoint_if_cancelled()  # what is not put on the line must not be counted
        self._given += len(audio)
        spoken.add(len(audio))
        await self._leg.play(audio)

    async def until_played(self) -> None:
        """Return when all that was given by now has been played."""
        given = self._given
        while self._leg.sent < given:
            await self._silent.wait()

    def line_is_silent(self) -> None:
        self._silent.set()
        self._silent = anyio.Event()

    async def prepare(self, text: str) -> bool:
        """Voice a text of this call beforehand; return whether that could be done."""
        self._prepared[text] = await self._voiced(text, passing=True)
        return bool(self._prepared[text])

    async def say(self, spoken: Spoken, text: str) -> None:
        """Say a text that may have been prepared; return when it was played, or when there is no voice for it."""
        if audio := self._announcements.audio(text) or self._prepared.get(text) or await self._voiced(text):
            self.begin(spoken, text)
            await self.play(spoken, audio)
            spoken.end()
            await self.until_played()

    async def _voiced(self, text: str, *, passing: bool = False) -> Sequence[Frame]:
        """Return the whole audio, which is never mixed with a reply's; none when it does not come whole or in time."""
        audio: list[Frame] = []
        words = self._in_words(text)
        passing = passing or words != text
        with anyio.move_on_after(_VOICE_SECONDS), suppress(Unavailable):
            async with (
                self._synthesizer.voice(self._used) as voice,
                aclosing(voice.say(words, passing=passing)) as pieces,
            ):
                async for piece in pieces:
                    audio.extend(piece)
            return audio
        return ()

    def hush(self) -> int:
        """Stop at once; return the place on the line."""
        self._given = self._leg.hush()
        return self._given
