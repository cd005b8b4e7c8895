"""The demo: the product on what there is, a call to it, and the call as it happens in the terminal."""

import json as json_format
import os
import signal
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from random import randrange

import anyio
from rich.console import Console

from adapters.asterisk.absent import AbsentSwitchboard
from adapters.memory.energy import EnergyVoiceActivity
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.offline.espeak import EspeakSynthesizer
from application.ports.operations import CallRecord
from domain.dialog.phases import Outcome
from domain.figures import percentile
from domain.visit.visit import visit_of
from entrypoints.container import Container
from entrypoints.demo_caller import ENGLISH, UKRAINIAN, DemoCaller, Overheard
from entrypoints.demo_shop_process import KEY, demo_shop_beside
from entrypoints.environment import environment
from entrypoints.lifespan import engine_of
from entrypoints.live import LiveCalls
from entrypoints.log import configure
from entrypoints.observers import Together
from entrypoints.pages_process import pages_beside
from entrypoints.settings import Settings
from entrypoints.stores import stores

_CALLER_VOICES = {"uk": "uk", "en": "en-us+m3"}
_CALL_SECONDS = 120
_SHOP_PORT = 3000


@dataclass(frozen=True, slots=True)
class _Manner:
    once: bool
    literal: bool
    shop_port: int
    recorded: bool = False
    """Whether the call is kept, and shown in the admin."""


def run() -> None:
    """Answer calls on what there is, after one demo call, until Ctrl-C."""
    _go(
        Settings.for_demo(environment(Path.cwd())),
        _Manner(once=False, literal=False, shop_port=_SHOP_PORT, recorded=True),
        json=False,
    )


def demo(*, once: bool = False, json: bool = False, literal: bool = False, shop_port: int = _SHOP_PORT) -> None:
    """Place a demo call on a port of its own and show it live.

    Parameters
    ----------
    once
        End after the call; else go on answering until Ctrl-C.
    json
        End with one line of JSON: the call's figures.
    literal
        In Ukrainian, which no offline ear understands: audio carries its words in place of speech.
    shop_port
        Where the demo shop is, or is started, unless STORE_API_URL names a shop.
    """
    settings = replace(Settings.for_demo(environment(Path.cwd())), audiosocket_host="127.0.0.1", audiosocket_port=0)
    _go(settings, _Manner(once, literal, shop_port), json=json)


def _go(settings: Settings, manner: _Manner, *, json: bool) -> None:
    # The call is shown as it happens; a log between its lines would only hide it.
    level = "DEBUG" if settings.log_level == "DEBUG" else "WARNING"
    configure(level=level, form="console", secrets=settings.secrets)
    console = Console(highlight=False)
    record = anyio.run(_show, settings, console, manner, backend_options={"use_uvloop": True})
    if json:
        print(json_format.dumps(figures_of(record)), flush=True)


async def _show(settings: Settings, console: Console, manner: _Manner) -> CallRecord:
    _say_what_is_offline(settings, console)
    async with AsyncExitStack() as beside:
        if settings.shop_is_absent:
            url = await beside.enter_async_context(demo_shop_beside(manner.shop_port))
            settings = replace(settings, store_api_url=url, store_api_key=KEY)
        if manner.recorded:
            settings = await beside.enter_async_context(stores(settings))
            await beside.enter_async_context(pages_beside(settings))
        return await _call(settings, console, manner)


async def _call(settings: Settings, console: Console, manner: _Manner) -> CallRecord:
    live, overheard = LiveCalls(console), Overheard()
    number = _somebodys_number()
    container = Container(
        settings=settings,
        absent_switchboard=AbsentSwitchboard(number),
        **(_literal_parts() if manner.literal else {}),
    )
    container.observer.override(Together(container.observer(), live, overheard))
    console.print("Getting ready (voices, ears, voice activity) …")
    async with anyio.create_task_group() as tasks:
        port = await tasks.start(engine_of(container).run)
        console.print(f"AudioSocket listens on {settings.audiosocket_host}:{port}. A demo caller dials.")
        console.print("He does not hear the agent's words: he reads in the transcript what he is asked.\n")
        language = container.language()
        speech = EspeakSynthesizer(voice=_CALLER_VOICES[language], words_per_minute=150)
        caller = DemoCaller(LiteralSynthesizer() if manner.literal else speech, overheard)
        with anyio.move_on_after(_CALL_SECONDS):
            await caller.call(port, ENGLISH if language == "en" else UKRAINIAN)
        first = await live.first()
        if ordered := order_number_of(first):
            console.print(f"\nThe order is in the shop:\n  {_curl(settings, number, ordered)}", soft_wrap=True)
        if manner.once:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            console.print(f"\nServing on {settings.audiosocket_host}:{port} until Ctrl-C: let an Asterisk call it.")
    return first


def _literal_parts() -> dict[str, object]:
    return {
        "language": "uk",
        "recognizer": LiteralRecognizer(),
        "synthesizer": LiteralSynthesizer(),
        "voice_activity": EnergyVoiceActivity(),
    }


def _say_what_is_offline(settings: Settings, console: Console) -> None:
    for part in settings.offline_parts:
        console.print(f"offline · {part}")
    if not settings.offline_parts:
        console.print("Every part is the real one.")


def order_number_of(record: CallRecord) -> str | None:
    """Return the number of the order that was confirmed last in this call."""
    ordered = visit_of(record.state.turns).ordered
    return ordered[-1].order_number if ordered else None


def _somebodys_number() -> str:
    """Return the number of whoever calls a demonstration: another each time, for a number's orders of a day are few."""
    return f"+38067{randrange(10**7):07d}"


def _curl(settings: Settings, number: str, order_number: str) -> str:
    key = KEY if settings.store_api_key == KEY else "$STORE_API_KEY"
    asked = f"orders/search?phone={number.removeprefix('+')}&order_number={order_number}"
    return f'curl -s -H "Authorization: Bearer {key}" "{settings.store_api_url}/{asked}"'


def figures_of(record: CallRecord) -> dict[str, object]:
    """Return a call's figures as the demo tells them, times in milliseconds.

    A call in which an order was confirmed has the outcome `order_confirmed`, unless it ended otherwise than well.
    """
    responses = record.figures.responses_seconds
    number, outcome = order_number_of(record), record.ended.outcome
    confirmed = number is not None and outcome is Outcome.COMPLETED
    return {
        "turns": record.figures.turns,
        "interruptions": record.figures.interruptions,
        "outcome": "order_confirmed" if confirmed else outcome.value,
        **({"order_number": number} if number else {}),
        "response_ms": {
            "p50": round(percentile(responses, 0.5) * 1000),
            "p95": round(percentile(responses, 0.95) * 1000),
        },
        "frame_lateness_ms": {"p99": round(record.line.lateness_p99_ms, 1)},
        "dead_air_max_ms": round(max(record.figures.dead_air_seconds, default=0.0) * 1000),
    }
