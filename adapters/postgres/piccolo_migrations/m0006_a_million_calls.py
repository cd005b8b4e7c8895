"""What a million calls are listed by; and room for the vectors of what will be searched by meaning."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0006"

_COLUMNS = {
    "flow": "varchar(255)",
    "asked_again": "integer NOT NULL DEFAULT 0",
    "unanswered": "integer NOT NULL DEFAULT 0",
    "refused": "integer NOT NULL DEFAULT 0",
    "failures": "integer NOT NULL DEFAULT 0",
    "concerning": "boolean NOT NULL DEFAULT false",
}
_OLD_CONCERNS = """
UPDATE calls SET concerning = true
WHERE outcome IN ('failed', 'lost')
    OR reason IN ('technical_failure', 'repeated_misunderstanding', 'negative_emotion')
    OR dead_air_seconds >= 5 OR response_p95_seconds >= 5
"""
_INDEXES = {
    "calls_by_flow": "calls (flow, began, call_id)",
    "calls_by_last_digits": "calls (reverse(caller) text_pattern_ops, began, call_id)",
    "calls_by_length": "calls (seconds, began, call_id)",
    "calls_by_slowest_reply": "calls (response_p95_seconds, began, call_id)",
    "calls_by_longest_silence": "calls (dead_air_seconds, began, call_id)",
    "calls_concerning": "calls (began, call_id) WHERE concerning",
}
_VECTORS = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS vector;
EXCEPTION WHEN undefined_file OR feature_not_supported OR insufficient_privilege THEN
    NULL;
END $$
"""
"""Where the server has them and lets us: what needs them comes later and will ask."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        added = ", ".join(f"ADD COLUMN {name} {kind}" for name, kind in _COLUMNS.items())
        await ENGINE.run_ddl(f"ALTER TABLE calls {added}")
        await ENGINE.run_ddl(_OLD_CONCERNS)
        for name, columns in _INDEXES.items():
            await ENGINE.run_ddl(f"CREATE INDEX {name} ON {columns}")
        await ENGINE.run_ddl(_VECTORS)

    async def drop() -> None:
        """What there is of vectors stays: it may be somebody else's."""
        await ENGINE.run_ddl(f"DROP INDEX {', '.join(_INDEXES)}")
        dropped = ", ".join(f"DROP COLUMN {name}" for name in _COLUMNS)
        await ENGINE.run_ddl(f"ALTER TABLE calls {dropped}")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
