"""The processes of a load, and what they use."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_TICKS = os.sysconf("SC_CLK_TCK")
_READY_SECONDS = 60.0
_ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used by a moment."""

    cpu_seconds: float
    resident_bytes: int

    @classmethod
    def by(cls, pid: int) -> "Used":
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        resident = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return cls((int(fields[11]) + int(fields[12])) / _TICKS, resident)


@contextmanager
def process(
    module: str,
    *arguments: str,
    cores: set[int],
    variables: Mapping[str, str] | None = None,
    output: IO[str] | int | None = subprocess.PIPE,
    errors: IO[str] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """Run a module of ours on these cores until the block ends."""
    running = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT,
        env={**os.environ, **(variables or {})},
        stdout=output,
        stderr=errors,
        text=True,
    )
    os.sched_setaffinity(running.pid, cores)  # before it has begun any thread
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()


def engine_variables(ports: Mapping[str, int]) -> dict[str, str]:
    """Return the settings of an engine whose providers are emulated on these ports."""
    return {
        "ANTHROPIC_API_KEY": "bench",
        "ANTHROPIC_BASE_URL": f"http://127.0.0.1:{ports['language']}",
        "GOOGLE_STT_ENDPOINT": f"http://127.0.0.1:{ports['google']}",
        "GOOGLE_TTS_ENDPOINT": f"http://127.0.0.1:{ports['google']}",
        "GOOGLE_TTS_VOICE": "uk-UA-Chirp3-HD-Aoede",
        "TTS_CACHE_DIR": tempfile.mkdtemp(prefix="bench-"),
        "AUDIOSOCKET_HOST": "127.0.0.1",
        "AUDIOSOCKET_PORT": "0",
        "MAX_CALLS": "1000",
        "MAX_CONNECTIONS": "2000",
        "LOG_FORMAT": "json",
    }


def port_of(log: IO[str], *, event: str = "answering calls") -> int:
    """Wait until a process has logged on which port it listens."""
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until:
        log.seek(0)
        for line in log:
            if f'"{event}"' in line:
                return int(json.loads(line)["port"])
        time.sleep(0.1)
    log.seek(0)
    raise SystemExit(f"it did not start:\n{log.read()}")
