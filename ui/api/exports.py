"""Calls over the API as a table or as lines of JSON, told while they are read."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import datetime

import anyio
from anyio import WouldBlock, to_thread
from sanic.exceptions import SanicException

from application.calls.go_through import all_calls
from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from domain.access import Permission
from domain.records import CallFilter
from ui.access import Holder
from ui.api.call_lines import AT_ONCE, KINDS, Form, exported, file_name, head, lines
from ui.api.calls import Which
from ui.api.operations import AnyRoute, Download, Stream
from ui.eyes import Eyes

_MOST_STREAMS = 4
_LATER_SECONDS = 30


class ExportAsked(Which):
    format: Form = "csv"


def export_routes(archive: CallArchive, audit: AuditLog, now: Callable[[], datetime]) -> tuple[AnyRoute, ...]:
    free = anyio.Semaphore(_MOST_STREAMS)

    async def export(by: Holder, asked: ExportAsked) -> Stream:
        at, where = now(), asked.where()
        kind = f"{KINDS[asked.format]}; charset=utf-8"

        async def parts() -> AsyncGenerator[bytes, None]:
            try:
                free.acquire_nowait()
            except WouldBlock:
                later = {"Retry-After": str(_LATER_SECONDS)}
                raise SanicException("too many exports at once: ask again later", 429, headers=later) from None
            try:
                await audit.note(exported(by.name, at, asked.format, where))
                async for part in written(where, asked.format, Eyes.of(by.role)):
                    yield part
            finally:
                free.release()

        return Stream(kind, file_name(at, asked.format), parts())

    async def written(where: CallFilter, form: Form, eyes: Eyes) -> AsyncGenerator[bytes, None]:
        beginning = head(form)
        async with aclosing(all_calls(archive, where, at_once=AT_ONCE)) as pages:
            async for calls in pages:
                yield (beginning + await to_thread.run_sync(lines, form, calls, eyes)).encode()
                beginning = ""

    return (
        Download(
            name="exportCalls",
            method="GET",
            path="/calls/export",
            summary="Give all calls that fit, as a table or as lines of JSON",
            subject="calls",
            permission=Permission.EXPORT_CALLS,
            asked=ExportAsked,
            kinds={KINDS["csv"]: "A call a row.", KINDS["jsonl"]: "A call a line, each a `Call`."},
            act=export,
        ),
    )
