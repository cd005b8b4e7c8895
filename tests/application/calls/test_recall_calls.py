"""Earlier calls are recalled in bounded time, and what runs elsewhere is nobody's business; time passes at once."""

from datetime import datetime, timedelta
from uuid import UUID

import anyio
import pytest

from adapters.memory.archive import InMemoryArchive
from adapters.memory.switchboard import InMemorySwitchboard
from application.calls.recall_calls import RecallCalls, Recalled
from domain.dialog.phases import Outcome
from domain.records import StoredRecord
from tests.domain.past import CALLER, NOW, entries, lost, past
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

THIS = UUID(int=99)
BROKEN = past("потрібні шини", "- Який розмір?")
ENDED = past("дякую", number=2, ago=timedelta(days=1), outcome=Outcome.COMPLETED)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Recalling:
    def __init__(self, *calls: StoredRecord) -> None:
        self.archive, self.switchboard = InMemoryArchive(), InMemorySwitchboard()
        self.calls = calls
        self.failures: list[Exception] = []

    async def recall(self) -> Recalled:
        for call in self.calls:
            await self.archive.save(entries(call))
        recall = RecallCalls(self.archive, self.switchboard, now=lambda: NOW, failed=self.failures.append)
        return await recall(CALLER, of=THIS)


async def test_earlier_calls_are_recalled_and_the_one_that_broke_off_is_told_apart() -> None:
    assert await Recalling(BROKEN, ENDED).recall() == Recalled((BROKEN, ENDED), (BROKEN,))


async def test_who_has_not_called_before_has_nothing_to_be_recalled() -> None:
    assert await Recalling().recall() == Recalled()


async def test_the_call_that_runs_now_is_none_of_them() -> None:
    this = past("алло", number=99, ago=timedelta(seconds=5))
    assert await Recalling(this, ENDED).recall() == Recalled((ENDED,))


async def test_five_calls_of_the_last_seven_days_are_recalled() -> None:
    this = past("алло", number=99, ago=timedelta(0))
    calls = [
        past("дякую", number=number, ago=timedelta(days=number - 0.5), outcome=Outcome.COMPLETED)
        for number in range(1, 10)
    ]
    assert (await Recalling(this, *calls).recall()).calls == tuple(calls[:5])
    assert (await Recalling(*calls[5:]).recall()).calls == tuple(calls[5:7])


async def test_a_call_of_the_same_number_that_is_still_on_the_line_is_not_told_of() -> None:
    recalling = Recalling(BROKEN, ENDED)
    recalling.switchboard.callers[BROKEN.call.call_id] = CALLER
    assert await recalling.recall() == Recalled((ENDED,))


async def test_while_nobody_can_say_who_is_on_the_line_only_calls_with_an_end_are_told_of() -> None:
    closed = lost(past("алло", number=3, ago=timedelta(minutes=5)))
    recalling = Recalling(BROKEN, closed, ENDED)
    recalling.switchboard.faults.fail()
    assert await recalling.recall() == Recalled((closed, ENDED), (closed,))


async def test_where_all_have_ended_nobody_is_asked_who_is_on_the_line() -> None:
    recalling = Recalling(ENDED)
    recalling.switchboard.faults.fail()
    assert await recalling.recall() == Recalled((ENDED,))


async def test_what_an_engine_noted_just_before_it_died_is_waited_for() -> None:
    recalling = Recalling()
    async with anyio.create_task_group() as carrying:

        async def carry() -> None:
            await anyio.sleep(0.7)
            await recalling.archive.save(entries(BROKEN))

        carrying.start_soon(carry)
        assert (await recalling.recall()).broken == (BROKEN,)


@pytest.mark.parametrize("trouble", ["fail", "hang"])
async def test_an_archive_that_is_away_is_not_waited_for_and_nothing_is_recalled(trouble: str) -> None:
    recalling = Recalling()
    await recalling.archive.save(entries(BROKEN))
    getattr(recalling.archive.faults, trouble)()
    began = anyio.current_time()
    assert await recalling.recall() == Recalled()
    assert anyio.current_time() - began <= 2.01
    assert recalling.failures == []


class Broken(InMemoryArchive):
    async def recent(self, caller: str, since: datetime, *, limit: int) -> list[StoredRecord]:
        raise ValueError("there is no such column")


async def test_whatever_is_wrong_with_the_archive_the_call_goes_on_and_somebody_is_told() -> None:
    recalling = Recalling()
    recalling.archive = Broken()
    assert await recalling.recall() == Recalled()
    assert [str(each) for each in recalling.failures] == ["there is no such column"]
