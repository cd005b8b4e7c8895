"""The direction of imports is held by import-linter; here each contract is seen to break."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOTS = ("domain", "application", "adapters", "entrypoints", "ui")
CONFIGURATION = HOUSE / "pyproject.toml"
CONTRACTS: list[str] = [
    contract["name"]
    for contract in tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
]

VIOLATIONS: list[tuple[str, dict[str, str]]] = [
    ("The hexagon: each layer knows only those below it", {"domain/stray.py": "import application.ports.line"}),
    ("The hexagon: each layer knows only those below it", {"application/stray.py": "import adapters.llm"}),
    ("The hexagon: each layer knows only those below it", {"adapters/stray.py": "import entrypoints.settings"}),
    ("The hexagon: each layer knows only those below it", {"ui/stray.py": "import adapters.llm"}),
    ("The hexagon: each layer knows only those below it", {"adapters/stray.py": "import ui"}),
    ("The domain is pure Python", {"domain/stray.py": "from asyncio import sleep"}),
    ("The application knows anyio and nothing else of the world", {"application/calls/stray.py": "import asyncio"}),
    (
        "The application knows anyio and nothing else of the world",
        {"application/stray.py": "from google.cloud import speech"},
    ),
    ("Adapters do not know one another", {"adapters/google/stray.py": "import adapters.llm"}),
    ("Anthropic has one door", {"entrypoints/stray.py": "import anthropic"}),
    ("OpenAI's protocol has one door", {"adapters/google/stray.py": "import openai"}),
    ("Google has one door", {"adapters/whisper/stray.py": "from google.cloud import speech_v2"}),
    ("Google has one door", {"entrypoints/stray.py": "import grpc.aio"}),
    ("HTTP has one door", {"adapters/llm/stray.py": "import aiohttp"}),
    ("Serving HTTP has one door", {"adapters/store/stray.py": "import sanic"}),
    ("Shapes of the API have one door", {"ui/stray.py": "import pydantic"}),
    ("Metrics have one door", {"adapters/llm/stray.py": "import prometheus_client"}),
    ("Files of tables have one door", {"entrypoints/stray.py": "import sqlite3"}),
    ("PostgreSQL has one door", {"entrypoints/stray.py": "from piccolo.table import Table"}),
    ("PostgreSQL has one door", {"adapters/redis/stray.py": "import asyncpg"}),
    ("Redis has one door", {"adapters/postgres/stray.py": "import redis.asyncio"}),
    ("The voice activity network has one door", {"adapters/offline/stray.py": "import onnxruntime"}),
    ("The offline ear has one door", {"entrypoints/stray.py": "import pocketsphinx"}),
    ("Only the container injects", {"adapters/memory/stray.py": "from dependency_injector import providers"}),
    ("No cycles", {"domain/stray.py": "import domain.other_stray", "domain/other_stray.py": "import domain.stray"}),
]


def lint(tree: Path) -> str:
    """Return what lint-imports says of the roots in this folder."""
    told = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert "Contracts: " in told.stdout, told.stdout + told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tmp_path_factory.mktemp("house")
    for root in ROOTS:
        shutil.copytree(HOUSE / root, tree / root, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CONFIGURATION, tree)
    return tree


@pytest.fixture
def tree(copy: Path) -> Iterator[Path]:
    yield copy
    for stray in copy.glob("**/*stray.py"):
        stray.unlink()


def test_the_house_keeps_every_contract(tree: Path) -> None:
    told = lint(tree)
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in told


@pytest.mark.parametrize(("contract", "strays"), VIOLATIONS)
def test_a_contract_breaks_when_it_is_violated(tree: Path, contract: str, strays: dict[str, str]) -> None:
    for path, violation in strays.items():
        (tree / path).write_text(f"{violation}\n")
    told = lint(tree)
    assert f"{contract} BROKEN" in told


def test_every_contract_is_seen_to_break() -> None:
    assert {contract for contract, _ in VIOLATIONS} == set(CONTRACTS)
