"""Hearing and speaking."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from application.ports.metering import Meter, uncounted
from domain.audio import Frame
from domain.speech import Expectation, Hypothesis


class VoiceTrack(Protocol):
    """One call's place in the voice activity detector."""

    def hear(self, frame: Frame, sounding: Frame | None) -> None:
        """Take the caller's frame and what the agent sounds meanwhile (its echo is not the caller).  Never waits."""
        ...

    def close(self) -> None: ...


class VoiceActivity(Protocol):
    def track(self, told: Callable[[float, float], None]) -> VoiceTrack:
        """Open a track.

        `told(seconds, probability)` is called for each stretch of audio in
        its order: its length and how likely a human voice is in it (0 to 1).
        """
        ...


class Ear(Protocol):
    """One call's recognition."""

    def hear(self, frame: Frame, *, voiced: bool) -> None:
        """Take the caller's frame.  Never waits: when the provider is slow, the oldest audio is dropped and counted."""
        ...

    def finish(self) -> None:
        """The utterance has ended: bring its final soon.  What follows belongs to the next utterance."""
        ...

    def expect(self, expectation: Expectation) -> None:
        """Learn what kind of answer comes next."""
        ...

    def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        """Yield what is believed, in order of utterances, for the whole call.

        Each finished utterance gets exactly one final, "" when nothing was
        understood.  Raises `Unavailable` when the provider fails for good.
        """
        ...


class SpeechRecognizer(Protocol):
    def listen(self, caller: str | None, used: Meter = uncounted) -> AbstractAsyncContextManager[Ear]:
        """Open an ear for a call; `caller` is the number, where it is known.

        `used` learns of the audio that went to the provider, now and then and at the end.
        """
        ...


class Voice(Protocol):
    """The voice of one reply."""

    def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        """Yield the clause's audio as it comes, faster than real time.  Raises `Unavailable`.

        A passing clause is of this moment (an amount, a date): its audio is of no use to other calls and is not kept.
        """
        ...


class SpeechSynthesizer(Protocol):
    def voice(self, used: Meter = uncounted) -> AbstractAsyncContextManager[Voice]:
        """Get ready to speak a reply: what can be opened before the first words are known is opened now.

        `used` learns at the end of the characters that the provider was asked to voice.
        """
        ...
