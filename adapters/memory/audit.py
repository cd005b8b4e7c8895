"""The audit in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Sequence

from domain.audit import AuditFilter, AuditLine, AuditPage


class InMemoryAudit:
    """Fulfils the port `AuditLog`."""

    def __init__(self) -> None:
        self._lines: list[AuditLine] = []

    async def note(self, line: AuditLine) -> None:
        self._lines.append(line)

    async def lines(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditLine]:
        return [each for each in reversed(self._lines) if subject in (None, each.subject)][:limit]

    async def page(self, where: AuditFilter, *, after: int | None = None, limit: int = 50) -> AuditPage:
        places = [
            place
            for place in reversed(range(len(self._lines)))
            if (after is None or place < after) and _fits(self._lines[place], where)
        ]
        lines = tuple(self._lines[place] for place in places[:limit])
        return AuditPage(lines=lines, after=places[limit - 1] if len(places) > limit else None)

    async def forget(self, subject: str) -> None:
        self._lines = [each for each in self._lines if each.subject != subject]


def _fits(line: AuditLine, where: AuditFilter) -> bool:
    return (
        where.by in ("", line.by)
        and where.action in ("", line.action)
        and where.subject in ("", line.subject)
        and (where.since is None or line.at >= where.since)
        and (where.until is None or line.at < where.until)
    )
