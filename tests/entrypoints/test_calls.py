"""What `python -m entrypoints.calls` says when it cannot start."""

import socket
import subprocess
import sys
from pathlib import Path

from tests.harness.engine import alone

GOOD = {
    "ANTHROPIC_API_KEY": "key",
    "ANTHROPIC_BASE_URL": "http://127.0.0.1:1",
    "GOOGLE_STT_ENDPOINT": "http://127.0.0.1:1",
    "GOOGLE_TTS_ENDPOINT": "http://127.0.0.1:1",
    "AUDIOSOCKET_HOST": "127.0.0.1",
}
BAD = {
    "DATABASE_URL": "mysql://db",
    "ADMIN_JWT_SECRET": "change-me",
    "GOOGLE_APPLICATION_CREDENTIALS": "secrets/gcp-key.json",
    "AUDIOSOCKET_PORT": "many",
}


def start(folder: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "entrypoints.calls", *arguments],
        cwd=folder,
        env=alone(settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )


def test_all_that_is_misconfigured_is_said_at_once_in_the_words_of_the_guide(tmp_path: Path) -> None:
    ended = start(tmp_path, **BAD)
    assert ended.returncode == 2
    said = ended.stderr.splitlines()
    for message in (
        "ANTHROPIC_API_KEY is empty",
        "DATABASE_URL must start with postgresql",
        "ADMIN_JWT_SECRET equals default",
        "GCP credentials file not found",
        "AUDIOSOCKET_PORT is 'many'",
    ):
        assert [line for line in said if line.startswith(message)], message
    assert len(said) == 5


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = start(tmp_path, **GOOD, AUDIOSOCKET_PORT=str(taken.getsockname()[1]))
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("AUDIOSOCKET_HOST:AUDIOSOCKET_PORT cannot be listened on: ")


def test_several_processes_want_a_port_with_a_number(tmp_path: Path) -> None:
    ended = start(tmp_path, "--processes", "2", **GOOD, AUDIOSOCKET_PORT="0")
    assert (ended.returncode, ended.stderr.startswith("AUDIOSOCKET_PORT is 0")) == (2, True)
