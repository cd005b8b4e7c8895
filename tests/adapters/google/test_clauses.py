"""Clauses that were voiced before."""

import os
from pathlib import Path

import pytest

from adapters.google.clauses import ClauseCache

pytestmark = pytest.mark.anyio

SLIN = bytes(range(256)) * 100


def files(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


async def test_the_least_recently_used_clause_leaves_memory_first() -> None:
    cache = ClauseCache("voice", memory_bytes=3 * len(SLIN))
    for clause in ("перша", "друга", "третя"):
        await cache.keep(clause, SLIN)
    assert await cache.find("перша") == SLIN
    await cache.keep("четверта", SLIN)
    assert [await cache.find(clause) is not None for clause in ("перша", "друга", "третя", "четверта")] == [
        True,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("clause", ["ваше замовлення 4512", "слово " * 40])
async def test_a_clause_with_digits_or_a_long_one_is_not_kept(tmp_path: Path, clause: str) -> None:
    cache = ClauseCache("voice", directory=tmp_path)
    await cache.keep(clause, SLIN)
    assert await cache.find(clause) is None
    assert files(tmp_path) == []
    assert (cache.hits, cache.misses) == (0, 0)


async def test_a_broken_file_is_a_miss_and_goes(tmp_path: Path) -> None:
    await ClauseCache("voice", directory=tmp_path).keep("так", SLIN)
    [file] = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    cache = ClauseCache("voice", directory=tmp_path)
    assert await cache.find("так") is None
    assert cache.misses == 1
    assert not file.exists()


async def test_nothing_but_whole_files_is_left_in_the_directory(tmp_path: Path) -> None:
    cache = ClauseCache("voice", directory=tmp_path)
    await cache.keep("так", SLIN)
    await cache.keep("так", SLIN)
    assert [path.suffix for path in files(tmp_path)] == [".slin"]


async def test_a_directory_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_bytes(b"")
    cache = ClauseCache("voice", directory=occupied)
    await cache.keep("так", SLIN)
    assert await cache.find("так") == SLIN


async def test_the_directory_stays_within_its_bound_and_keeps_the_latest(tmp_path: Path) -> None:
    for number, clause in enumerate(("перша", "друга", "третя")):
        await ClauseCache("voice", directory=tmp_path).keep(clause, SLIN)
        newest = max(files(tmp_path), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (number, number))
    await ClauseCache("voice", directory=tmp_path, disk_bytes=3 * len(SLIN)).keep("четверта", SLIN)
    assert sum(path.stat().st_size for path in files(tmp_path)) <= 3 * len(SLIN)
    fresh = ClauseCache("voice", directory=tmp_path)
    assert await fresh.find("перша") is None
    assert await fresh.find("четверта") == SLIN
