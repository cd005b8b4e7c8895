"""The switchboard against an ARI server with real HTTP and a real WebSocket."""

import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import anyio
import pytest
import structlog

from adapters.asterisk.ari import AsteriskSwitchboard
from application.ports.telephony import Switchboard
from domain.errors import Unavailable
from domain.hand_over import Card, Reason
from tests.harness.asterisk import EmulatedAsterisk, EmulatedCall
from tests.harness.raw_engine import Line, raw_engine

pytestmark = pytest.mark.anyio

CARD = Card("380671234567", Reason.CUSTOMER_REQUEST, "wants a person", ())


class Hold:
    """An engine that keeps each line until `let_go`, then ends it well."""

    def __init__(self) -> None:
        self.let_go = anyio.Event()

    async def __call__(self, line: Line) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(line.read_to_end)
            await self.let_go.wait()
            tasks.cancel_scope.cancel()
        await line.hang_up()


@asynccontextmanager
async def around(
    *, version: str = "22.10", password: str = "secret", operators_free: int = 1
) -> AsyncIterator[tuple[EmulatedAsterisk, AsteriskSwitchboard, Hold]]:
    hold = Hold()
    async with (
        raw_engine(hold) as engine,
        EmulatedAsterisk(version=version, engine=engine, operators_free=operators_free) as asterisk,
        anyio.create_task_group() as tasks,
    ):
        switchboard = AsteriskSwitchboard(url=asterisk.ari.url, user="callcenter", password=password)
        await tasks.start(switchboard.run)
        yield asterisk, switchboard, hold
        tasks.cancel_scope.cancel()


async def eventually(condition: Callable[[], bool], *, within: float = 5.0) -> None:
    """Wait for something that nothing announces."""
    with anyio.fail_after(within):
        while not condition():  # noqa: ASYNC110
            await anyio.sleep(0.01)


async def answered(asterisk: EmulatedAsterisk, *, caller: str | None = "380671234567") -> tuple[EmulatedCall, UUID]:
    call = await asterisk.dial(caller=caller)
    await call.until(lambda: call.where == "agent")
    assert call.uuid is not None
    return call, call.uuid


async def test_the_caller_is_known_from_the_events_without_a_question() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        asterisk.ari.status = 503
        _, call_id = await answered(asterisk)
        assert await switchboard.caller(call_id) == "380671234567"


async def test_an_event_may_come_a_moment_after_the_question() -> None:
    async with around() as (asterisk, switchboard, _), anyio.create_task_group() as tasks:
        await eventually(lambda: switchboard.connected)
        asterisk.ari.status = 503
        call_id = uuid4()
        channel = {"id": "1.1", "caller": {"name": "", "number": "380671234567"}}
        tasks.start_soon(
            lambda: asterisk.ari.tell("ChannelVarset", variable="CALL_UUID", value=f"{call_id}", channel=channel)
        )
        assert await switchboard.caller(call_id) == "380671234567"


async def test_the_caller_is_asked_for_when_the_event_was_missed() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        asterisk.ari.status = 503
        await asterisk.ari.drop_events()
        await eventually(lambda: not switchboard.connected)
        _, call_id = await answered(asterisk)
        with pytest.raises(Unavailable, match="503"):
            await switchboard.caller(call_id)
        asterisk.ari.status = None
        assert await switchboard.caller(call_id) == "380671234567"


async def test_a_caller_who_withholds_his_number_is_none() -> None:
    async with around() as (asterisk, switchboard, _):
        _, call_id = await answered(asterisk, caller=None)
        assert await switchboard.caller(call_id) is None


async def test_a_call_that_asterisk_does_not_have_is_none() -> None:
    async with around() as (_, switchboard, _hold):
        assert await switchboard.caller(uuid4()) is None


async def test_a_slow_ari_costs_a_second_and_is_unavailable() -> None:
    async with around() as (asterisk, switchboard, _):
        asterisk.ari.delay_seconds = 30
        began = anyio.current_time()
        with pytest.raises(Unavailable):
            await switchboard.caller(uuid4())
        assert anyio.current_time() - began < 1.3


async def test_a_call_is_on_the_line_until_its_caller_has_hung_up() -> None:
    async with around() as (asterisk, switchboard, _):
        call, call_id = await answered(asterisk)
        assert (await switchboard.on_line(call_id), await switchboard.on_line(uuid4())) == (True, False)
        await call.hang_up()
        await call.until(lambda: call.where == "hung_up")
        assert not await switchboard.on_line(call_id)


async def test_who_is_on_the_line_is_not_known_while_ari_is_slow_or_fails() -> None:
    async with around() as (asterisk, switchboard, _):
        asterisk.ari.status = 503
        with pytest.raises(Unavailable, match="503"):
            await switchboard.on_line(uuid4())
        asterisk.ari.status, asterisk.ari.delay_seconds = None, 30
        with pytest.raises(Unavailable, match="in time"):
            await switchboard.on_line(uuid4())


@pytest.mark.parametrize("version", ["22.10", "20.6"])
async def test_a_caller_who_is_handed_over_goes_to_the_operators_with_the_reason(version: str) -> None:
    async with around(version=version) as (asterisk, switchboard, hold):
        call, call_id = await answered(asterisk)
        await switchboard.hand_over(call_id, CARD)
        hold.let_go.set()
        await call.until(lambda: call.where == "queue")
        assert call.name_shown == "AI customer_request"
        assert asterisk.left_behind == {}


