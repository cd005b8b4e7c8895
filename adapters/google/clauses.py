"""Clauses that were voiced before: in memory, and on disk for the next start.

Rule 1: a clause with digits (it will hardly come again) or a very long one is not kept.
Rule 2: the disk is a convenience: what cannot be read in time, whole and
unbroken is not there, and what cannot be written is not kept.
Rule 3: both are bounded; the least recently used goes first.
"""

import os
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import anyio
from anyio import to_thread

_MAGIC = b"slin8k1\n"
_HEAD_BYTES = len(_MAGIC) + 4
_LONGEST_CLAUSE = 200  # characters
_READ_WITHIN = 0.1
_WRITTEN_WITHIN = 1.0
_TIDY_EVERY = 64  # writes
_TIDY_TO = 0.9

_Result = TypeVar("_Result")


class ClauseCache:
    """Keeps slin by clause; `key_parts` is what else decides how a clause sounds: voice and rate."""

    def __init__(
        self,
        *key_parts: str,
        directory: Path | None = None,
        memory_bytes: int = 32 * 2**20,
        disk_bytes: int = 512 * 2**20,
    ) -> None:
        self._key_parts = key_parts
        self._directory = directory
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._used_bytes = 0
        self._writes = 0
        self._threads = anyio.CapacityLimiter(2)
        self.hits = 0
        self.misses = 0

    async def find(self, clause: str) -> bytes | None:
        """Return the clause's slin, None when it is not there.  At most a tenth of a second."""
        if not _worth_keeping(clause):
            return None
        key = self._key(clause)
        slin = self._memory.get(key)
        if slin is not None:
            self._memory.move_to_end(key)
        elif self._directory is not None:
            path = self._path(self._directory, key)
            slin = await self._in_thread(lambda: _read(path), _READ_WITHIN)
            if slin is not None:
                self._remember(key, slin)
        if slin is None:
            self.misses += 1
        else:
            self.hits += 1
        return slin

    async def keep(self, clause: str, slin: bytes) -> None:
        if not slin or not _worth_keeping(clause):
            return
        key = self._key(clause)
        self._remember(key, slin)
        if self._directory is None:
            return
        path = self._path(self._directory, key)
        await self._in_thread(lambda: _write(path, slin), _WRITTEN_WITHIN)
        if self._writes % _TIDY_EVERY == 0:
            directory = self._directory
            await self._in_thread(lambda: _tidy(directory, self._disk_bytes), _WRITTEN_WITHIN)
        self._writes += 1

    def _remember(self, key: str, slin: bytes) -> None:
        self._used_bytes += len(slin) - len(self._memory.pop(key, b""))
        self._memory[key] = slin
        while self._used_bytes > self._memory_bytes:
            _, oldest = self._memory.popitem(last=False)
            self._used_bytes -= len(oldest)

    def _key(self, clause: str) -> str:
        return sha256("\0".join((*self._key_parts, " ".join(clause.split()))).encode()).hexdigest()

    @staticmethod
    def _path(directory: Path, key: str) -> Path:
        return directory / key[:2] / f"{key}.slin"

    async def _in_thread(self, work: Callable[[], _Result], bound: float) -> _Result | None:
        with anyio.move_on_after(bound):
            return await to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._threads)
        return None


def _worth_keeping(clause: str) -> bool:
    return len(clause) <= _LONGEST_CLAUSE and not any(character.isdigit() for character in clause)


def _read(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except OSError:
        return None
    slin = content[_HEAD_BYTES:]
    if content[:_HEAD_BYTES] != _head(slin):
        with suppress(OSError):
            path.unlink()
        return None
    with suppress(OSError):
        os.utime(path)  # used now, so it goes last
    return slin


def _write(path: Path, slin: bytes) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            try:
                file.write(_head(slin) + slin)
                file.flush()
                os.replace(file.name, path)
            except OSError:
                os.unlink(file.name)


def _head(slin: bytes) -> bytes:
    return _MAGIC + zlib.crc32(slin).to_bytes(4, "big")


def _tidy(directory: Path, most_bytes: int) -> None:
    """Delete the least recently used until there is room; leftovers of a crash are old and go as well."""
    found = []
    for path in directory.glob("??/*"):
        with suppress(OSError):
            status = path.stat()
            found.append((status.st_mtime, status.st_size, path))
    total = sum(size for _, size, _ in found)
    if total <= most_bytes:
        return
    for _, size, path in sorted(found, key=lambda one: one[0]):
        with suppress(OSError):
            path.unlink()
        total -= size
        if total <= most_bytes * _TIDY_TO:
            return
