"""The journal in memory keeps the contract."""

import pytest

from adapters.memory.journal import InMemoryJournal
from application.ports.journal import Journal
from tests.contracts.journal import JournalContract

pytestmark = pytest.mark.anyio


@pytest.fixture
def journal() -> Journal:
    return InMemoryJournal()


class TestInMemoryJournal(JournalContract):
    pass
