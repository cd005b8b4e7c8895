"""The switchboard around the line: who is calling, and who may take over."""

from typing import Protocol
from uuid import UUID

from domain.hand_over import Card


class Switchboard(Protocol):
    async def caller(self, call_id: UUID) -> str | None:
        """Return the caller's number, None when it is withheld or not known.  Raises `Unavailable`."""
        ...

    async def on_line(self, call_id: UUID) -> bool:
        """Return whether a caller's channel is still there for this call.  Raises `Unavailable`."""
        ...

    @property
    def operator_free(self) -> bool | None:
        """Whether an operator could take a caller now; None when that is not known."""
        ...

    @property
    def queue_length(self) -> int | None:
        """Callers who wait for an operator; None when that is not known."""
        ...

    async def hand_over(self, call_id: UUID, card: Card) -> None:
        """Have the caller go to the operators when his leg is hung up.  Raises `Unavailable`."""
        ...

    async def release(self, call_id: UUID) -> None:
        """Have the caller's phone hung up when his leg is: the call ended well.  Raises `Unavailable`."""
        ...

    def cause(self, call_id: UUID) -> int | None:
        """Return why the caller's channel was destroyed (Q.850), None when it was not or is not known."""
        ...
