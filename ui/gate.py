"""What every request to the admin and to the API passes: who asks, in which language, and whether a form is ours.

Rule 1: without a ticket there is the page to sign in, and nothing else; machines are told so, and may show a token.
Rule 2: nothing is changed but by a form that carries the seal of who sends it, from a page of this host.  A token
    needs no seal, for no browser sends one by itself.
Rule 3: whoever asks for far more than anybody needs is told to wait, before anything is looked up for him.
Rule 4: a page may use nothing but what this host serves as a file: no script or style within it, no frame around it.
"""

import re
from collections.abc import Mapping
from math import ceil
from secrets import token_urlsafe
from urllib.parse import quote, urlsplit

from sanic import HTTPResponse, Request
from sanic.exceptions import Forbidden, NotFound, SanicException
from sanic.response import json, redirect, text

from domain.access import Permission
from domain.errors import Unavailable
from ui.access import SHIFT_SECONDS, Door, Holder, Tickets
from ui.guard import Pace, PaceGuard, network
from ui.languages import LANGUAGES, Tongue, preferred
from ui.render import Visit

HOME = "/admin"
API = "/api"
SIGN_IN = "/admin/login"
TICKET, SECRET = "callcenter_ticket", "callcenter_secret"
VISITOR, LANGUAGE = "callcenter_visitor", "callcenter_language"
_OPEN_PAGES = frozenset({SIGN_IN, "/admin/language"})
_OF_ADMIN = re.compile(r"/admin([/?][\w/?&=.~%:+-]*)?", re.ASCII)
_MOST_LETTERS = 256
_YEAR_SECONDS = 365 * 24 * 3600
NO_DEVICES = "camera=(), geolocation=(), microphone=()"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NO_DEVICES,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class NotPermitted(Forbidden):
    """Whoever asks has signed in, and his role does not go so far."""


class TooFast(SanicException):
    """Whoever asks has had all that he may have for now."""

    def __init__(self, wait_seconds: float) -> None:
        super().__init__("too many requests", status_code=429, headers={"Retry-After": str(ceil(wait_seconds))})


class Gate:
    def __init__(self, door: Door, tongues: Mapping[str, Tongue], pace: PaceGuard) -> None:
        self._door = door
        self._tongues = tongues
        self._pace = pace

    async def enter(self, request: Request) -> HTTPResponse | None:
        """Learn who asks; answer in the page's place where it may not be seen."""
        of_api = is_api(request.path)
        if not (of_api or _is_admin(request.path)):
            return None
        if "%00" in request.path and not of_api:
            raise NotFound("no record can hold a null character, so no page is named by one")
        request.ctx.holder, request.ctx.renewed = None, ""
        request.ctx.visitor = visitor = _cookie(request, VISITOR) or token_urlsafe(16)
        self._visit(request, None, visitor)
        address = network(request.client_ip)
        self._slow_down(f"address {address}", self._pace.paces.address)
        token = _token(request)
        request.ctx.holder = holder = await self._who(request, token)
        who, pace = (holder.name, self._pace.paces.holder) if holder else (address, self._pace.paces.stranger)
        self._slow_down(f"{'holder' if holder else 'stranger'} {who}", pace)
        if holder is None and request.path not in _OPEN_PAGES:
            return _unknown() if of_api else _to_sign_in(request)
        sealed_for = holder.ticket_id if holder else visitor
        self._visit(request, holder, sealed_for)
        if token is None and request.method not in {"GET", "HEAD"}:
            self._check(request, sealed_for)
        return None

    async def _who(self, request: Request, token: str | None) -> Holder | None:
        if token is not None:
            return await self._door.machine(token)
        try:
            holder, request.ctx.renewed = await self._door.holder(_cookie(request, TICKET), _cookie(request, SECRET))
        except Unavailable:
            if request.path in _OPEN_PAGES:
                return None
            raise
        return holder

    def _visit(self, request: Request, holder: Holder | None, sealed_for: str) -> None:
        language = _cookie(request, LANGUAGE)
        if language not in LANGUAGES:
            language = preferred(request.headers.get("accept-language", ""))
        request.ctx.visit = Visit(
            self._tongues[language],
            holder.name if holder else "",
            self._door.seal(sealed_for),
            holder.role if holder else None,
        )

    def _slow_down(self, who: str, pace: Pace) -> None:
        if wait_seconds := self._pace.wait_seconds(who, pace):
            raise TooFast(wait_seconds)

    async def leave(self, request: Request, response: HTTPResponse) -> None:
        """Put on every answer what browsers must know of it."""
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if not (is_api(request.path) or _is_admin(request.path)):
            return
        response.headers.setdefault("Cache-Control", "no-store")
        if renewed := getattr(request.ctx, "renewed", ""):
            set_cookie(request, response, TICKET, renewed, seconds=SHIFT_SECONDS)
        visitor = getattr(request.ctx, "visitor", "")
        if visitor and _is_admin(request.path) and not _cookie(request, VISITOR):
            set_cookie(request, response, VISITOR, visitor, seconds=_YEAR_SECONDS)

    def _check(self, request: Request, sealed_for: str) -> None:
        if request.headers.get("origin") and not from_here(request):
            raise Forbidden("the form comes from another site")
        seal = said(request, "seal") or request.headers.get("x-seal", "")
        if not self._door.sealed(sealed_for, seal):
            raise Forbidden("the form is too old: open the page again")


