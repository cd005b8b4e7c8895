"""All that a dialog remembers."""

from dataclasses import dataclass
from datetime import date

from domain.dialog.phases import Connected, Greeting, Phase, Speaking
from domain.expectation import expected, pending_question
from domain.hand_over import Reason
from domain.limits import Limits
from domain.phrases import UKRAINIAN, Announcement, Phrases
from domain.speech import Expectation, Hypothesis
from domain.transcript import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    phrases: Phrases = UKRAINIAN
    limits: Limits = Limits()
    operator_free: bool | None = None
    today: date | None = None
    """The day on which the call began, by the shop's calendar; None where nobody says what "завтра" is."""

    saying: str = ""
    """What the reply that is being heard, or was heard last, has begun to say; the call tells with every event."""
    reached: str = ""
    """How much of it the line has taken by now; the call tells with every event."""

    welcome: str = ""
    """What this caller is asked after the greeting; "" where it is what everybody is asked."""

    phase: Phase = Connected()
    turns: tuple[Turn, ...] = ()
    answered_at: float = 0.0

    heard: tuple[Hypothesis, ...] = ()
    """Utterances that wait for an answer."""
    answered: tuple[Hypothesis, ...] = ()
    """Utterances of the last answered turn: their finals may still come."""
    early: frozenset[int] = frozenset()
    """Utterances that began before all that was being read out was said."""
    murmured: Hypothesis | None = None
    """The last "mhm" that was said over the agent: an answer only if a question followed at once."""
    heard_at: float = 0.0
    """When the recognizer last had words."""
    utterance: int = 0
    """The utterance that is spoken now, or comes next."""
    caller_speaking: bool = False
    paused_at: float | None = None
    """Since when the caller, in the middle of an utterance or at its end, has paused; None while his voice goes on."""
    words_trail: bool = False
    """Whether the recognizer had words of the last pause only after it had begun."""
    voice_ended_at: float | None = None
    """When the last utterance's voice ended; None while the caller speaks."""
    final_owed_since: float | None = None
    """Since when the recognizer owes words without which nothing can go on."""
    final_filled: bool = False

    considered: str | None = None
    """The caller's words to which a reply is being considered."""
    considerations: int = 0
    held_at: float | None = None
    """Since when the agent has been held."""
    filled_last: bool = False
    """Whether the last answer opened with a filler."""

    expectation: Expectation = Expectation.FREE
    """What the agent has asked for."""
    answered_to: Expectation = Expectation.FREE
    """What was asked for when the last answered turn was taken."""
    digits: str = ""
    digit_at: float = 0.0
    silences: int = 0
    misunderstandings: int = 0
    hand_over_wanted: tuple[Reason, str] | None = None

    @property
    def asking(self) -> Expectation:
        """What is asked for, also by a question that is still being said."""
        match self.phase:
            case Speaking(announcement=None):
                saying = self.saying
            case Greeting(announcement) | Speaking(announcement=Announcement() as announcement):
                saying = announcement.text
            case _:
                saying = ""
        asked = expected(saying)
        return self.expectation if asked is Expectation.FREE else asked

    @property
    def reading_out(self) -> bool:
        """Whether something is read out, and not yet all of it but its question has been heard."""
        match self.phase:
            case Speaking(announcement=None, protected=True):
                question = pending_question(self.saying)
                before = self.saying.removesuffix(question or "").rstrip()
                return question is None or len(self.reached) < len(before)
            case _:
                return False

    @property
    def words(self) -> str:
        """What the caller has said and has no answer to yet."""
        return " ".join(hypothesis.text for hypothesis in self.heard if hypothesis.text)
