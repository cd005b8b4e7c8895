"""Several engine processes on one port."""

import os
import signal
from collections.abc import AsyncGenerator
from functools import partial
from uuid import UUID, uuid4

import anyio
import pytest

from domain.phrases import UKRAINIAN
from tests.harness.engine import EngineCenter, engine_center, free_port, recorded
from tests.harness.llm_streams import Script
from tests.harness.phone import Phone

pytestmark = pytest.mark.anyio

QUESTION, ANSWER = "Потрібні шини", "Які саме?"
ENOUGH = 12
"""That the kernel gives so many connections all to one process of two is as good as impossible."""


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
async def center() -> AsyncGenerator[EngineCenter, None]:
    recordings = await recorded(QUESTION)
    async with engine_center("--processes", "2", recordings=recordings, AUDIOSOCKET_PORT=str(free_port())) as center:
        await center.engine.logged("answering calls", times=2)
        center.language.answer_with(lambda messages: Script(ANSWER))
        yield center


async def test_a_call_is_accepted_once_whichever_process_it_comes_to(center: EngineCenter) -> None:
    call_id = uuid4()
    accepted: list[bool] = []
    async with anyio.create_task_group() as callers:
        for _ in range(ENOUGH):
            callers.start_soon(try_call, center, call_id, accepted)
    assert sorted(accepted) == [False] * (ENOUGH - 1) + [True]


async def try_call(center: EngineCenter, call_id: UUID, accepted: list[bool]) -> None:
    host, port = center.asterisk.variables["CALL_PROCESSOR"].split(":")
    async with await anyio.connect_tcp(host, int(port)) as line:
        await line.send(b"\x01\x00\x10" + call_id.bytes)
        with anyio.fail_after(5):
            header = await line.receive(3)
        accepted.append(header == b"\x10\x01\x40")


async def test_a_process_that_dies_takes_no_other_calls_with_it_and_is_started_again(center: EngineCenter) -> None:
    phones = [await center.phone() for _ in range(ENOUGH)]
    for phone in phones:
        await phone.hear(UKRAINIAN.greeting_question)
    victim, survivor = processes(center)
    os.kill(victim, signal.SIGKILL)
    await center.engine.logged("a process died and is started again")

    for phone in phones:
        await phone.become(partial(is_served, phone, len(phone.call.heard)), "he hears the agent or is in the queue")
    in_queue = [phone for phone in phones if phone.call.where == "queue"]
    going_on = [phone for phone in phones if phone.call.where == "agent"]
    assert len(in_queue) + len(going_on) == ENOUGH
    assert in_queue and going_on
    await going_on[0].speak(QUESTION)
    await going_on[0].hear(ANSWER)

    await center.engine.logged("answering calls", times=3)
    assert len(set(processes(center)) - {victim, survivor}) == 1
    for phone in phones:
        await phone.hang_up()


async def test_on_sigterm_all_processes_end(center: EngineCenter) -> None:
    center.engine.terminate()
    assert await center.engine.ended() == 0
    alive = [process for process in processes(center) if is_alive(process)]
    assert alive == []


def is_served(phone: Phone, heard_before: int) -> bool:
    return phone.call.where == "queue" or len(phone.call.heard) > heard_before + 10


def processes(center: EngineCenter) -> list[int]:
    return [each["process"] for each in center.engine.events if each["event"] == "answering calls"]


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
