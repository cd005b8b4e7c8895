"""What happens in a call."""

from dataclasses import dataclass

from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import Announcement
from domain.speech import Hypothesis
from domain.transcript import ToolUse
from domain.truth.judgement import Judgement
from domain.usage import Usage


@dataclass(frozen=True, slots=True)
class Answered:
    """The caller's leg is there."""

    greeting: str


@dataclass(frozen=True, slots=True)
class CallerKnown:
    """The line has said who is calling."""

    caller: str | None
    """None when the number is withheld, or nobody could say it."""


@dataclass(frozen=True, slots=True)
class Welcomed:
    """Who is calling is known, and what he is asked after the greeting is voiced."""

    question: str


@dataclass(frozen=True, slots=True)
class Heard:
    hypothesis: Hypothesis


@dataclass(frozen=True, slots=True)
class DigitPressed:
    digit: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The caller of a trial has said this in writing."""

    text: str


@dataclass(frozen=True, slots=True)
class LineAudible:
    """The agent's first frame after silence has left."""


@dataclass(frozen=True, slots=True)
class LineSilent:
    """All that the agent had to play has been played."""


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement has been played to its end, or could not be played at all."""

    announcement: Announcement
    heard: str


@dataclass(frozen=True, slots=True)
class ReplyWorded:
    """The reply's first words have come from the model."""


@dataclass(frozen=True, slots=True)
class ReplyAudible:
    """The reply's first frame has been put on the line."""


@dataclass(frozen=True, slots=True)
class ReadBackBegan:
    """From now on the reply is heard to its end: the caller will be asked whether he agrees to just these words."""


@dataclass(frozen=True, slots=True)
class ClauseJudged:
    """The gate has looked at a clause of the model."""

    judgement: Judgement
    clause: str = ""
    """As it was written, where it was refused."""


@dataclass(frozen=True, slots=True)
class ToolStarted:
    name: str


@dataclass(frozen=True, slots=True)
class ToolEnded:
    use: ToolUse


@dataclass(frozen=True, slots=True)
class HandOverAsked:
    """The model asks for an operator; the reply ends with it."""

    reason: Reason
    summary: str


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """The reply has been played to its end."""

    heard: str


@dataclass(frozen=True, slots=True)
class Hushed:
    """What was being said has been cut; so much of it was heard."""

    heard: str
    announcement: Announcement | None
    """None when a reply was cut."""


@dataclass(frozen=True, slots=True)
class ReplyFailed:
    """The model or the voice failed, for this reply and its alternatives."""

    stage: str
    heard: str
    """What was played to its end; "" when the voice broke off, and `Hushed` will tell."""


@dataclass(frozen=True, slots=True)
class EarFailed:
    pass


@dataclass(frozen=True, slots=True)
class DrainOver:
    """The program must stop and has waited for this call as long as it may."""


@dataclass(frozen=True, slots=True)
class HandOverDemanded:
    """Somebody who watches the call gives the caller to an operator."""


@dataclass(frozen=True, slots=True)
class EndDemanded:
    """Somebody who watches the call ends it."""


@dataclass(frozen=True, slots=True)
class Used:
    """A provider was asked for something that is paid for; of no concern to the dialog."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class HungUp:
    pass


@dataclass(frozen=True, slots=True)
class TimePassed:
    """A deadline of the dialog has come."""


Event = (
    Answered
    | CallerKnown
    | Welcomed
    | SpeechStarted
    | SpeechPaused
    | SpeechResumed
    | UtteranceEnded
    | Heard
    | DigitPressed
    | Typed
    | LineAudible
    | LineSilent
    | Announced
    | ReplyWorded
    | ReplyAudible
    | ReadBackBegan
    | ClauseJudged
    | ToolStarted
    | ToolEnded
    | HandOverAsked
    | ReplyEnded
    | Hushed
    | ReplyFailed
    | EarFailed
    | DrainOver
    | HandOverDemanded
    | EndDemanded
    | Used
    | HungUp
    | TimePassed
)
