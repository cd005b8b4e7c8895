"""Finding the beginning and the end of an utterance.

Rule 1: no clock is kept here; time is the audio that was heard.
Rule 2: how long a silence ends an utterance depends on what was said: short
when the words complete what was asked, longer when they hang in the air or
digits are dictated, and as long as this caller's own pauses need.
"""

from dataclasses import dataclass
from datetime import date

from domain import words
from domain.hearing.numbers import ends_in_number
from domain.hearing.understood import is_complete, understood
from domain.speech import Expectation

SHORTEST_SECONDS = 0.3
LONGEST_SECONDS = 3.0
ONSET_SECONDS = 0.09
"""Voice without a break that makes a beginning: a click is shorter."""
ONSET_OVER_AGENT_SECONDS = 0.06
"""The same while the agent speaks: he must stop at once, and a hold that was for nothing costs little."""
PAUSE_SECONDS = 0.09
"""Silence that makes a pause: the gap before a plosive is shorter."""
RESUME_SECONDS = 0.05

_VOICE = 0.5
_VOICE_OVER_AGENT = 0.7
_VOICE_GOES_ON = 0.4

_COMPLETE_SECONDS = 0.35
_ORDINARY_SECONDS = 0.55
_UNKNOWN_SECONDS = 0.7
_HANGING_SECONDS = 1.4
_DICTATING_SECONDS = 1.6
_PHONE_DIGITS = 10
_ANY_DAY = date(2000, 1, 1)
_MAY_GO_ON = frozenset({Expectation.FREE, Expectation.DATE, Expectation.TIME})
"""What is understood may be all, or be followed by more: "о десятій… тридцять", a size and its season."""
_NEVER_SHORT = frozenset({Expectation.PHONE, Expectation.ORDER_NUMBER, Expectation.PLATE})
"""Nobody knows where their figures end, or that more come after "записуйте"."""

_LEARNING_RATE = 0.3
_PAUSES_NEED = 1.25


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    pass


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """The caller may have finished, or only draws breath."""


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    pass


@dataclass(frozen=True, slots=True)
class UtteranceEnded:
    silence_seconds: float
    """How long the caller has been silent by now."""
    voice_seconds: float
    """How long he was voiced before: a cough is short."""


Endpoint = SpeechStarted | SpeechPaused | SpeechResumed | UtteranceEnded


def patience_seconds(text: str, expectation: Expectation) -> float:
    """Return the silence that ends an utterance of these words, before anything is learned of the caller."""
    if not words.words(text):
        return _UNKNOWN_SECONDS
    if words.is_yes_or_no(text) and expectation is Expectation.YES_NO:
        return SHORTEST_SECONDS
    if words.digit_count(text) >= _PHONE_DIGITS or is_complete(text, expectation):
        return _COMPLETE_SECONDS
    if words.hangs(text) and not expectation.dictated:
        return _HANGING_SECONDS
    if expectation in _MAY_GO_ON and understood(text, expectation, today=_ANY_DAY):
        return _ORDINARY_SECONDS
    if expectation in _NEVER_SHORT or ends_in_number(text):
        return _DICTATING_SECONDS
    if words.hangs(text):
        return _HANGING_SECONDS
    if text.rstrip().endswith((".", "!", "?")):
        return _COMPLETE_SECONDS
    return _ORDINARY_SECONDS


class Endpointer:
    """Hears stretches of audio, each with the likelihood of a voice in it."""

    def __init__(self) -> None:
        self._expected = "", Expectation.FREE
        self._base_seconds = _UNKNOWN_SECONDS
        self._own_pause_seconds = 0.0
        self._speaking = False
        self._voiced_seconds = 0.0
        self._silent_seconds = 0.0
        self._utterance_seconds = 0.0

    @property
    def speaking(self) -> bool:
        """Whether an utterance has begun and not ended."""
        return self._speaking

    @property
    def voiced(self) -> bool:
        """Whether a voice is heard right now."""
        return self._voiced_seconds > 0 or (self._speaking and self._silent_seconds < PAUSE_SECONDS)

    @property
    def patience_seconds(self) -> float:
        needed = max(self._base_seconds, self._own_pause_seconds * _PAUSES_NEED)
        if self._base_seconds <= _COMPLETE_SECONDS:
            needed = min(needed, 2 * self._base_seconds)
        return min(max(needed, SHORTEST_SECONDS), LONGEST_SECONDS)

    def expect(self, text: str, expectation: Expectation) -> None:
        """Learn what the utterance says so far, and what was asked."""
        if (text, expectation) != self._expected:  # reading the words anew costs more than all else here
            self._expected = text, expectation
            self._base_seconds = patience_seconds(text, expectation)

    def hear(self, seconds: float, probability: float, *, over_agent: bool) -> Endpoint | None:
        if self._speaking:
            return self._hear_voice(seconds) if probability >= _VOICE_GOES_ON else self._hear_silence(seconds)
        likely, onset_seconds = _VOICE, ONSET_SECONDS
        if over_agent:
            likely, onset_seconds = _VOICE_OVER_AGENT, ONSET_OVER_AGENT_SECONDS
        self._voiced_seconds = self._voiced_seconds + seconds if probability >= likely else 0.0
        if self._voiced_seconds < onset_seconds:
            return None
        self._speaking, self._silent_seconds, self._utterance_seconds = True, 0.0, self._voiced_seconds
        return SpeechStarted()

    def hear_words(self) -> Endpoint | None:
        """New words were recognised; where no voice was noticed (a faint line), they stand for it."""
        if not self._speaking:
            self._speaking, self._silent_seconds, self._utterance_seconds = True, 0.0, 0.0
            return SpeechStarted()
        if self._utterance_seconds > 0:
            return None
        pause, self._silent_seconds = self._silent_seconds, 0.0
        return SpeechResumed() if pause >= PAUSE_SECONDS else None

    def _hear_voice(self, seconds: float) -> Endpoint | None:
        self._voiced_seconds += seconds
        self._utterance_seconds += seconds
        if self._voiced_seconds < RESUME_SECONDS:
            return None
        pause, self._silent_seconds = self._silent_seconds, 0.0
        if pause < PAUSE_SECONDS:
            return None
        self._learn(pause)
        return SpeechResumed()

    def _hear_silence(self, seconds: float) -> Endpoint | None:
        self._voiced_seconds = 0.0
        before, self._silent_seconds = self._silent_seconds, self._silent_seconds + seconds
        if self._silent_seconds >= self.patience_seconds:
            self._speaking = False
            return UtteranceEnded(self._silent_seconds, self._utterance_seconds)
        return SpeechPaused() if before < PAUSE_SECONDS <= self._silent_seconds else None

    def _learn(self, pause: float) -> None:
        if not self._own_pause_seconds:
            self._own_pause_seconds = pause / 2
        self._own_pause_seconds += _LEARNING_RATE * (pause - self._own_pause_seconds)
