"""What the status page is told of this installation, and what it is never told."""

from dataclasses import fields
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry

from adapters.files.journal import FolderJournal
from adapters.metrics.calls import CallMetrics
from adapters.metrics.engine import EngineMetrics
from adapters.metrics.shared import AllMetrics, MetricsFile
from adapters.postgres.database import Database
from adapters.redis.journal import RedisJournal
from entrypoints.environment import environment
from entrypoints.setting_words import ABOUT
from entrypoints.settings import Settings
from entrypoints.status import engines, settings_shown, sources, status_of
from tests.contracts.archive import WHOLE
from ui.status import EngineSight

pytestmark = pytest.mark.anyio


def test_of_every_setting_it_is_said_what_it_does() -> None:
    assert list(ABOUT) == [each.name for each in fields(Settings)]
    assert all(about.endswith(".") for about in ABOUT.values())


def test_no_secret_is_shown_neither_alone_nor_within_a_url() -> None:
    secrets = {each.name.upper(): f"s3cr3t-{each.name}" for each in fields(Settings) if not each.repr}
    secrets["DATABASE_URL"] = "postgresql://me:s3cr3t@db/calls"
    environ = {**secrets, "STORE_API_URL": "http://me:s3cr3t@shop/api"}
    told = settings_shown(Settings.from_env(environ), lambda _: "process")
    assert len(told) == len(fields(Settings))
    assert all("s3cr3t" not in each.value for each in told)
    assert {each.name for each in told if each.value == "[set]"} == set(secrets)


def test_what_was_made_up_where_nothing_was_set_is_not_shown_as_set() -> None:
    told = settings_shown(Settings(database_url="postgresql://beside/us"), lambda _: "default")
    assert next(each.value for each in told if each.name == "DATABASE_URL") == ""


def test_where_a_setting_came_from_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("SHOP_NAME=Шини\nARI_USER=of-env\nMAX_CALLS=5\n")
    (tmp_path / ".env.local").write_text("ARI_USER=of-local\n")
    for name in ("SHOP_NAME", "ARI_USER", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MAX_CALLS", "7")
    source = sources(tmp_path, environment(tmp_path))
    names = ("SHOP_NAME", "ARI_USER", "MAX_CALLS", "LOG_LEVEL")
    assert [source(name) for name in names] == [".env", ".env.local", "process", "default"]
    for name in ("SHOP_NAME", "ARI_USER"):
        monkeypatch.delenv(name)


async def test_engines_are_those_that_have_told_of_themselves(tmp_path: Path) -> None:
    registry = CollectorRegistry()
    CallMetrics(registry)
    EngineMetrics(registry).watch(
        voice_ready=lambda: True, accepting=lambda: False, journal_waiting=lambda: 0, queue_length=lambda: None
    )
    await MetricsFile(tmp_path, "calls-41", registry).tell()
    metrics = AllMetrics(tmp_path, "web-1", CollectorRegistry())
    assert engines(metrics) == [EngineSight(process="calls-41", calls=0, accepting=False, voice_ready=True)]


async def test_what_cannot_be_asked_is_not_known_and_the_rest_is_told(tmp_path: Path) -> None:
    journal, refused = FolderJournal(tmp_path / "journal"), FolderJournal(tmp_path / "refused")
    await journal.append(WHOLE[:2])
    await journal.append(WHOLE[2:])
    gone = RedisJournal("redis://127.0.0.1:1/0")
    parts = status_of(
        Settings(),
        {},
        database=Database("postgresql://127.0.0.1:1/none", seconds=1.0),
        metrics=AllMetrics(tmp_path, "web-1", CollectorRegistry()),
        journal=gone,
        folders=[journal, refused],
    )
    inside = await parts.look_inside()
    assert (dict(inside.journals), inside.migrations) == (
        {"engines": 0, "redis": None, "files": 2, "refused": 0},
        None,
    )
    assert set(inside.versions) == {"Call Center AI", "Python"}
    await gone.close()


async def test_the_database_tells_its_version_and_its_migrations(tmp_path: Path, database_url: str) -> None:
    database = Database(database_url)
    folder = FolderJournal(tmp_path / "journal")
    async with database.open():
        parts = status_of(
            Settings(),
            {},
            database=database,
            metrics=AllMetrics(tmp_path, "web-1", CollectorRegistry()),
            journal=RedisJournal("redis://127.0.0.1:1/0"),
            folders=[folder, folder],
        )
        inside = await parts.look_inside()
    assert inside.migrations and all(inside.migrations.values())
    assert inside.versions["PostgreSQL"][:2].isdigit()
