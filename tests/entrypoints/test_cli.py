"""The command line as whoever deploys meets it."""

import subprocess
import sys

import pytest
from cyclopts import App

from domain.errors import Misconfigured
from entrypoints.cli import run


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, timeout=30)


def test_help_names_every_command_and_imports_no_provider() -> None:
    told = python("-X", "importtime", "-m", "entrypoints.cli", "--help")
    assert [name for name in ("calls", "run", "demo", "web", "version") if f"│ {name} " not in told.stdout] == []
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert "cyclopts" in imported
    assert imported.isdisjoint({"aiohttp", "anthropic", "google.cloud", "grpc", "numpy", "onnxruntime", "openai"})


def test_a_misconfiguration_is_plain_lines_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    commands = App()

    @commands.command
    def answer() -> None:
        raise Misconfigured("ANTHROPIC_API_KEY is empty: ...\nLOG_FORMAT is 'xml': ...")

    with pytest.raises(SystemExit) as ended:
        run(commands, ["answer"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "ANTHROPIC_API_KEY is empty: ...\nLOG_FORMAT is 'xml': ...\n"


def test_any_other_error_keeps_its_traceback() -> None:
    commands = App()

    @commands.command
    def answer() -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        run(commands, ["answer"])
