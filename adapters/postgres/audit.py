"""The audit in PostgreSQL."""

from collections.abc import Sequence

from adapters.postgres import ledger_rows as rows
from adapters.postgres.database import Database
from adapters.postgres.ledger_tables import AuditRow
from domain.audit import AuditLine


class PostgresAudit:
    """Fulfils the port `AuditLog`, while the database is open."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, line: AuditLine) -> None:
        async with self._database.reached():
            await AuditRow.insert(rows.audit_row(line))

    async def lines(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditLine]:
        query = AuditRow.select().order_by(AuditRow.id, ascending=False).limit(limit)
        if subject is not None:
            query = query.where(AuditRow.subject == subject)
        async with self._database.reached():
            found = await query
        return [rows.audit_line_of(row) for row in found]

    async def forget(self, subject: str) -> None:
        async with self._database.reached():
            await AuditRow.delete().where(AuditRow.subject == subject)
