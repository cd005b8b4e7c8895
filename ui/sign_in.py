"""Signing in and out, and the language of the pages."""

from math import ceil
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from domain.errors import Unavailable
from ui.access import Door, WrongPassword
from ui.gate import SIGN_IN, holder_of, let_in, let_out, page_of_ours, remember_language, said
from ui.guard import TooManyAttempts
from ui.languages import LANGUAGES
from ui.render import Pages


def sign_in_pages(door: Door, pages: Pages) -> Blueprint:
    blueprint = Blueprint("sign-in", url_prefix="/admin")

    def asked(request: Request, *, status: int = 200, name: str = "", onward: str, **told: Any) -> HTTPResponse:
        known: dict[str, Any] = {"name": name, "next": onward, "wrong": False, "wait": 0, "away": False, **told}
        return pages.render(request, "login.html", status=status, **known)

    @blueprint.get("/login")
    async def ask(request: Request) -> HTTPResponse:
        return asked(request, onward=_next(request.args.get("next")))

    @blueprint.post("/login")
    async def sign_in(request: Request) -> HTTPResponse:
        name, password, onward = said(request, "name"), said(request, "password"), _next(said(request, "next"))
        try:
            tickets = await door.sign_in(name, password, address=request.client_ip)
        except WrongPassword:
            return asked(request, status=401, name=name, onward=onward, wrong=True)
        except Unavailable:
            return asked(request, status=503, name=name, onward=onward, away=True)
        except TooManyAttempts as error:
            answer = asked(request, status=429, name=name, onward=onward, wait=ceil(error.wait_seconds / 60))
            answer.headers["Retry-After"] = str(ceil(error.wait_seconds))
            return answer
        if before := holder_of(request):
            await door.leave(before)
        answer = redirect(onward, status=303)
        let_in(request, answer, tickets)
        return answer

    @blueprint.post("/logout")
    async def sign_out(request: Request) -> HTTPResponse:
        if holder := holder_of(request):
            await door.leave(holder)
        answer = redirect(SIGN_IN, status=303)
        let_out(request, answer)
        return answer

    @blueprint.post("/language")
    async def speak(request: Request) -> HTTPResponse:
        language = said(request, "language")
        if language not in LANGUAGES:
            raise BadRequest("there is no such language")
        answer = redirect(_onward(said(request, "next")), status=303)
        remember_language(request, answer, language)
        return answer

    return blueprint


def _next(path: str | None) -> str:
    return page_of_ours(path or "")


def _onward(path: str) -> str:
    return SIGN_IN if path == SIGN_IN else page_of_ours(path)
