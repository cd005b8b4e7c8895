"""The audit: who changed what, with what stood there before and after."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest

from application.ports.audit import AuditLog
from domain.access import Permission
from domain.audit import AuditFilter, AuditLine
from ui.gate import permitted
from ui.languages import KYIV, days_before
from ui.render import Pages
from ui.words import AUDIT_FIELDS, MORE_AUDIT_FIELDS

_A_PAGE = 50
_MOST_LETTERS = 200
_FIELDS = ("by", "action", "subject", "since", "until")
_PLACES = {"callbacks": "/admin/callbacks/", "customers": "/admin/customers/", "calls": "/admin/calls/"}
_NAMES = AUDIT_FIELDS | MORE_AUDIT_FIELDS
_KEY = re.compile(r"\+?[\w-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """The form above the list: as it was filled, and what it means."""

    filled: Mapping[str, str]
    where: AuditFilter
    after: int | None

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """Read the query; raises BadRequest for what no form of ours sends."""
        given = {name: _plain(str(request.args.get(name) or "")) for name in (*_FIELDS, "after")}
        try:
            since, until = (_midnight(given[name]) for name in ("since", "until"))
            after = int(given.pop("after") or -1)
            where = AuditFilter(
                by=given["by"],
                action=given["action"],
                subject=given["subject"],
                since=since,
                until=days_before(until, -1) if until else None,
            )
        except (ValueError, OverflowError) as error:
            raise BadRequest("this is no filter of the audit") from error
        return cls(given, where, after if 0 <= after < 2**63 else None)

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.filled.items() if value})

    def page_after(self, place: int) -> str:
        return urlencode({**{name: value for name, value in self.filled.items() if value}, "after": place})


def audit_pages(audit: AuditLog, pages: Pages) -> Blueprint:
    blueprint = Blueprint("audit", url_prefix="/admin/audit")

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_AUDIT)
        asked = Asked.of(request)
        page = await audit.page(asked.where, after=asked.after, limit=_A_PAGE)
        known: dict[str, Any] = {"asked": asked, "page": page, "place_of": place_of, "fields": _NAMES}
        return pages.render(request, "audit.html", block="found", **known)

    return blueprint


def place_of(line: AuditLine) -> str:
    """Return where that stands which was changed; "" where it has no page of its own."""
    resource = line.action.partition(".")[0]
    place = _PLACES.get(resource, "")
    return f"{place}{line.subject}" if place and _KEY.fullmatch(line.subject) else ""


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_MOST_LETTERS]


def _midnight(day: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time(), KYIV) if day else None
