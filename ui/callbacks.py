"""Callbacks: who waits to be called back, who has taken it on, and what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from application.ports.audit import AuditLog
from application.ports.records import Callbacks
from domain.access import Permission
from domain.audit import AuditLine, differences
from domain.callback import Callback, CallbackState, HeldByAnother
from ui.gate import permitted, said
from ui.render import Pages

_A_PAGE = 100
_MOST_LINES = 50

Act = Callable[[Callback, str, str, datetime], Callback]
ACTS: dict[str, Act] = {
    "take": lambda callback, by, _, at: callback.taken(by, at),
    "give_back": lambda callback, by, _, at: callback.given_back(by, at),
    "remark": lambda callback, by, remark, at: callback.remarked(by, remark, at),
    "done": lambda callback, by, remark, at: callback.done(by, remark, at),
}


def callbacks_pages(callbacks: Callbacks, audit: AuditLog, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("callbacks", url_prefix="/admin/callbacks")

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_CALLBACKS)
        state = _state(request)
        found = await callbacks.in_state(state, limit=_A_PAGE)
        return pages.render(request, "callbacks/list.html", block="found", state=state, found=found)

    @blueprint.get("/<key:str>")
    async def show(request: Request, key: str) -> HTTPResponse:
        permitted(request, Permission.SEE_CALLBACKS)
        return await shown(request, await callbacks.callback(key))

    @blueprint.post("/<key:str>")
    async def follow_up(request: Request, key: str) -> HTTPResponse:
        by = permitted(request, Permission.FOLLOW_UP_CALLBACKS).name
        act, remark, at = ACTS.get(said(request, "act")), _plain(said(request, "remark")), now()
        if act is None:
            raise BadRequest("there is no such thing to do with a callback")
        found: list[Callback] = []

        def step(callback: Callback) -> Callback:
            found.append(callback)
            return act(callback, by, remark, at)

        try:
            changed = await callbacks.change(key, step)
        except HeldByAnother as held:
            return await shown(request, found[-1], held_by=held.by)
        before, after = differences(_seen(found[-1]), _seen(changed))
        if after:
            action = f"callbacks.{said(request, 'act')}"
            await audit.note(AuditLine(at=at, by=by, action=action, subject=key, before=before, after=after))
        if request.headers.get("hx-request") == "true":
            return await shown(request, changed)
        return redirect(f"/admin/callbacks?state={found[-1].state.value}", status=303)

    async def shown(request: Request, callback: Callback, *, held_by: str = "") -> HTTPResponse:
        in_place = request.headers.get("hx-request") == "true"
        return pages.render(
            request,
            "callbacks/show.html",
            block="card",
            status=409 if held_by and not in_place else 200,
            callback=callback,
            held_by=held_by,
            lines=() if in_place else await audit.lines(subject=callback.request.key, limit=_MOST_LINES),
        )

    return blueprint


def _seen(callback: Callback) -> Mapping[str, str]:
    """Return what the audit compares."""
    return {"state": callback.state.value, "by": callback.by, "remark": callback.remark}


def _state(request: Request) -> CallbackState:
    try:
        return CallbackState(request.args.get("state") or CallbackState.WAITING.value)
    except ValueError as error:
        raise BadRequest("callbacks are never in such a state") from error


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()
