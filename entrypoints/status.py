"""What the status page tells of the inside of this installation.

Rule: what cannot be asked in two seconds is not known; the page is there all the same.
"""

import platform
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import anyio
from dotenv import dotenv_values

from adapters.files.journal import FolderJournal
from adapters.metrics.shared import AllMetrics
from adapters.postgres.database import Database
from adapters.redis.journal import RedisJournal
from domain.errors import Unavailable
from entrypoints.admin.configuration import shown
from entrypoints.probes import ACCEPTING, VOICE_READY
from entrypoints.setting_words import ABOUT
from entrypoints.settings import Settings
from ui.api.system import VERSION
from ui.status import EngineSight, Inside, SettingShown, Source, StatusParts

T = TypeVar("T")

_SECONDS = 2.0
_ACTIVE, _WAITING = "callcenter_active_calls", "callcenter_journal_waiting"


def status_of(
    settings: Settings,
    environ: Mapping[str, str],
    *,
    database: Database,
    metrics: AllMetrics,
    journal: RedisJournal,
    folders: Sequence[FolderJournal],
) -> StatusParts:
    """`folders` are those of the journal and of what no archive would take."""

    async def look_inside() -> Inside:
        postgres = await _asked(database.version)
        return Inside(
            engines=engines(metrics),
            journals={
                "engines": round(metrics.total(_WAITING)),
                "redis": await _asked(journal.waiting),
                "files": await _asked(folders[0].waiting),
                "refused": await _asked(folders[1].waiting),
            },
            versions={
                "Call Center AI": VERSION,
                "Python": platform.python_version(),
                **({"PostgreSQL": postgres} if postgres else {}),
            },
            migrations=await _asked(database.migrations),
        )

    return StatusParts(settings=settings_shown(settings, sources(Path.cwd(), environ)), look_inside=look_inside)


def engines(metrics: AllMetrics) -> Sequence[EngineSight]:
    """Return the engines that have told of themselves of late."""
    calls, accepting, voices = (metrics.by_process(name) for name in (_ACTIVE, ACCEPTING, VOICE_READY))
    return [
        EngineSight(
            process=process,
            calls=round(calls.get(process, 0)),
            accepting=accepting[process] > 0,
            voice_ready=voices.get(process, 0) > 0,
        )
        for process in sorted(accepting)
    ]


def settings_shown(settings: Settings, source: Callable[[str], Source]) -> Sequence[SettingShown]:
    """Return them all; what was made up for this run, where nothing was set, counts as the default."""
    told = []
    for each in fields(settings):
        came_from = source(each.name.upper())
        value = each.default if came_from == "default" else getattr(settings, each.name)
        written = shown(value, secret=not each.repr)
        told.append(SettingShown(name=each.name.upper(), value=written, source=came_from, about=ABOUT[each.name]))
    return told


def sources(folder: Path, environ: Mapping[str, str]) -> Callable[[str], Source]:
    """Return who says from where a variable came; one that the process was started with stands over the files."""
    files: dict[Source, Mapping[str, str | None]] = {
        ".env.local": dotenv_values(folder / ".env.local"),
        ".env": dotenv_values(folder / ".env"),
    }

    def source(name: str) -> Source:
        value = environ.get(name, "")
        if not value.strip():
            return "default"
        return next((file for file, values in files.items() if values.get(name) == value), "process")

    return source


async def _asked(ask: Callable[[], Awaitable[T]]) -> T | None:
    with anyio.move_on_after(_SECONDS):
        try:
            return await ask()
        except Unavailable:
            return None
    return None
