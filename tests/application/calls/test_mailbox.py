"""A call's events reach its one reader, whoever sends them."""

import anyio
import pytest

from application.calls.mailbox import Mailbox
from domain.dialog.events import EarFailed, HungUp, LineAudible, LineSilent

pytestmark = pytest.mark.anyio


async def test_events_come_in_the_order_in_which_they_were_put() -> None:
    mailbox = Mailbox()
    mailbox.put(LineAudible())
    mailbox.put(LineSilent())
    assert [await mailbox.take(None), await mailbox.take(None)] == [LineAudible(), LineSilent()]


async def test_the_reader_waits_for_what_comes_later() -> None:
    mailbox = Mailbox()
    taken = []

    async def read() -> None:
        taken.append(await mailbox.take(None))

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.wait_all_tasks_blocked()
            assert taken == []
            mailbox.put(LineSilent())
    assert taken == [LineSilent()]


async def test_a_deadline_that_comes_first_is_told_by_none() -> None:
    mailbox = Mailbox()
    with anyio.fail_after(5):
        assert await mailbox.take(anyio.current_time() + 0.01) is None
        assert await mailbox.take(anyio.current_time() - 1) is None


async def test_an_event_that_is_there_goes_before_a_deadline_that_has_passed() -> None:
    mailbox = Mailbox()
    mailbox.put(LineSilent())
    assert await mailbox.take(anyio.current_time() - 1) == LineSilent()


async def test_what_a_cancelled_reply_said_is_no_longer_true() -> None:
    mailbox = Mailbox()
    cancelled, living = anyio.CancelScope(), anyio.CancelScope()
    mailbox.put(LineAudible(), cancelled)
    mailbox.put(EarFailed(), living)
    cancelled.cancel()
    with anyio.fail_after(5):
        assert await mailbox.take(None) == EarFailed()
        assert await mailbox.take(anyio.current_time()) is None


async def test_an_event_of_something_cancelled_that_comes_while_the_reader_waits_does_not_wake_it_for_nothing() -> None:
    mailbox = Mailbox()
    cancelled = anyio.CancelScope()
    cancelled.cancel()
    taken = []

    async def read() -> None:
        taken.append(await mailbox.take(None))

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await anyio.wait_all_tasks_blocked()
            mailbox.put(LineAudible(), cancelled)
            await anyio.wait_all_tasks_blocked()
            assert taken == []
            mailbox.put(LineSilent())
    assert taken == [LineSilent()]


async def test_a_stuck_reader_costs_the_newest_events_but_never_a_hang_up() -> None:
    mailbox = Mailbox()
    for _ in range(1_005):
        mailbox.put(LineSilent())
    mailbox.put(HungUp())
    assert mailbox.dropped == 5
    taken = [await mailbox.take(None) for _ in range(1_001)]
    assert taken[-1] == HungUp()
