"""What calls used and what it cost, and what their orders come to."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0005"

_TABLES = """
ALTER TABLE calls
    ADD COLUMN order_total bigint,
    ADD COLUMN cost_model bigint,
    ADD COLUMN cost_voice bigint,
    ADD COLUMN cost_ear bigint,
    ADD COLUMN unpriced text[] NOT NULL DEFAULT '{}';

ALTER TABLE llm_usage
    ADD COLUMN written_tokens integer NOT NULL DEFAULT 0,
    ADD COLUMN estimated boolean NOT NULL DEFAULT false;
CREATE INDEX llm_usage_by_time ON llm_usage USING brin (began);

CREATE TABLE speech_usage (
    call_id uuid NOT NULL,
    began timestamptz NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    provider varchar(255) NOT NULL,
    model varchar(255) NOT NULL,
    characters integer,
    seconds double precision,
    PRIMARY KEY (call_id, sequence, began)
) PARTITION BY RANGE (began);
CREATE INDEX speech_usage_by_time ON speech_usage USING brin (began);
"""
_BACK = """
DROP TABLE speech_usage;
DROP INDEX llm_usage_by_time;
ALTER TABLE llm_usage DROP COLUMN written_tokens, DROP COLUMN estimated;
ALTER TABLE calls
    DROP COLUMN order_total,
    DROP COLUMN cost_model,
    DROP COLUMN cost_voice,
    DROP COLUMN cost_ear,
    DROP COLUMN unpriced;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        await _run(_TABLES)

    async def drop() -> None:
        await _run(_BACK)

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager


async def _run(statements: str) -> None:
    for statement in statements.strip().removesuffix(";").split(";\n"):
        await ENGINE.run_ddl(statement)
