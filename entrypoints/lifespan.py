"""The life of a call engine: get ready, answer, and on SIGTERM finish what was begun.

Rule 1: what is slow at first use is used once before the first caller; a part
that is not there does not stop the engine, which hands callers over instead.
Rule 2: on SIGTERM the door closes and running calls finish, up to a bound;
then their callers are told so and given to the operators.
"""

import gc
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import anyio
import structlog
from anyio import TASK_STATUS_IGNORED
from anyio.abc import TaskGroup, TaskStatus

from adapters.audiosocket.server import AudioSocketServer
from adapters.metrics.watched import Counted, WatchedCounters
from adapters.postgres.database import Database
from application.calls.announcements import Announcements
from application.calls.conduct_call import ConductCall
from application.ports.line import CallLeg
from domain.errors import Misconfigured, Unavailable
from entrypoints.container import Container
from entrypoints.log import of_call
from entrypoints.settings import Settings

_WARM_UP_SECONDS = 8
_SWITCH_SECONDS = 0.05
"""The loop rests many times in this; Python's own 5 ms cost a tenth of the processor's time."""
_AGAIN_SECONDS = 1.0
_MEET_SECONDS = 3.0
"""For a database that neither answers nor refuses."""
_FAREWELL_SECONDS = 20
"""For the apology and the way to the operators, when draining has taken too long."""

Life = Callable[[], Coroutine[Any, Any, None]]

log: structlog.stdlib.BoundLogger = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """The parts whose life is the engine's."""

    server: AudioSocketServer
    conduct_call: ConductCall
    announcements: Announcements
    texts: Iterable[str]
    """What the agent says of itself, to be voiced before the first call."""
    warm_ups: Sequence[Life]
    companions: Sequence[Life]
    """What runs beside the calls for as long as the engine does."""
    closings: Sequence[Life]
    tell: Life
    """Has the pages know at once that the engine begins or ends to answer calls."""
    drain_seconds: float

    async def run(self, *, task_status: TaskStatus[int] = TASK_STATUS_IGNORED) -> None:
        """Answer calls until SIGTERM or SIGINT; `started` tells the port."""
        try:
            async with anyio.create_task_group() as tasks:
                for companion in self.companions:
                    tasks.start_soon(companion)
                await self._warm_up()
                _leave_the_loop_alone()
                tasks.start_soon(self.announcements.keep_prepared)
                port = await self._listen(tasks)
                log.info("answering calls", port=port, process=os.getpid())
                await self.tell()
                task_status.started(port)
                await _told_to_stop()
                await self._drain()
                tasks.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                for close in self.closings:
                    await close()

    async def _listen(self, tasks: TaskGroup) -> int:
        try:
            return int(await tasks.start(self.server.serve, self._conduct))
        except OSError as error:
            raise Misconfigured(
                f"AUDIOSOCKET_HOST:AUDIOSOCKET_PORT cannot be listened on: {error.strerror or error};"
                " stop what uses the port, or correct it in .env"
            ) from error

    async def _conduct(self, leg: CallLeg) -> None:
        with of_call(leg.call_id):
            await self.conduct_call(leg)

    async def _warm_up(self) -> None:
        with anyio.move_on_after(_WARM_UP_SECONDS) as bound:
            async with anyio.create_task_group() as tasks:
                for warm_up in self.warm_ups:
                    tasks.start_soon(_try, warm_up)
                tasks.start_soon(partial(self.announcements.prepare, self.texts))
        if bound.cancelled_caught:
            log.warning("not all parts were ready in time", seconds=_WARM_UP_SECONDS)
        if self.announcements.owed:
            log.warning("announcements speak with the stand-in voice", count=len(self.announcements.owed))

    async def _drain(self) -> None:
        log.info("draining", calls=self.server.calls)
        self.server.stop_accepting()
        await self.tell()
        with anyio.move_on_after(self.drain_seconds) as bound:
            await self.server.drained()
        if bound.cancelled_caught:
            log.warning("handing over what is left", calls=self.server.calls)
            self.conduct_call.end_all()
            with anyio.move_on_after(_FAREWELL_SECONDS):
                await self.server.drained()
        log.info("stopped", calls=self.server.calls)


