"""The ledger in memory keeps the contract, and fails when it is told to."""

import pytest

from adapters.memory.ledger import InMemoryLedger
from application.ports.records import Ledger
from domain.errors import Unavailable
from tests.contracts.ledger import CALLER, NOON, LedgerContract, callback, promise

pytestmark = pytest.mark.anyio


class TestInMemoryLedger(LedgerContract):
    @pytest.fixture
    def ledger(self) -> Ledger:
        return InMemoryLedger()


async def test_a_ledger_that_cannot_be_used_says_so() -> None:
    ledger = InMemoryLedger()
    ledger.faults.fail()
    with pytest.raises(Unavailable):
        await ledger.begin(promise())
    with pytest.raises(Unavailable):
        await ledger.add(callback())
    ledger.faults.repair()
    assert list(await ledger.open_promises(CALLER, NOON)) == []
