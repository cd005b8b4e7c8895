"""What is kept of a call: entries that are made as it happens, and what they come to.

Rule 1: an entry is made once and never changed.  One that is kept twice is kept once, in whatever order they come.
Rule 2: of two entries with the same number of the same call, the one of the higher sequence is right: a turn that
was understood anew takes the place of what stood there; an end that the call itself has noted, of one that was
guessed from outside.
Rule 3: every entry names the call and when it began, so that a call's record lies together and is dropped together.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from domain.costs import Cost
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.transcript import Speaker
from domain.troubles import NO_TROUBLES, Concern, Troubles, concerns
from domain.usage import EarUsage, ModelUsage, VoiceUsage
from domain.visit.visit import Flow

GUESSED = 0
"""The sequence of an end that the call itself did not note: whatever it notes comes later."""

_WORD = re.compile(r"\w+")
_APOSTROPHES = str.maketrans("", "", "'’ʼ`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    call_id: UUID
    began: datetime
    """When the call began; the same in all its entries.  With its zone, as all times here."""
    sequence: int
    """Its place among the call's entries, from 0."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBegan(Entry):
    """Made twice where the number becomes known only when the call has begun."""

    caller: str | None = None
    """The number; None where it is withheld or not known yet."""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """A reply on its way, in seconds since the caller's voice ended; None where nothing is known."""

    final: float | None = None
    """The recognizer's last word."""
    first_word: float | None = None
    """The model's."""
    first_audio: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTaken(Entry):
    number: int
    """Its place in the transcript: turns and tool uses of a call are numbered together, from 1."""
    speaker: Speaker
    text: str
    """What was heard of it."""
    cut: bool = False
    confidence: float | None = None
    language: str | None = None
    understood: str = ""
    waterfall: Waterfall | None = None
    refused: tuple[str, ...] = ()
    """What the model wanted said before that, and the gate would not have spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolUsed(Entry):
    number: int
    name: str
    arguments: Mapping[str, object] = field(hash=False)
    """As JSON knows them."""
    result: str
    failed: bool = False
    seconds: float | None = None
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)
    """What might be said from then on: `Facts.plainly`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUsed(Entry):
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    written_tokens: int = 0
    estimated: bool = False

    @property
    def usage(self) -> ModelUsage:
        return ModelUsage(
            provider=self.provider,
            model=self.model,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cached_tokens=self.cached_tokens,
            written_tokens=self.written_tokens,
            estimated=self.estimated,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceUsed(Entry):
    provider: str
    voice: str
    characters: int

    @property
    def usage(self) -> VoiceUsage:
        return VoiceUsage(provider=self.provider, voice=self.voice, characters=self.characters)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarUsed(Entry):
    provider: str
    model: str
    seconds: float

    @property
    def usage(self) -> EarUsage:
        return EarUsage(provider=self.provider, model=self.model, seconds=self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEnded(Entry):
    outcome: Outcome
    reason: Reason | None = None
    """Why the caller was handed over."""
    caller: str | None = None
    seconds: float
    cause: int | None = None
    """Q.850."""
    interruptions: int = 0
    response_p50_seconds: float | None = None
    response_p95_seconds: float | None = None
    dead_air_seconds: float = 0.0
    """The longest silence that the agent owed the caller."""
    orders: tuple[str, ...] = ()
    """Numbers at the shop of what was ordered."""
    order_total: Money | None = None
    """What the orders come to; None in records from before it was kept."""
    bookings: tuple[str, ...] = ()
    cost: Cost | None = None
    """None in records from before it was kept."""
    flow: Flow | None = None
    """What the caller was about at last; None in what was kept before this was."""
    troubles: Troubles = NO_TROUBLES

    @property
    def concerns(self) -> Collection[Concern]:
        """Why somebody should look at this call, the worst first."""
        return concerns(
            outcome=self.outcome,
            reason=self.reason,
            troubles=self.troubles,
            dead_air_seconds=self.dead_air_seconds,
            response_p95_seconds=self.response_p95_seconds,
        )


AnyUsed = ModelUsed | VoiceUsed | EarUsed
AnyEntry = CallBegan | TurnTaken | ToolUsed | AnyUsed | CallEnded


class Sort(Enum):
    """What calls are listed by; the most of it stands first, and of equals the latest."""

    NEWEST = "newest"
    LONGEST = "longest"
    SLOWEST_REPLY = "slowest_reply"
    LONGEST_SILENCE = "longest_silence"

    def figure_of(self, ended: CallEnded) -> float | None:
        """Return what a call that has ended is listed by, where that is not its time."""
        match self:
            case Sort.LONGEST:
                return ended.seconds
            case Sort.SLOWEST_REPLY:
                return ended.response_p95_seconds
            case Sort.LONGEST_SILENCE:
                return ended.dead_air_seconds
            case _:
                return None


@dataclass(frozen=True, slots=True, order=True)
class CallKey:
    """Where a call stands in the list of calls."""

    began: datetime
    call_id: UUID
    figure: float | None = field(default=None, compare=False)
    """What the list is sorted by, where that is not the time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCall:
    call_id: UUID
    began: datetime
    caller: str | None = None
    language: str = ""
    ended: CallEnded | None = None
    """None while it runs, and for a while when its engine was killed."""

    @property
    def key(self) -> CallKey:
        return self.key_by(Sort.NEWEST)

    def key_by(self, sort: Sort) -> CallKey:
        """Return where it stands in a list of this sort."""
        return CallKey(self.began, self.call_id, sort.figure_of(self.ended) if self.ended else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """All that is known of one call."""

    call: StoredCall
    transcript: tuple[TurnTaken | ToolUsed, ...] = ()
    """By number."""
    usage: tuple[AnyUsed, ...] = ()
    """By sequence."""

    @property
    def cut_off(self) -> bool:
        """Whether nobody has ended it: it still runs, or its engine has died."""
        return self.call.ended is None or self.call.ended.outcome is Outcome.LOST

    def lost(self, cost: Cost | None = None) -> CallEnded:
        """Return the end of a call that nobody conducts any more, as far as it is known from what was noted."""
        at = max((unit.at for unit in self.transcript), default=self.call.began)
        return CallEnded(
            call_id=self.call.call_id,
            began=self.call.began,
            sequence=GUESSED,
            at=at,
            outcome=Outcome.LOST,
            caller=self.call.caller,
            seconds=(at - self.call.began).total_seconds(),
            cost=cost,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFilter:
    """All that is given must be so; nothing given is every call."""

    since: datetime | None = None
    """Began then or later."""
    until: datetime | None = None
    """Began earlier."""
    outcome: Outcome | None = None
    reason: Reason | None = None
    flow: Flow | None = None
    caller: str | None = None
    caller_ends: str = ""
    """The last digits of the number."""
    text: str = ""
    """All these words are in one turn, whole, in whatever order."""
    running: bool | None = None
    """True: has not ended; False: has."""
    concerning: bool = False
    """Only those that somebody should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage:
    calls: tuple[StoredCall, ...]
    after: CallKey | None = None
    """What to ask the next page by; None on the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Calls counted."""

    calls: int = 0
    """Those that run included."""
    outcomes: Mapping[Outcome, int] = field(default_factory=dict, hash=False)
    """Only those that occurred."""
    reasons: Mapping[Reason, int] = field(default_factory=dict, hash=False)
    orders: int = 0
    order_total: Money = Money(0)
    bookings: int = 0
    cost: Cost = Cost()
    """Without what has no price, of which only `unpriced` tells."""
    unpriced: int = 0
    """Calls that used something that has no price."""
    response_p95_seconds: float | None = None
    """The longest p95 but for the slowest twentieth of the calls; None when no reply was timed."""
    dead_air_p95_seconds: float | None = None
    """The longest silence of a call that the agent owed, but for the worst twentieth of the calls."""


def search_words(text: str) -> frozenset[str]:
    """Return what a text is found by: its words and figures without case or apostrophes."""
    return frozenset(_WORD.findall(text.translate(_APOSTROPHES).casefold()))
