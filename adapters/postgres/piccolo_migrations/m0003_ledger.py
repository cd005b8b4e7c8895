"""What was promised to callers, whom to call back, what is known of customers, and who changed that."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0003"

_TABLES = """
CREATE TABLE promises (
    key varchar(255) PRIMARY KEY,
    caller varchar(255) NOT NULL,
    call_id uuid NOT NULL,
    deed varchar(255) NOT NULL,
    content text NOT NULL,
    at timestamptz NOT NULL,
    state varchar(255) NOT NULL,
    number varchar(255) NOT NULL,
    text text NOT NULL
);
CREATE INDEX promises_of_callers ON promises (caller, at);
CREATE INDEX promises_by_age ON promises (at);

CREATE TABLE callbacks (
    key varchar(255) PRIMARY KEY,
    call_id uuid NOT NULL,
    number varchar(255) NOT NULL,
    preferred_time text NOT NULL,
    note text NOT NULL,
    reason varchar(255) NOT NULL,
    at timestamptz NOT NULL,
    state varchar(255) NOT NULL,
    by varchar(255) NOT NULL,
    remark text NOT NULL,
    changed timestamptz
);
CREATE INDEX callbacks_waiting ON callbacks (at) WHERE state = 'waiting';
CREATE INDEX callbacks_followed_up ON callbacks (state, changed);
CREATE INDEX callbacks_of_callers ON callbacks (number, at);

CREATE TABLE profiles (
    caller varchar(255) PRIMARY KEY,
    name text,
    city text,
    vehicle text,
    delivery_address text
);

CREATE TABLE audit (
    id bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    by varchar(255) NOT NULL,
    action varchar(255) NOT NULL,
    subject varchar(255) NOT NULL,
    before jsonb NOT NULL,
    after jsonb NOT NULL
);
CREATE INDEX audit_of_subjects ON audit (subject, id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        for statement in _TABLES.strip().removesuffix(";").split(";\n"):
            await ENGINE.run_ddl(statement)

    async def drop() -> None:
        await ENGINE.run_ddl("DROP TABLE audit, profiles, callbacks, promises")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
