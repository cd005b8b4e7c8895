"""`call-center-admin` as whoever runs the line meets it: real processes, and a real database."""

import csv
import json
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import anyio
import pytest

from adapters.postgres.archive import PostgresArchive
from adapters.postgres.database import Database
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from tests.contracts.archive import CALLER, OTHER, Call
from tests.entrypoints.test_serve import SETTINGS
from tests.harness.engine import alone

NOW = datetime.now(UTC)


def admin(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "entrypoints.admin_cli", *arguments],
        cwd=folder,
        env=alone(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


@pytest.fixture
def kept(database_url: str) -> str:
    """A database of three calls: an order, a hand-over two days ago and one that runs."""
    anyio.run(keep, database_url)
    return database_url


async def keep(database_url: str) -> None:
    order, handed, running = (
        Call(1, began=NOW),
        Call(2, began=NOW - timedelta(days=2), caller=OTHER),
        Call(3, began=NOW - timedelta(seconds=1), caller='=HYPERLINK("http://a")'),
    )
    database = Database(database_url)
    async with database.open():
        await PostgresArchive(database).save(
            [
                *(
                    order.begins,
                    order.turn(1, "Мені треба\x1b[31m шини"),
                    order.tool(2),
                    order.model(3),
                    order.voice(5),
                    order.ear(6),
                ),
                *(order.turn(4, "Є дві моделі."), order.ends()),
                *(handed.begins, handed.ends(Outcome.HANDED_OVER, Reason.COMPLEX_QUESTION)),
                running.begins,
            ]
        )


def test_calls_are_listed_by_filter_and_page(tmp_path: Path, kept: str) -> None:
    first = admin(tmp_path, "calls", "list", "--limit", "2", DATABASE_URL=kept).stdout.splitlines()
    assert first[0].split() == ["call", "began", "caller", "outcome", "reason", "seconds", "p95", "s", "orders"]
    assert [CALLER in first[1], "completed" in first[1], "10245" in first[1]] == [True, True, True]
    assert "not ended" in first[2]
    after = first[-1].removeprefix("There are more: --after ")
    rest = admin(tmp_path, "calls", "list", "--after", after, DATABASE_URL=kept).stdout.splitlines()
    assert [(OTHER in line, "complex_question" in line) for line in rest[1:]] == [(True, True)]

    def found(*which: str) -> list[str]:
        told = admin(tmp_path, "calls", "list", "--json", *which, DATABASE_URL=kept)
        return [call["call_id"][-1] for call in json.loads(told.stdout)]

    assert found() == ["1", "3", "2"]
    assert found("--outcome", "handed-over") == ["2"]
    assert found("--reason", "complex-question") == ["2"]
    assert found("--caller", CALLER) == ["1"]
    assert found("--text", "шини") == ["1"]
    assert found("--running") == ["3"]
    assert found("--ended") == ["1", "2"]
    assert found("--since", (NOW + timedelta(days=2)).date().isoformat()) == []
    assert found("--until", (NOW - timedelta(days=1)).date().isoformat()) == ["2"]


def test_a_call_is_shown_with_all_that_was_said_and_done(tmp_path: Path, kept: str) -> None:
    call_id = str(Call(1).id)
    told = admin(tmp_path, "calls", "show", call_id, DATABASE_URL=kept).stdout
    assert f"call {call_id}" in told
    assert "completed after 300.5 s" in told
    assert "caller  Мені треба [31m шини  (confidence 0.91)" in told
    assert "tool    search_tires" in told
    assert "order 10245" in told
    assert "cost 0.024929 USD (model 0.021300, voice 0.000296, ear 0.003333); no price for ear whisper/a-model" in told
    whole = json.loads(admin(tmp_path, "calls", "show", call_id, "--json", DATABASE_URL=kept).stdout)
    assert [unit.get("speaker") or unit["tool"] for unit in whole["transcript"]] == ["caller", "search_tires", "agent"]
    assert [(used["kind"], used["provider"]) for used in whole["usage"]] == [
        ("model", "anthropic"),
        ("voice", "google"),
        ("ear", "google"),
    ]
    assert whole["usage"][0]["input_tokens"] == 2100
    assert whole["cost"] == {"model": 0.0213, "voice": 0.000296, "ear": 0.003333, "unpriced": ["ear whisper/a-model"]}


def test_a_call_that_is_not_kept_is_said_not_to_be(tmp_path: Path, kept: str) -> None:
    ended = admin(tmp_path, "calls", "show", str(Call(9).id), DATABASE_URL=kept)
    assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", f"no call {Call(9).id} is kept\n")


def test_days_are_counted(tmp_path: Path, kept: str) -> None:
    told = admin(tmp_path, "stats", "--days", "4", DATABASE_URL=kept).stdout.splitlines()
    days = [line.split() for line in told[1:6]]
    assert sum(int(day[1]) for day in days[:4]) == 3
    assert days[4][:5] == ["all", "3", "1", "1", "0"]
    assert told[-1].split() == ["complex_question", "1"]
    figures = json.loads(admin(tmp_path, "stats", "--days", "4", "--json", DATABASE_URL=kept).stdout)
    assert (len(figures), sum(day["calls"] for day in figures), sum(day["orders"] for day in figures)) == (4, 3, 1)
    assert sum(day["order_total"] for day in figures) == 8564.5
    assert round(sum(day["cost_usd"] for day in figures), 6) == 2 * 0.024929


def test_an_export_as_csv_is_whole_private_and_without_formulas(tmp_path: Path, kept: str) -> None:
    ended = admin(tmp_path, "export", "calls.csv", DATABASE_URL=kept)
    assert (ended.returncode, ended.stderr) == (0, "3 calls\n")
    file = tmp_path / "calls.csv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]
    calls = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
    assert [call["caller"] for call in calls] == [CALLER, '\'=HYPERLINK("http://a")', OTHER]
    assert [call["outcome"] for call in calls] == ["completed", "", "handed_over"]
    assert calls[0]["orders"] == "10245"
    assert (calls[0]["order_total"], calls[0]["cost_usd"], calls[1]["cost_usd"]) == ("8564.5", "0.024929", "")


def test_an_export_as_json_has_the_transcripts_where_they_are_asked_for(tmp_path: Path, kept: str) -> None:
    told = admin(tmp_path, "export", "--format", "json", "--transcripts", "--ended", DATABASE_URL=kept).stdout
    calls = json.loads(told)
    assert [len(call["transcript"]) for call in calls] == [3, 0]
    assert json.loads(admin(tmp_path, "export", "--format", "json", "--text", "нема", DATABASE_URL=kept).stdout) == []
    refused = admin(tmp_path, "export", "--transcripts", DATABASE_URL=kept)
    assert (refused.returncode, refused.stderr.split()[0]) == (2, "--transcripts")


def test_an_export_that_breaks_off_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text("of yesterday")
    ended = admin(tmp_path, "export", "calls.csv", DATABASE_URL="postgresql://us@127.0.0.1:1/calls")
    assert ended.returncode == 1
    assert ended.stderr.startswith("the database cannot be used: ")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("calls.csv", "of yesterday")]


