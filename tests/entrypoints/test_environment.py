"""Where variables come from, and who has the last word."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from entrypoints.environment import environment


@pytest.fixture(autouse=True)
def _process_as_before() -> Iterator[None]:
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def test_the_local_file_stands_over_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SHOP_NAME=shared\nARI_USER=somebody\n")
    (tmp_path / ".env.local").write_text("SHOP_NAME=local\n")
    read = environment(tmp_path)
    assert (read["SHOP_NAME"], read["ARI_USER"]) == ("local", "somebody")


def test_the_process_stands_over_every_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PATH=/nowhere\n")
    assert environment(tmp_path)["PATH"] != "/nowhere"


def test_one_variable_may_be_built_of_another(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "POSTGRES_PASSWORD=tyre\nDATABASE_URL=postgresql://me:${POSTGRES_PASSWORD}@db/calls\n"
    )
    assert environment(tmp_path)["DATABASE_URL"] == "postgresql://me:tyre@db/calls"


def test_quotes_and_comments_are_no_part_of_a_value(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text('SHOP_NAME="Колеса і шини"   # as it is said\n')
    assert environment(tmp_path)["SHOP_NAME"] == "Колеса і шини"


def test_no_file_is_needed(tmp_path: Path) -> None:
    assert "PATH" in environment(tmp_path)


def test_what_a_file_sets_is_seen_by_libraries_that_look_for_themselves(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("GOOGLE_APPLICATION_CREDENTIALS=/secrets/gcp-key.json\nOPENAI_BASE_URL=\n")
    environment(tmp_path)
    assert os.environ["GOOGLE_APPLICATION_CREDENTIALS"] == "/secrets/gcp-key.json"
    assert "OPENAI_BASE_URL" not in os.environ
