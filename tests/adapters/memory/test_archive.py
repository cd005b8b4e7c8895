"""The archive in memory keeps the contract, and fails when it is told to."""

import pytest

from adapters.memory.archive import InMemoryArchive
from application.ports.calls import CallArchive
from domain.errors import Unavailable
from tests.contracts.archive import CALL, NOON, WHOLE, ArchiveContract, HistoryContract

pytestmark = pytest.mark.anyio


class TestInMemoryArchive(ArchiveContract, HistoryContract):
    @pytest.fixture
    def archive(self) -> CallArchive:
        return InMemoryArchive()


async def test_an_archive_that_cannot_be_used_says_so() -> None:
    archive = InMemoryArchive()
    archive.faults.fail()
    with pytest.raises(Unavailable):
        await archive.save(WHOLE)
    with pytest.raises(Unavailable):
        await archive.tallies([NOON, NOON])
    archive.faults.repair()
    await archive.save(WHOLE)
    assert (await archive.load(CALL.id)).call.call_id == CALL.id
