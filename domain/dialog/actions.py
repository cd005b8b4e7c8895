"""What a call owes the world."""

from dataclasses import dataclass

from domain.hand_over import Reason
from domain.phrases import Announcement
from domain.transcript import Turn


@dataclass(frozen=True, slots=True)
class Announce:
    """Say this after what is being said; `Announced` follows."""

    announcement: Announcement


@dataclass(frozen=True, slots=True)
class Consider:
    """Begin a reply to these turns: neither a sound nor a tool before `Answer`.

    It takes the place of an earlier one.
    """

    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Let the considered reply be heard, and its tools run."""


@dataclass(frozen=True, slots=True)
class Forget:
    """The considered reply is not wanted."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Stop speaking for the moment."""


@dataclass(frozen=True, slots=True)
class Release:
    """Go on speaking."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop speaking for good; `Hushed` follows at once if anything was being said."""


@dataclass(frozen=True, slots=True)
class FinishUtterance:
    """The caller's utterance has ended: have the recognizer bring its final."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Give the caller to an operator and leave the line."""

    reason: Reason
    summary: str


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call that has come to its end."""


Action = Announce | Consider | Answer | Forget | Hold | Release | Hush | FinishUtterance | HandOver | HangUp
