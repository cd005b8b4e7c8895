"""A call: what was said and heard, what was looked up and done, how long it took; and all of that to take away."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import raw

from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from domain.access import Permission
from domain.audit import AuditLine
from domain.records import StoredRecord
from domain.usage import summed
from ui.api.call_shapes import CallRecord
from ui.as_text import record_as_text
from ui.gate import permitted, said
from ui.render import Pages, visit_of
from ui.waterfall import longest_seconds, stretches

_STOP_POLLING = 286


@dataclass(frozen=True, slots=True)
class _Form:
    """How a call is written into a file."""

    suffix: str
    content_type: str
    write: Callable[[StoredRecord], str]


_FORMS = {
    "json": _Form(
        "json",
        "application/json",
        lambda record: CallRecord.of_record(record).model_dump_json(indent=1),
    ),
    "text": _Form("txt", "text/plain; charset=utf-8", lambda record: record_as_text(record) + "\n"),
}


def call_pages(archive: CallArchive, audit: AuditLog, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("call", url_prefix="/admin/calls/<call_id:uuid>")

    @blueprint.get("/")
    async def show(request: Request, call_id: UUID) -> HTTPResponse:
        permitted(request, Permission.SEE_CALLS)
        record = await archive.load(call_id)
        answer = pages.render(
            request,
            "calls/show.html",
            block="call",
            record=record,
            call=record.call,
            ended=record.call.ended,
            usage=summed(each.usage for each in record.usage),
            longest=longest_seconds(record.transcript),
            stretches=stretches,
        )
        if record.call.ended and request.headers.get("hx-request") == "true":
            answer.status = _STOP_POLLING
        return answer

    @blueprint.post("/download")
    async def download(request: Request, call_id: UUID) -> HTTPResponse:
        by = permitted(request, Permission.EXPORT_CALLS).name
        form = _FORMS.get(said(request, "form"))
        if form is None:
            raise BadRequest("a call is given as json or as text")
        record, visit = await archive.load(call_id), visit_of(request)
        shown = replace(record, call=replace(record.call, caller=visit.number(record.call.caller) or None))
        told = {"form": form.suffix}
        await audit.note(AuditLine(at=now(), by=by, action="calls.downloaded", subject=str(call_id), after=told))
        return raw(
            visit.text(form.write(shown)),
            content_type=form.content_type,
            headers={"Content-Disposition": f'attachment; filename="call-{call_id}.{form.suffix}"'},
        )

    return blueprint
