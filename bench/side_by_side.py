"""`task bench:pages`: calls run while people leaf through heavy pages, and no caller may hear it.

Engine, pages, PostgreSQL and Redis share the machine as they do beside `callcenter serve`.  The same calls are held
twice, without readers and with them.
"""

import argparse
import json
import os
import tempfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
from rich.console import Console
from rich.table import Table

from adapters.embedded.postgres import embedded_postgres
from adapters.embedded.redis import embedded_redis
from bench.processes import engine_variables, port_of, process
from domain.figures import percentile

_PASSWORD = "of the bench"
COLUMNS = (
    "pages a second",
    "calls",
    "failed",
    "late at sender p99 ms",
    "late at caller p50 / p99 ms",
    "gaps > 40 ms",
    "response p50 / p95 ms",
    "page p50 / p95 ms",
    "pages that failed",
)


@dataclass(frozen=True, slots=True)
class Stores:
    database_url: str
    redis_url: str


@asynccontextmanager
async def stores(folder: Path) -> AsyncGenerator[Stores, None]:
    async with embedded_postgres(folder) as database_url, embedded_redis(folder) as redis_url:
        yield Stores(database_url, redis_url)


def fill(stores: Stores, calls: int) -> None:
    """Have the database hold so many calls of ten turns each."""
    asked = ("seed", "--calls", str(calls), "--turns", str(10 * calls))
    variables = {"DATABASE_URL": stores.database_url}
    with process("entrypoints.admin_cli", *asked, cores=_all_cores(), variables=variables, output=None) as seeding:
        if seeding.wait() != 0:
            raise SystemExit("the database could not be filled")


def measure(stores: Stores, calls: int, turns: int, pages_per_second: float) -> dict[str, Any]:
    cores = _all_cores()
    with ExitStack() as stack:
        log, pages_log, report = (stack.enter_context(tempfile.TemporaryFile("w+")) for _ in range(3))
        providers = stack.enter_context(process("bench.providers", cores=cores))
        assert providers.stdout is not None
        variables = engine_variables(json.loads(providers.stdout.readline())) | {
            "DATABASE_URL": stores.database_url,
            "REDIS_URL": stores.redis_url,
            "DATA_DIR": tempfile.mkdtemp(prefix="bench-"),
            "ADMIN_PASSWORD": _PASSWORD,
            "ADMIN_JWT_SECRET": "of at least thirty-two characters",
        }
        stack.enter_context(process("entrypoints.calls", cores=cores, variables=variables, errors=log))
        web = ("web", "--host", "127.0.0.1", "--port", "0")
        stack.enter_context(process("entrypoints.cli", *web, cores=cores, variables=variables, errors=pages_log))
        readers_asked = (str(port_of(pages_log, event="serving pages")), _PASSWORD, str(pages_per_second))
        readers = stack.enter_context(process("bench.readers", *readers_asked, cores=cores))
        asked = (str(port_of(log)), str(calls), "5", str(turns))
        callers = stack.enter_context(process("bench.callers", *asked, cores=cores, output=report))
        callers.wait()
        readers.terminate()
        assert readers.stdout is not None
        read = json.loads(readers.stdout.readline())
        report.seek(0)
        log.seek(0)
        ended = [json.loads(line) for line in log if '"call ended"' in line]
        noted: dict[str, Any] = json.load(report)
    return {**noted, **read, "sender_lateness_ms": [line["lateness_p99_ms"] for line in ended]}


def row(pages_per_second: float, noted: Mapping[str, Any]) -> list[str]:
    late, responses, pages = noted["lateness"], noted["responses"], noted["page_seconds"]
    return [
        f"{pages_per_second:g}",
        str(noted["calls"]),
        str(noted["failed"]),
        f"{percentile(noted['sender_lateness_ms'], 0.5):.1f}",
        f"{percentile(late, 0.5) * 1000:.1f} / {percentile(late, 0.99) * 1000:.1f}",
        f"{noted['gaps'] / max(1, noted['frames']):.3%}",
        f"{percentile(responses, 0.5) * 1000:.0f} / {percentile(responses, 0.95) * 1000:.0f}",
        f"{percentile(pages, 0.5) * 1000:.0f} / {percentile(pages, 0.95) * 1000:.0f}" if pages else "–",
        str(noted["pages_failed"]),
    ]


def _all_cores() -> set[int]:
    return os.sched_getaffinity(0)


async def run(asked: argparse.Namespace, console: Console) -> None:
    table = Table(*COLUMNS, title="calls and pages side by side")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        async with stores(Path(folder)) as held:
            console.print(f"filling the database with {asked.stored} calls …")
            await anyio.to_thread.run_sync(fill, held, asked.stored)
            for pages_per_second in (0.0, asked.pages):
                console.print(f"{asked.calls} calls, {pages_per_second:g} pages a second …")
                noted = await anyio.to_thread.run_sync(measure, held, asked.calls, asked.turns, pages_per_second)
                table.add_row(*row(pages_per_second, noted))
                for trouble in sorted(set(noted["trouble"])):
                    console.print(f"  {noted['trouble'].count(trouble)} × {trouble}", style="yellow")
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=50)
    parser.add_argument("--turns", type=int, default=5, help="of each call; every third is interrupted")
    parser.add_argument("--pages", type=float, default=20.0, help="asked for a second")
    parser.add_argument("--stored", type=int, default=100_000, help="calls in the database, of ten turns each")
    anyio.run(run, parser.parse_args(arguments), Console(width=200))


if __name__ == "__main__":
    main()
