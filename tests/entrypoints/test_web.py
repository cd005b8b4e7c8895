"""The command that serves the pages, as whoever deploys meets it."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from uuid import UUID

import pytest

from entrypoints.settings import Settings
from entrypoints.web import dialer_of, made_up
from tests.harness.raw_engine import Line, raw_engine

ROOT = Path(__file__).parents[2]
WEB = [sys.executable, "-m", "entrypoints.cli", "web", "--host", "127.0.0.1"]


def variables(**given: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **given}


def get(url: str) -> tuple[int, str]:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status, answer.read().decode()


def test_what_is_missing_is_said_in_plain_lines(tmp_path: Path) -> None:
    told = subprocess.run(WEB, cwd=tmp_path, env=variables(), capture_output=True, text=True, check=False, timeout=30)
    assert told.returncode == 2
    assert [line.split()[0] for line in told.stderr.splitlines()] == ["ADMIN_PASSWORD", "ADMIN_JWT_SECRET"]


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    settings = variables(ADMIN_PASSWORD="p", ADMIN_JWT_SECRET="s" * 32)
    told = subprocess.run(
        [*WEB, "--port", "99999"], cwd=tmp_path, env=settings, capture_output=True, text=True, check=False, timeout=30
    )
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)
    assert "choose another --port" in told.stderr


def test_it_serves_without_its_stores_says_so_and_ends_on_sigterm(tmp_path: Path) -> None:
    nobody = {"DATABASE_URL": "postgresql://u:dbpass@127.0.0.1:1/x", "REDIS_URL": "redis://127.0.0.1:1/0"}
    process = subprocess.Popen(
        [*WEB, "--port", "0", "--demo"],
        cwd=tmp_path,
        env=variables(**nobody),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found
        assert re.fullmatch(r"Sign in as admin with \S{12}\n", process.stdout.readline())
        status, text = get(f"{found[0]}/health")
        assert (status, json.loads(text)) == (200, {"status": "ok", "active_calls": 0, "redis": "disconnected"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(f"{found[0]}/health/ready")
        assert (refused.value.code, json.loads(refused.value.read())["postgres"]) == (503, "disconnected")
        assert "process_resident_memory_bytes" in get(f"{found[0]}/metrics")[1]
        assert get(f"{found[0]}/admin")[0] == 200
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "dbpass" not in errors


def test_what_is_set_is_not_made_up() -> None:
    given = Settings(admin_password="p" * 20, admin_jwt_secret="s" * 40)
    assert made_up(given) == given
    once, again = made_up(Settings()), made_up(Settings())
    assert once.missing_for_web() == () and once.admin_password != again.admin_password


@pytest.mark.anyio
@pytest.mark.parametrize("listens_on", ["0.0.0.0", "127.0.0.1"])
async def test_an_engine_that_listens_on_all_addresses_is_called_on_this_machines_own(listens_on: str) -> None:
    called: list[UUID] = []

    async def conduct(line: Line) -> None:
        called.append(line.call_id)

    async with raw_engine(conduct) as (_, port):
        dialer = dialer_of(Settings(audiosocket_host=listens_on, audiosocket_port=port))
        async with dialer.dial(UUID(int=1), lambda slin: None) as phone:
            await phone.ended()
    assert called == [UUID(int=1)]
