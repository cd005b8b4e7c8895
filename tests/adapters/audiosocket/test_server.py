"""Where Asterisk brings the calls."""

import gc
import time
import tracemalloc
import weakref
from pathlib import Path
from uuid import uuid4

import anyio
import anyio.lowlevel
import pytest
from structlog.testing import capture_logs

from adapters.audiosocket.claims import DirectoryClaims
from adapters.audiosocket.server import AudioSocketServer, Limits, Refusal
from application.ports.line import CallLeg
from domain.audio import SILENCE
from tests.adapters.audiosocket.peer import (
    FAILURE,
    HANG_UP,
    PATIENCE_SECONDS,
    Line,
    Notes,
    a_line,
    a_server,
    call,
    connect,
    message,
    numbers,
    serving,
    speech,
)

pytestmark = pytest.mark.anyio


async def say_goodbye(leg: CallLeg) -> None:
    await leg.play([speech(1)])
    notes = Notes()
    leg.attend(notes)
    await notes.until_event("audible")
    await leg.hang_up()


async def calls_are(server: AudioSocketServer, count: int) -> None:
    with anyio.fail_after(PATIENCE_SECONDS):
        while server.calls != count:
            await anyio.lowlevel.checkpoint()


async def test_a_call_is_conducted_and_ends() -> None:
    async with serving(say_goodbye) as server:
        call_id = uuid4()
        peer = await call(server.bound_port, call_id)
        assert numbers(await peer.hear_until(1)) == [1]
        assert await peer.last_word() == HANG_UP
        assert server.calls == 1
        await peer.hang_up()
        await calls_are(server, 0)


async def test_the_line_sounds_before_anybody_conducts_the_call() -> None:
    began = anyio.Event()

    async def think_long(leg: CallLeg) -> None:
        began.set()
        await anyio.sleep_forever()

    async with serving(think_long) as server:
        peer = await call(server.bound_port)
        started_at = time.monotonic()
        assert [await peer.hear() for _ in range(3)] == [SILENCE] * 3
        assert time.monotonic() - started_at < 0.15
        assert began.is_set()


async def test_a_call_that_fails_is_logged_with_its_id_and_the_others_go_on() -> None:
    failing_id = uuid4()
    line = Line()

    async def conduct(leg: CallLeg) -> None:
        if leg.call_id == failing_id:
            raise RuntimeError("no agent")
        await line.conduct(leg)

    with capture_logs() as logs:
        async with serving(conduct) as server:
            peer, leg, _ = await line.call(server)
            failing = await call(server.bound_port, failing_id)
            assert await failing.last_word() == FAILURE
            await leg.play([speech(2)])
            assert numbers(await peer.hear_until(2)) == [2]
            assert server.calls == 1
    assert [entry["call_id"] for entry in logs if entry["log_level"] == "error"] == [str(failing_id)]
    line.close()


async def test_a_call_that_ends_without_a_hang_up_goes_to_the_operators() -> None:
    async def forget(leg: CallLeg) -> None:
        await leg.play([speech(1)])

    async with serving(forget) as server:
        peer = await call(server.bound_port)
        assert await peer.last_word() == FAILURE


async def test_over_the_limit_of_calls_the_caller_is_refused_until_there_is_room() -> None:
    server = a_server(limits=Limits(most_calls=2, most_connections=50))
    async with a_line(server) as (_, line):
        first, _, _ = await line.call(server)
        second, _, _ = await line.call(server)
        third = await call(server.bound_port)
        assert await third.receive() == FAILURE
        assert (server.calls, server.refusals[Refusal.TOO_MANY_CALLS]) == (2, 1)
        assert (await first.hear(), await second.hear()) == (SILENCE, SILENCE)


