from uuid import uuid4

import anyio
import pytest

from adapters.asterisk.channels import Channels, call_of, number_of

pytestmark = pytest.mark.anyio


def channel(number: str = "380671234567", *, id: str = "1.1") -> dict[str, object]:
    return {"id": id, "caller": {"name": "", "number": number}}


async def test_a_channel_is_forgotten_when_it_is_destroyed_but_its_cause_is_kept() -> None:
    channels, call_id = Channels(), uuid4()
    channels.introduce(str(call_id), channel())
    assert channels.caller(call_id) == "380671234567"
    channels.destroyed("1.1", None, 16)
    assert (call_id in channels, channels.caller(call_id), channels.cause(call_id)) == (False, None, 16)


async def test_beyond_its_bound_the_oldest_goes() -> None:
    channels = Channels(most=100)
    calls = [uuid4() for _ in range(1_000)]
    for at, call_id in enumerate(calls):
        channels.introduce(str(call_id), channel(id=str(at)))
        channels.destroyed(f"unknown-{at}", uuid4(), 16)
    assert len(channels) == 100
    assert calls[-1] in channels
    assert calls[-101] not in channels


async def test_an_unknown_channel_that_is_destroyed_leaves_nothing() -> None:
    channels = Channels()
    channels.destroyed("9.9", None, 16)
    assert len(channels) == 0


async def test_who_waits_for_an_introduction_is_woken_by_it() -> None:
    channels, call_id = Channels(), uuid4()
    began = anyio.current_time()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: channels.introduced(call_id, within=5))
        await anyio.wait_all_tasks_blocked()
        channels.introduce(str(call_id), channel())
    assert anyio.current_time() - began < 1
    await channels.introduced(uuid4(), within=0.01)
    assert len(channels) == 1


@pytest.mark.parametrize("number", ["", "anonymous", "unavailable"])
def test_a_withheld_number_is_none(number: str) -> None:
    assert number_of(channel(number)) is None


@pytest.mark.parametrize("strange", [{}, {"channelvars": None}, {"channelvars": {"CALL_UUID": "no uuid"}}])
def test_a_channel_without_a_uuid_carries_no_call(strange: dict[str, object]) -> None:
    assert call_of(strange) is None
    assert number_of(strange) is None
