"""The database goes away under the archive and comes back: what was said to be kept is there, once."""

import os
import signal
from pathlib import Path

import pytest

from adapters.embedded.postgres import embedded_postgres
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from domain.errors import Unavailable
from tests.contracts.archive import CALL, RECORD, WHOLE

pytestmark = pytest.mark.anyio


async def test_an_archive_works_again_when_its_database_is_back(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        pass
    database = Database(url, seconds=2)
    async with database.open():
        archive = PostgresArchive(database)
        with pytest.raises(Unavailable):
            await archive.save(WHOLE)
        async with embedded_postgres(data_dir):
            await archive.save(WHOLE[:3])
        with pytest.raises(Unavailable):
            await archive.save(WHOLE)
        with pytest.raises(Unavailable):
            await archive.load(CALL.id)
        async with embedded_postgres(data_dir):
            await archive.save(WHOLE)
            assert await archive.load(CALL.id) == RECORD


async def test_what_was_kept_outlives_a_server_that_is_killed(data_dir: Path) -> None:
    async with embedded_postgres(data_dir) as url:
        database = Database(url, seconds=2)
        async with database.open():
            archive = PostgresArchive(database)
            await archive.save(WHOLE)
            pid = (data_dir / "postgres" / "18" / "postmaster.pid").read_text().split()[0]
            os.kill(int(pid), signal.SIGKILL)
            with pytest.raises(Unavailable):
                await archive.load(CALL.id)
    async with embedded_postgres(data_dir) as url:
        database = Database(url)
        async with database.open():
            assert await PostgresArchive(database).load(CALL.id) == RECORD
