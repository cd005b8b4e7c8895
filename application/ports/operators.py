"""Who waits for an operator, and who could take him."""

from typing import Protocol

from domain.operators import OperatorsSight


class Operators(Protocol):
    async def look(self) -> OperatorsSight:
        """Return what is so now, or was a moment ago.  Raises `Unavailable`."""
        ...
