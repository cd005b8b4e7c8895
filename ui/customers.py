"""Customers: what is kept under a number, to be read, set right, given to its owner, or erased."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from json import dumps
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import raw, redirect

from application.ports.audit import AuditLog
from application.ports.calls import CallArchive
from application.ports.records import Ledger
from domain.access import Permission
from domain.audit import AuditLine, differences
from domain.records import CallFilter, StoredCall, StoredRecord
from domain.shop.events import ProfileSaved
from ui.gate import permitted, said
from ui.numbers import masked
from ui.render import Pages

_NUMBER = re.compile(r"\+?[0-9]{2,20}", re.ASCII)
_AT_HOME = re.compile(r"(?:\+?38)?(0[0-9]{9})", re.ASCII)
_NO_SEPARATORS = str.maketrans("", "", " \u00a0-–()")
_RECENT_CALLS = 60
_MOST_RECENT = 20
_MOST_CALLS = 25
_MOST_LINES = 50
_AT_ONCE = 100
PROFILE = ("name", "city", "vehicle", "delivery_address")


@dataclass(frozen=True, slots=True)
class Customers:
    """What is kept under numbers, wherever it is kept."""

    archive: CallArchive
    ledger: Ledger
    audit: AuditLog
    now: Callable[[], datetime]

    async def recent(self) -> Sequence[tuple[StoredCall, ProfileSaved | None]]:
        """Return who has called of late, each by his latest call."""
        latest: dict[str, StoredCall] = {}
        for call in (await self.archive.page(CallFilter(), limit=_RECENT_CALLS)).calls:
            if call.caller:
                latest.setdefault(call.caller, call)
        return [(call, await self.ledger.profile(number)) for number, call in list(latest.items())[:_MOST_RECENT]]

    async def known_as(self, forms: Sequence[str]) -> str:
        """Return the form of a number under which something is kept, the first where nothing is."""
        for number in forms:
            calls = await self.archive.page(CallFilter(caller=number), limit=1)
            if calls.calls or await self.ledger.profile(number) or await self.ledger.callbacks_of(number):
                return number
        return forms[0]

    async def set_right(self, number: str, profile: ProfileSaved, *, by: str) -> None:
        known = await self.ledger.profile(number) or ProfileSaved()
        before, after = differences(_filled(known), _filled(profile))
        if after:
            await self.ledger.rewrite(number, profile)
            await self._note("customers.edited", number, by=by, before=before, after=after)

    async def all_of(self, number: str, *, by: str) -> Mapping[str, object]:
        """Return all that is kept of this number, for its owner to have."""
        await self._note("customers.exported", number, by=by)
        profile = await self.ledger.profile(number)
        return {
            "number": number,
            "profile": _filled(profile) if profile else None,
            "callbacks": [asdict(each) for each in await self.ledger.callbacks_of(number)],
            "promises": [asdict(each) for each in await self.ledger.promises_of(number)],
            "calls": [asdict(each) for each in await self._records(number)],
        }

    async def erase(self, number: str, *, by: str) -> None:
        """Forget the number; the audit keeps that it was done, and not to whom."""
        for callback in await self.ledger.callbacks_of(number):
            await self.audit.forget(callback.request.key)
        await self.ledger.erase(number)
        calls = await self.archive.erase(number)
        await self.audit.forget(number)
        await self._note("customers.erased", masked(number), by=by, after={"calls": str(calls)})

    async def _records(self, number: str) -> Sequence[StoredRecord]:
        where, after, records = CallFilter(caller=number), None, list[StoredRecord]()
        while True:
            page = await self.archive.page(where, after=after, limit=_AT_ONCE)
            records += [await self.archive.load(call.call_id) for call in page.calls]
            after = page.after
            if after is None:
                return records

    async def _note(
        self,
        action: str,
        subject: str,
        *,
        by: str,
        before: Mapping[str, str] | None = None,
        after: Mapping[str, str] | None = None,
    ) -> None:
        line = AuditLine(at=self.now(), by=by, action=action, subject=subject, before=before or {}, after=after or {})
        await self.audit.note(line)


def customers_pages(customers: Customers, pages: Pages) -> Blueprint:
    blueprint = Blueprint("customers", url_prefix="/admin/customers")
    ledger, archive = customers.ledger, customers.archive

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_CUSTOMERS)
        asked = str(request.args.get("number") or "")
        if forms := forms_of(asked):
            return redirect(f"/admin/customers/{await customers.known_as(forms)}", status=303)
        return pages.render(
            request,
            "customers/list.html",
            asked=asked[:30],
            recent=await customers.recent(),
            erased=request.args.get("erased") == "yes",
        )

    @blueprint.get("/<number:str>")
    async def show(request: Request, number: str) -> HTTPResponse:
        permitted(request, Permission.SEE_CUSTOMERS)
        return await shown(request, _checked(number))

    @blueprint.post("/<number:str>/profile")
    async def set_right(request: Request, number: str) -> HTTPResponse:
        by = permitted(request, Permission.EDIT_CUSTOMERS).name
        profile = ProfileSaved(**{name: _plain(said(request, name)) or None for name in PROFILE})
        await customers.set_right(_checked(number), profile, by=by)
        return redirect(f"/admin/customers/{number}", status=303)

    @blueprint.post("/<number:str>/export")
    async def export(request: Request, number: str) -> HTTPResponse:
        by = permitted(request, Permission.EXPORT_CUSTOMERS).name
        known = await customers.all_of(_checked(number), by=by)
        return raw(
            dumps(known, ensure_ascii=False, indent=2, default=_plainly).encode(),
            content_type="application/json; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{number.removeprefix("+")}.json"'},
        )

    @blueprint.post("/<number:str>/erase")
    async def erase(request: Request, number: str) -> HTTPResponse:
        by = permitted(request, Permission.ERASE_CUSTOMERS).name
        if forms_of(said(request, "number")) != forms_of(_checked(number)):
            return await shown(request, number, mistyped=True)
        await customers.erase(number, by=by)
        return redirect("/admin/customers?erased=yes", status=303)

    async def shown(request: Request, number: str, *, mistyped: bool = False) -> HTTPResponse:
        return pages.render(
            request,
            "customers/show.html",
            status=400 if mistyped else 200,
            number=number,
            profile=await ledger.profile(number) or ProfileSaved(),
            callbacks=await ledger.callbacks_of(number),
            calls=await archive.page(CallFilter(caller=number), limit=_MOST_CALLS),
            lines=await customers.audit.lines(subject=number, limit=_MOST_LINES),
            mistyped=mistyped,
        )

    return blueprint


def forms_of(written: str) -> Sequence[str]:
    """Return what the line may call a number that a person has written, the usual first; none for what is no number."""
    number = written.translate(_NO_SEPARATORS)
    if not _NUMBER.fullmatch(number):
        return ()
    at_home = _AT_HOME.fullmatch(number)
    return tuple(f"{prefix}{at_home[1]}" for prefix in ("+38", "38", "")) if at_home else (number,)


def _checked(number: str) -> str:
    if not _NUMBER.fullmatch(number):
        raise NotFound("this is no number")
    return number


def _filled(profile: ProfileSaved) -> Mapping[str, str]:
    return {name: getattr(profile, name) or "" for name in PROFILE}


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()


def _plainly(value: object) -> object:
    """Return what JSON has no form for as what it is read as."""
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case Mapping():
            return dict(value)
        case _:
            raise TypeError(type(value).__name__)
