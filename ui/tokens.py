"""Tokens of machines: made with a role, shown once, revoked at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from application.ports.audit import AuditLog
from application.ports.people import NameTaken, Staff
from domain.access import Permission, Role
from domain.audit import AuditLine
from domain.people import Machine, NotAName, name_of
from ui.access import Door
from ui.gate import permitted, said
from ui.render import Pages
from ui.tickets import hash_of, new_secret

_PREFIX = "ccai_"
"""So that a token is known for one where it should not be."""
_DAYS = {"": None, "30": 30, "90": 90, "365": 365}


def tokens_pages(staff: Staff, audit: AuditLog, door: Door, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("tokens", url_prefix="/admin/tokens")

    async def shown(request: Request, *, status: int = 200, **told: Any) -> HTTPResponse:
        known = {"wrong": "", "new_name": "", "new_token": "", **told}
        machines = await staff.machines()
        return pages.render(
            request, "users/tokens.html", status=status, machines=machines, roles=tuple(Role), now=now(), **known
        )

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.MANAGE_USERS)
        return await shown(request)

    @blueprint.post("/")
    async def make(request: Request) -> HTTPResponse:
        by = permitted(request, Permission.MANAGE_USERS).name
        token, at = _PREFIX + new_secret(), now()
        try:
            role, days = Role(said(request, "role")), _DAYS[said(request, "days")]
        except (ValueError, KeyError):
            raise BadRequest("there is no such role, or no such time") from None
        try:
            machine = Machine(
                name=name_of(said(request, "name")),
                role=role,
                token_hash=hash_of(token),
                made_by=by,
                created=at,
                until=at + timedelta(days=days) if days else None,
            )
            await staff.admit(machine)
        except NotAName:
            return await shown(request, status=400, wrong="name")
        except NameTaken:
            return await shown(request, status=400, wrong="taken")
        await audit.note(
            AuditLine(at=at, by=by, action="tokens.made", subject=machine.name, after={"role": machine.role.value})
        )
        return await shown(request, new_name=machine.name, new_token=token)

    @blueprint.post("/<name:str>")
    async def revoke(request: Request, name: str) -> HTTPResponse:
        by = permitted(request, Permission.MANAGE_USERS).name
        gone = await staff.dismiss(name)
        door.look_anew()
        if gone is not None:
            await audit.note(
                AuditLine(at=now(), by=by, action="tokens.revoked", subject=name, before={"role": gone.role.value})
            )
        return redirect("/admin/tokens", status=303)

    return blueprint
