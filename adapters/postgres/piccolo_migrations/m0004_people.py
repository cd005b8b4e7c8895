"""Who may sign in, who is inside, and which machines may ask."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from adapters.postgres.engine import ENGINE

ID = "0004"

_TABLES = """
CREATE TABLE people (
    name varchar(255) PRIMARY KEY,
    role varchar(255) NOT NULL,
    password_hash varchar(255) NOT NULL,
    created timestamptz NOT NULL,
    active boolean NOT NULL,
    signed_in timestamptz
);

CREATE TABLE sessions (
    session_id varchar(255) PRIMARY KEY,
    name varchar(255) NOT NULL,
    stamp varchar(255) NOT NULL,
    began timestamptz NOT NULL,
    until timestamptz NOT NULL
);
CREATE INDEX sessions_of_people ON sessions (name);
CREATE INDEX sessions_by_end ON sessions (until);

CREATE TABLE machines (
    name varchar(255) PRIMARY KEY,
    role varchar(255) NOT NULL,
    token_hash varchar(255) NOT NULL UNIQUE,
    made_by varchar(255) NOT NULL,
    created timestamptz NOT NULL,
    until timestamptz,
    used timestamptz
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="callcenter", description=__doc__)

    async def make() -> None:
        for statement in _TABLES.strip().removesuffix(";").split(";\n"):
            await ENGINE.run_ddl(statement)

    async def drop() -> None:
        await ENGINE.run_ddl("DROP TABLE machines, sessions, people")

    manager.add_raw(make)
    manager.add_raw_backwards(drop)
    return manager
