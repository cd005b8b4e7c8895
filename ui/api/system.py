"""The system over the API: whether all is there, who changed what, and which version this is."""

from datetime import datetime
from importlib.metadata import version

from application.ports.audit import AuditLog
from domain.access import Permission
from domain.audit import AuditLine
from ui.access import Holder
from ui.api.operations import AnyRoute, Operation
from ui.api.shapes import Limit, Nothing, Shape, Words
from ui.eyes import Eyes
from ui.operations import Vitals

VERSION = version("call-center-ai")


class Status(Shape):
    ready: bool
    """Whether calls can be taken: all parts are there."""
    active_calls: int
    parts: dict[str, bool]
    """Whether each is there."""


class Version(Shape):
    version: str


class AuditAsked(Shape):
    subject: Words = ""
    """What was changed: the id of a call, a callback's key, a number; all where none is given."""
    limit: Limit = 100


class Change(Shape):
    at: datetime
    by: str
    action: str
    subject: str
    before: dict[str, str]
    """Only what differs."""
    after: dict[str, str]

    @classmethod
    def of(cls, line: AuditLine, eyes: Eyes) -> "Change":
        return cls(
            at=line.at,
            by=line.by,
            action=line.action,
            subject=eyes.text(line.subject),
            before={name: eyes.text(value) for name, value in line.before.items()},
            after={name: eyes.text(value) for name, value in line.after.items()},
        )


class Audit(Shape):
    lines: tuple[Change, ...]
    """The latest first."""


def system_operations(vitals: Vitals, audit: AuditLog) -> tuple[AnyRoute, ...]:
    async def status(_: Holder, __: Nothing, ___: Nothing) -> Status:
        parts = await vitals.readiness.parts()
        return Status(ready=all(parts.values()), active_calls=vitals.active_calls(), parts=dict(parts))

    async def say_version(_: Holder, __: Nothing, ___: Nothing) -> Version:
        return Version(version=VERSION)

    async def changes(by: Holder, asked: AuditAsked, _: Nothing) -> Audit:
        lines, eyes = await audit.lines(subject=asked.subject or None, limit=asked.limit), Eyes.of(by.role)
        return Audit(lines=tuple(Change.of(line, eyes) for line in lines))

    return (
        Operation(
            name="status",
            method="GET",
            path="/status",
            summary="Say of each part whether it is there",
            subject="system",
            permission=Permission.SEE_STATUS,
            asked=Nothing,
            said=Nothing,
            told=Status,
            act=status,
        ),
        Operation(
            name="listChanges",
            method="GET",
            path="/audit",
            summary="List who changed what",
            subject="system",
            permission=Permission.SEE_AUDIT,
            asked=AuditAsked,
            said=Nothing,
            told=Audit,
            act=changes,
        ),
        Operation(
            name="version",
            method="GET",
            path="/version",
            summary="Say which version this is",
            subject="system",
            permission=None,
            asked=Nothing,
            said=Nothing,
            told=Version,
            act=say_version,
        ),
    )
