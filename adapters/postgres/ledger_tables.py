"""The tables of the ledger and of the audit."""

from piccolo.columns import JSONB, UUID, BigSerial, Text, Timestamptz, Varchar
from piccolo.table import Table

from adapters.postgres.engine import ENGINE


class PromiseRow(Table, tablename="promises", db=ENGINE):
    key = Varchar(primary_key=True, default=None)
    caller = Varchar()
    call_id = UUID(default=None)
    deed = Varchar()
    content = Text()
    at = Timestamptz(default=None)
    state = Varchar()
    number = Varchar()
    text = Text()


class CallbackRow(Table, tablename="callbacks", db=ENGINE):
    key = Varchar(primary_key=True, default=None)
    call_id = UUID(default=None)
    number = Varchar()
    preferred_time = Text()
    note = Text()
    reason = Varchar()
    at = Timestamptz(default=None)
    state = Varchar()
    by = Varchar()
    remark = Text()
    changed = Timestamptz(null=True, default=None)


class ProfileRow(Table, tablename="profiles", db=ENGINE):
    caller = Varchar(primary_key=True, default=None)
    name = Text(null=True, default=None)
    city = Text(null=True, default=None)
    vehicle = Text(null=True, default=None)
    delivery_address = Text(null=True, default=None)


class AuditRow(Table, tablename="audit", db=ENGINE):
    id = BigSerial(primary_key=True)
    at = Timestamptz(default=None)
    by = Varchar()
    action = Varchar()
    subject = Varchar()
    before = JSONB()
    after = JSONB()


LEDGER: tuple[type[Table], ...] = (PromiseRow, CallbackRow, ProfileRow, AuditRow)
