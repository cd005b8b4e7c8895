"""Exports on their way: each is written beside the pages, may be asked how far it is, and is kept for a while.

Rule 1: few are written at once, few wait, and few are kept; a file has no name, so that the end of this process,
however it comes, is the end of the file.
Rule 2: an export is there for whoever has asked for it, and for nobody else.
Rule 3: an export that could not be finished is never given: half a table looks like a whole one.
"""

import logging
import os
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from secrets import token_urlsafe
from typing import IO

import anyio
from anyio import WouldBlock, to_thread

from application.calls.go_through import all_calls
from application.ports.calls import CallArchive
from domain.errors import Unavailable
from domain.records import CallFilter, StoredCall
from ui.api.call_lines import AT_ONCE, Form, head, lines
from ui.eyes import Eyes

_LOG = logging.getLogger(__name__)

KEPT = timedelta(hours=1)
_WRITERS = 2
_MOST_WAITING = 8
_MOST_KEPT = 5
"""Finished ones; the oldest makes room."""
_SWEEP_SECONDS = 30.0
_PART_BYTES = 256 * 1024
_SPREADSHEETS_READ_UTF8 = "\ufeff"


class TooManyExports(Exception):
    """Others are waiting already."""


class State(Enum):
    WAITING = "waiting"
    WRITING = "writing"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True, kw_only=True)
class Export:
    """One of them, as it is now."""

    by: str
    form: Form
    where: CallFilter
    eyes: Eyes
    asked: datetime
    export_id: str = field(default_factory=lambda: token_urlsafe(16))
    state: State = State.WAITING
    written: int = 0
    """Calls."""
    total: int | None = None
    """How many there were when it was begun; None where that is not known."""
    file: IO[bytes] | None = field(default=None, repr=False)

    @property
    def over(self) -> bool:
        return self.state in {State.DONE, State.FAILED}

    def write(self, calls: Sequence[StoredCall]) -> None:
        if self.file is not None:
            self.file.write(lines(self.form, calls, self.eyes).encode())
            self.written += len(calls)

    def forget(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None


class ExportDesk:
    """Works while it is open."""

    def __init__(self, archive: CallArchive, folder: Path, *, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._folder = folder
        self._now = now
        self._exports: dict[str, Export] = {}
        """The earliest first."""
        self._send, self._receive = anyio.create_memory_object_stream[Export](_MOST_WAITING)

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None, None]:
        """Write what is asked for meanwhile; at the end, forget it all."""
        try:
            async with anyio.create_task_group() as working:
                for _ in range(_WRITERS):
                    working.start_soon(self._work)
                working.start_soon(self._sweep)
                yield
                working.cancel_scope.cancel()
        finally:
            for export in self._exports.values():
                export.forget()
            self._exports.clear()

    def ask(self, *, by: str, form: Form, where: CallFilter, eyes: Eyes) -> Export:
        """Have it written; raises `TooManyExports`."""
        export = Export(by=by, form=form, where=where, eyes=eyes, asked=self._now())
        try:
            self._send.send_nowait(export)
        except WouldBlock:
            raise TooManyExports from None
        self._exports[export.export_id] = export
        return export

    def of(self, by: str) -> Sequence[Export]:
        """Return whatever this person has asked for of late, the latest first."""
        self._forget_old()
        return [export for export in reversed(self._exports.values()) if export.by == by]

    def finished(self, export_id: str, *, by: str, eyes: Eyes) -> Export | None:
        """Return one that is there to be given: to whoever asked, while he may still see what is in it."""
        theirs = (export for export in self.of(by) if export.state is State.DONE and export.eyes == eyes)
        return next((export for export in theirs if export.export_id == export_id), None)

    async def _work(self) -> None:
        async for export in self._receive:
            export.state = State.WRITING
            try:
                async with anyio.create_task_group() as beside:
                    beside.start_soon(self._count, export)
                    await self._write(export)
                    beside.cancel_scope.cancel()
                export.state = State.DONE
            except* Exception as errors:  # noqa: BLE001 - however it fails, the others are still to be written
                _LOG.warning("an export failed: %s", ", ".join(type(each).__name__ for each in errors.exceptions))
                export.forget()
                export.state = State.FAILED
            self._forget_old()

    async def _write(self, export: Export) -> None:
        export.file = await to_thread.run_sync(self._nameless_file)
        export.file.write(_begin(export.form))
        async for calls in all_calls(self._archive, export.where, at_once=AT_ONCE):
            await to_thread.run_sync(export.write, calls)
        await to_thread.run_sync(export.file.flush)

    async def _count(self, export: Export) -> None:
        try:
            export.total = await self._archive.count(export.where)
        except Unavailable:
            return

    def _nameless_file(self) -> IO[bytes]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self._folder)

    async def _sweep(self) -> None:
        while True:
            await anyio.sleep(_SWEEP_SECONDS)
            self._forget_old()

    def _forget_old(self) -> None:
        over = [export for export in self._exports.values() if export.over]
        too_many = over[: max(0, len(over) - _MOST_KEPT)]
        for export in over:
            if export in too_many or self._now() - export.asked >= KEPT:
                export.forget()
                del self._exports[export.export_id]


@dataclass(frozen=True, slots=True)
class Reading:
    """A finished file on its way to somebody; it stays whole though the export is forgotten meanwhile."""

    descriptor: int

    @property
    def size(self) -> int:
        return os.fstat(self.descriptor).st_size

    async def parts(self) -> AsyncGenerator[bytes, None]:
        offset = 0
        while part := await to_thread.run_sync(os.pread, self.descriptor, _PART_BYTES, offset):
            yield part
            offset += len(part)


@contextmanager
def reading(file: IO[bytes]) -> Generator[Reading, None, None]:
    descriptor = os.dup(file.fileno())
    try:
        yield Reading(descriptor)
    finally:
        os.close(descriptor)


def _begin(form: Form) -> bytes:
    return (_SPREADSHEETS_READ_UTF8 if form == "csv" else "").encode() + head(form).encode()
