"""The operators of an exchange that is not there: for tests."""

from adapters.memory.faults import Faults
from domain.operators import OperatorsSight


class InMemoryOperators:
    """Fulfils the port `Operators`; what is seen may be changed."""

    def __init__(self, sight: OperatorsSight | None = None) -> None:
        self.sight = sight or OperatorsSight()
        self.faults = Faults()

    async def look(self) -> OperatorsSight:
        await self.faults.endure()
        return self.sight
