"""A call as other programs read it."""

from domain.records import StoredCall, StoredRecord, ToolUsed, TurnTaken

COLUMNS = (
    *("call_id", "began", "caller", "language", "ended", "outcome", "reason", "seconds", "cause", "interruptions"),
    *("response_p50_seconds", "response_p95_seconds", "dead_air_seconds", "orders", "bookings"),
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
    }


def record_as_json(record: StoredRecord) -> dict[str, object]:
    """Return a call with all that was said and done in it."""
    return {
        **call_as_json(record.call),
        "transcript": [_unit(unit) for unit in record.transcript],
        "usage": [
            {
                "provider": used.provider,
                "model": used.model,
                "input_tokens": used.input_tokens,
                "output_tokens": used.output_tokens,
                "cached_tokens": used.cached_tokens,
            }
            for used in record.usage
        ],
    }


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
