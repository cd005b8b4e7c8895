"""The records, for a command: of the database that is named, else of the program's own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from adapters.embedded.postgres import embedded_postgres
from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from application.ports.calls import CallArchive
from domain.dialog.phases import Outcome
from domain.errors import Misconfigured
from domain.hand_over import Reason
from domain.records import CallFilter, CallKey
from entrypoints.environment import environment
from entrypoints.settings import Settings
from ui.languages import KYIV, days_before


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which calls; all that is given must be so."""

    since: Annotated[date | None, Parameter(help="Began on this day of Kyiv or later.")] = None
    until: Annotated[date | None, Parameter(help="Began on this day or earlier.")] = None
    outcome: Annotated[Outcome | None, Parameter(help="How they ended.")] = None
    reason: Annotated[Reason | None, Parameter(help="Why the caller was handed over.")] = None
    caller: Annotated[str | None, Parameter(help="The number, as +380671234567.")] = None
    text: Annotated[str, Parameter(help="Words that were said in one turn.")] = ""
    running: Annotated[
        bool | None, Parameter(negative="--ended", help="Those that have not ended, or those that have.")
    ] = None

    @property
    def filter(self) -> CallFilter:
        return CallFilter(
            since=_midnight(self.since) if self.since else None,
            until=days_before(_midnight(self.until), -1) if self.until else None,
            outcome=self.outcome,
            reason=self.reason,
            caller=self.caller,
            text=self.text,
            running=self.running,
        )


@asynccontextmanager
async def open_archive() -> AsyncGenerator[CallArchive, None]:
    async with database() as named, named.open():
        yield PostgresArchive(named)


@asynccontextmanager
async def database() -> AsyncGenerator[Database, None]:
    settings = Settings.from_env(environment(Path.cwd()))
    if settings.database_url:
        yield Database(settings.database_url)
        return
    folder = Path(settings.data_dir)
    if not (folder / "postgres").exists():
        raise Misconfigured(
            f"DATABASE_URL is empty and {folder / 'postgres'} is not here: go to the folder that the program runs in,"
            " or fill DATABASE_URL in .env"
        )
    async with embedded_postgres(folder) as url:
        yield Database(url)


def written(key: CallKey) -> str:
    return f"{key.began.isoformat()}~{key.call_id}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), KYIV)
