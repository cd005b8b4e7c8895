"""Signing in and out, and the language of the pages."""

from math import ceil

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from ui.access import Door, TooManyAttempts, WrongPassword
from ui.gate import SIGN_IN, TICKET, holder_of, let_in, page_of_ours, remember_language, said
from ui.languages import LANGUAGES
from ui.render import Pages


def sign_in_pages(door: Door, pages: Pages) -> Blueprint:
    blueprint = Blueprint("sign-in", url_prefix="/admin")

    @blueprint.get("/login")
    async def ask(request: Request) -> HTTPResponse:
        return pages.render(request, "login.html", name="", next=_next(request.args.get("next")), wrong=False, wait=0)

    @blueprint.post("/login")
    async def sign_in(request: Request) -> HTTPResponse:
        name, password, onward = said(request, "name"), said(request, "password"), _next(said(request, "next"))
        try:
            ticket = await door.sign_in(name, password, address=request.client_ip)
        except WrongPassword:
            return pages.render(request, "login.html", status=401, name=name, next=onward, wrong=True, wait=0)
        except TooManyAttempts as error:
            minutes = ceil(error.wait_seconds / 60)
            answer = pages.render(request, "login.html", status=429, name=name, next=onward, wrong=False, wait=minutes)
            answer.headers["Retry-After"] = str(ceil(error.wait_seconds))
            return answer
        answer = redirect(onward, status=303)
        let_in(request, answer, ticket)
        return answer

    @blueprint.post("/logout")
    async def sign_out(request: Request) -> HTTPResponse:
        if holder := holder_of(request):
            await door.leave(holder)
        answer = redirect(SIGN_IN, status=303)
        answer.delete_cookie(TICKET, path="/")
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
