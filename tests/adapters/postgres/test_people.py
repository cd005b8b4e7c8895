"""The staff in PostgreSQL keeps the contract."""

from collections.abc import AsyncIterator

import pytest

from adapters.postgres.database import Database
from adapters.postgres.people import PostgresStaff
from application.ports.people import Staff
from domain.errors import Unavailable
from tests.contracts.people import StaffContract, person, session

pytestmark = pytest.mark.anyio


class TestPostgresStaff(StaffContract):
    @pytest.fixture
    async def staff(self, database_url: str) -> AsyncIterator[Staff]:
        database = Database(database_url)
        async with database.open():
            yield PostgresStaff(database)


async def test_a_staff_whose_database_is_away_says_so() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/none", seconds=1)
    async with database.open():
        staff = PostgresStaff(database)
        for asked in (staff.person("a"), staff.session("a"), staff.machine("a"), staff.begin(session(1))):
            with pytest.raises(Unavailable):
                await asked
        with pytest.raises(Unavailable):
            await staff.add(person())