async def test_a_refused_call_may_come_again() -> None:
    server = a_server(limits=Limits(most_calls=1, most_connections=50))
    async with serving(say_goodbye, server):
        first = await call(server.bound_port)
        await first.hear_until(1)
        second_id = uuid4()
        second = await call(server.bound_port, second_id)
        assert await second.receive() == FAILURE
        await first.hang_up()
        await calls_are(server, 0)
        again = await call(server.bound_port, second_id)
        assert numbers(await again.hear_until(1)) == [1]


async def test_over_the_limit_of_connections_the_door_is_shut_at_once() -> None:
    server = a_server(limits=Limits(most_calls=50, most_connections=2))
    async with a_line(server) as (_, line):
        first, _, _ = await line.call(server)
        silent = await connect(server.bound_port)
        crowd = [await connect(server.bound_port) for _ in range(3)]
        assert [await one.receive() for one in crowd] == [FAILURE] * 3
        assert [await one.receive() for one in crowd] == [None] * 3
        assert server.refusals[Refusal.TOO_MANY_CONNECTIONS] == 3
        await silent.send(message(0x01, uuid4().bytes))
        assert (await silent.hear(), await first.hear()) == (SILENCE, SILENCE)


async def test_a_uuid_is_not_accepted_twice_and_the_first_call_goes_on() -> None:
    async with serving(lambda leg: anyio.sleep_forever()) as server:
        call_id = uuid4()
        first = await call(server.bound_port, call_id)
        await first.hear()
        second = await call(server.bound_port, call_id)
        assert await second.receive() == FAILURE
        assert await first.hear() == SILENCE
        assert (server.calls, server.refusals[Refusal.USED_UUID]) == (1, 1)


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n\r\n", message(0x01, bytes(16))[:-1]])
async def test_who_sends_no_uuid_in_time_is_closed(said: bytes) -> None:
    server = a_server(limits=Limits(most_calls=5, most_connections=5, uuid_deadline_seconds=0.2))
    async with serving(say_goodbye, server):
        stranger = await connect(server.bound_port)
        started_at = time.monotonic()
        if said:
            await stranger.send(said)
        assert await stranger.receive() == FAILURE
        assert await stranger.receive() is None
        assert time.monotonic() - started_at > 0.19
        assert (server.calls, server.refusals[Refusal.NO_UUID]) == (0, 1)


@pytest.mark.parametrize("first", [message(0x10, speech(1)), message(0x00), message(0x01, b"short")])
async def test_who_begins_with_anything_but_a_uuid_is_closed_at_once(first: bytes) -> None:
    async with serving(say_goodbye) as server:
        stranger = await connect(server.bound_port)
        await stranger.send(first)
        assert await stranger.receive() == FAILURE
        assert await stranger.receive() is None
        assert server.calls == 0


async def test_a_connection_that_closes_without_a_uuid_is_counted_and_forgotten() -> None:
    server = a_server(limits=Limits(most_calls=5, most_connections=1))
    with capture_logs() as logs:
        async with serving(say_goodbye, server):
            for reset in (True, False):
                stranger = await connect(server.bound_port)
                await (stranger.reset() if reset else stranger.hang_up())
                with anyio.fail_after(PATIENCE_SECONDS):
                    while server.refusals[Refusal.NO_UUID] != 1 + (not reset):
                        await anyio.lowlevel.checkpoint()
            peer = await call(server.bound_port)
            assert numbers(await peer.hear_until(1)) == [1]
    assert logs == []


async def test_audio_that_comes_with_the_uuid_in_one_piece_is_heard() -> None:
    heard = Notes()

    async def listen(leg: CallLeg) -> None:
        leg.attend(heard)
        await anyio.sleep_forever()

    async with serving(listen) as server:
        peer = await connect(server.bound_port)
        data = message(0x01, uuid4().bytes) + message(0x10, speech(1)) + message(0x03, b"0")
        await peer.send(data[:-2])
        await peer.send(data[-2:])
        await heard.until(lambda heard: heard.digits == ["0"])
        assert numbers(heard.frames) == [1]


