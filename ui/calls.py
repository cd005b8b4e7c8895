"""Calls: the list, by filter and by key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest

from application.ports.calls import CallArchive
from domain.access import Permission
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import CallFilter, CallKey, Sort
from domain.visit.visit import Flow
from ui.gate import permitted
from ui.languages import KYIV, days_before, start_of_day
from ui.render import Pages

E = TypeVar("E", bound=Enum)

_A_PAGE = 25
_MOST_LETTERS = 200
_NO_SEPARATORS = str.maketrans("", "", " \u00a0-–()")
_WHOLE_NUMBER = 9  # digits; fewer are the last ones of a number
FIELDS = ("since", "until", "outcome", "reason", "flow", "caller", "text", "running", "concerning", "sort")


@dataclass(frozen=True, slots=True)
class Asked:
    """The form above the list: as it was filled, and what it means."""

    filled: Mapping[str, str]
    where: CallFilter
    sort: Sort
    after: CallKey | None

    @classmethod
    def of(cls, said: Callable[[str], object]) -> "Asked":
        """Read what the form says by its fields' names; raises BadRequest for what no form of ours sends."""
        given = {name: _plain(str(said(name) or "")) for name in (*FIELDS, "after")}
        try:
            until = _midnight(given["until"])
            number = given["caller"].translate(_NO_SEPARATORS)
            digits = number if number.isascii() and number.isdigit() and len(number) < _WHOLE_NUMBER else ""
            where = CallFilter(
                since=_midnight(given["since"]),
                until=days_before(until, -1) if until else None,
                outcome=_chosen(given["outcome"], Outcome),
                reason=_chosen(given["reason"], Reason),
                flow=_chosen(given["flow"], Flow),
                caller=None if digits else number or None,
                caller_ends=digits,
                text=given["text"],
                running={"": None, "yes": True, "no": False}[given["running"]],
                concerning={"": False, "on": True}[given["concerning"]],
            )
            sort = _chosen(given["sort"], Sort) or Sort.NEWEST
            after = _key(given.pop("after"), sort)
        except (KeyError, ValueError, OverflowError) as error:
            raise BadRequest("this is no filter of calls") from error
        return cls(given, where, sort, after)

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.filled.items() if value})

    def page_after(self, key: CallKey) -> str:
        asked = {name: value for name, value in self.filled.items() if value}
        figure = "" if key.figure is None else f"~{key.figure!r}"
        return urlencode({**asked, "after": f"{key.began.isoformat()}~{key.call_id}{figure}"})


def calls_pages(archive: CallArchive, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("calls", url_prefix="/admin/calls")

    @blueprint.get("/")
    async def browse(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_CALLS)
        asked = Asked.of(request.args.get)
        page = await archive.page(asked.where, sort=asked.sort, after=asked.after, limit=_A_PAGE)
        return pages.render(
            request, "calls/list.html", block="found", asked=asked, page=page, today=start_of_day(now())
        )

    return blueprint


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_MOST_LETTERS]


def _midnight(day: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time(), KYIV) if day else None


def _chosen(value: str, kind: type[E]) -> E | None:
    return kind(value) if value else None


def _key(written: str, sort: Sort) -> CallKey | None:
    if not written:
        return None
    began, call_id, *figure = written.split("~")
    key = CallKey(datetime.fromisoformat(began), UUID(call_id), *(float(each) for each in figure))
    if key.began.tzinfo is None or (key.figure is None) != (sort is Sort.NEWEST):
        raise ValueError(written)
    return key
