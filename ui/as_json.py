"""A call as other programs read it."""

from dataclasses import asdict

from domain.costs import Cost
from domain.records import StoredCall, StoredRecord, ToolUsed, TurnTaken

COLUMNS = (
    *("call_id", "began", "caller", "language", "ended", "outcome", "reason", "seconds", "cause", "interruptions"),
    *("response_p50_seconds", "response_p95_seconds", "dead_air_seconds", "orders", "bookings"),
    *("order_total", "cost_usd"),
)
"""Of a call; those from `ended` on are not known while it runs."""


def call_as_json(call: StoredCall) -> dict[str, object]:
    """Return a call by `COLUMNS`; what is not known is None."""
    ended = call.ended
    known: dict[str, object] = dict.fromkeys(COLUMNS)
    known |= {
        "call_id": str(call.call_id),
        "began": call.began.isoformat(),
        "caller": call.caller,
        "language": call.language,
    }
    if ended is None:
        return known
    return known | {
        "ended": ended.at.isoformat(),
        "outcome": ended.outcome.value,
        "reason": ended.reason.value if ended.reason else None,
        "seconds": ended.seconds,
        "cause": ended.cause,
        "interruptions": ended.interruptions,
        "response_p50_seconds": ended.response_p50_seconds,
        "response_p95_seconds": ended.response_p95_seconds,
        "dead_air_seconds": ended.dead_air_seconds,
        "orders": list(ended.orders),
        "bookings": list(ended.bookings),
        "order_total": float(ended.order_total.amount) if ended.order_total else None,
        "cost_usd": float(ended.cost.total.amount) if ended.cost else None,
    }


def record_as_json(record: StoredRecord) -> dict[str, object]:
    """Return a call with all that was said and done in it."""
    return {
        **call_as_json(record.call),
        "transcript": [_unit(unit) for unit in record.transcript],
        "usage": [{"kind": used.usage.kind.value, **asdict(used.usage)} for used in record.usage],
        "cost": _cost(record.call.ended.cost) if record.call.ended and record.call.ended.cost else None,
    }


def _cost(cost: Cost) -> dict[str, object]:
    """Return it in dollars by kind, and what has no price."""
    dollars = {"model": cost.model, "voice": cost.voice, "ear": cost.ear}
    return {**{kind: float(each.amount) for kind, each in dollars.items()}, "unpriced": list(cost.unpriced)}


def _unit(unit: TurnTaken | ToolUsed) -> dict[str, object]:
    match unit:
        case TurnTaken(waterfall=waterfall):
            seconds = (
                {
                    "final": waterfall.final,
                    "first_word": waterfall.first_word,
                    "first_audio": waterfall.first_audio,
                }
                if waterfall
                else None
            )
            return {
                "speaker": unit.speaker,
                "at": unit.at.isoformat(),
                "text": unit.text,
                "cut": unit.cut,
                "confidence": unit.confidence,
                "language": unit.language,
                "understood": unit.understood,
                "waterfall_seconds": seconds,
                "refused": list(unit.refused),
            }
        case ToolUsed():
            return {
                "tool": unit.name,
                "at": unit.at.isoformat(),
                "arguments": dict(unit.arguments),
                "result": unit.result,
                "failed": unit.failed,
                "seconds": unit.seconds,
                "facts": dict(unit.facts),
            }
