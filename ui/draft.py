"""A call made a feature of: the draft to read, and to take away.

Rule: whoever drafts sees nobody's data; the call itself may be another matter.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from domain.access import Permission
from domain.audit import AuditLine
from domain.drafting.feature import TODO, feature_of
from ui.gate import permitted
from ui.render import Pages


def draft_pages(archive: CallArchive, audit: AuditLog, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("draft", url_prefix="/admin/calls/<call_id:uuid>/feature")

    @blueprint.get("/")
    async def show(request: Request, call_id: UUID) -> HTTPResponse:
        permitted(request, Permission.DRAFT_FEATURES)
        draft = feature_of(await archive.load(call_id))
        left = [line.partition(f"# {TODO}: ")[2] for line in draft.splitlines() if f"# {TODO}: " in line]
        return pages.render(request, "calls/draft.html", call_id=call_id, draft=draft, left=left)

    @blueprint.post("/")
    async def take_away(request: Request, call_id: UUID) -> HTTPResponse:
        by = permitted(request, Permission.DRAFT_FEATURES).name
        draft = feature_of(await archive.load(call_id))
        await audit.note(AuditLine(at=now(), by=by, action="calls.drafted", subject=str(call_id)))
        return raw(
            draft,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="call-{str(call_id)[:8]}.feature"'},
        )

    return blueprint
