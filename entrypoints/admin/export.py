"""`call-center-admin export`: calls for other programs.

Rule 1: calls are read a page at a time, so that a million of them need no memory.
Rule 2: a file is there whole or not at all, and only its owner may read it: it holds telephone numbers.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, TextIO

import anyio
from cyclopts import Parameter

from application.calls.go_through import all_calls
from application.ports.calls import CallArchive
from domain.errors import Misconfigured
from domain.records import CallFilter
from entrypoints.admin.records import Which, open_archive
from entrypoints.cli import told
from ui.api.call_lines import AT_ONCE, head, lines
from ui.api.call_shapes import ALL_SEEING, Call, CallRecord

Form = Literal["csv", "json"]


def export(
    output: Path | None = None,
    *,
    which: Which | None = None,
    form: Annotated[Form, Parameter(name="--format")] = "csv",
    transcripts: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Write calls as CSV or JSON, the latest first.

    Parameters
    ----------
    output
        The file; where none is named they are printed.
    form
        CSV with a call a line, or JSON: an array with a call a line.
    transcripts
        With what was said and done in each; JSON only.
    """
    if transcripts and form == "csv":
        raise Misconfigured("--transcripts wants --format json: a transcript is no cell of a table")
    try:
        with _opened(output) as out:
            anyio.run(_export, out, (which or Which()).filter, form, transcripts)
    except* OSError as errors:
        raise Misconfigured(f"{output or 'the output'} cannot be written: {'; '.join(told(errors))}") from errors


async def _export(out: TextIO, where: CallFilter, form: Form, transcripts: bool) -> None:
    async with open_archive() as archive:
        if form == "csv":
            count = await _write_csv(out, archive, where)
        else:
            count = await _write_json(out, archive, where, transcripts=transcripts)
    print(f"{count} calls", file=sys.stderr)


async def _write_csv(out: TextIO, archive: CallArchive, where: CallFilter) -> int:
    count = 0
    out.write(head("csv"))
    async for calls in all_calls(archive, where, at_once=AT_ONCE):
        out.write(lines("csv", calls, ALL_SEEING))
        count += len(calls)
    return count


async def _write_json(out: TextIO, archive: CallArchive, where: CallFilter, *, transcripts: bool) -> int:
    count = 0
    out.write("[")
    async for calls in all_calls(archive, where, at_once=AT_ONCE):
        for call in calls:
            told = CallRecord.of_record(await archive.load(call.call_id)) if transcripts else Call.of(call)
            out.write(("," if count else "") + "\n" + told.model_dump_json())
            count += 1
    out.write("\n]\n")
    return count


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    unfinished = output.with_name(f"{output.name}.unfinished")
    try:
        with open(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            yield out
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
