import anyio
import pytest

from adapters.memory.faults import Faults
from domain.errors import Unavailable

pytestmark = pytest.mark.anyio


async def test_without_faults_nothing_is_to_be_endured() -> None:
    with anyio.fail_after(1):
        await Faults().endure()


async def test_failing_ends_after_so_many_times() -> None:
    faults = Faults()
    faults.fail(times=2)
    for _ in range(2):
        with pytest.raises(Unavailable):
            await faults.endure()
    assert not faults.failing
    await faults.endure()


async def test_failing_goes_on_until_it_is_repaired() -> None:
    faults = Faults()
    faults.fail()
    for _ in range(5):
        with pytest.raises(Unavailable):
            await faults.endure()
    faults.repair()
    await faults.endure()


async def test_what_hangs_breaks_when_it_is_told_to_fail() -> None:
    faults = Faults()
    faults.hang()

    async def endure() -> None:
        with pytest.raises(Unavailable):
            await faults.endure()

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(endure)
            await anyio.wait_all_tasks_blocked()
            faults.fail()


async def test_watchers_learn_of_every_change_until_they_look_away() -> None:
    faults, told = Faults(), list[bool]()

    def watch() -> None:
        told.append(faults.failing)

    faults.watch(watch)
    faults.fail()
    faults.repair()
    faults.unwatch(watch)
    faults.fail()
    assert told == [True, False]
