"""The life of an engine, its parts in memory."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import anyio
import pytest
from structlog.testing import capture_logs

from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.offline.rule_model import RuleModel
from domain.errors import Misconfigured, Unavailable
from entrypoints.container import Container
from entrypoints.lifespan import Engine, engine_of
from entrypoints.settings import Settings

pytestmark = pytest.mark.anyio


@dataclass
class Part:
    """A part with a life: says when it was warmed up, was running, was closed."""

    lived: list[str] = field(default_factory=list)

    async def warm_up(self) -> None:
        self.lived.append("warmed up")

    async def fail_to_warm_up(self) -> None:
        raise Unavailable("the part is not there")

    async def run(self) -> None:
        self.lived.append("ran")
        await anyio.sleep_forever()

    async def close(self) -> None:
        self.lived.append("closed")


def engine(part: Part, *, port: int = 0) -> Engine:
    container = Container(
        settings=Settings.from_env({"AUDIOSOCKET_HOST": "127.0.0.1", "AUDIOSOCKET_PORT": str(port)}),
        recognizer=LiteralRecognizer(),
        synthesizer=LiteralSynthesizer(),
        voice_activity=EnergyVoiceActivity(),
        model=RuleModel(),
    )
    return replace(
        engine_of(container),
        texts=("Хвилинку.",),
        warm_ups=(part.fail_to_warm_up, part.warm_up),
        companions=(part.run,),
        closings=(part.close,),
    )


async def test_an_engine_gets_ready_answers_and_ends_in_order() -> None:
    part = Part()
    with capture_logs() as lines, anyio.fail_after(10):
        async with anyio.create_task_group() as tasks:
            port = await tasks.start(engine(part).run)
            assert sorted(part.lived) == ["ran", "warmed up"]
            await (await anyio.connect_tcp("127.0.0.1", port)).aclose()
            os.kill(os.getpid(), signal.SIGTERM)
    assert part.lived[-1] == "closed"
    told = events(lines)
    assert told == ["a part is not ready", "answering calls", "draining", "stopped"]


async def test_a_port_that_is_taken_is_a_misconfiguration_and_what_was_opened_is_closed() -> None:
    part = Part()
    taken = await anyio.create_tcp_listener(local_host="127.0.0.1")
    async with taken:
        port = taken.extra(anyio.abc.SocketAttribute.local_port)
        with pytest.raises(ExceptionGroup) as refused:
            await engine(part, port=port).run()
    assert refused.group_contains(Misconfigured, match="cannot be listened on")
    assert part.lived[-1] == "closed"


def events(lines: Sequence[object]) -> list[str]:
    return [str(line["event"]) for line in lines if isinstance(line, dict)]
