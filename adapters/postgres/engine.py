"""The one way to the database of this process, as Piccolo's tables and migrations look for it."""

from piccolo.engine.postgres import PostgresEngine


class LateEngine(PostgresEngine):
    """Connects to nothing when it is made, and learns where the database is from `Database`."""

    def __init__(self) -> None:
        super().__init__(config={})

    async def check_version(self) -> None:
        """Leave it to the first query."""

    async def prep_database(self) -> None:
        """Leave it to the migrations."""


ENGINE = LateEngine()
