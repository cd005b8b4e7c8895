"""Orders are made exactly once, whatever is lost, cut short or killed on the way.

Two hundred callers order over real sockets, from an engine that is killed and
started again at random moments, at a shop that loses answers, resets
connections and is slow.  Callers hang up and interrupt while the shop is at
work, and call again.  In the end all is calm, and whoever has not heard of his
order calls once more.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import anyio
import pytest
from anyio.abc import Process

from domain.shop.catalog import Season, TireSize
from domain.verbalizer.spoken import verbalize
from domain.words import words
from entrypoints.demo_shop.faults import Fault, When
from tests.harness.asterisk import EmulatedAsterisk
from tests.harness.engine import ROOT, alone, free_port
from tests.harness.phone import Phone
from tests.harness.shop import ServedShop, demo_shop_server

pytestmark = pytest.mark.anyio

CALLERS = 200
AT_ONCE = 50
SEED = 20261125
_MOST_CALLS = 12
_CALM_CALLS = 3
_PAUSE_SECONDS = 2.0
"""At most so long a caller waits before he calls again."""
_ENGINE_LIVES_SECONDS = (3.0, 9.0)
_LEFT_THE_AGENT = ("queue", "hung_up", "tones", "operator")


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@dataclass(slots=True)
class Caller:
    number: str
    chance: Random
    heard: list[str] = field(default_factory=list)
    """What was heard in each of his calls."""
    cut_off: bool = False
    """Whether a call of his ended with an order that he had not heard of."""

    @property
    def has_heard(self) -> bool:
        return any("оформлено" in heard or "підтверджено" in heard for heard in self.heard)

    def was_told(self, order_number: str) -> bool:
        told = f" {' '.join(words(verbalize(f'номер {order_number}', 'uk')))} "
        return any(told in f" {' '.join(words(heard))} " for heard in self.heard)


@dataclass(slots=True)
class World:
    asterisk: EmulatedAsterisk
    shop: ServedShop
    command: list[str]
    kills: int = 0
    calls: int = 0
    hung_up: int = 0
    interrupted: int = 0
    calm: bool = False
    engine: Process | None = None

    async def start_engine(self) -> None:
        self.engine = await anyio.open_process(
            self.command, stdout=subprocess.PIPE, stderr=None, env=alone({}), cwd=ROOT
        )
        assert self.engine.stdout is not None
        with anyio.fail_after(20):
            assert await self.engine.stdout.receive() == b"ready\n"

    def kill_engine(self) -> None:
        assert self.engine is not None
        self.engine.kill()
        self.kills += 1

    async def kill_now_and_then(self, chance: Random) -> None:
        while True:
            await anyio.sleep(chance.uniform(*_ENGINE_LIVES_SECONDS))
            self.kill_engine()
            await self.start_engine()


@asynccontextmanager
async def world(folder: Path) -> AsyncGenerator[World, None]:
    port = free_port()
    asterisk = EmulatedAsterisk(engine=("127.0.0.1", port))
    async with demo_shop_server() as shop, asterisk:
        told = {
            "port": str(port),
            "store": shop.url,
            "key": shop.key,
            "ledger": str(folder / "ledger.sqlite"),
            "ari": asterisk.ari.url,
        }
        held = World(asterisk, shop, [sys.executable, "-m", "tests.harness.order_engine", json.dumps(told)])
        await held.start_engine()
        try:
            yield held
        finally:
            held.kill_engine()


async def order(caller: Caller, held: World) -> None:
    """Hold one call: ask, hear the read-back, say yes, and perhaps do not wait for the answer."""
    held.calls += 1
    phone = Phone(await held.asterisk.dial(caller=caller.number), frames_a_word=5)
    try:
        await _converse(phone, caller, held)
    finally:
        caller.heard.append(phone.sent)  # a stall of this process makes a burst, and is not the engine's fault
        if phone.call.where != "hung_up":
            with suppress(TimeoutError):  # a busy machine hangs up in its own time
                await phone.hang_up()
        caller.cut_off = caller.cut_off or (not caller.has_heard and bool(placed(held.shop, caller)))


async def _converse(phone: Phone, caller: Caller, held: World) -> None:
    if not await _heard(phone, "Слухаю", "допомогти"):  # who has ordered before is asked by name
        return
    await anyio.sleep(0.3)
    await _say(phone, "замовте чотири шини")
    if not await _heard(phone, "Оформлюємо", "підтверджено", "оформлено") or "Оформлюємо" not in phone.sent:
        return
    await anyio.sleep(0.2)
    await _say(phone, "так оформлюйте")
    chance = caller.chance.random()
    if not held.calm and chance < 0.2:
        held.hung_up += 1
        await anyio.sleep(caller.chance.uniform(0.0, 1.5))
        return
    if not held.calm and chance < 0.4:
        held.interrupted += 1
        await anyio.sleep(caller.chance.uniform(0.4, 1.0))
        await _say(phone, "зачекайте хвилину")
    await _heard(phone, "оформлено", "підтверджено")
    await anyio.sleep(0.4)


async def _say(phone: Phone, text: str) -> None:
    if phone.call.where == "agent":
        with anyio.move_on_after(5):
            await phone.say(text)


async def _heard(phone: Phone, *texts: str, within: float = 12.0) -> bool:
    """Wait for one of these words; return whether it came while the agent was on the line."""
    with anyio.move_on_after(within):
        await phone.call.until(
            lambda: phone.call.where in _LEFT_THE_AGENT or any(text in phone.sent for text in texts), within=within + 1
        )
    return any(text in phone.sent for text in texts)


async def until_heard(caller: Caller, held: World, limiter: anyio.CapacityLimiter, most: int) -> None:
    async with limiter:
        for _ in range(most):
            if caller.has_heard:
                return
            await order(caller, held)
            await anyio.sleep(caller.chance.uniform(0.3, _PAUSE_SECONDS))


@pytest.mark.timeout(300)
async def test_every_order_that_was_heard_confirmed_is_there_once_and_none_is_there_twice(tmp_path: Path) -> None:
    chance = Random(SEED)
    callers = [Caller(f"38067{number:07d}", Random(f"{SEED} {number}")) for number in range(CALLERS)]
    limiter = anyio.CapacityLimiter(AT_ONCE)
    async with world(tmp_path) as held:
        for tire in held.shop.tires(TireSize(205, 55, 16), Season.WINTER):
            held.shop.set_stock(tire["id"], 10_000)
        for number, path in enumerate(("/orders", "/orders/*/delivery", "/orders/*/confirm")):
            held.shop.fail(Fault(path=path, when=When.AFTER, reset=True, probability=0.25, seed=number))
            held.shop.fail(Fault(path=path, when=When.BEFORE, reset=True, probability=0.1, seed=number + 10))
            held.shop.fail(Fault(path=path, latency_seconds=0.4, probability=0.3, seed=number + 20))
        with anyio.move_on_after(120):
            async with anyio.create_task_group() as killing:
                killing.start_soon(held.kill_now_and_then, chance)
                async with anyio.create_task_group() as calling:
                    for caller in callers:
                        calling.start_soon(until_heard, caller, held, limiter, _MOST_CALLS)
                killing.cancel_scope.cancel()
        lost = sum(struck for fault, struck in held.shop.faults.struck if fault.when is When.AFTER)
        unheard = [caller for caller in callers if not caller.has_heard]
        held.shop.repair()
        held.calm = True
        assert held.engine is not None
        if held.engine.returncode is not None:
            await held.start_engine()
        async with anyio.create_task_group() as calling:
            for caller in unheard:
                calling.start_soon(until_heard, caller, held, limiter, _CALM_CALLS)

        print(
            f"{held.calls} calls, {held.kills} kills, {lost} answers lost, {held.hung_up} hung up and"
            f" {held.interrupted} interrupted in the commit; {sum(caller.cut_off for caller in callers)} confirmations"
            f" were cut off before they were heard, and told in a later call"
        )
        orders = Counter(len(placed(held.shop, caller)) for caller in callers)
        assert orders == {1: CALLERS}, orders
        for caller in callers:
            (order_number,) = placed(held.shop, caller)
            assert caller.was_told(order_number), (order_number, caller.heard)
        wrongs = (held.kills, lost, held.hung_up, held.interrupted, sum(caller.cut_off for caller in callers))
        assert min(wrongs) >= 5, "nothing went wrong, so nothing is shown"


def placed(shop: ServedShop, caller: Caller) -> list[str]:
    """Return the numbers of the orders that the shop holds for this caller, drafts aside."""
    return [str(each["order_number"]) for each in shop.orders(f"+{caller.number}") if each["status"] != "draft"]
