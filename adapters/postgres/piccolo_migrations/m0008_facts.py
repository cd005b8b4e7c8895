"""What tools brought to be said, and what the gate would not have spoken."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0008"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        await ENGINE.run_ddl("ALTER TABLE turns ADD COLUMN refused text[] NOT NULL DEFAULT '{}'")
        await ENGINE.run_ddl("ALTER TABLE tool_calls ADD COLUMN facts jsonb NOT NULL DEFAULT '{}'")

    async def drop() -> None:
        await ENGINE.run_ddl("ALTER TABLE tool_calls DROP COLUMN facts")
        await ENGINE.run_ddl("ALTER TABLE turns DROP COLUMN refused")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
