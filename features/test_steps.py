"""A step that nobody would await fails, and says why."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FEATURE = """
Feature: Waiting
  Scenario: A step that waits
    Given nothing
"""
STEPS = """
from collections.abc import AsyncIterator

from pytest_bdd import given, scenarios

scenarios("waiting.feature")


@given("nothing")
{step}
"""


def run(tmp_path: Path, step: str) -> subprocess.CompletedProcess[str]:
    """Run a scenario of this one step under the features' own rules."""
    (tmp_path / "waiting.feature").write_text(FEATURE)
    (tmp_path / "test_waiting.py").write_text(STEPS.format(step=step))
    (tmp_path / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    command = [sys.executable, "-m", "pytest", "-p", "features.awaited", "-p", "no:cacheprovider", str(tmp_path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50, check=False)


@pytest.mark.parametrize(
    "step",
    ["async def _() -> None: ...", "async def _() -> AsyncIterator[None]:\n    yield"],
    ids=["coroutine function", "asynchronous generator"],
)
def test_a_step_that_is_a_coroutine_fails_loudly(tmp_path: Path, step: str) -> None:
    ended = run(tmp_path, step)
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED, ended.stdout
    assert "the step 'nothing' is a coroutine function, which nobody would await" in ended.stdout


def test_a_plain_step_passes(tmp_path: Path) -> None:
    ended = run(tmp_path, "def _() -> None: ...")
    assert ended.returncode == pytest.ExitCode.OK, ended.stdout
