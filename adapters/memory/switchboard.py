"""A switchboard without an exchange: for tests and demos."""

from collections.abc import Mapping
from uuid import UUID

from adapters.memory.faults import Faults
from domain.hand_over import Card


class InMemorySwitchboard:
    """Fulfils the port `Switchboard`; what it knows may be changed while calls run."""

    def __init__(self, callers: Mapping[UUID, str] | None = None) -> None:
        self.callers = dict(callers or {})
        self.operator_free: bool | None = True
        self.queue_length: int | None = 0
        self.cards: dict[UUID, Card] = {}
        """The hand-overs asked for."""
        self.released: set[UUID] = set()
        self.causes: dict[UUID, int] = {}
        self.faults = Faults()

    async def caller(self, call_id: UUID) -> str | None:
        await self.faults.endure()
        return self.callers.get(call_id)

    async def on_line(self, call_id: UUID) -> bool:
        await self.faults.endure()
        return call_id in self.callers

    async def hand_over(self, call_id: UUID, card: Card) -> None:
        await self.faults.endure()
        self.cards[call_id] = card

    async def release(self, call_id: UUID) -> None:
        await self.faults.endure()
        self.released.add(call_id)

    def cause(self, call_id: UUID) -> int | None:
        return self.causes.get(call_id)
