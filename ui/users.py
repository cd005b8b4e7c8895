"""People: who may sign in and with which role.

Rule 1: a password is shown once, to whoever made it up; it stands in no audit, and neither does its hash.
Rule 2: whatever changes for a person holds at once: what was believed of his tickets is looked up anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import redirect

from application.ports.audit import AuditLog
from application.ports.people import NameTaken, Staff, UnknownPerson
from domain.access import Permission, Role
from domain.audit import AuditLine, differences
from domain.people import NotAName, OneselfOnly, Person, WeakPassword, checked_password, name_of
from ui.access import Door, WrongPassword
from ui.gate import permitted, said
from ui.guard import TooManyAttempts
from ui.render import Pages

_PASSWORD_BYTES = 12
_HOME = "/admin/users"
_Step = Callable[[Person], Person]


class Users:
    """What is done to people, each with its line in the audit."""

    def __init__(self, staff: Staff, audit: AuditLog, door: Door, now: Callable[[], datetime]) -> None:
        self._staff = staff
        self._audit = audit
        self._door = door
        self._now = now

    @property
    def first_admin(self) -> str:
        """Whom the settings name; nothing is done to him here."""
        return self._door.first_admin

    async def everybody(self) -> Sequence[Person]:
        return await self._staff.everybody()

    async def add(self, written: str, role: Role, password: str, *, by: str) -> str:
        """Return the name; raises `NotAName`, `WeakPassword` and `NameTaken`."""
        name = name_of(written)
        if name == self._door.first_admin:
            raise NameTaken(name)
        password_hash = await self._door.passwords.hash(checked_password(password, name=name))
        person = Person(name=name, role=role, password_hash=password_hash, created=self._now())
        await self._staff.add(person)
        await self._note(by, "users.added", name, {}, _seen(person))
        return name

    async def change(self, name: str, action: str, step: _Step, *, by: str) -> None:
        """Raises `UnknownPerson` and `OneselfOnly`."""
        was, changed = await self._staff.change(name, step)
        self._door.look_anew()
        before, after = differences(_seen(was), _seen(changed))
        if after:
            await self._note(by, action, name, before, after)

    async def block(self, name: str, *, by: str) -> None:
        """End the person's sessions as well: none is left for the day of unblocking.  Raises as `change` does."""
        await self.change(name, "users.blocked", lambda person: person.blocked(by=by), by=by)
        await self._staff.end_all(name)
        self._door.look_anew()

    async def set_password(self, name: str, password: str, *, by: str) -> None:
        """Sign the person out everywhere as well; raises `WeakPassword` and `UnknownPerson`."""
        password_hash = await self._door.passwords.hash(checked_password(password, name=name))
        await self._staff.change(name, lambda person: replace(person, password_hash=password_hash))
        await self._staff.end_all(name)
        self._door.look_anew()
        await self._note(by, "users.password", name, {}, {})

    async def sign_out(self, name: str, *, by: str) -> None:
        ended = await self._staff.end_all(name)
        self._door.look_anew()
        await self._note(by, "users.signed_out", name, {"sessions": str(ended)}, {"sessions": "0"})

    async def _note(self, by: str, action: str, name: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        await self._audit.note(
            AuditLine(at=self._now(), by=by, action=action, subject=name, before=before, after=after)
        )


def users_pages(users: Users, pages: Pages) -> Blueprint:
    blueprint = Blueprint("users", url_prefix="/admin/users")

    async def shown(request: Request, *, status: int = 200, **told: Any) -> HTTPResponse:
        known: dict[str, Any] = {"wrong": "", "new_name": "", "new_password": "", **told}
        people, first = await users.everybody(), users.first_admin
        return pages.render(
            request, "users/list.html", status=status, people=people, first=first, roles=tuple(Role), **known
        )

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.MANAGE_USERS)
        return await shown(request)

    @blueprint.post("/")
    async def add(request: Request) -> HTTPResponse:
        by = permitted(request, Permission.MANAGE_USERS).name
        password = said(request, "password") or token_urlsafe(_PASSWORD_BYTES)
        try:
            name = await users.add(said(request, "name"), _role(request), password, by=by)
        except (NotAName, WeakPassword, NameTaken) as error:
            return await shown(request, status=400, wrong=WRONG[type(error)])
        if said(request, "password"):
            return redirect(_HOME, status=303)
        return await shown(request, new_name=name, new_password=password)

    @blueprint.post("/<name:str>")
    async def change(request: Request, name: str) -> HTTPResponse:
        by = permitted(request, Permission.MANAGE_USERS).name
        try:
            if said(request, "act") == "password":
                password = token_urlsafe(_PASSWORD_BYTES)
                await users.set_password(name, password, by=by)
                return await shown(request, new_name=name, new_password=password)
            await _do(request, users, name, by)
        except (UnknownPerson, OneselfOnly) as error:
            return await shown(request, status=409, wrong=WRONG[type(error)])
        return redirect(_HOME, status=303)

    return blueprint


async def _do(request: Request, users: Users, name: str, by: str) -> None:
    match said(request, "act"):
        case "role":
            role = _role(request)
            await users.change(name, "users.role", lambda person: person.with_role(role, by=by), by=by)
        case "block":
            await users.block(name, by=by)
        case "unblock":
            await users.change(name, "users.unblocked", Person.unblocked, by=by)
        case "sign_out":
            await users.sign_out(name, by=by)
        case _:
            raise BadRequest("there is no such thing to do with a user")


WRONG: Mapping[type[Exception], str] = {
    NotAName: "name",
    WeakPassword: "weak",
    NameTaken: "taken",
    UnknownPerson: "unknown",
    OneselfOnly: "oneself",
    WrongPassword: "password",
    TooManyAttempts: "wait",
}


def _role(request: Request) -> Role:
    try:
        return Role(said(request, "role"))
    except ValueError:
        raise BadRequest("there is no such role") from None


def _seen(person: Person) -> Mapping[str, str]:
    return {"role": person.role.value, "state": "active" if person.active else "blocked"}
