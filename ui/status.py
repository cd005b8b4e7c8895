"""Whether all is as it should be: parts, engines, the journal, versions, migrations; and every setting.

Rule: a secret is never here: whoever makes these parts gives of it only whether it is set.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sanic import Blueprint, HTTPResponse, Request

from domain.access import Permission
from ui.gate import permitted
from ui.operations import Readiness
from ui.render import Pages
from ui.words import JOURNALS, PARTS, SETTING_SOURCES

Source = Literal["default", "process", ".env", ".env.local"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingShown:
    name: str
    """As the environment has it: `ARI_URL`."""
    value: str
    """As far as it may be shown."""
    source: Source
    about: str
    """What it does, in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSight:
    process: str
    calls: int
    accepting: bool
    voice_ready: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What nobody sees from outside."""

    engines: Sequence[EngineSight]
    journals: Mapping[str, int | None]
    """How much waits in each, by its name in `JOURNALS`; None where that cannot be asked."""
    versions: Mapping[str, str]
    migrations: Mapping[str, bool] | None
    """Each, and whether the database has it; None where that cannot be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusParts:
    settings: Sequence[SettingShown]
    look_inside: Callable[[], Awaitable[Inside]]


def status_pages(parts: StatusParts, readiness: Readiness, pages: Pages) -> Blueprint:
    blueprint = Blueprint("status", url_prefix="/admin/status")

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_STATUS)
        return pages.render(
            request,
            "status.html",
            parts=await readiness.parts(),
            part_words=PARTS,
            inside=await parts.look_inside(),
            journal_words=JOURNALS,
            settings=parts.settings,
            sources=SETTING_SOURCES,
        )

    return blueprint
