"""The demo, as a newcomer starts it."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapters.demo_shop.shop import DemoShop
from entrypoints.demo import figures_of
from entrypoints.demo_shop.serve import DATA
from tests.entrypoints.calls_seen import RECORD
from tests.harness.engine import alone, free_port


def test_the_figures_of_a_call_are_told_in_milliseconds() -> None:
    assert figures_of(RECORD) == {
        "turns": 2,
        "interruptions": 1,
        "outcome": "handed_over",
        "response_ms": {"p50": 700, "p95": 700},
        "frame_lateness_ms": {"p99": 1.3},
        "dead_air_max_ms": 1400,
    }


@pytest.mark.timeout(120)  # a call in real time
@pytest.mark.parametrize("manner", [(), ("--literal",)])
def test_the_demo_orders_tires_in_a_whole_call_and_the_order_is_in_the_shop(
    tmp_path: Path, manner: tuple[str, ...]
) -> None:
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "entrypoints.cli", "demo", "--once", "--json"),
            *("--shop-port", str(free_port()), *manner),
        ],
        cwd=tmp_path,
        env=alone({}),
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert ended.returncode == 0, ended.stderr
    assert "offline" in ended.stdout
    figures = json.loads(ended.stdout.splitlines()[-1])
    assert figures["turns"] >= 4
    assert figures["interruptions"] >= 1
    assert figures["outcome"] == "order_confirmed"
    with closing(DemoShop(tmp_path / DATA)) as shop:
        (order,) = (each for each in shop.all_orders() if each["order_number"] == figures["order_number"])
    assert order["status"] == "confirmed"
    assert f"order_number={figures['order_number']}" in ended.stdout
    assert 0 < figures["response_ms"]["p50"] <= figures["response_ms"]["p95"]
    assert figures["frame_lateness_ms"]["p99"] < 60  # other tests run beside it; alone it is a tenth of this
    assert figures["dead_air_max_ms"] < 2500
