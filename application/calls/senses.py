"""What a call hears: from the line's frames to its events, by plain function calls.

Rule 1: nothing here waits; the line tells, and goes on.
Rule 2: recognition begins with the first frame.  Until the ear is open, up to
five seconds are kept for it.
"""

from collections import deque
from collections.abc import Callable

from application.ports.line import CallLeg
from application.ports.speech import Ear, VoiceActivity
from domain.audio import Frame
from domain.dialog import events
from domain.endpointing import Endpoint, Endpointer
from domain.speech import Expectation, Hypothesis

_FRAMES_KEPT = 250


class Senses:
    """The listener of a call's leg."""

    def __init__(
        self,
        leg: CallLeg,
        voice_activity: VoiceActivity,
        tell: Callable[[events.Event], None],
        line_is_silent: Callable[[], None],
    ) -> None:
        self._leg = leg
        self._tell = tell
        self._line_is_silent = line_is_silent
        self._endpointer = Endpointer()
        self._track = voice_activity.track(self._voice)
        self._ear: Ear | None = None
        self._kept: deque[tuple[Frame, bool] | None] = deque()
        """None stands where an utterance ended."""
        self._utterances_lost = 0
        """Their audio is not kept any more; that they ended is."""
        self._expectation = Expectation.FREE
        self._utterance = 0
        self._words = ""

    def listen_with(self, ear: Ear) -> None:
        """Give the ear what it has missed and all that comes."""
        ear.expect(self._expectation)
        for _ in range(self._utterances_lost):
            ear.finish()
        for kept in self._kept:
            if kept is None:
                ear.finish()
            else:
                ear.hear(kept[0], voiced=kept[1])
        self._kept.clear()
        self._ear = ear

    def expect(self, words: str, expectation: Expectation) -> None:
        """Learn what the utterance says so far, and what was asked for."""
        self._endpointer.expect(words, expectation)
        if expectation is not self._expectation:
            self._expectation = expectation
            if self._ear is not None:
                self._ear.expect(expectation)

    def believe(self, hypothesis: Hypothesis) -> None:
        """Learn what the ear believes; words prove a voice that nobody noticed."""
        new = hypothesis.utterance == self._utterance and hypothesis.text not in ("", self._words)
        if new:
            self._words = hypothesis.text
            self._tell_endpoint(self._endpointer.hear_words())
        self._tell(events.Heard(hypothesis))

    def finish_utterance(self) -> None:
        self._utterance += 1
        self._words = ""
        if self._ear is not None:
            self._ear.finish()
        else:
            self._keep(None)

    def close(self) -> None:
        self._track.close()

    def _keep(self, heard: tuple[Frame, bool] | None) -> None:
        if len(self._kept) == _FRAMES_KEPT and self._kept.popleft() is None:
            self._utterances_lost += 1
        self._kept.append(heard)

    # The leg tells

    def frame(self, frame: Frame) -> None:
        voiced = self._endpointer.voiced
        if self._ear is not None:
            self._ear.hear(frame, voiced=voiced)
        else:
            self._keep((frame, voiced))
        self._track.hear(frame, self._leg.sounding)

    def digit(self, digit: str) -> None:
        self._tell(events.DigitPressed(digit))

    def audible(self, at: float) -> None:
        self._tell(events.LineAudible())

    def silent(self, at: float) -> None:
        self._line_is_silent()
        self._tell(events.LineSilent())

    def gone(self, at: float) -> None:
        self._tell(events.HungUp())

    # The voice activity tells

    def _voice(self, seconds: float, probability: float) -> None:
        over_agent = self._leg.sounding is not None
        self._tell_endpoint(self._endpointer.hear(seconds, probability, over_agent=over_agent))

    def _tell_endpoint(self, endpoint: Endpoint | None) -> None:
        if endpoint is not None:
            self._tell(endpoint)
