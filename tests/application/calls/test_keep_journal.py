"""What happens in calls is written, whatever is away; time passes at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import anyio
import pytest

from adapters.memory.journal import InMemoryJournal
from application.calls.keep_journal import MOST_WAITING, KeepJournal
from domain.dialog.events import LineSilent
from domain.dialog.state import State
from domain.records import AnyEntry, CallBegan, CallEnded, TurnTaken
from domain.transcript import CallerTurn
from tests.application.calls.test_notes import CALL_ID, RECORD
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Kept:
    """Two journals, and who writes to them."""

    def __init__(self) -> None:
        self.first, self.second = InMemoryJournal(), InMemoryJournal()
        self.keep = KeepJournal([self.first, self.second], now=lambda: NOON, language="uk")
        self._turns: dict[UUID, tuple[CallerTurn, ...]] = {}

    def say(self, text: str, call_id: UUID = CALL_ID) -> None:
        self._turns[call_id] = (*self._turns.get(call_id, ()), CallerTurn(text))
        self.keep.notice(call_id, LineSilent(), State(turns=self._turns[call_id]), 100.0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.keep.run)
            await anyio.sleep(0.01)
            yield
            tasks.cancel_scope.cancel()


def texts(journal: InMemoryJournal) -> list[str]:
    return [entry.text for entry in journal.entries.values() if isinstance(entry, TurnTaken)]


def kinds(journal: InMemoryJournal) -> list[type[AnyEntry]]:
    return [type(entry) for entry in journal.entries.values()]


async def test_a_call_is_written_as_it_happens() -> None:
    kept = Kept()
    async with kept.running():
        kept.say("алло")
        assert kept.keep.waiting == 2
        await anyio.sleep(0.01)
        assert kept.keep.waiting == 0
        assert kinds(kept.first) == [CallBegan, TurnTaken]
        kept.keep.notice(CALL_ID, LineSilent(), State(turns=(CallerTurn("алло"),)), 101.0)
        kept.say("є шини?")
        kept.keep.ended(RECORD)
        await anyio.sleep(0.01)
        assert kinds(kept.first) == [CallBegan, TurnTaken, TurnTaken, CallEnded]
    assert kept.second.entries == {}


async def test_calls_side_by_side_are_kept_apart() -> None:
    kept, other = Kept(), UUID(int=8)
    async with kept.running():
        for text in ("раз", "два"):
            kept.say(text)
            kept.say(text, other)
    entries = list(kept.first.entries.values())
    for call_id in (CALL_ID, other):
        assert [each.sequence for each in entries if each.call_id == call_id] == [0, 1, 2]


async def test_a_call_that_ended_before_anything_happened_is_kept() -> None:
    kept = Kept()
    async with kept.running():
        kept.keep.ended(RECORD)
    began, ended = kept.first.entries.values()
    assert began.began == ended.began == NOON - timedelta(seconds=RECORD.seconds)
    assert ended.at == NOON


async def test_another_journal_takes_what_the_first_does_not_until_the_first_is_back() -> None:
    kept = Kept()
    async with kept.running():
        kept.first.faults.fail()
        kept.say("раз")
        await anyio.sleep(0.01)
        kept.first.faults.repair()
        kept.say("два")
        await anyio.sleep(0.01)
        assert texts(kept.second) == ["раз", "два"]
        await anyio.sleep(6)
        kept.say("три")
        await anyio.sleep(0.01)
    assert texts(kept.first) == ["три"]


async def test_what_no_journal_takes_waits_until_one_does() -> None:
    kept = Kept()
    async with kept.running():
        kept.first.faults.fail()
        kept.second.faults.fail()
        kept.say("раз")
        await anyio.sleep(20)
        kept.say("два")
        kept.second.faults.repair()
        await anyio.sleep(6)
    assert texts(kept.second) == ["раз", "два"]
    assert kept.keep.lost == 0


async def test_a_journal_that_hangs_keeps_no_call_waiting() -> None:
    kept = Kept()
    async with kept.running():
        kept.first.faults.hang()
        kept.say("раз")
        await anyio.sleep(1)
        kept.say("два")
        kept.first.faults.repair()
        await anyio.sleep(0.01)
        assert texts(kept.first) == ["раз", "два"]


async def test_when_too_many_wait_new_ones_are_lost_and_counted() -> None:
    kept = Kept()
    for _ in range(MOST_WAITING // 2 + 10):
        kept.keep.ended(replace(RECORD))
    assert kept.keep.lost == 20
    async with kept.running():
        await anyio.sleep(1)
    assert len(kept.first.entries) == MOST_WAITING


async def test_what_waits_when_the_program_ends_is_still_written() -> None:
    kept = Kept()
    async with kept.running():
        kept.say("раз")
    assert texts(kept.first) == ["раз"]


async def test_a_journal_that_is_away_as_the_program_ends_is_tried_again() -> None:
    kept = Kept()
    async with kept.running():
        kept.first.faults.fail()
        kept.second.faults.hang()
        kept.say("раз")
        await anyio.sleep(0.01)
        kept.second.faults.repair()
    assert texts(kept.second) == ["раз"]


async def test_a_program_ends_in_time_though_nothing_takes_what_waits() -> None:
    kept = Kept()
    async with kept.running():
        kept.first.faults.fail()
        kept.second.faults.fail()
        kept.say("раз")
        before = anyio.current_time()
    assert anyio.current_time() - before == pytest.approx(3.0, abs=0.1)
