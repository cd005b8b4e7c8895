"""Entries of calls' records, each as a line of JSON."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from domain.costs import Cost, Dollars
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.records import (
    AnyEntry,
    CallBegan,
    CallEnded,
    EarUsed,
    ModelUsed,
    ToolUsed,
    TurnTaken,
    VoiceUsed,
    Waterfall,
)
from domain.troubles import Troubles
from domain.visit.visit import Flow

_KINDS: Mapping[str, Callable[..., AnyEntry]] = {
    kind.__name__: kind for kind in (CallBegan, TurnTaken, ToolUsed, ModelUsed, VoiceUsed, EarUsed, CallEnded)
}
_READ: Mapping[str, Callable[[Any], object]] = {
    "call_id": UUID,
    "began": datetime.fromisoformat,
    "at": datetime.fromisoformat,
    "outcome": Outcome,
    "reason": Reason,
    "waterfall": lambda times: Waterfall(**times),
    "orders": tuple,
    "order_total": Money,
    "cost": lambda told: _cost(**told),
    "bookings": tuple,
    "refused": tuple,
    "flow": Flow,
    "troubles": lambda counted: Troubles(**counted),
}


def written(entry: AnyEntry) -> str:
    told = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return json.dumps({"kind": type(entry).__name__, **told}, default=_plain)


def read(line: str) -> AnyEntry:
    """Raises ValueError when this is no entry."""
    try:
        values = json.loads(line)
        kind = _KINDS[values.pop("kind")]
        return kind(**{name: _value(name, told) for name, told in values.items()})
    except (KeyError, TypeError, AttributeError, ValueError):
        raise ValueError("this is no entry of a call's record") from None


def _value(name: str, told: object) -> object:
    return told if told is None or name not in _READ else _READ[name](told)


def _cost(*, model: int, voice: int, ear: int, unpriced: list[str]) -> Cost:
    return Cost(model=Dollars(model), voice=Dollars(voice), ear=Dollars(ear), unpriced=tuple(unpriced))


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case Waterfall() | Troubles():
            return asdict(value)
        case Money():
            return value.kopecks
        case Cost():
            return {
                "model": value.model.micros,
                "voice": value.voice.micros,
                "ear": value.ear.micros,
                "unpriced": value.unpriced,
            }
        case Mapping():
            return dict(value)
        case _:
            return str(value)
