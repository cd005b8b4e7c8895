"""`task bench`: load one engine process on one core with more and more calls, and print a table.

The engine is what `callcenter calls` starts, with its settings; the providers
are emulated in one process, the callers live in another.  Where the machine
has several cores, the engine has the last one to itself.
"""

import argparse
import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.processes import Used, engine_variables, port_of, process
from domain.figures import percentile

PROVIDERS_DELAY = 0.75
"""200 ms to the final, 400 ms to the first token, 150 ms to the first audio."""
_ORDINARY = ("answering calls", "draining", "stopped", "model_replied", "model_warmed_up")
"""What the engine logs when all is well; how calls ended is told as well."""


def measure(calls: int, turns: int, *, pace: float, speculative: bool, interim: float) -> dict[str, Any]:
    """Hold so many calls with a fresh engine; return what came of it."""
    cores = sorted(os.sched_getaffinity(0))
    engine_core, others = {cores[-1]}, set(cores[:-1]) or {cores[-1]}
    with (
        tempfile.TemporaryFile("w+") as log,
        tempfile.TemporaryFile("w+") as report,  # of many calls it is larger than a pipe
        process("bench.providers", "--interim", str(interim), cores=others) as providers,
    ):
        assert providers.stdout is not None
        ports = json.loads(providers.stdout.readline())
        variables = engine_variables(ports) | {"SPECULATIVE_REPLIES": str(speculative).lower()}
        with process("entrypoints.calls", cores=engine_core, variables=variables, errors=log) as engine:
            port = port_of(log)
            before = Used.by(engine.pid)
            asked = (str(port), str(calls), str(pace), str(turns))
            with process("bench.callers", *asked, cores=others, output=report) as callers:
                peak = _peak_until_ended(callers, engine.pid, before.resident_bytes)
            report.seek(0)
            noted = json.load(report)
            after = Used.by(engine.pid)
            log.seek(0)
            lines = [json.loads(line) for line in log if line.startswith("{")]
    figures: dict[str, Any] = noted | {
        "cpu_ms": (after.cpu_seconds - before.cpu_seconds) / noted["call_seconds"] * 1000,
        "resident_bytes": (peak - before.resident_bytes) / calls,
        "sender_lateness_ms": [line["lateness_p99_ms"] for line in lines if line["event"] == "call ended"],
        "logged": [_told(line) for line in lines if line["event"] not in _ORDINARY],
    }
    return figures


def _told(line: Mapping[str, Any]) -> str:
    """Return what an unusual line of the engine's log says, alike for all calls."""
    about = ("outcome", "reason", "stage", "kind", "error")
    return " ".join([line["event"], *(f"{name}={line[name]}" for name in about if line.get(name))])


def _peak_until_ended(running: subprocess.Popen[str], watched: int, peak: int) -> int:
    while True:
        peak = max(peak, Used.by(watched).resident_bytes)
        try:
            running.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
        return peak


COLUMNS = (
    "calls",
    "at once",
    "failed",
    "CPU ms / call·s",
    "response p50 / p95 ms",
    "added p50 / p95 ms",
    "late at caller p50 / p99 ms",
    "late at sender p99 ms",
    "gaps > 40 ms",
    "stop p50 / p95 ms",
    "first audio p95 ms",
    "RSS MB / call",
)


def row(noted: Mapping[str, Any]) -> list[str]:
    responses, stops, late = noted["responses"], noted["stops"], noted["lateness"]
    response = [percentile(responses, share) * 1000 for share in (0.5, 0.95)]
    return [
        str(noted["calls"]),
        str(noted["most_at_once"]),
        str(noted["failed"]),
        f"{noted['cpu_ms']:.2f}",
        f"{response[0]:.0f} / {response[1]:.0f}",
        f"{response[0] - PROVIDERS_DELAY * 1000:.0f} / {response[1] - PROVIDERS_DELAY * 1000:.0f}",
        f"{percentile(late, 0.5) * 1000:.1f} / {percentile(late, 0.99) * 1000:.1f}",
        f"{percentile(noted['sender_lateness_ms'], 0.5):.1f}",
        f"{noted['gaps'] / max(1, noted['frames']):.3%}",
        f"{percentile(stops, 0.5) * 1000:.0f} / {percentile(stops, 0.95) * 1000:.0f}",
        f"{percentile(noted['first_audio'], 0.95) * 1000:.0f}",
        f"{noted['resident_bytes'] / 2**20:.2f}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, nargs="+", default=[1, 10, 100, 200, 400])
    parser.add_argument("--turns", type=int, default=5, help="of each call; every third is interrupted")
    parser.add_argument("--pace", type=float, default=5.0, help="new calls a second")
    parser.add_argument("--interim", type=float, default=0.1, help="seconds from word to interim; below 0: none")
    parser.add_argument("--sequential", action="store_true", help="without speculative replies")
    asked = parser.parse_args(arguments)
    console = Console(width=200)
    table = Table(
        *COLUMNS, title=f"one engine process on one core, {'sequential' if asked.sequential else 'speculative'}"
    )
    for calls in asked.calls:
        console.print(f"{calls} calls, {asked.turns} turns each …")
        noted = measure(calls, asked.turns, pace=asked.pace, speculative=not asked.sequential, interim=asked.interim)
        table.add_row(*row(noted))
        console.print(" | ".join(f"{name}: {value}" for name, value in zip(COLUMNS, row(noted), strict=True)))
        told = [*noted["trouble"], *noted["logged"]]
        for trouble in sorted(set(told)):
            console.print(f"  {told.count(trouble)} × {trouble}", style="yellow")
    console.print(table)


if __name__ == "__main__":
    main()
