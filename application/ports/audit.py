"""What people have changed in the admin.

All methods raise `Unavailable` when it cannot be read or written in time.
"""

from collections.abc import Sequence
from typing import Protocol

from domain.audit import AuditFilter, AuditLine, AuditPage


class AuditLog(Protocol):
    async def note(self, line: AuditLine) -> None:
        """Keep it; nothing that is kept is ever changed."""
        ...

    async def lines(self, *, subject: str | None = None, limit: int = 100) -> Sequence[AuditLine]:
        """Return the latest first; of this subject alone, where one is given."""
        ...

    async def page(self, where: AuditFilter, *, after: int | None = None, limit: int = 50) -> AuditPage:
        """Return the lines that follow on this place, the latest first."""
        ...

    async def forget(self, subject: str) -> None:
        """Forget the lines of a subject that has been erased."""
        ...
