"""A server beside the program is started when the one before it has left, and started again when it could not."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio
import pytest

from adapters.embedded.guarded import Server, beside
from domain.errors import Misconfigured

pytestmark = pytest.mark.anyio

SERVES = 'echo started >> "$0"; exec sleep 60'


def server(folder: Path, command: str, ready: Callable[[], Awaitable[bool]], seconds: float = 10) -> Server:
    return Server(
        name="The server",
        command=["/bin/sh", "-c", command, str(folder / "starts")],
        signal="TERM",
        folder=folder,
        ready=ready,
        seconds=seconds,
    )


def starts(folder: Path) -> int:
    told = folder / "starts"
    return len(told.read_text().split()) if told.exists() else 0


async def test_a_server_that_is_still_leaving_is_waited_for(tmp_path: Path) -> None:
    started_when_asked: list[int] = []

    async def ready() -> bool:
        started_when_asked.append(starts(tmp_path))
        return len(started_when_asked) <= 3 or starts(tmp_path) == 1

    async with beside(server(tmp_path, SERVES, ready)):
        assert started_when_asked[:4] == [0, 0, 0, 0]
        assert starts(tmp_path) == 1


async def test_a_server_that_could_not_start_yet_is_started_again(tmp_path: Path) -> None:
    async def ready() -> bool:
        return starts(tmp_path) == 2

    command = 'echo started >> "$0"; [ "$(wc -l < "$0")" -gt 1 ] || exit 1; exec sleep 60'
    async with beside(server(tmp_path, command, ready)):
        assert starts(tmp_path) == 2


async def test_a_server_that_never_answers_is_ended_and_named(tmp_path: Path) -> None:
    async def ready() -> bool:
        return False

    with pytest.raises(Misconfigured, match="The server does not start"):
        async with beside(server(tmp_path, 'echo $$ > "$0"; exec sleep 60', ready, seconds=1)):
            pass
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "starts").read_text()), 0)


async def test_a_server_of_another_program_that_never_answers_is_named(tmp_path: Path) -> None:
    answers = True

    async def ready() -> bool:
        return answers and starts(tmp_path) > 0

    async with beside(server(tmp_path, SERVES, ready)):
        answers = False
        with pytest.raises(Misconfigured), anyio.fail_after(5):
            async with beside(server(tmp_path, SERVES, ready, seconds=0.1)):
                pass
    assert starts(tmp_path) == 1
