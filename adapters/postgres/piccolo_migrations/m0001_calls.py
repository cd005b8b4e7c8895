"""Calls, turns, tool calls and what the language models took, partitioned by the month of the call."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0001"

_TABLES = """
CREATE TABLE calls (
    call_id uuid NOT NULL,
    began timestamptz NOT NULL,
    caller varchar(255),
    language varchar(255) NOT NULL DEFAULT '',
    ended_at timestamptz,
    ended_sequence integer,
    outcome varchar(255),
    reason varchar(255),
    seconds double precision,
    cause integer,
    interruptions integer,
    response_p50_seconds double precision,
    response_p95_seconds double precision,
    dead_air_seconds double precision,
    orders text[] NOT NULL DEFAULT '{}',
    bookings text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (call_id, began)
) PARTITION BY RANGE (began);

CREATE TABLE turns (
    call_id uuid NOT NULL,
    began timestamptz NOT NULL,
    number integer NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    speaker varchar(255) NOT NULL,
    text text NOT NULL,
    words text[] NOT NULL,
    cut boolean NOT NULL,
    confidence double precision,
    language varchar(255),
    understood text NOT NULL DEFAULT '',
    final_seconds double precision,
    first_word_seconds double precision,
    first_audio_seconds double precision,
    timed boolean NOT NULL,
    PRIMARY KEY (call_id, number, began)
) PARTITION BY RANGE (began);

CREATE TABLE tool_calls (
    call_id uuid NOT NULL,
    began timestamptz NOT NULL,
    number integer NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    name varchar(255) NOT NULL,
    arguments jsonb NOT NULL,
    result text NOT NULL,
    failed boolean NOT NULL,
    seconds double precision,
    PRIMARY KEY (call_id, number, began)
) PARTITION BY RANGE (began);

CREATE TABLE llm_usage (
    call_id uuid NOT NULL,
    began timestamptz NOT NULL,
    sequence integer NOT NULL,
    at timestamptz NOT NULL,
    provider varchar(255) NOT NULL,
    model varchar(255) NOT NULL,
    input_tokens integer NOT NULL,
    output_tokens integer NOT NULL,
    cached_tokens integer NOT NULL,
    PRIMARY KEY (call_id, sequence, began)
) PARTITION BY RANGE (began);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        for statement in _TABLES.strip().split(";\n"):
            await ENGINE.run_ddl(statement)

    async def drop() -> None:
        await ENGINE.run_ddl("DROP TABLE llm_usage, tool_calls, turns, calls")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
