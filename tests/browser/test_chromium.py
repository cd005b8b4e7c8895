"""Which Chromium the tests take, and what is said where there is none."""

from pathlib import Path

import pytest

from tests.browser.chromium import NoChromium, chromium


def program(path: Path, *, code: int = 0) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_the_one_that_is_named_comes_first_then_path_then_what_was_brought(tmp_path: Path) -> None:
    brought = tmp_path / "brought"
    last = program(brought)
    assert chromium({"PATH": str(tmp_path / "bin")}, brought) == last
    found = program(tmp_path / "bin" / "google-chrome")
    assert chromium({"PATH": str(tmp_path / "bin")}, brought) == found
    named = program(tmp_path / "mine")
    assert chromium({"PATH": str(tmp_path / "bin"), "CHROMIUM": named}, brought) == named


def test_one_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium", code=1)
    last = program(tmp_path / "brought")
    assert chromium({"PATH": str(tmp_path / "bin")}, tmp_path / "brought") == last


def test_a_named_one_that_does_not_run_is_said_by_name(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "chromium")
    with pytest.raises(NoChromium, match=r"CHROMIUM names /nowhere, .* Install Chromium"):
        chromium({"PATH": str(tmp_path / "bin"), "CHROMIUM": "/nowhere"})


def test_where_there_is_none_the_cure_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoChromium, match=r"\./start\.sh setup brings one\. Install .*CHROMIUM=/path/to/it"):
        chromium({"PATH": str(tmp_path)}, tmp_path / "brought")
