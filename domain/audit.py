"""Who changed what in the admin, with what stood there before and after."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    at: datetime
    """With its zone."""
    by: str
    action: str
    """The resource and what was done to it: `callbacks.taken`."""
    subject: str
    """What of that resource."""
    before: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Only what differs."""
    after: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """All that is given must be so; nothing given is every line."""

    by: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    """Done then or later."""
    until: datetime | None = None
    """Done earlier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    lines: tuple[AuditLine, ...]
    """The latest first."""
    after: int | None = None
    """What to ask the next page by; None on the last."""


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return of both what is not the same in the other."""
    changed = [name for name in {**before, **after} if before.get(name, "") != after.get(name, "")]
    return {name: before.get(name, "") for name in changed}, {name: after.get(name, "") for name in changed}
