"""A call as other programs read it: over the API, in an export, and from a terminal."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from domain import costs
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import StoredCall, StoredRecord, ToolUsed, TurnTaken, Waterfall
from domain.transcript import Speaker
from domain.troubles import Concern
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage
from domain.visit.visit import Flow
from ui.api.shapes import Shape
from ui.eyes import Eyes

ALL_SEEING = Eyes()


class Call(Shape):
    """What is known of a call; all from `ended` on is null, or none, while it runs."""

    call_id: UUID
    began: datetime
    caller: str | None
    """The number, masked for whoever may not see numbers; null where it is withheld."""
    language: str
    ended: datetime | None
    outcome: Outcome | None
    reason: Reason | None
    """Why the caller was handed over."""
    seconds: float | None
    cause: int | None
    """Why the line was closed (Q.850)."""
    interruptions: int | None
    response_p50_seconds: float | None
    response_p95_seconds: float | None
    dead_air_seconds: float | None
    """The longest silence that the agent owed the caller."""
    orders: tuple[str, ...]
    """Numbers at the shop of what was ordered."""
    bookings: tuple[str, ...]
    order_total: float | None
    """In hryvnias, where it was kept."""
    cost_usd: float | None
    """In dollars, where it was kept; null for whoever may not see costs."""
    flow: Flow | None
    """What the caller was about at last, where it was kept."""
    concerns: tuple[Concern, ...]
    """Why somebody should look at it, the worst first."""

    @classmethod
    def of(cls, call: StoredCall, eyes: Eyes = ALL_SEEING) -> "Call":
        return cls(**_known(call, eyes))


class Fall(Shape):
    """A reply on its way, in seconds since the caller's voice ended."""

    final: float | None
    """The recognizer's last word."""
    first_word: float | None
    """The model's."""
    first_audio: float | None

    @classmethod
    def of(cls, fall: Waterfall) -> "Fall":
        return cls(final=fall.final, first_word=fall.first_word, first_audio=fall.first_audio)


class Turn(Shape):
    """What one of the two said."""

    kind: Literal["turn"]
    speaker: Speaker
    at: datetime
    text: str
    """What was heard of it."""
    cut: bool
    """Whether the caller cut in."""
    confidence: float | None
    language: str | None
    understood: str
    waterfall_seconds: Fall | None
    refused: tuple[str, ...]
    """What the model wanted said before that, and the gate would not have spoken."""

    @classmethod
    def of(cls, turn: TurnTaken, eyes: Eyes) -> "Turn":
        return cls(
            kind="turn",
            speaker=turn.speaker,
            at=turn.at,
            text=eyes.text(turn.text),
            cut=turn.cut,
            confidence=turn.confidence,
            language=turn.language,
            understood=eyes.text(turn.understood),
            waterfall_seconds=Fall.of(turn.waterfall) if turn.waterfall else None,
            refused=tuple(eyes.text(clause) for clause in turn.refused),
        )


class ToolUse(Shape):
    """What the agent looked up or did."""

    kind: Literal["tool"]
    tool: str
    at: datetime
    arguments: dict[str, object]
    result: str
    failed: bool
    seconds: float | None
    facts: dict[str, object]
    """What might be said from then on."""

    @classmethod
    def of(cls, used: ToolUsed, eyes: Eyes) -> "ToolUse":
        return cls(
            kind="tool",
            tool=used.name,
            at=used.at,
            arguments={name: eyes.all(value) for name, value in used.arguments.items()},
            result=eyes.text(used.result),
            failed=used.failed,
            seconds=used.seconds,
            facts={name: eyes.all(value) for name, value in used.facts.items()},
        )


class ModelUse(Shape):
    """One request to a language model."""

    kind: Literal["model"]
    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int
    written_tokens: int
    estimated: bool
    """The provider did not come to tell all of it."""


class VoiceUse(Shape):
    """A text that was given to a voice."""

    kind: Literal["voice"]
    provider: str
    voice: str
    characters: int


class EarUse(Shape):
    """Audio that was given to a recognizer."""

    kind: Literal["ear"]
    provider: str
    model: str
    seconds: float


class Cost(Shape):
    """In dollars, by what was paid for."""

    model: float
    voice: float
    ear: float
    unpriced: tuple[str, ...]
    """What was used and has no price, so that it is missing above."""

    @classmethod
    def of(cls, cost: costs.Cost) -> "Cost":
        model, voice, ear = (float(each.amount) for each in (cost.model, cost.voice, cost.ear))
        return cls(model=model, voice=voice, ear=ear, unpriced=cost.unpriced)


class CallRecord(Call):
    """A call with all that was said and done in it."""

    transcript: tuple[Annotated[Turn | ToolUse, Field(discriminator="kind")], ...]
    usage: tuple[Annotated[ModelUse | VoiceUse | EarUse, Field(discriminator="kind")], ...]
    cost: Cost | None
    """null for whoever may not see costs."""

    @classmethod
    def of_record(cls, record: StoredRecord, eyes: Eyes = ALL_SEEING) -> "CallRecord":
        cost = _cost(record.call, eyes)
        return cls(
            **_known(record.call, eyes),
            transcript=tuple(
                Turn.of(unit, eyes) if isinstance(unit, TurnTaken) else ToolUse.of(unit, eyes)
                for unit in record.transcript
            ),
            usage=tuple(_use(used.usage) for used in record.usage),
            cost=Cost.of(cost) if cost else None,
        )


def _use(usage: Usage) -> ModelUse | VoiceUse | EarUse:
    match usage:
        case ModelUsage():
            return ModelUse(kind="model", **asdict(usage))
        case VoiceUsage():
            return VoiceUse(kind="voice", **asdict(usage))
        case EarUsage():
            return EarUse(kind="ear", **asdict(usage))


def _cost(call: StoredCall, eyes: Eyes) -> costs.Cost | None:
    return call.ended.cost if call.ended and eyes.costs else None


def _known(call: StoredCall, eyes: Eyes) -> dict[str, Any]:
    ended = call.ended
    return {
        "call_id": call.call_id,
        "began": call.began,
        "caller": eyes.number(call.caller) or None,
        "language": call.language,
        "ended": ended and ended.at,
        "outcome": ended and ended.outcome,
        "reason": ended and ended.reason,
        "seconds": ended and ended.seconds,
        "cause": ended and ended.cause,
        "interruptions": ended and ended.interruptions,
        "response_p50_seconds": ended and ended.response_p50_seconds,
        "response_p95_seconds": ended and ended.response_p95_seconds,
        "dead_air_seconds": ended and ended.dead_air_seconds,
        "orders": ended.orders if ended else (),
        "bookings": ended.bookings if ended else (),
        "order_total": ended and ended.order_total and float(ended.order_total.amount),
        "flow": ended and ended.flow,
        "concerns": tuple(ended.concerns) if ended else (),
        "cost_usd": float(cost.total.amount) if (cost := _cost(call, eyes)) else None,
    }
