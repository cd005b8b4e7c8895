"""What the list of calls is read and searched by."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0002"

_INDEXES = {
    "calls_by_time": "calls (began, call_id)",
    "calls_by_caller": "calls (caller, began, call_id)",
    "calls_by_outcome": "calls (outcome, began, call_id)",
    "calls_by_reason": "calls (reason, began, call_id) WHERE reason IS NOT NULL",
    "calls_running": "calls (began, call_id) WHERE ended_at IS NULL",
    "turns_by_words": "turns USING gin (words)",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        for name, columns in _INDEXES.items():
            await ENGINE.run_ddl(f"CREATE INDEX {name} ON {columns}")

    async def drop() -> None:
        await ENGINE.run_ddl(f"DROP INDEX {', '.join(_INDEXES)}")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