async def test_drained_means_that_the_door_is_closed_and_the_last_call_has_ended() -> None:
    server, line = a_server(), Line()
    async with anyio.create_task_group() as tasks:
        bye = anyio.Event()

        async def conduct(leg: CallLeg) -> None:
            await bye.wait()
            await leg.hang_up()

        port: int = await tasks.start(server.serve, conduct)
        peer = await call(port)
        await peer.hear()
        stranger = await connect(port)
        with anyio.fail_after(PATIENCE_SECONDS):
            while server._connections != 2:
                await anyio.lowlevel.checkpoint()
        server.stop_accepting()
        server.stop_accepting()
        assert await stranger.receive() == FAILURE
        assert server.refusals[Refusal.CLOSED] == 1
        await stranger.hang_up()
        with pytest.raises(OSError, match=r"refused|failed"):
            await connect(port)
        with anyio.move_on_after(0.1) as waiting:
            await server.drained()
        assert waiting.cancelled_caught
        assert (await peer.hear(), server.calls) == (SILENCE, 1)
        bye.set()
        assert await peer.last_word() == HANG_UP
        await peer.hang_up()
        with anyio.fail_after(PATIENCE_SECONDS):
            await server.drained()
    assert server.calls == 0
    line.close()


async def test_an_idle_server_is_drained_at_once() -> None:
    server = a_server()
    with anyio.fail_after(PATIENCE_SECONDS):
        async with anyio.create_task_group() as tasks:
            await tasks.start(server.serve, say_goodbye)
            server.stop_accepting()
    with pytest.raises(RuntimeError, match="does not listen"):
        _ = server.bound_port


async def test_a_cancelled_server_gives_its_callers_to_the_operators() -> None:
    server, line = a_server(), Line()
    async with anyio.create_task_group() as tasks:
        port: int = await tasks.start(server.serve, line.conduct)
        peer = await call(port)
        await peer.hear()
        tasks.cancel_scope.cancel()
    assert await peer.last_word() == FAILURE
    line.close()


async def test_processes_that_share_a_port_also_share_the_claims(tmp_path: Path) -> None:
    one = a_server(share_port=True, claims=DirectoryClaims(tmp_path))
    async with serving(say_goodbye, one):
        other = a_server(share_port=True, port=one.bound_port, claims=DirectoryClaims(tmp_path))
        async with serving(say_goodbye, other):
            call_ids = [uuid4() for _ in range(12)]
            peers = [await call(one.bound_port, call_id) for call_id in call_ids]
            for peer in peers:
                assert numbers(await peer.hear_until(1)) == [1]
            again = [await call(one.bound_port, call_id) for call_id in call_ids]
            assert [await peer.receive() for peer in again] == [FAILURE] * 12
            assert one.refusals[Refusal.USED_UUID] + other.refusals[Refusal.USED_UUID] == 12
            assert one.calls + other.calls == 12


async def test_nothing_of_two_hundred_ended_calls_is_kept() -> None:
    legs: list[weakref.ref[CallLeg]] = []

    async def conduct(leg: CallLeg) -> None:
        legs.append(weakref.ref(leg))
        await say_goodbye(leg)

    async def place_calls(port: int, count: int, *, reset: bool) -> None:
        for _ in range(count):
            peer = await call(port)
            await peer.hear_until(1)
            await (peer.reset() if reset else peer.hang_up())

    async def rounds(server: AudioSocketServer) -> int:
        async with anyio.create_task_group() as callers:
            for number in range(20):
                callers.start_soon(lambda reset: place_calls(server.bound_port, 5, reset=reset), number % 2 == 0)
        await calls_are(server, 0)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    async with serving(conduct) as server:
        tracemalloc.start()
        try:
            before = await rounds(server)
            after = await rounds(server)
        finally:
            tracemalloc.stop()
        assert len(legs) == 200
        assert [leg for leg in legs if leg() is not None] == []
        assert after - before < 100_000
