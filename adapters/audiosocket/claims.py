"""A call's UUID opens the line once."""

import os
import time
from collections import OrderedDict
from pathlib import Path
from typing import Final, Protocol
from uuid import UUID

import structlog

log: structlog.stdlib.BoundLogger = structlog.get_logger()

_REMEMBERED: Final = 100_000
_DAY_SECONDS: Final = 24 * 60 * 60


class Claims(Protocol):
    def prepare(self) -> None:
        """Get ready, once at the start of a process."""
        ...

    def claim(self, call_id: UUID) -> bool:
        """Return whether this is the first use of the UUID.  Takes microseconds and does not raise."""
        ...


class InMemoryClaims:
    """For one process: remembers the last 100,000 calls."""

    def __init__(self) -> None:
        self._claimed: OrderedDict[UUID, None] = OrderedDict()

    def prepare(self) -> None:
        pass

    def claim(self, call_id: UUID) -> bool:
        if call_id in self._claimed:
            return False
        self._claimed[call_id] = None
        if len(self._claimed) > _REMEMBERED:
            self._claimed.popitem(last=False)
        return True


class DirectoryClaims:
    """For processes that share a port: a file a call in a directory of a local disk.

    Files more than a day old are removed at the start of each process.  Where
    the disk fails, each process goes by what it remembers itself.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._own = InMemoryClaims()

    def prepare(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        oldest = time.time() - _DAY_SECONDS
        for entry in os.scandir(self._directory):
            try:
                if entry.stat().st_mtime < oldest:
                    os.unlink(entry.path)
            except FileNotFoundError:
                continue  # another process starts at the same time

    def claim(self, call_id: UUID) -> bool:
        if not self._own.claim(call_id):
            return False
        try:
            os.close(os.open(self._directory / str(call_id), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return False
        except OSError as error:
            log.warning("claim not written", call_id=str(call_id), error=error.strerror)
        return True
