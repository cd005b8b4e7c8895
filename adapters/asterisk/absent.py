"""The switchboard of an installation without ARI: the line works, nothing around it is known."""

from uuid import UUID

from domain.errors import Unavailable
from domain.hand_over import Card

_WHY = "ARI_URL is not set"


class AbsentSwitchboard:
    """Knows nobody and hands over nobody: who breaks the line instead has the dialplan queue the caller."""

    operator_free: bool | None = None
    queue_length: int | None = None

    def __init__(self, caller: str | None = None) -> None:
        self._caller = caller
        """The number that every caller has: a demonstration's."""

    async def caller(self, call_id: UUID) -> str | None:
        return self._caller

    async def on_line(self, call_id: UUID) -> bool:
        raise Unavailable(_WHY)

    async def hand_over(self, call_id: UUID, card: Card) -> None:
        raise Unavailable(_WHY)

    async def release(self, call_id: UUID) -> None:
        raise Unavailable(_WHY)

    def cause(self, call_id: UUID) -> int | None:
        return None
