"""A shop's stock for the agent to ask."""

from collections.abc import Mapping
from dataclasses import dataclass

import anyio

from application.ports.language import ToolSpec

STOCK = ToolSpec("look_at_stock", "Say what is in stock.", {"type": "object", "properties": {}})


@dataclass(slots=True, kw_only=True)
class Stock:
    seconds: float
    asked: int = 0
    spec: ToolSpec = STOCK

    async def __call__(self, arguments: Mapping[str, object]) -> str:
        self.asked += 1
        await anyio.sleep(self.seconds)
        return "four tyres"


@dataclass(slots=True)
class BrokenStock:
    spec: ToolSpec = STOCK

    async def __call__(self, arguments: Mapping[str, object]) -> str:
        raise LookupError("a mistake in our own program")
