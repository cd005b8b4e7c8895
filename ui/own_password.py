"""One's own password, changed by whoever knows it; the first admin's stands in the settings."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from domain.people import WeakPassword
from ui.access import Door, Holder, WrongPassword
from ui.gate import SIGN_IN, holder_of, let_out, said
from ui.guard import TooManyAttempts
from ui.render import Pages
from ui.users import WRONG, Users


def password_pages(users: Users, door: Door, pages: Pages) -> Blueprint:
    blueprint = Blueprint("password", url_prefix="/admin/password")

    def shown(request: Request, *, status: int = 200, wrong: str = "") -> HTTPResponse:
        of_settings = _somebody(request).name == door.first_admin
        return pages.render(request, "users/password.html", status=status, wrong=wrong, of_settings=of_settings)

    @blueprint.get("/")
    async def ask(request: Request) -> HTTPResponse:
        return shown(request)

    @blueprint.post("/")
    async def renew(request: Request) -> HTTPResponse:
        name = _somebody(request).name
        if name == door.first_admin:
            return shown(request)
        try:
            await door.check(name, said(request, "old"), address=request.client_ip)
            await users.set_password(name, said(request, "new"), by=name)
        except (WrongPassword, TooManyAttempts, WeakPassword) as error:
            return shown(request, status=400, wrong=WRONG[type(error)])
        answer = redirect(SIGN_IN, status=303)
        let_out(request, answer)
        return answer

    return blueprint


def _somebody(request: Request) -> Holder:
    holder = holder_of(request)
    assert holder is not None, "the gate lets nobody else in"
    return holder
