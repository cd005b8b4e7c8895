"""Bringing the database to where this program needs it, or back.

Rule 1: of several programs that start together one migrates and the others wait.
Rule 2: Piccolo looks for its configuration under a name in the environment, and prints: both are kept from others.
"""

import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from pkgutil import iter_modules
from types import ModuleType

import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration

from adapters.postgres import piccolo_migrations
from adapters.postgres.engine import ENGINE
from adapters.postgres.piccolo_app import NAME

_ONE_AT_A_TIME = 0x43414C4C  # a lock's number in this database, "CALL"
_CONNECT_SECONDS = 5.0
_CONFIGURATION = "adapters.postgres.piccolo_conf"


async def migrate(url: str, *, to: str | None = None) -> Sequence[str]:
    """Go forwards as far as this migration, or to the last; return those that were made."""
    async with _alone(url):
        ran = await Migration.get_migrations_which_ran(NAME)
        made = [each for each in _all() if each.ID not in ran and (to is None or to >= each.ID)]
        for each in made:
            async with ENGINE.transaction():
                await (await _manager(each)).run()
                await Migration.insert(Migration(name=each.ID, app_name=NAME))
        return [each.ID for each in made]


async def go_back(url: str, *, before: str) -> Sequence[str]:
    """Go backwards until this migration and those after it are undone; return those that were."""
    async with _alone(url):
        ran = await Migration.get_migrations_which_ran(NAME)
        undone = [each for each in reversed(_all()) if each.ID in ran and before <= each.ID]
        for each in undone:
            async with ENGINE.transaction():
                await (await _manager(each)).run(backwards=True)
                await Migration.delete().where(Migration.name == each.ID).where(Migration.app_name == NAME)
        return [each.ID for each in undone]


async def history(url: str) -> Mapping[str, bool]:
    """Return every migration, the first one first, and whether the database has it; change nothing."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("SELECT name FROM migration WHERE app_name = $1", NAME)
    except asyncpg.UndefinedTableError:
        rows = []
    finally:
        await connection.close()
    ran = {row["name"] for row in rows}
    return {each.__name__.rpartition(".")[2]: each.ID in ran for each in _all()}


def _all() -> Sequence[ModuleType]:
    names = sorted(module.name for module in iter_modules(piccolo_migrations.__path__))
    return [import_module(f"{piccolo_migrations.__name__}.{name}") for name in names]


async def _manager(module: ModuleType) -> MigrationManager:
    manager: MigrationManager = await module.forwards()
    return manager


@asynccontextmanager
async def _alone(url: str) -> AsyncGenerator[None, None]:
    os.environ["PICCOLO_CONF"] = _CONFIGURATION
    Migration._meta.db = ENGINE
    connection = await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _ONE_AT_A_TIME)
        with redirect_stdout(StringIO()):
            await Migration.create_table(if_not_exists=True)
            yield
    finally:
        await connection.close()
