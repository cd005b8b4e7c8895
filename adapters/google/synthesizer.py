"""Speech synthesis by Google Text-to-Speech.

Rule 1: a clause is tried twice, and never again after its first audio.
Rule 2: nothing is remembered of a failure: the next clause is asked for as if it had not been.
Rule 3: a clause that Google was asked for is used, whoever hears it; one that was kept, or that Google refused, is not.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager

import anyio

from adapters.google.channel import Channels
from adapters.google.clauses import ClauseCache
from adapters.google.errors import Refused
from adapters.google.sources import SERVICE, Patience, Source, Streamed, Whole
from application.ports.metering import Meter, uncounted
from domain.audio import Cutter, Frame, frames
from domain.errors import Unavailable
from domain.usage import VoiceUsage

PROVIDER = "google"
TTS_HOST = "texttospeech.googleapis.com"

_WARM_WITHIN = 5.0
_ATTEMPTS = 2


class GoogleSynthesizer:
    """Fulfils the port `SpeechSynthesizer`."""

    def __init__(
        self, channels: Channels, *, voice: str = "uk-UA-Standard-A", speaking_rate: float = 1.0, cache: ClauseCache
    ) -> None:
        self._channels = channels
        self._voice = voice
        self._speaking_rate = speaking_rate
        self._streams = "Chirp3-HD" in voice
        self.cache = cache

    @asynccontextmanager
    async def voice(self, used: Meter = uncounted) -> AsyncGenerator["GoogleVoice", None]:
        source = self._source()
        voice = GoogleVoice(source, self.cache)
        try:
            await source.prepare()
            yield voice
        finally:
            source.close()
            if voice.characters:
                used(VoiceUsage(provider=PROVIDER, voice=self._voice, characters=voice.characters))

    async def warm_up(self) -> None:
        """Make the slow first request.  Raises `Unavailable` within five seconds."""
        source = self._source()
        try:
            with anyio.fail_after(_WARM_WITHIN):
                async with aclosing(_tried(source, "Так.")) as pieces:
                    async for _ in pieces:
                        pass
        except TimeoutError:
            raise Unavailable(f"{SERVICE}: no answer within {_WARM_WITHIN:.0f} s") from None
        finally:
            source.close()

    def _source(self) -> Source:
        kind = Streamed if self._streams else Whole
        return kind(self._channels, self._voice, self._speaking_rate)


class GoogleVoice:
    """Fulfils the port `Voice`."""

    def __init__(self, source: Source, cache: ClauseCache) -> None:
        self._source = source
        self._cache = cache
        self.characters = 0
        """Of the clauses that Google was asked for."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        if not clause.strip():
            return
        kept = None if passing else await self._cache.find(clause)
        if kept is not None:
            yield frames(kept)
            return
        cutter = Cutter()
        said: list[bytes] = []
        self.characters += len(clause)
        try:
            async with aclosing(_tried(self._source, clause)) as pieces:
                async for piece in pieces:
                    said.append(piece)
                    if whole := cutter.cut(piece):
                        yield whole
        except Unavailable:
            if not said:
                self.characters -= len(clause)
            raise
        if rest := cutter.tail():
            yield rest
        if not passing:
            await self._cache.keep(clause, b"".join(said))


async def _tried(source: Source, clause: str) -> AsyncGenerator[bytes, None]:
    """Yield a clause's audio; ask once more when there is none."""
    patience = Patience()
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            async with aclosing(source.pieces(clause, patience)) as pieces:
                async for piece in pieces:
                    if piece:
                        patience.sounded = True
                        yield piece
            if patience.sounded:
                return
            raise Unavailable(f"{SERVICE}: no audio")
        except Refused:
            raise
        except Unavailable:
            if patience.sounded or attempt == _ATTEMPTS or patience.left <= 0:
                raise
