"""The staff in memory keeps the contract."""

import pytest

from adapters.memory.people import InMemoryStaff
from application.ports.people import Staff
from tests.contracts.people import StaffContract

pytestmark = pytest.mark.anyio


class TestInMemoryStaff(StaffContract):
    @pytest.fixture
    def staff(self) -> Staff:
        return InMemoryStaff()