def engine_of(container: Container) -> Engine:
    """Put the engine together of the parts that the settings choose."""
    settings: Settings = container.settings()
    warm_ups: list[Life] = []
    companions: list[Life] = []
    closings: list[Life] = []
    if not settings.model_is_offline:
        warm_ups += [model.warm_up for model in container.models().values()]
    if settings.speech_is_offline:
        warm_ups.append(container.pocketsphinx_recognizer().warm_up)
    else:
        warm_ups.append(container.google_synthesizer().warm_up)
        closings.append(container.voice_channels().close)
        if settings.whisper_percent < 100:
            warm_ups.append(container.google_recognizer().warm_up)
            closings.append(container.speech_channels().close)
    if not settings.shop_is_absent:
        warm_ups.append(container.hints().refresh)
        companions.append(container.hints().keep_fresh)
    if settings.database_url:
        warm_ups.append(partial(_meet, container.database()))
        companions.append(container.database().keep_open)
    closings.append(container.store_client().close)
    container.store_metrics().watch(lambda: container.store_client().breaker_state)
    container.engine_metrics().watch(
        voice_ready=partial(_voice_is_ready, container.announcements(), container.texts()),
        accepting=lambda: container.server().accepting,
        journal_waiting=lambda: container.keep_journal().waiting if settings.redis_url else 0,
        queue_length=lambda: container.exchange().queue_length,
    )
    WatchedCounters(container.registry(), _counted(container, settings))
    companions.append(container.metrics_file().keep_telling)
    if settings.redis_url:
        keepers = (
            container.keep_journal(),
            container.carry_journal(),
            container.show_calls(),
            container.obey_commands(),
        )
        companions += [partial(_kept_at_work, keeper.run) for keeper in keepers]
        closings += [container.redis_journal().close, container.board().close, container.commands().close]
        closings.append(container.redis_trial_register().close)
    if not settings.switchboard_is_absent:
        companions.append(container.asterisk_switchboard().run)
    return Engine(
        server=container.server(),
        conduct_call=container.conduct_call(),
        announcements=container.announcements(),
        texts=container.texts(),
        warm_ups=warm_ups,
        companions=companions,
        closings=closings,
        tell=container.metrics_file().tell,
        drain_seconds=settings.drain_seconds,
    )


async def _meet(database: Database) -> None:
    """Be connected, and have the database migrated, before a call asks it; whatever is wrong with it, calls go on."""
    with anyio.move_on_after(_MEET_SECONDS):
        try:
            await database.meet()
        except Unavailable:
            raise
        except Exception:
            log.exception("the database cannot be used")


async def _kept_at_work(run: Life) -> None:
    """Have something run that no call waits for: what fails in it is logged and ends no call, and it begins again."""
    while True:
        try:
            await run()
        except Exception:
            log.exception("a companion failed", companion=getattr(run, "__qualname__", str(run)))
        await anyio.sleep(_AGAIN_SECONDS)


def _counted(container: Container, settings: Settings) -> dict[str, Counted]:
    counted: dict[str, Counted] = {}
    if settings.redis_url:
        journal = container.keep_journal()
        counted["journal_lost"] = Counted(
            "Entries of calls' records that were given up, for too many waited.", lambda: journal.lost
        )
    if not settings.speech_is_offline:
        cache = container.clause_cache()
        counted["tts_cache_hits"] = Counted("Clauses that had been voiced before.", lambda: cache.hits)
        counted["tts_cache_misses"] = Counted("Clauses worth keeping that had to be voiced.", lambda: cache.misses)
    return counted


def _voice_is_ready(announcements: Announcements, texts: Sequence[str]) -> bool:
    return not announcements.owed and all(announcements.audio(text) is not None for text in texts)


def _leave_the_loop_alone() -> None:
    """Keep the garbage collector and other threads from stopping the calls.

    A full collection over the providers' libraries takes some 100 ms, so what
    is loaded by now is out of its sight.  gRPC's thread has next to nothing to
    do, and does it when the loop rests.
    """
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_SWITCH_SECONDS)


async def _try(warm_up: Life) -> None:
    try:
        await warm_up()
    except Unavailable as error:
        log.warning("a part is not ready", error=str(error))


async def _told_to_stop() -> None:
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for _ in signals:
            return
