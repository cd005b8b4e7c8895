"""The pages: `callcenter web`, a process of its own, so that no page is ever heard in a call.

It knows neither speech nor language models, and so it is there in a moment.
"""

import os
import signal
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Annotated

import anyio
import structlog
from cyclopts import Parameter

from adapters.asterisk.operators import AbsentOperators, AsteriskOperators
from adapters.audiosocket.dialer import AudioSocketDialer
from adapters.files.journal import FolderJournal
from adapters.ledger.sqlite import SqliteLedger
from adapters.metrics.shared import AllMetrics, registry_of_process
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.audit import PostgresAudit
from adapters.postgres.database import Database
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.people import PostgresStaff
from adapters.redis.journal import RedisJournal
from adapters.redis.live import RedisBoard, RedisCommands
from adapters.redis.trials import RedisTrialRegister
from adapters.store.client import StoreClient
from application.calls.carry_journal import CarryJournal
from application.calls.close_lost import CloseLost
from application.calls.try_agent import TryAgent
from application.ports.calls import CallArchive
from application.ports.operators import Operators
from application.ports.records import Ledger
from domain.errors import Misconfigured, Unavailable
from entrypoints.demo_shop.serve import serving
from entrypoints.environment import environment
from entrypoints.log import configure
from entrypoints.prices import prices_of
from entrypoints.probes import probes
from entrypoints.processes import end_with_keeper
from entrypoints.settings import Settings, ledger_file, metrics_folder
from entrypoints.status import status_of
from entrypoints.stores import stores
from ui.access import Door, FirstAdmin
from ui.app import App, WebParts, web_app
from ui.exports.desk import ExportDesk
from ui.live import LiveParts
from ui.live_feed import LiveFeed
from ui.operations import Readiness, Vitals

PORT = 8080
_NICENESS = 10  # calls go first
_ACTIVE_CALLS = "callcenter_active_calls"

log: structlog.stdlib.BoundLogger = structlog.get_logger()


def web(
    *,
    host: str = "0.0.0.0",
    port: int = PORT,
    demo: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Serve the pages with the configuration of .env.

    Parameters
    ----------
    host
        The address to listen on.
    port
        The port to listen on; 0 takes a free one.
    demo
        Make up the admin's password and secret where none is set, and print the password.
    """
    end_with_keeper()
    os.nice(_NICENESS)
    environ = environment(Path.cwd())
    given = Settings.for_demo(environ) if demo else Settings.for_web(environ)
    settings = made_up(given)
    configure(level=settings.log_level, form=settings.log_format, secrets=settings.secrets)
    with _listen(host, port) as listener:
        print(f"The pages are at http://{host}:{listener.getsockname()[1]}/admin", flush=True)
        if not given.admin_password:
            print(f"Sign in as {settings.admin_username} with {settings.admin_password}", flush=True)
        anyio.run(serve, settings, listener, backend_options={"use_uvloop": True})


def made_up(settings: Settings) -> Settings:
    """Return settings with which somebody can sign in; what was made up is good for this run."""
    return replace(
        settings,
        admin_password=settings.admin_password or token_urlsafe(9),
        admin_jwt_secret=settings.admin_jwt_secret if not settings.missing_for_web() else token_hex(32),
    )


async def serve(settings: Settings, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT."""
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async with stores(settings) as reachable, application(reachable) as app, served(app, listener):
            log.info("serving pages", port=listener.getsockname()[1], process=os.getpid())
            await anext(aiter(signals))


@asynccontextmanager
async def served(app: App, listener: socket.socket) -> AsyncGenerator[None, None]:
    """Serve the pages in this event loop; what is told to browsers all the time, and test calls, end first."""
    async with serving(app, listener), app.ctx.live.ending_first(), app.ctx.trials.ending_first():
        yield


@asynccontextmanager
async def application(settings: Settings) -> AsyncGenerator[App, None]:
    """Yield the pages with what they need."""
    database = Database(settings.database_url)
    store = StoreClient(url=settings.store_api_url, key=settings.store_api_key, give_up_seconds=2.0, pauses_seconds=())
    metrics = AllMetrics(metrics_folder(settings), f"web-{os.getpid()}", registry_of_process())
    archive = PostgresArchive(database)

    async def postgres() -> bool:
        return await _reads(archive)

    vitals = Vitals(
        readiness=Readiness(probes(settings, store, metrics, postgres)),
        active_calls=lambda: int(metrics.total(_ACTIVE_CALLS)),
        metrics=metrics.exposition,
    )
    staff = PostgresStaff(database)
    door = Door(
        first=FirstAdmin(settings.admin_username, settings.admin_password),
        secret=settings.admin_jwt_secret,
        staff=staff,
    )
    file = SqliteLedger(ledger_file(settings))
    ledger: Ledger = file if settings.ledger == "file" else PostgresLedger(database)
    board, commands = RedisBoard(settings.redis_url), RedisCommands(settings.redis_url)
    register = RedisTrialRegister(settings.redis_url)
    journal = RedisJournal(settings.redis_url)
    folders = [FolderJournal(Path(settings.data_dir) / name) for name in ("journal", "refused")]
    carry = CarryJournal([journal, folders[0]], archive.save, refused=folders[1])
    trials = TryAgent(dialer_of(settings), register, commands)
    exports = ExportDesk(archive, Path(settings.data_dir) / "exports", now=_now)
    prices = prices_of(settings.prices)
    async with database.open(), exports.open(), anyio.create_task_group() as carrying:
        carrying.start_soon(carry.run)
        carrying.start_soon(trials.run)
        carrying.start_soon(CloseLost(archive, board, prices, now=_now).run)
        try:
            yield web_app(
                WebParts(
                    archive=archive,
                    ledger=ledger,
                    audit=PostgresAudit(database),
                    trials=trials,
                    live=LiveParts(feed=LiveFeed(board, now=_now), commands=commands),
                    operators=operators_of(settings),
                    staff=staff,
                    door=door,
                    vitals=vitals,
                    status=status_of(
                        settings, os.environ, database=database, metrics=metrics, journal=journal, folders=folders
                    ),
                    prices=prices,
                    exports=exports,
                    now=_now,
                )
            )
        finally:
            carrying.cancel_scope.cancel()
            await store.close()
            await journal.close()
            await board.close()
            await commands.close()
            await register.close()
            await file.close()


def operators_of(settings: Settings) -> Operators:
    """Return who tells of the operators."""
    if settings.switchboard_is_absent:
        return AbsentOperators()
    return AsteriskOperators(
        url=settings.ari_url, user=settings.ari_user, password=settings.ari_password, phones=settings.ari_operators
    )


def dialer_of(settings: Settings) -> AudioSocketDialer:
    """Return what calls the engine of these settings: one that listens on all addresses, on this machine's own."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.audiosocket_host, settings.audiosocket_host)
    return AudioSocketDialer(host, settings.audiosocket_port)


async def _reads(archive: CallArchive) -> bool:
    """Whether the archive can be read, by counting the calls of the next minute."""
    try:
        await archive.tallies([_now(), _now() + timedelta(minutes=1)])
    except Unavailable:
        return False
    return True


def _now() -> datetime:
    return datetime.now(UTC)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise Misconfigured(f"the pages cannot listen on {host}:{port}: {error}; choose another --port") from error
