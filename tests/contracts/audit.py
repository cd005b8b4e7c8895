"""What every audit promises, whatever it is written in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from application.ports.audit import AuditLog
from domain.audit import AuditFilter, AuditLine

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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

    async def test_pages_follow_on_one_another_and_lines_that_are_added_do_not_move_them(self, audit: AuditLog) -> None:
        kept = [replace(line(), at=NOON + number * MINUTE) for number in range(5)]
        for each in kept:
            await audit.note(each)
        first = await audit.page(AuditFilter(), limit=2)
        await audit.note(line("later"))
        second = await audit.page(AuditFilter(), after=first.after, limit=2)
        last = await audit.page(AuditFilter(), after=second.after, limit=2)
        assert [*first.lines, *second.lines, *last.lines] == kept[::-1]
        assert last.after is None
        assert (await audit.page(AuditFilter(subject="a"), limit=5)).after is None

    @pytest.mark.parametrize(
        ("where", "found"),
        [
            (AuditFilter(), [3, 2, 1, 0]),
            (AuditFilter(by="петро"), [2]),
            (AuditFilter(action="callbacks.taken"), [1, 0]),
            (AuditFilter(subject="b"), [3, 1]),
            (AuditFilter(since=NOON + 2 * MINUTE), [3, 2]),
            (AuditFilter(until=NOON + 2 * MINUTE), [1, 0]),
            (AuditFilter(by="оксана", action="callbacks.done", subject="b", until=NOON + 4 * MINUTE), [3]),
            (AuditFilter(by="ok'; DROP TABLE audit; --"), []),
        ],
    )
    async def test_a_filter_finds_what_fits_all_of_it(
        self, audit: AuditLog, where: AuditFilter, found: list[int]
    ) -> None:
        kept = [
            replace(line("a"), at=NOON),
            replace(line("b"), at=NOON + MINUTE),
            replace(line("a", "callbacks.done"), by="петро", at=NOON + 2 * MINUTE),
            replace(line("b", "callbacks.done"), at=NOON + 3 * MINUTE),
        ]
        for each in kept:
            await audit.note(each)
        assert list((await audit.page(where)).lines) == [kept[number] for number in found]

    async def test_the_lines_of_an_erased_subject_are_forgotten(self, audit: AuditLog) -> None:
        for each in ("a", "b", "a"):
            await audit.note(line(each))
        await audit.forget("a")
        assert list(await audit.lines()) == [line("b")]
