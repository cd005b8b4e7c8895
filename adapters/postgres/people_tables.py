"""The tables of those who sign in, of who is inside, and of machines."""

from piccolo.columns import Boolean, Timestamptz, Varchar
from piccolo.table import Table

from adapters.postgres.engine import ENGINE


class PersonRow(Table, tablename="people", db=ENGINE):
    name = Varchar(primary_key=True, default=None)
    role = Varchar()
    password_hash = Varchar()
    created = Timestamptz(default=None)
    active = Boolean()
    signed_in = Timestamptz(null=True, default=None)


class SessionRow(Table, tablename="sessions", db=ENGINE):
    session_id = Varchar(primary_key=True, default=None)
    name = Varchar()
    stamp = Varchar()
    began = Timestamptz(default=None)
    until = Timestamptz(default=None)


class MachineRow(Table, tablename="machines", db=ENGINE):
    name = Varchar(primary_key=True, default=None)
    role = Varchar()
    token_hash = Varchar()
    made_by = Varchar()
    created = Timestamptz(default=None)
    until = Timestamptz(null=True, default=None)
    used = Timestamptz(null=True, default=None)


PEOPLE: tuple[type[Table], ...] = (PersonRow, SessionRow, MachineRow)
