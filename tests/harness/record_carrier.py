"""Who carries the journals to PostgreSQL, in a process of its own that may be killed.

python -m tests.harness.record_carrier '{"database": …, "redis": …, "folder": …}'
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import anyio

from adapters.files.journal import FolderJournal
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from adapters.redis.journal import RedisJournal
from application.calls.carry_journal import CarryJournal
from application.ports.journal import Journal


async def carry(asked: Mapping[str, str]) -> None:
    folder = Path(asked["folder"])
    database = Database(asked["database"], seconds=2)
    journals: Sequence[Journal] = [RedisJournal(asked["redis"]), FolderJournal(folder / "journal")]
    carrier = CarryJournal(journals, PostgresArchive(database).save, refused=FolderJournal(folder / "refused"))
    async with database.open():
        print("ready", flush=True)
        await carrier.run()


if __name__ == "__main__":
    anyio.run(carry, json.loads(sys.argv[1]), backend_options={"use_uvloop": True})
