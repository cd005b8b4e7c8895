"""One answer for the metrics of all processes."""

import os
from pathlib import Path

import anyio
import pytest
from anyio.lowlevel import checkpoint
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from adapters.metrics.shared import AllMetrics, MetricsFile, registry_of_process

pytestmark = pytest.mark.anyio


def registry(active: int) -> CollectorRegistry:
    own = CollectorRegistry()
    Gauge("callcenter_active_calls", "Running.", registry=own).set(active)
    Counter("callcenter_calls", "Ended.", ["status"], registry=own).labels("completed").inc(active * 10)
    Histogram("callcenter_stt_latency_ms", "Late.", buckets=(100, 500), registry=own).observe(active)
    return own


async def test_each_process_is_told_apart_and_the_total_is_of_all(tmp_path: Path) -> None:
    await MetricsFile(tmp_path, "calls-1", registry(2)).tell()
    await MetricsFile(tmp_path, "calls-2", registry(3)).tell()
    everything = AllMetrics(tmp_path, "web-3", CollectorRegistry())
    told = everything.exposition().decode().splitlines()
    assert 'callcenter_active_calls{process="calls-1"} 2.0' in told
    assert 'callcenter_calls_total{process="calls-2",status="completed"} 30.0' in told
    assert 'callcenter_stt_latency_ms_bucket{le="100.0",process="calls-2"} 1.0' in told
    assert [line for line in told if "TYPE callcenter_" in line] == [
        "# TYPE callcenter_active_calls gauge",
        "# TYPE callcenter_calls_total counter",
        "# TYPE callcenter_stt_latency_ms histogram",
    ]
    assert everything.total("callcenter_active_calls") == 5


async def test_this_process_tells_of_itself_too(tmp_path: Path) -> None:
    told = AllMetrics(tmp_path / "absent", "web-3", registry_of_process()).exposition().decode()
    assert 'process_resident_memory_bytes{process="web-3"}' in told


async def test_a_file_that_nobody_has_written_for_a_while_is_not_told(tmp_path: Path) -> None:
    await MetricsFile(tmp_path, "calls-1", registry(2)).tell()
    long_ago = (tmp_path / "calls-1.prom").stat().st_mtime - 30
    os.utime(tmp_path / "calls-1.prom", (long_ago, long_ago))
    assert AllMetrics(tmp_path, "web-3", CollectorRegistry()).total("callcenter_active_calls") == 0


async def test_a_process_that_ends_takes_its_figures_away(tmp_path: Path) -> None:
    everything = AllMetrics(tmp_path, "web-3", CollectorRegistry())
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(MetricsFile(tmp_path, "calls-1", registry(2)).keep_telling)
        with anyio.fail_after(5):
            while everything.total("callcenter_active_calls") != 2:
                await checkpoint()
        tasks.cancel_scope.cancel()
    assert everything.total("callcenter_active_calls") == 0


async def test_a_folder_that_cannot_be_written_costs_figures_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    await MetricsFile(tmp_path / "file", "calls-1", registry(2)).tell()
