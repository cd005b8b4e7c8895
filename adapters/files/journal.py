"""The journal in a folder: for when Redis is away.

Rule 1: what is appended at once is one file, written aside and then named: a file by its name is whole, and whoever
sees one may carry and remove it, also that of a process that was killed.
Rule 2: a file outlives the process at once, and the machine when the machine's disk has it, seconds later.
Rule 3: the folder is its owner's alone: what callers said stands there in plain words.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

import anyio
import anyio.to_thread

from adapters.entries import read, written
from application.ports.journal import Batch
from domain.errors import Unavailable
from domain.records import AnyEntry

T = TypeVar("T")

_WHOLE, _UNFINISHED, _UNREADABLE = ".jsonl", ".unfinished", ".unreadable"


class FolderJournal:
    """Fulfils the port `Journal`; the folder is made when it is needed."""

    def __init__(self, folder: Path, *, seconds: float = 5.0) -> None:
        self._folder = folder
        self._seconds = seconds
        self._process = uuid4().hex
        self._numbers = count()
        self._threads = anyio.CapacityLimiter(2)

    async def append(self, entries: Sequence[AnyEntry]) -> None:
        if entries:
            await self._do(lambda: self._write(entries))

    async def some(self, most: int) -> Batch:
        return await self._do(lambda: self._look(most))

    async def remove(self, batch: Batch) -> None:
        await self._do(lambda: self._unlink(batch.places))

    async def waiting(self) -> int:
        """Return how many files lie here, those that cannot be read too."""
        return await self._do(lambda: sum(1 for _ in self._files(_WHOLE, _UNREADABLE)))

    def _write(self, entries: Sequence[AnyEntry]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole = self._folder / f"{self._process}-{next(self._numbers)}{_WHOLE}"
        unfinished = whole.with_suffix(_UNFINISHED)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            file.writelines(f"{written(entry)}\n" for entry in entries)
        unfinished.rename(whole)

    def _look(self, most: int) -> Batch:
        entries: list[AnyEntry] = []
        places: list[str] = []
        for path in self._paths():
            try:
                entries += [read(line) for line in path.read_text(encoding="utf-8").splitlines()]
                places.append(path.name)
            except FileNotFoundError:
                continue  # someone else has carried it meanwhile
            except ValueError:
                path.rename(path.with_suffix(_UNREADABLE))
            if len(entries) >= most:
                break
        return Batch(tuple(entries), tuple(places))

    def _paths(self) -> Iterator[Path]:
        """In no order: a folder in which many wait is not read to its end each time."""
        return self._files(_WHOLE)

    def _files(self, *suffixes: str) -> Iterator[Path]:
        if not self._folder.exists():
            return
        with os.scandir(self._folder) as files:
            for file in files:
                if file.name.endswith(suffixes):
                    yield Path(file.path)

    def _unlink(self, places: Sequence[str]) -> None:
        for place in places:
            (self._folder / place).unlink(missing_ok=True)

    async def _do(self, act: Callable[[], T]) -> T:
        """What is given up may still be done: it was only not waited for."""
        try:
            with anyio.fail_after(self._seconds):
                return await anyio.to_thread.run_sync(act, abandon_on_cancel=True, limiter=self._threads)
        except (OSError, TimeoutError) as error:
            raise Unavailable(f"the folder of the journal cannot be used: {type(error).__name__}") from None
