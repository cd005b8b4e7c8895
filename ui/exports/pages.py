"""Exports of calls: asked for under a list, watched while they are written, and taken away."""

from collections.abc import Mapping

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest, NotFound
from sanic.response import redirect

from application.ports.audit import AuditLog
from domain.access import Permission
from ui.access import Holder
from ui.api.call_lines import KINDS, Form, exported, file_name
from ui.calls import Asked
from ui.exports.desk import Export, ExportDesk, TooManyExports, reading
from ui.eyes import Eyes
from ui.gate import permitted, said
from ui.render import Pages

_FORMS: Mapping[str, Form] = {form: form for form in KINDS}
_STOP_POLLING = 286


def exports_pages(desk: ExportDesk, audit: AuditLog, pages: Pages) -> Blueprint:
    blueprint = Blueprint("exports", url_prefix="/admin/calls/exports")

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        holder = permitted(request, Permission.EXPORT_CALLS)
        return shown(request, holder)

    @blueprint.post("/")
    async def ask(request: Request) -> HTTPResponse:
        holder = permitted(request, Permission.EXPORT_CALLS)
        form = _FORMS.get(said(request, "form"))
        if form is None:
            raise BadRequest("calls are given as csv or as jsonl")
        where = Asked.of(lambda name: said(request, name)).where
        try:
            export = desk.ask(by=holder.name, form=form, where=where, eyes=Eyes.of(holder.role))
        except TooManyExports:
            return shown(request, holder, status=429)
        await audit.note(exported(holder.name, export.asked, form, where))
        return redirect("/admin/calls/exports", status=303)

    @blueprint.get("/<export_id:str>")
    async def give(request: Request, export_id: str) -> None:
        holder = permitted(request, Permission.EXPORT_CALLS)
        export = desk.finished(export_id, by=holder.name, eyes=Eyes.of(holder.role))
        if export is None or export.file is None:
            raise NotFound("no such export is kept: have it written again")
        name = file_name(export.asked, export.form)
        with reading(export.file) as file:
            headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(file.size)}
            response = await request.respond(content_type=f"{KINDS[export.form]}; charset=utf-8", headers=headers)
            async for part in file.parts():
                await response.send(part)
            await response.eof()

    def shown(request: Request, holder: Holder, *, status: int = 200) -> HTTPResponse:
        exports = desk.of(holder.name)
        working = any(not export.over for export in exports)
        in_place = request.headers.get("hx-request") == "true"
        answer = pages.render(
            request,
            "exports/list.html",
            block="exports",
            status=status,
            exports=exports,
            working=working,
            in_place=in_place,
            too_many=status != 200,
            share=_share,
        )
        if in_place and not working:
            answer.status = _STOP_POLLING
        return answer

    return blueprint


def _share(export: Export) -> float | None:
    """Return how far it is, 0 to 1; None where that is not known."""
    return min(1.0, export.written / export.total) if export.total else None
