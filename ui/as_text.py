"""A call as people read it in a terminal or a file: plain lines."""

import json
from collections.abc import Sequence
from datetime import datetime

from domain.costs import Cost
from domain.records import ModelUsed, StoredRecord, ToolUsed, TurnTaken
from domain.usage import Kind
from ui.languages import KYIV


def record_as_text(record: StoredRecord) -> str:
    """Tell a call: what it was, then a line for each turn and tool."""
    call, ended = record.call, record.call.ended
    lines = [f"call {call.call_id}", f"began {moment(call.began)}, caller {call.caller or 'unknown'}"]
    if ended is None:
        lines.append("has not ended")
    else:
        because = f" because of {ended.reason.value}" if ended.reason else ""
        lines.append(f"{ended.outcome.value}{because} after {ended.seconds:.1f} s, {ended.interruptions} interruptions")
        lines += [f"order {number}" for number in ended.orders] + [f"booking {number}" for number in ended.bookings]
    models = (used for used in record.usage if isinstance(used, ModelUsed))
    tokens = sum(used.input_tokens + used.output_tokens for used in models)
    lines += [f"{tokens} tokens", *_cost(ended.cost if ended else None), ""]
    return "\n".join(plain(line) for line in [*lines, *(_line(unit) for unit in record.transcript)])


def _cost(cost: Cost | None) -> Sequence[str]:
    if cost is None:
        return ()
    kinds = ", ".join(f"{kind.value} {cost.of(kind).amount:.6f}" for kind in Kind)
    unpriced = f"; no price for {', '.join(cost.unpriced)}" if cost.unpriced else ""
    return (f"cost {cost.total.amount:.6f} USD ({kinds}){unpriced}",)


def _line(unit: TurnTaken | ToolUsed) -> str:
    clock = unit.at.astimezone(KYIV).strftime("%H:%M:%S")
    match unit:
        case TurnTaken():
            audio = unit.waterfall.first_audio if unit.waterfall else None
            notes = ["cut off"] if unit.cut else []
            notes += [f"confidence {unit.confidence:.2f}"] if unit.confidence is not None else []
            notes += [f"heard after {audio:.2f} s"] if audio is not None else []
            noted = f"  ({', '.join(notes)})" if notes else ""
            return f"{clock}  {unit.speaker:<6}  {unit.text}{noted}"
        case ToolUsed():
            arguments = json.dumps(dict(unit.arguments), ensure_ascii=False)
            lasted = f" ({unit.seconds:.2f} s)" if unit.seconds is not None else ""
            return f"{clock}  tool    {unit.name} {arguments}{lasted} {'failed:' if unit.failed else '→'} {unit.result}"


def moment(at: datetime) -> str:
    return at.astimezone(KYIV).strftime("%Y-%m-%d %H:%M:%S")


def plain(text: str) -> str:
    """Return a text that cannot command a terminal: others have written it."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
