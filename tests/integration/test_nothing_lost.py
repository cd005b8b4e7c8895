"""Every turn that was heard is in PostgreSQL, once, whatever was away or killed meanwhile.

Twenty callers at a time talk to an engine over real sockets and call again as
soon as a call has ended.  Under them PostgreSQL goes away, then Redis, then
both; and the engine and who carries the journals are killed and started again,
while something is away and when all is there.  What a caller was answered had
been heard; in the end all of it is looked for in PostgreSQL.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import anyio
import asyncpg
import pytest
from anyio.abc import Process, TaskGroup
from anyio.streams.buffered import BufferedByteReceiveStream

from adapters.embedded.postgres import embedded_postgres
from adapters.embedded.redis import embedded_redis
from tests.harness.asterisk import EmulatedAsterisk
from tests.harness.engine import ROOT, alone, free_port
from tests.harness.phone import Phone
from tests.harness.recording_engine import GREETING, HEARD
from tests.harness.servers import Server

pytestmark = pytest.mark.anyio

CALLERS = 20
SEED = 20261125
_EXCHANGES = 4
"""In a call, at most."""
_LEFT_THE_AGENT = ("queue", "hung_up", "tones", "operator")
_LETTERS = "абвгдежзик"


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


class Program:
    """One that may be killed and started again; it says when it is ready, and then figures of calls."""

    def __init__(self, module: str, told: Mapping[str, str], tasks: TaskGroup) -> None:
        self._command = [sys.executable, "-m", module, json.dumps(told)]
        self._tasks = tasks
        self._process: Process | None = None
        self.kills = 0
        self.figures: list[dict[str, float]] = []

    async def start(self) -> None:
        self._process = await anyio.open_process(
            self._command, stdout=subprocess.PIPE, stderr=None, env=alone({}), cwd=ROOT
        )
        assert self._process.stdout is not None
        output = BufferedByteReceiveStream(self._process.stdout)
        with anyio.fail_after(20):
            assert await output.receive_until(b"\n", 1000) == b"ready"
        self._tasks.start_soon(self._read, output)

    async def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        await self._process.wait()
        self.kills += 1

    async def _read(self, output: BufferedByteReceiveStream) -> None:
        with suppress(anyio.IncompleteRead):
            while True:
                told = await output.receive_until(b"\n", 10_000)
                if told.startswith(b"{"):
                    self.figures.append(json.loads(told))


@dataclass(frozen=True, slots=True)
class Turn:
    trouble: str
    """What was wrong when it was heard."""
    speaker: str
    word: str


@dataclass(slots=True)
class World:
    asterisk: EmulatedAsterisk
    postgres: Server
    redis: Server
    engine: Program
    carrier: Program
    killed_under: int = 0
    """How many calls were running when the engine was killed, all in all."""
    talking: bool = True
    numbers: "count[int]" = field(default_factory=count)
    trouble: str = "none"
    """What is away, or is being killed."""
    heard: list[Turn] = field(default_factory=list)
    """What callers said and were answered, and the answers that were heard out before the caller went on."""

    def note(self, speaker: str, word: str) -> None:
        self.heard.append(Turn(self.trouble, speaker, word))

    async def kill_engine(self) -> None:
        self.killed_under += sum(call.where == "agent" for call in self.asterisk.calls)
        await self.engine.kill()
        await self.engine.start()

    async def kill_carrier(self) -> None:
        await self.carrier.kill()
        await self.carrier.start()

    def new_word(self) -> str:
        return "щось" + "".join(_LETTERS[int(digit)] for digit in str(next(self.numbers)))


@asynccontextmanager
async def world(folder: Path) -> AsyncGenerator[World, None]:
    port = free_port()
    asterisk = EmulatedAsterisk(engine=("127.0.0.1", port))
    async with asterisk, anyio.create_task_group() as tasks:
        postgres = Server(lambda: embedded_postgres(folder), tasks)
        redis = Server(lambda: embedded_redis(folder), tasks)
        await postgres.come()
        await redis.come()
        told = {
            "port": str(port),
            "database": postgres.url,
            "redis": redis.url,
            "folder": str(folder),
            "ari": asterisk.ari.url,
        }
        engine = Program("tests.harness.recording_engine", told, tasks)
        carrier = Program("tests.harness.record_carrier", told, tasks)
        await carrier.start()
        await engine.start()
        try:
            yield World(asterisk, postgres, redis, engine, carrier)
        finally:
            with anyio.CancelScope(shield=True):
                await engine.kill()
                await carrier.kill()
                await redis.go()
                await postgres.go()


async def call_again_and_again(held: World, chance: Random) -> None:
    while held.talking:
        phone = Phone(await held.asterisk.dial(caller=f"38067{chance.randrange(10**7):07d}"), frames_a_word=3)
        if await _heard(phone, GREETING):
            for _ in range(chance.randint(1, _EXCHANGES)):
                if not await _exchange(phone, held):
                    break
        if phone.call.where != "hung_up":
            await phone.hang_up()
        await anyio.sleep(0.3)


async def _exchange(phone: Phone, held: World) -> bool:
    word = held.new_word()
    await anyio.sleep(0.3)
    if phone.call.where != "agent":
        return False
    with anyio.move_on_after(5):
        await phone.say(word)
    if not await _heard(phone, f"{HEARD} {word}"):
        return False
    held.note("caller", word)
    await anyio.sleep(0.3)
    if phone.call.where != "agent":
        return False
    held.note("agent", word)
    return True


async def _heard(phone: Phone, text: str) -> bool:
    with anyio.move_on_after(8):
        await phone.call.until(lambda: phone.call.where in _LEFT_THE_AGENT or text in phone.heard, within=9)
    return text in phone.heard


async def go_wrong(held: World, chance: Random) -> None:
    """Take away one part after the other, and several at once."""
    await anyio.sleep(3)
    held.trouble = "PostgreSQL away"
    await held.postgres.go()
    await anyio.sleep(4)
    await held.postgres.come()
    held.trouble = "Redis away"
    await held.redis.go()
    await anyio.sleep(4)
    held.trouble = "Redis away, engine killed"
    await held.kill_engine()
    await anyio.sleep(2)
    await held.redis.come()
    held.trouble = "none"
    await anyio.sleep(2)
    held.trouble = "both away"
    await held.postgres.go()
    await held.redis.go()
    await anyio.sleep(3)
    held.trouble = "both away, engine and carrier killed"
    await held.kill_engine()
    await held.kill_carrier()
    await anyio.sleep(2)
    await held.redis.come()
    await held.postgres.come()
    held.trouble = "engine and carrier killed"
    for _ in range(4):
        await anyio.sleep(chance.uniform(1, 3))
        await held.kill_engine()
        await anyio.sleep(chance.uniform(0, 1))
        await held.kill_carrier()
    await anyio.sleep(3)


async def turns_kept(url: str) -> Counter[tuple[str, str]]:
    """Return how often each of these words stands in the turns of each speaker."""
    connection = await asyncpg.connect(url)
    rows = await connection.fetch("SELECT speaker, text FROM turns")
    await connection.close()
    said = [(row["speaker"], word.strip(".")) for row in rows for word in row["text"].split()]
    return Counter((speaker, word) for speaker, word in said if word.startswith("щось"))


def table(heard: Sequence[Turn], kept: Mapping[tuple[str, str], int]) -> str:
    """Write how many turns were heard in each trouble, and what is kept of them."""
    lines = [f"{'trouble':<40}{'heard':>7}{'kept':>7}{'missing':>9}{'double':>8}"]
    for trouble in dict.fromkeys(turn.trouble for turn in heard):
        times = [kept.get((turn.speaker, turn.word), 0) for turn in heard if turn.trouble == trouble]
        sums = (len(times), sum(map(bool, times)), times.count(0), sum(each > 1 for each in times))
        lines.append(f"{trouble:<40}{sums[0]:>7}{sums[1]:>7}{sums[2]:>9}{sums[3]:>8}")
    return "\n".join(lines)


@pytest.mark.timeout(150)
async def test_every_turn_that_was_heard_is_kept_once() -> None:
    chance = Random(SEED)
    with TemporaryDirectory() as path:
        async with world(Path(path)) as held:
            async with anyio.create_task_group() as callers:
                for number in range(CALLERS):
                    callers.start_soon(call_again_and_again, held, Random(f"{SEED} {number}"))
                await go_wrong(held, chance)
                held.talking = False
            kept: Counter[tuple[str, str]] = Counter()
            with anyio.move_on_after(20):
                while any(kept[turn.speaker, turn.word] == 0 for turn in held.heard):
                    await anyio.sleep(0.5)
                    kept = await turns_kept(held.postgres.url)
            missing = [turn for turn in held.heard if kept[turn.speaker, turn.word] == 0]
            double = [turn for turn, times in kept.items() if times > 1]
            print(table(held.heard, kept))
            lost = max(each["lost"] for each in held.engine.figures)
            lateness = sorted(each["lateness_p99_ms"] for each in held.engine.figures)
            print(
                f"{len(held.asterisk.calls)} calls, {held.engine.kills} kills under {held.killed_under} running calls,"
                f" the carrier killed {held.carrier.kills} times;"
                f" PostgreSQL away {held.postgres.times_away} times, Redis {held.redis.times_away};"
                f" turns heard {len(held.heard)}, missing {len(missing)}, double {len(double)}, dropped {lost};"
                f" frame lateness p99 of the median call {lateness[len(lateness) // 2]:.1f} ms"
            )
            assert missing == []
            assert double == []
            assert lost == 0
            assert held.killed_under >= CALLERS and len(held.heard) > 100, "nothing went wrong, so nothing is shown"
