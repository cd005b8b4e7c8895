"""What every audit promises, whatever it is written in."""

from datetime import UTC, datetime

from application.ports.audit import AuditLog
from domain.audit import AuditLine

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def line(subject: str = "a", action: str = "callbacks.taken") -> AuditLine:
    return AuditLine(
        at=NOON,
        by="оксана",
        action=action,
        subject=subject,
        before={"state": "waiting", "note": 'її "ім\'я"'},
        after={"state": "taken", "note": ""},
    )


class AuditContract:
    async def test_lines_are_kept_and_the_latest_is_first(self, audit: AuditLog) -> None:
        assert list(await audit.lines()) == []
        kept = [line("a"), line("b"), line("a", "callbacks.done")]
        for each in kept:
            await audit.note(each)
        assert list(await audit.lines()) == kept[::-1]
        assert list(await audit.lines(limit=2)) == [kept[2], kept[1]]
        assert list(await audit.lines(subject="a")) == [kept[2], kept[0]]
        assert list(await audit.lines(subject="c")) == []
        assert (await audit.lines())[0].before == {"state": "waiting", "note": 'її "ім\'я"'}

    async def test_what_was_done_twice_is_two_lines(self, audit: AuditLog) -> None:
        await audit.note(line())
        await audit.note(line())
        assert len(await audit.lines()) == 2

    async def test_the_lines_of_an_erased_subject_are_forgotten(self, audit: AuditLog) -> None:
        for each in ("a", "b", "a"):
            await audit.note(line(each))
        await audit.forget("a")
        assert list(await audit.lines()) == [line("b")]