@pytest.mark.parametrize("version", ["22.10", "20.6", "18.10"])
async def test_a_caller_who_is_released_is_hung_up(version: str) -> None:
    async with around(version=version) as (asterisk, switchboard, hold):
        call, call_id = await answered(asterisk)
        await switchboard.release(call_id)
        hold.let_go.set()
        await call.until(lambda: call.where == "hung_up")
        assert call.queue_status is None


async def test_a_hand_over_is_tried_twice() -> None:
    async with around() as (asterisk, switchboard, _):
        call, call_id = await answered(asterisk)
        asterisk.ari.status = 500
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(switchboard.hand_over, call_id, CARD)
            await eventually(lambda: "POST /asterisk/variable" in asterisk.ari.requests)
            asterisk.ari.status = None
        assert asterisk.left_behind[f"TRANSFER_{call_id}"] == "operators"
        await call.hang_up()
        assert asterisk.left_behind == {}


async def test_a_hand_over_that_cannot_be_said_is_unavailable_within_two_seconds() -> None:
    async with around() as (asterisk, switchboard, _):
        asterisk.ari.delay_seconds = 30
        began = anyio.current_time()
        with pytest.raises(Unavailable):
            await switchboard.hand_over(uuid4(), CARD)
        assert anyio.current_time() - began < 2.3


async def test_nothing_is_said_of_a_call_whose_caller_is_gone() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        call, call_id = await answered(asterisk)
        await call.hang_up()
        await eventually(lambda: switchboard.cause(call_id) is not None)
        await switchboard.hand_over(call_id, CARD)
        await switchboard.release(call_id)
        assert asterisk.left_behind == {}


async def test_the_cause_of_a_hang_up_is_kept() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        call, call_id = await answered(asterisk)
        assert switchboard.cause(call_id) is None
        await call.hang_up()
        await eventually(lambda: switchboard.cause(call_id) == 16)


async def test_whether_an_operator_is_free_follows_the_operators() -> None:
    async with around(operators_free=0) as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.operator_free is False)
        await asterisk.set_operators_free(1)
        await eventually(lambda: switchboard.operator_free is True, within=1.0)


async def test_the_queue_counts_those_who_wait_and_not_those_who_talk() -> None:
    async with around() as (asterisk, switchboard, hold):
        first, call_id = await answered(asterisk)
        second, other_id = await answered(asterisk)
        await switchboard.hand_over(call_id, CARD)
        await switchboard.hand_over(other_id, CARD)
        hold.let_go.set()
        for call in (first, second):
            await call.until(lambda call=call: call.where == "queue")  # type: ignore[misc]
        await eventually(lambda: switchboard.queue_length == 2)
        await asterisk.pick_up(first)
        await eventually(lambda: switchboard.queue_length == 1)
        await second.hang_up()
        await eventually(lambda: switchboard.queue_length == 0)


async def test_while_ari_is_away_nothing_is_known_and_it_is_found_again() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.operator_free is True and switchboard.queue_length == 0)
        await asterisk.ari.close()
        await eventually(lambda: not switchboard.connected)
        assert (switchboard.operator_free, switchboard.queue_length) == (None, None)
        began = anyio.current_time()
        with pytest.raises(Unavailable):
            await switchboard.caller(uuid4())
        with pytest.raises(Unavailable):
            await switchboard.hand_over(uuid4(), CARD)
        assert anyio.current_time() - began < 3
        await asterisk.ari.open()
        await eventually(lambda: switchboard.operator_free is True and switchboard.queue_length == 0, within=8)


async def test_a_dropped_websocket_comes_back_at_once() -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        await asterisk.ari.drop_events()
        await eventually(lambda: not switchboard.connected)
        await eventually(lambda: switchboard.connected, within=1.0)


@pytest.mark.parametrize(
    "strange", ["{", "[]", '{"type": "ChannelVarset"}', '{"type": "ChannelDestroyed", "cause": 1}']
)
async def test_a_strange_event_does_not_end_the_switchboard(strange: str) -> None:
    async with around() as (asterisk, switchboard, _):
        await eventually(lambda: switchboard.connected)
        await asterisk.ari.say(strange)
        await eventually(lambda: switchboard.connected and asterisk.ari.listeners == 1)
        _, call_id = await answered(asterisk)
        assert await switchboard.caller(call_id) == "380671234567"


async def test_a_wrong_password_is_unavailable_and_never_told() -> None:
    with structlog.testing.capture_logs() as logs:
        async with around(password="nearly-secret") as (_, switchboard, _hold):
            with pytest.raises(Unavailable, match="401") as raised:
                await switchboard.release(uuid4())
            await eventually(lambda: bool(logs))
    told = f"{logs} {raised.value!r} {raised.value.__cause__!r}"
    assert "nearly-secret" not in told
    assert base64.b64encode(b"callcenter:nearly-secret").decode() not in told
    assert logs[0]["trouble"] == "answered 401"


async def test_before_it_runs_the_switchboard_is_unavailable() -> None:
    switchboard: Switchboard = AsteriskSwitchboard(url="http://127.0.0.1:1/ari", user="u", password="p")
    with pytest.raises(Unavailable):
        await switchboard.caller(uuid4())
    assert (switchboard.operator_free, switchboard.queue_length) == (None, None)


async def test_it_starts_whether_ari_is_there_or_not() -> None:
    switchboard = AsteriskSwitchboard(url="http://127.0.0.1:1/ari", user="u", password="p")
    async with anyio.create_task_group() as tasks:
        with anyio.fail_after(1):
            await tasks.start(switchboard.run)
        with pytest.raises(Unavailable):
            await switchboard.caller(uuid4())
        tasks.cancel_scope.cancel()
