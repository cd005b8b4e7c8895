"""What becomes of the caller: our own asterisk/extensions.conf, interpreted as it stands."""

import socket
import struct
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import anyio
import pytest
from anyio.abc import SocketAttribute

from domain.hand_over import Reason
from tests.harness.asterisk import CONFIGURATION, EmulatedAsterisk, EmulatedCall
from tests.harness.raw_engine import Line, raw_engine

pytestmark = pytest.mark.anyio

NEW, OLD, OLDEST = "22.10", "20.6", "18.10"
NOBODY = ("127.0.0.1", 1)


async def ends_well(line: Line) -> None:
    await line.hang_up()


async def holds_on(line: Line) -> None:
    await line.read_to_end()


async def is_killed(line: Line) -> None:
    """Do what the kernel does for a process that dies with unread audio."""
    raw = line.stream.extra(SocketAttribute.raw_socket)
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@asynccontextmanager
async def switchboard(
    conduct: Callable[[Line], Awaitable[None]], *, version: str, **settings: str
) -> AsyncIterator[EmulatedAsterisk]:
    async with (
        raw_engine(conduct) as engine,
        EmulatedAsterisk(version=version, engine=engine, settings=settings) as asterisk,
    ):
        yield asterisk


async def ends_in(call: EmulatedCall, where: str) -> None:
    await call.until(lambda: call.where == where)


async def test_a_call_that_ended_well_is_hung_up() -> None:
    async with switchboard(ends_well, version=NEW) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "hung_up")
        assert (call.try_status, call.cause) == ("SUCCESS", 16)


async def test_before_20_14_a_call_that_ended_well_looks_like_a_failure() -> None:
    async with switchboard(ends_well, version=OLD) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "queue")
        assert call.try_status == "FAILED"


@pytest.mark.parametrize("version", [NEW, OLD, OLDEST])
async def test_a_call_of_which_the_program_said_that_it_ended_well_is_hung_up(version: str) -> None:
    async def conduct(line: Line) -> None:
        asterisk.variables[f"TRANSFER_{line.call_id}"] = "hangup"
        await line.hang_up()

    async with switchboard(conduct, version=version) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "hung_up")
        assert call.cause == 16
        assert call.queue_status is None


@pytest.mark.parametrize("version", [NEW, OLD, OLDEST])
@pytest.mark.parametrize("reason", list(Reason))
async def test_a_caller_who_is_handed_over_goes_to_the_queue_with_the_reason(version: str, reason: Reason) -> None:
    async def conduct(line: Line) -> None:
        asterisk.variables[f"TRANSFER_{line.call_id}"] = "operators"
        asterisk.variables[f"HANDOVER_REASON_{line.call_id}"] = reason.value
        await line.hang_up()

    async with switchboard(conduct, version=version) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "queue")
        assert call.name_shown == f"AI {reason.value}"


@pytest.mark.parametrize("version", [NEW, OLD, OLDEST])
async def test_a_killed_engine_leaves_the_caller_in_the_queue(version: str) -> None:
    async with switchboard(is_killed, version=version) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "queue")
        assert call.name_shown == "AI technical_failure"


ENGINE = """
import socket, struct
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
line = listener.accept()[0]
line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
while line.recv(65536):
    pass
"""


@pytest.mark.parametrize("version", [NEW, OLD, OLDEST])
async def test_sigkill_takes_the_caller_to_the_queue_where_the_engine_had_its_sockets_reset_at_close(
    version: str,
) -> None:
    """A plain close at death would mostly pass for a good end: zero seconds of linger make the kernel send a reset."""
    async with await anyio.open_process([sys.executable, "-c", ENGINE], stderr=None) as process:
        assert process.stdout is not None
        engine = ("127.0.0.1", int(await process.stdout.receive()))
        async with EmulatedAsterisk(version=version, engine=engine, plain_close_fails=0) as asterisk:
            call = await asterisk.dial()
            await call.say_frames([bytes(320)] * 5)
            assert call.where == "agent"
            process.kill()
            await ends_in(call, "queue")
            assert call.try_status == "FAILED"


@pytest.mark.parametrize("version", [NEW, OLD, OLDEST])
async def test_an_absent_engine_leaves_the_caller_in_the_queue(version: str) -> None:
    async with EmulatedAsterisk(version=version, engine=NOBODY) as asterisk:
        await ends_in(await asterisk.dial(), "queue")


async def test_an_engine_that_does_not_answer_costs_two_seconds_of_dead_air() -> None:
    async with EmulatedAsterisk(engine=NOBODY) as asterisk:
        asterisk.engine_answers = False
        began = anyio.current_time()
        await ends_in(await asterisk.dial(), "queue")
        assert anyio.current_time() - began >= 2.0


