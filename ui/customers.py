"""Customers: what is kept under a number, to be read, set right, given to its owner, or erased."""

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import raw, redirect

from domain.access import Permission
from domain.records import CallFilter
from domain.shop.events import ProfileSaved
from ui.api.customer_shapes import CustomerData
from ui.customer_records import PROFILE, Customers, forms_of, is_number
from ui.gate import permitted, said
from ui.render import Pages

_MOST_CALLS = 25
_MOST_LINES = 50


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
        kept = await customers.all_of(_checked(number), by=by)
        return raw(
            CustomerData.of(kept).model_dump_json(indent=2).encode(),
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


def _checked(number: str) -> str:
    if not is_number(number):
        raise NotFound("this is no number")
    return number


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()
