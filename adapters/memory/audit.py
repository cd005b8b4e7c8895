"""The audit in memory: for tests and demos, and as forgetful as its process."""

from collections.abc import Sequence

from domain.audit import AuditLine


class InMemoryAudit:
    """Fulfils the port `AuditLog`."""

    def __init__(self) -> None:
        self._lines: list[AuditLine] = []

    async def note(self, line: AuditLine) -> None:
        self._lines.append(line)

    async def lines(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditLine]:
        return [each for each in reversed(self._lines) if subject in (None, each.subject)][:limit]

    async def forget(self, subject: str) -> None:
        self._lines = [each for each in self._lines if each.subject != subject]