@pytest.mark.parametrize("version", [NEW, OLD])
async def test_the_watchdog_takes_the_caller_from_an_engine_that_never_lets_go(version: str) -> None:
    async with switchboard(holds_on, version=version, CALL_SECONDS="0.2") as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "queue")
        assert call.name_shown == "AI technical_failure"


async def test_the_watchdog_leaves_a_caller_in_the_queue_alone() -> None:
    async def conduct(line: Line) -> None:
        asterisk.variables[f"TRANSFER_{line.call_id}"] = "operators"
        asterisk.variables[f"HANDOVER_REASON_{line.call_id}"] = "customer_request"
        await line.hang_up()

    async with switchboard(conduct, version=NEW, CALL_SECONDS="0.3", QUEUE_SECONDS="0.6") as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "tones")
        assert (call.queue_status, call.name_shown) == ("TIMEOUT", "AI customer_request")


async def test_the_bypass_takes_all_callers_to_the_operators_at_once() -> None:
    async with switchboard(holds_on, version=NEW) as asterisk:
        asterisk.database["callcenter/bypass"] = "1"
        call = await asterisk.dial()
        await ends_in(call, "queue")
        assert call.uuid is None
        del asterisk.database["callcenter/bypass"]
        await ends_in(await asterisk.dial(), "agent")


@pytest.mark.parametrize("value", ["outside,s,1", "hangup)", "${EXTEN}", '" = "" & "', "OPERATORS"])
async def test_a_strange_word_from_outside_is_never_followed(value: str) -> None:
    async def conduct(line: Line) -> None:
        asterisk.variables[f"TRANSFER_{line.call_id}"] = value
        asterisk.variables[f"HANDOVER_REASON_{line.call_id}"] = f"{value})=x"
        await line.hang_up()

    async with switchboard(conduct, version=NEW) as asterisk:
        call = await asterisk.dial()
        await call.until(lambda: call.where in ("queue", "hung_up"))
        assert set(call.name_shown) <= set("AI abcdefghijklmnopqrstuvwxyz_")


@pytest.mark.parametrize(("dialled", "version"), [("+380800300200", NEW), ("s", NEW), ("10", OLD)])
async def test_every_way_to_name_a_number_reaches_the_agent(dialled: str, version: str) -> None:
    async with switchboard(holds_on, version=version) as asterisk:
        await ends_in(await asterisk.dial(exten=dialled), "agent")


async def test_an_operator_takes_the_caller_from_the_queue() -> None:
    async with switchboard(is_killed, version=NEW) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "queue")
        await asterisk.pick_up(call)
        assert asterisk.bridges()[0]["channels"] == [call.id]


async def test_a_last_resort_is_called_when_nobody_takes_the_caller() -> None:
    settings = {"QUEUE_SECONDS": "0.1", "LAST_RESORT": "PJSIP/reception"}
    async with EmulatedAsterisk(engine=NOBODY, settings=settings) as asterisk:
        call = await asterisk.dial()
        await ends_in(call, "tones")
        assert call.channel()["dialplan"] == {
            "context": "incoming",
            "exten": "operators",
            "priority": 6,
            "app_name": "Dial",
            "app_data": "PJSIP/reception,60,tr",
        }


async def test_no_variable_of_a_call_outlives_it() -> None:
    async def conduct(line: Line) -> None:
        asterisk.variables[f"TRANSFER_{line.call_id}"] = "operators"
        asterisk.variables[f"HANDOVER_REASON_{line.call_id}"] = "cannot_help"
        said.set()
        if len(asterisk.calls) > 1:
            await line.hang_up()
        await line.read_to_end()

    said = anyio.Event()

    async with switchboard(conduct, version=NEW) as asterisk:
        hangs_up_himself = await asterisk.dial()
        await said.wait()
        assert len(asterisk.left_behind) == 2
        await hangs_up_himself.hang_up()
        assert asterisk.left_behind == {}
        handed_over = await asterisk.dial()
        await ends_in(handed_over, "queue")
        assert asterisk.left_behind == {}


def test_only_one_place_names_the_program() -> None:
    text = (CONFIGURATION / "extensions.conf").read_text(encoding="utf-8")
    assert text.count("9092") == 1


def test_ari_shows_which_channel_carries_which_call_and_lets_nobody_in_as_shipped() -> None:
    lines = (CONFIGURATION / "ari.conf").read_text(encoding="utf-8").splitlines()
    assert "channelvars = CALL_UUID" in lines
    assert "password =" in lines
