"""Going through all calls: each comes once, the latest first, however many come at once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from adapters.memory.archive import InMemoryArchive
from application.calls.go_through import all_calls
from domain.dialog.phases import Outcome
from domain.errors import Unavailable
from domain.records import CallFilter
from tests.contracts.archive import MINUTE, NOON, Call

pytestmark = pytest.mark.anyio


async def kept(count: int) -> InMemoryArchive:
    archive = InMemoryArchive()
    for number in range(count):
        call = Call(number, began=NOON - number * MINUTE)
        await archive.save([call.begins, call.ends(Outcome.FAILED if number % 3 == 0 else Outcome.COMPLETED)])
    return archive


async def numbers(archive: InMemoryArchive, where: CallFilter, at_once: int) -> Sequence[Sequence[int]]:
    return [[call.call_id.int for call in calls] async for calls in all_calls(archive, where, at_once=at_once)]


@pytest.mark.parametrize(
    ("count", "pages"),
    [(0, [[]]), (2, [[0, 1]]), (3, [[0, 1], [2]]), (4, [[0, 1], [2, 3]]), (5, [[0, 1], [2, 3], [4]])],
)
async def test_every_call_comes_once_the_latest_first(count: int, pages: list[list[int]]) -> None:
    assert await numbers(await kept(count), CallFilter(), 2) == pages


async def test_only_those_come_that_fit() -> None:
    archive = await kept(9)
    assert await numbers(archive, CallFilter(outcome=Outcome.FAILED), 10) == [[0, 3, 6]]
    assert await numbers(archive, CallFilter(until=NOON - timedelta(minutes=7)), 10) == [[8]]


async def test_an_archive_that_goes_away_is_said() -> None:
    archive = await kept(5)
    calls = all_calls(archive, CallFilter(), at_once=2)
    assert len(await anext(calls)) == 2
    archive.faults.fail()
    with pytest.raises(Unavailable):
        await anext(calls)
