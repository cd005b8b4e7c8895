"""The audit in PostgreSQL."""

from collections.abc import Sequence

from adapters.postgres import ledger_rows as rows
from adapters.postgres.database import Database
from adapters.postgres.ledger_tables import AuditRow
from domain.audit import AuditFilter, AuditLine, AuditPage


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

    async def page(self, where: AuditFilter, *, after: int | None = None, limit: int = 50) -> AuditPage:
        query = AuditRow.select().order_by(AuditRow.id, ascending=False).limit(limit + 1)
        if after is not None:
            query = query.where(AuditRow.id < after)
        for column, wanted in (
            (AuditRow.by, where.by),
            (AuditRow.action, where.action),
            (AuditRow.subject, where.subject),
        ):
            if wanted:
                query = query.where(column == wanted)
        if where.since is not None:
            query = query.where(AuditRow.at >= where.since)
        if where.until is not None:
            query = query.where(AuditRow.at < where.until)
        async with self._database.reached():
            found = await query
        lines = tuple(rows.audit_line_of(row) for row in found[:limit])
        return AuditPage(lines=lines, after=found[limit - 1]["id"] if len(found) > limit else None)

    async def forget(self, subject: str) -> None:
        async with self._database.reached():
            await AuditRow.delete().where(AuditRow.subject == subject)
