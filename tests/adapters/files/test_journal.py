"""The journal in a folder keeps the contract, and what a process that was killed leaves behind."""

from pathlib import Path

import pytest

from adapters.files.journal import FolderJournal
from application.ports.journal import Journal
from domain.errors import Unavailable
from tests.contracts.archive import WHOLE
from tests.contracts.journal import JournalContract, all_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "journal"


@pytest.fixture
def journal(folder: Path) -> Journal:
    return FolderJournal(folder)


def names(folder: Path, pattern: str = "*") -> set[str]:
    return {path.name for path in folder.glob(pattern)}


def modes(folder: Path) -> list[int]:
    return [path.stat().st_mode for path in (folder, *folder.iterdir())]


class TestFolderJournal(JournalContract):
    pass


async def test_another_process_finds_what_one_has_written(folder: Path) -> None:
    await FolderJournal(folder).append(WHOLE)
    other = FolderJournal(folder)
    batch = await other.some(10)
    assert set(batch.places) == names(folder)
    assert len(batch.entries) == len(WHOLE)
    await other.remove(batch)
    assert names(folder) == set()


async def test_a_file_that_was_not_finished_is_no_file(folder: Path, journal: Journal) -> None:
    await journal.append(WHOLE[:1])
    (folder / "a.unfinished").write_text('{"kind": "Call')
    assert await all_of(journal) == {0}


async def test_a_file_that_cannot_be_read_is_laid_aside_and_holds_up_nothing(folder: Path, journal: Journal) -> None:
    await journal.append(WHOLE[:1])
    for name, text in (("a", "[]"), ("b", "{"), ("c", '{"kind": "CallBegan", "color": 3}')):
        (folder / f"{name}.jsonl").write_text(text)
    assert await all_of(journal) == {0}
    assert names(folder, "*.unreadable") == {"a.unreadable", "b.unreadable", "c.unreadable"}
    assert await all_of(journal) == {0}


async def test_the_owner_alone_reads_it(folder: Path, journal: Journal) -> None:
    await journal.append(WHOLE)
    assert [mode & 0o077 for mode in modes(folder)] == [0, 0]


async def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable):
        await FolderJournal(tmp_path / "file" / "journal").append(WHOLE)
