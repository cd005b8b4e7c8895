"""What the tools of a call have told, as far as a draft needs it: tyres, points, stations and free times."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.records import ToolUsed

_NAMED = {"tires": "tire", "points": "point", "stations": "station", "slots": "slot"}
"""Lists in tools' answers, and what their handles are called."""


@dataclass(slots=True)
class Seen:
    """What stands behind the handles by now: `T1`, `P1`, `S1`, `L1`."""

    things: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def learn(self, use: ToolUsed) -> None:
        told = answer(use)
        for name, handle in _NAMED.items():
            for thing in things(told, name):
                self.things[str(thing.get(handle, ""))] = thing

    def thing(self, handle: object) -> Mapping[str, Any]:
        """Return what a handle stands for; empty where that was not told."""
        return self.things.get(str(handle), {})


def answer(use: ToolUsed) -> Mapping[str, Any]:
    """Return what a tool answered, empty where that is a sentence, or it failed."""
    if use.failed:
        return {}
    try:
        told = json.loads(use.result)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def things(told: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    listed = told.get(name)
    for each in listed if isinstance(listed, Sequence) and not isinstance(listed, str) else ():
        if isinstance(each, dict):
            yield each
