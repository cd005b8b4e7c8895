"""The first page: today against the same hours a week ago, by hour and by day, and what needs somebody's look."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from markupsafe import Markup
from sanic import Blueprint, HTTPResponse, Request

from application.ports.calls import CallArchive
from domain.access import Permission
from domain.dialog.phases import Outcome
from domain.records import CallFilter, StoredCall, Tally
from ui.languages import Tongue, days_before, start_of_day
from ui.plots import bars
from ui.render import Pages, visit_of

_DAYS = 14
_LONGEST_CALL = timedelta(hours=4)
"""A call that began earlier and has no end lost its engine."""
_MOST_RUNNING = 20
_MOST_CONCERNING = 8
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Span:
    began: datetime
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that the page shows, read in a few queries."""

    at: datetime
    days: Sequence[Span]
    hours: Sequence[Span]
    hours_before: Sequence[Span]
    """Of the day a week ago, to its end."""
    then: Tally
    running: Sequence[StoredCall]
    concerning: Sequence[StoredCall]

    @property
    def now(self) -> Tally:
        return self.days[-1].tally


def dashboard_pages(archive: CallArchive, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("dashboard", url_prefix="/admin")

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        figures = await _read(archive, now())
        visit = visit_of(request)
        return pages.render(
            request,
            "dashboard.html",
            block="figures",
            figures=figures,
            alone=answered_alone,
            by_hour=_by_hour(figures, visit.tongue),
            by_day=_by_day(figures, visit.tongue),
            sees_calls=visit.may(Permission.SEE_CALLS.value),
        )

    return blueprint


def answered_alone(tally: Tally) -> float | None:
    """Return the share of the calls that ended without a person's help; None when none has ended."""
    ended = sum(tally.outcomes.values())
    return tally.outcomes.get(Outcome.COMPLETED, 0) / ended if ended else None


async def _read(archive: CallArchive, at: datetime) -> Figures:
    today = start_of_day(at)
    week_ago = days_before(today, 7)
    days = [days_before(today, ago) for ago in reversed(range(_DAYS))]
    (then,) = await archive.tallies([week_ago, week_ago + (at - today)])
    running = CallFilter(running=True, since=at - _LONGEST_CALL)
    concerning = CallFilter(concerning=True, since=today)
    return Figures(
        at=at,
        days=await _spans(archive, [*days, days_before(today, -1)]),
        hours=await _spans(archive, _hours(today)),
        hours_before=await _spans(archive, _hours(week_ago)),
        then=then,
        running=(await archive.page(running, limit=_MOST_RUNNING)).calls,
        concerning=(await archive.page(concerning, limit=_MOST_CONCERNING)).calls,
    )


async def _spans(archive: CallArchive, times: Sequence[datetime]) -> Sequence[Span]:
    return [Span(*each) for each in zip(times, await archive.tallies(times), strict=False)]


def _hours(midnight: datetime) -> Sequence[datetime]:
    """Return when each hour of that day in Kyiv begins, and when the last one ends: 23 to 25 of them."""
    began, end = midnight.astimezone(UTC), days_before(midnight, -1).astimezone(UTC)
    return [began + number * _HOUR for number in range(round((end - began) / _HOUR) + 1)]


def _by_hour(figures: Figures, tongue: Tongue) -> Markup:
    labels = [tongue.clock(hour.began)[:2] for hour in figures.hours]
    today = [hour.tally.calls for hour in figures.hours if hour.began <= figures.at]
    before = [hour.tally.calls for hour in figures.hours_before][: len(labels)]
    return bars(tongue.words.gettext("Calls by hour"), labels, {"before": before, "today": today})


def _by_day(figures: Figures, tongue: Tongue) -> Markup:
    labels = [tongue.day(day.began) for day in figures.days]
    handed = [sum(day.tally.reasons.values()) for day in figures.days]
    others = [day.tally.calls - person for day, person in zip(figures.days, handed, strict=True)]
    return bars(tongue.words.gettext("Calls by day"), labels, {"others": others, "handed": handed}, stacked=True)
