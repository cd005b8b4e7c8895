"""Callbacks: who waits to be called back, who has taken it on, and what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What somebody does with a callback."""

    key: str
    act: str
    by: str
    remark: str
    at: datetime

    def done_to(self, callback: Callback) -> Callback:
        return _ACTS[self.act](self, callback)


_ACTS: Mapping[str, Callable[[FollowUp, Callback], Callback]] = {
    "take": lambda step, callback: callback.taken(step.by, step.at),
    "give_back": lambda step, callback: callback.given_back(step.by, step.at),
    "remark": lambda step, callback: callback.remarked(step.by, step.remark, step.at),
    "done": lambda step, callback: callback.done(step.by, step.remark, step.at),
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
        if said(request, "act") not in _ACTS:
            raise BadRequest("there is no such thing to do with a callback")
        step = FollowUp(key=key, act=said(request, "act"), by=by, remark=_plain(said(request, "remark")), at=now())
        try:
            was, changed = await followed_up(callbacks, audit, step)
        except HeldByAnother as held:
            return await shown(request, await callbacks.callback(key), held_by=held.by)
        if request.headers.get("hx-request") == "true":
            return await shown(request, changed)
        return redirect(f"/admin/callbacks?state={was.state.value}", status=303)

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


async def followed_up(callbacks: Callbacks, audit: AuditLog, step: FollowUp) -> tuple[Callback, Callback]:
    """Do it, and write down what it has changed; return what was and what is.  Raises as `Callbacks.change` does."""
    found: list[Callback] = []

    def change(callback: Callback) -> Callback:
        found.append(callback)
        return step.done_to(callback)

    changed = await callbacks.change(step.key, change)
    before, after = differences(_seen(found[-1]), _seen(changed))
    if after:
        action = f"callbacks.{step.act}"
        line = AuditLine(at=step.at, by=step.by, action=action, subject=step.key, before=before, after=after)
        await audit.note(line)
    return found[-1], changed


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
