"""The whole product with a browser's door: pages, PostgreSQL, Redis and an engine, in one event loop.

What a caller hears is words in place of speech; all else is the product's, put together as `callcenter web` does.
"""

import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from socket import create_server

import anyio
from prometheus_client import CollectorRegistry

from adapters.embedded.redis import embedded_redis
from adapters.memory.scripted_model import ScriptedModel
from adapters.metrics.engine import EngineMetrics
from adapters.metrics.shared import MetricsFile
from adapters.redis.journal import RedisJournal
from adapters.redis.live import RedisBoard, RedisCommands
from adapters.redis.trials import RedisTrialRegister
from application.calls.keep_journal import KeepJournal
from application.calls.obey_commands import ObeyCommands
from application.calls.show_calls import ShowCalls
from application.calls.trials import Trials
from application.ports.language import Prompt
from domain.transcript import CallerTurn
from entrypoints.settings import Settings, metrics_folder
from entrypoints.web import application, served
from tests.harness.asterisk import EmulatedAsterisk
from tests.harness.center import Center, call_center
from tests.harness.shop import demo_shop_server

NAME, PASSWORD = "admin", "the horse is right"
ANSWERS = {
    "зимові": "Є Росава Сноугард і Нокіан Хаккапеліта. Яка вам більше до вподоби?",
    "росаву": "Гаразд, чотири Росави. Куди їх привезти?",
}
"""What the agent answers to, by a word in what the caller says."""
PHONES = {"PJSIP/101": "INUSE", "PJSIP/102": "NOT_INUSE", "PJSIP/103": "UNAVAILABLE"}
"""The operators'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    url: str
    """Where the pages are."""
    redis_url: str
    center: Center


@asynccontextmanager
async def product(database_url: str, folder: Path) -> AsyncGenerator[Product, None]:
    async with AsyncExitStack() as stack:
        redis_url = await stack.enter_async_context(embedded_redis(folder))
        center = await stack.enter_async_context(_engine(redis_url))
        await _some_wait_for_operators(center.asterisk)
        shop = await stack.enter_async_context(demo_shop_server())
        settings = Settings(
            database_url=database_url,
            redis_url=redis_url,
            ledger="database",
            store_api_url=shop.url,
            store_api_key=shop.key,
            anthropic_api_key="key",
            anthropic_base_url=shop.root,
            data_dir=str(folder),
            audiosocket_port=center.server.bound_port,
            ari_url=center.asterisk.ari.url,
            ari_user="callcenter",
            ari_password="secret",
            ari_operators=tuple(PHONES),
            admin_username=NAME,
            admin_password=PASSWORD,
            admin_jwt_secret="s" * 40,
        )
        await stack.enter_async_context(_told_of_an_engine(metrics_folder(settings)))
        app = await stack.enter_async_context(application(settings))
        listener = stack.enter_context(create_server(("127.0.0.1", 0)))
        await stack.enter_async_context(served(app, listener))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        yield Product(url=url, redis_url=redis_url, center=center)


@asynccontextmanager
async def _told_of_an_engine(folder: Path) -> AsyncGenerator[None, None]:
    """Have it be told that an engine takes calls, as one in a process of its own tells it."""
    registry = CollectorRegistry()
    EngineMetrics(registry).watch(
        voice_ready=lambda: True,
        accepting=lambda: True,
        journal_waiting=lambda: 0,
        queue_length=lambda: None,
    )
    file = MetricsFile(folder, f"calls-{os.getpid()}", registry)
    await file.tell()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(file.keep_telling)
        yield
        tasks.cancel_scope.cancel()


async def _some_wait_for_operators(asterisk: EmulatedAsterisk) -> None:
    asterisk.phones |= PHONES
    asterisk.database["callcenter/bypass"] = "1"
    for caller in ("+380503334455", "+380971112200", None):
        call = await asterisk.dial(caller=caller)
        await call.until(lambda call=call: call.where == "queue")  # type: ignore[misc]
    await asterisk.pick_up(asterisk.calls[0])
    del asterisk.database["callcenter/bypass"]


@asynccontextmanager
async def _engine(redis_url: str) -> AsyncGenerator[Center, None]:
    """Open a call center whose calls are seen, steered, kept and tried by way of Redis alone."""
    board, commands, journal = RedisBoard(redis_url), RedisCommands(redis_url), RedisJournal(redis_url)
    register = RedisTrialRegister(redis_url)
    trials = Trials(register)
    async with (
        call_center(model=ScriptedModel(script=_answer), trials=trials) as center,
        anyio.create_task_group() as tasks,
    ):
        show = ShowCalls(board, now=_now)
        keep = KeepJournal([journal], now=_now, language="uk")
        obey = ObeyCommands(commands, center.conduct_call, trials, obeyed=lambda command: None)
        center.watch.also += [show, keep, trials]
        for work in (show.run, keep.run, obey.run):
            tasks.start_soon(work)
        yield center
        tasks.cancel_scope.cancel()
    for each in (board, commands, journal, register):
        await each.close()


def _answer(prompt: Prompt) -> str:
    said = next((turn.text for turn in reversed(prompt.turns) if isinstance(turn, CallerTurn)), "")
    return next((answer for word, answer in ANSWERS.items() if word in said.casefold()), "Слухаю вас уважно.")


def _now() -> datetime:
    return datetime.now(UTC)
