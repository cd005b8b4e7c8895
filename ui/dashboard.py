"""The first page: today against the same hours a week ago, the last two weeks, and who is on the line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sanic import Blueprint, HTTPResponse, Request

from application.ports.calls import CallArchive
from domain.dialog.phases import Outcome
from domain.records import CallFilter, Tally
from ui.languages import days_before, start_of_day
from ui.render import Pages

_DAYS = 14
_LONGEST_CALL = timedelta(hours=4)
"""A call that began earlier and has no end lost its engine."""
_MOST_RUNNING = 20


@dataclass(frozen=True, slots=True)
class Day:
    began: datetime
    tally: Tally


def dashboard_pages(archive: CallArchive, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("dashboard", url_prefix="/admin")

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        at = now()
        today = start_of_day(at)
        week_ago = days_before(today, 7)
        running = CallFilter(running=True, since=at - _LONGEST_CALL)
        days = [await _day(archive, days_before(today, ago)) for ago in reversed(range(_DAYS))]
        return pages.render(
            request,
            "dashboard.html",
            block="figures",
            at=at,
            days=days,
            most=max(1, *(day.tally.calls for day in days)),
            now=days[-1].tally,
            then=await archive.tally(week_ago, week_ago + (at - today)),
            alone=answered_alone,
            running=(await archive.page(running, limit=_MOST_RUNNING)).calls,
        )

    return blueprint


def answered_alone(tally: Tally) -> float | None:
    """Return the share of the calls that ended without a person's help; None when none has ended."""
    ended = sum(tally.outcomes.values())
    return tally.outcomes.get(Outcome.COMPLETED, 0) / ended if ended else None


async def _day(archive: CallArchive, began: datetime) -> Day:
    return Day(began, await archive.tally(began, days_before(began, -1)))
