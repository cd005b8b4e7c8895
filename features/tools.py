"""A shop's stock for the agent to ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import anyio

from application.calls.tools.toolbox import Done
from application.ports.language import ToolSpec
from domain.facts import Facts
from domain.transcript import Turn

STOCK = ToolSpec("look_at_stock", "Say what is in stock.", {"type": "object", "properties": {}})


@dataclass(slots=True, kw_only=True)
class Stock:
    seconds: float
    asked: int = 0
    spec: ToolSpec = STOCK

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        self.asked += 1
        await anyio.sleep(self.seconds)
        return Done(told="four tyres", facts=Facts(quantities=frozenset({4}), in_stock=True))


@dataclass(slots=True)
class BrokenStock:
    spec: ToolSpec = STOCK

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        raise LookupError("a mistake in our own program")
