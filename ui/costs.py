"""What the line costs: by day and by what was paid for, per call and per order; and what was used for it.

Rule 1: sums leave out what has no price, and say so: they are "at least".
Rule 2: test calls are used like others, and stand in no sum that is held against calls or orders.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import BadRequest
from sanic.response import raw

from application.ports.calls import CallArchive
from domain.access import Permission
from domain.costs import Cost, Dollars, Prices
from domain.money import Money
from domain.records import Tally
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage, summed
from ui.gate import permitted
from ui.languages import KYIV, days_before, start_of_day
from ui.render import Pages

_DAYS = 14
_MOST_DAYS = 92
_YEARS = range(2000, 2200)
_COLUMNS = (
    *("day", "calls", "orders", "orders_uah"),
    *("input_tokens", "cached_tokens", "output_tokens", "characters", "speech_seconds"),
    *("model_usd", "voice_usd", "ear_usd", "usd", "usd_per_call", "usd_per_order", "calls_with_unpriced"),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a day cost, or a whole period."""

    began: datetime
    tally: Tally
    usage: tuple[Usage, ...]

    @property
    def cost(self) -> Cost:
        return self.tally.cost

    @property
    def models(self) -> Sequence[ModelUsage]:
        return [used for used in self.usage if isinstance(used, ModelUsage)]

    @property
    def tokens(self) -> int:
        return sum(used.input_tokens + used.output_tokens for used in self.models)

    @property
    def characters(self) -> int:
        return sum(used.characters for used in self.usage if isinstance(used, VoiceUsage))

    @property
    def seconds(self) -> float:
        return sum(used.seconds for used in self.usage if isinstance(used, EarUsage))

    @property
    def per_call(self) -> Dollars | None:
        return _each(self.cost.total, self.tally.calls)

    @property
    def per_order(self) -> Dollars | None:
        return _each(self.cost.total, self.tally.orders)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of Kyiv, from the first to the last."""

    first: date
    last: date

    @classmethod
    def of(cls, request: Request, now: datetime) -> "Period":
        """Read the form: the last two weeks where it says nothing; raises BadRequest for what no form of ours sends."""
        today = now.astimezone(KYIV).date()
        try:
            last = _day(request, "until") or today
            first = _day(request, "since") or last - timedelta(days=_DAYS - 1)
            days = (last - first).days + 1
        except (ValueError, OverflowError) as error:
            raise BadRequest("this is no period") from error
        if not 1 <= days <= _MOST_DAYS or first.year not in _YEARS:
            raise BadRequest(f"a period has from 1 to {_MOST_DAYS} days")
        return cls(first, last)

    @property
    def times(self) -> Sequence[datetime]:
        """When each day begins, and when the last one ends."""
        midnight = start_of_day(datetime.combine(self.first, time(12), KYIV))
        return [days_before(midnight, -day) for day in range((self.last - self.first).days + 2)]


def costs_pages(archive: CallArchive, prices: Prices, pages: Pages, now: Callable[[], datetime]) -> Blueprint:
    blueprint = Blueprint("costs", url_prefix="/admin/costs")

    @blueprint.get("/")
    async def show(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_COSTS)
        period = Period.of(request, now())
        days = await _spent(archive, period.times)
        return pages.render(
            request,
            "costs/show.html",
            block="found",
            period=period,
            days=days,
            whole=_whole(days),
            prices=prices,
            most_days=_MOST_DAYS,
        )

    @blueprint.get("/days.csv")
    async def download(request: Request) -> HTTPResponse:
        permitted(request, Permission.SEE_COSTS)
        period = Period.of(request, now())
        name = f"costs-{period.first}-{period.last}.csv"
        return raw(
            _as_csv(await _spent(archive, period.times)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    return blueprint


async def _spent(archive: CallArchive, times: Sequence[datetime]) -> Sequence[Spent]:
    tallies, usage = await archive.tallies(times), await archive.usage(times)
    return [Spent(*each) for each in zip(times, tallies, usage, strict=False)]


def _whole(days: Sequence[Spent]) -> Spent:
    tallies = [day.tally for day in days]
    return Spent(
        days[0].began,
        Tally(
            calls=sum(each.calls for each in tallies),
            orders=sum(each.orders for each in tallies),
            order_total=sum((each.order_total for each in tallies), Money(0)),
            cost=sum((each.cost for each in tallies), Cost()),
            unpriced=sum(each.unpriced for each in tallies),
        ),
        summed(used for day in days for used in day.usage),
    )


def _as_csv(days: Iterable[Spent]) -> str:
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for day in days:
        cost = day.cost
        rows.writerow(
            [
                *(day.began.astimezone(KYIV).date(), day.tally.calls, day.tally.orders, day.tally.order_total.amount),
                sum(used.input_tokens for used in day.models),
                sum(used.cached_tokens for used in day.models),
                sum(used.output_tokens for used in day.models),
                *(day.characters, round(day.seconds, 1)),
                *(_plain(each) for each in (cost.model, cost.voice, cost.ear, cost.total)),
                *(_plain(each) for each in (day.per_call, day.per_order)),
                day.tally.unpriced,
            ]
        )
    return out.getvalue()


def _each(total: Dollars, among: int) -> Dollars | None:
    return Dollars.of(total.amount / among) if among else None


def _plain(dollars: Dollars | None) -> str:
    """Write all millionths, never as a power of ten."""
    return "" if dollars is None else f"{dollars.amount.quantize(Decimal('0.000001')):f}"


def _day(request: Request, name: str) -> date | None:
    said = str(request.args.get(name) or "").strip()
    return date.fromisoformat(said) if said else None