def from_here(request: Request) -> bool:
    """Whether the browser says that a page of this host asks."""
    return urlsplit(request.headers.get("origin", "")).netloc == request.host


def said(request: Request, field: str) -> str:
    """Return what a form says in this field, "" where it says nothing."""
    return str(request.form.get(field) or "")[:_MOST_LETTERS] if request.form else ""


def set_cookie(request: Request, response: HTTPResponse, name: str, value: str, *, seconds: int) -> None:
    """Have the browser keep it, out of the reach of scripts and of other sites."""
    response.add_cookie(
        name, value, path="/", httponly=True, samesite="Lax", secure=request.scheme == "https", max_age=seconds
    )


def let_in(request: Request, response: HTTPResponse, tickets: Tickets) -> None:
    request.ctx.renewed = ""
    set_cookie(request, response, TICKET, tickets.ticket, seconds=tickets.seconds)
    set_cookie(request, response, SECRET, tickets.secret, seconds=tickets.seconds)


def let_out(request: Request, response: HTTPResponse) -> None:
    request.ctx.renewed = ""
    for name in (TICKET, SECRET):
        response.delete_cookie(name, path="/")


def remember_language(request: Request, response: HTTPResponse, language: str) -> None:
    set_cookie(request, response, LANGUAGE, language, seconds=_YEAR_SECONDS)


def holder_of(request: Request) -> Holder | None:
    holder: Holder | None = request.ctx.holder
    return holder


def permitted(request: Request, permission: Permission) -> Holder:
    """Return who asks, if he may; else raise `NotPermitted`."""
    holder = holder_of(request)
    if holder is None or not holder.may(permission):
        raise NotPermitted("the role does not permit this")
    return holder


def page_of_ours(path: str) -> str:
    """Return where to go on: a page of the admin, whatever was asked for."""
    return path if _OF_ADMIN.fullmatch(path) and not path.startswith(SIGN_IN) else HOME


def _to_sign_in(request: Request) -> HTTPResponse:
    asked = request.path + (f"?{request.query_string}" if request.query_string else "")
    back = f"?next={quote(asked)}" if request.method == "GET" and page_of_ours(asked) != HOME else ""
    if request.headers.get("hx-request") == "true":
        return text("", status=401, headers={"HX-Redirect": SIGN_IN})
    return redirect(SIGN_IN + back, status=303)


def is_api(path: str) -> bool:
    return path == API or path.startswith(f"{API}/")


def _is_admin(path: str) -> bool:
    return path == HOME or path.startswith(f"{HOME}/")


def _unknown() -> HTTPResponse:
    told = {"code": "unauthorized", "message": "sign in, or send a token: Authorization: Bearer …"}
    return json({"error": told}, status=401, headers={"WWW-Authenticate": "Bearer"})


def _token(request: Request) -> str | None:
    """Return what the request shows in place of a ticket, where that counts; None when it shows nothing."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if is_api(request.path) and scheme.lower() == "bearer" else None


def _cookie(request: Request, name: str) -> str:
    return str(request.cookies.get(name) or "")