def test_a_file_that_cannot_be_written_is_said_to_be(tmp_path: Path, kept: str) -> None:
    ended = admin(tmp_path, "export", "nowhere/calls.csv", DATABASE_URL=kept)
    assert ended.returncode == 2
    assert ended.stderr.startswith("nowhere/calls.csv cannot be written: ")
    assert len(ended.stderr.splitlines()) == 1


def test_migrations_that_were_made_are_told(tmp_path: Path, kept: str) -> None:
    made = admin(tmp_path, "db", "migrations-status", DATABASE_URL=kept).stdout.splitlines()[1:]
    assert {line.split()[-1] for line in made} == {"made"}


def test_an_empty_database_has_no_migration_and_gets_none(tmp_path: Path, database_url: str) -> None:
    for _ in range(2):
        told = admin(tmp_path, "db", "migrations-status", DATABASE_URL=database_url)
        assert {line.split()[-1] for line in told.stdout.splitlines()[1:]} == {"pending"}


@pytest.mark.parametrize("command", [("calls", "list"), ("stats",), ("export",), ("db", "migrations-status")])
def test_where_the_program_has_never_run_there_are_no_records_and_none_are_made(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    ended = admin(tmp_path, *command)
    assert (ended.returncode, ended.stderr.split()[0]) == (2, "DATABASE_URL")
    assert list(tmp_path.iterdir()) == []


def test_settings_that_are_enough_are_said_to_be(tmp_path: Path) -> None:
    ended = admin(tmp_path, "config", "check", **SETTINGS)
    assert (ended.returncode, ended.stdout.splitlines()[0].split()[:4]) == (0, ["The", "settings", "are", "good:"])
    assert "without the shop" in ended.stdout
    lacking = admin(tmp_path, "config", "check")
    assert lacking.returncode == 2
    assert {line.split()[0] for line in lacking.stderr.splitlines()} == {
        *("ANTHROPIC_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "ADMIN_PASSWORD", "ADMIN_JWT_SECRET")
    }


def test_no_secret_is_shown(tmp_path: Path) -> None:
    secrets = {"ANTHROPIC_API_KEY": "very-private", "DATABASE_URL": "postgresql://us:very-private@db/calls"}
    shown = admin(tmp_path, "config", "show", **secrets, ARI_URL="http://us:very-private@asterisk:8088/ari").stdout
    assert "very-private" not in shown
    lines = shown.splitlines()
    assert {"ANTHROPIC_API_KEY=[set]", "DATABASE_URL=[set]", "REDIS_URL=", "MAX_CALLS=200"} <= set(lines)
    assert "ARI_URL=http://[secret]@asterisk:8088/ari" in lines


def test_what_nobody_answers_is_away(tmp_path: Path) -> None:
    ended = admin(tmp_path, "ops", "status", "--url", "http://127.0.0.1:1")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("http://127.0.0.1:1/health does not answer: ")


def test_the_version_is_that_of_the_program(tmp_path: Path) -> None:
    assert admin(tmp_path, "version").stdout == admin(tmp_path, "--version").stdout


def test_an_empty_database_is_filled_with_made_up_calls_and_a_filled_one_is_not(
    tmp_path: Path, database_url: str
) -> None:
    asked = ("seed", "--calls", "40", "--turns", "120")
    assert admin(tmp_path, *asked, DATABASE_URL=database_url).returncode == 0
    told = admin(tmp_path, "stats", "--days", "400", "--json", DATABASE_URL=database_url)
    assert sum(day["calls"] for day in json.loads(told.stdout)) == 40
    again = admin(tmp_path, *asked, DATABASE_URL=database_url)
    assert (again.returncode, "name an empty one" in again.stderr) == (2, True)
    wrong = admin(tmp_path, "seed", "--calls", "40", "--turns", "3", DATABASE_URL=database_url)
    assert (wrong.returncode, "--turns 3" in wrong.stderr) == (2, True)
