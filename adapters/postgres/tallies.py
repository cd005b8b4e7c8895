"""Calls counted in PostgreSQL, between any times, in two readings of them.

Ten thousand calls take some ten milliseconds; nothing is counted beforehand, so nothing has to be put right when a
call's record comes late or is erased.
"""

from collections.abc import Sequence
from datetime import datetime

from adapters.postgres.tables import CallRow, Row
from domain.costs import Cost, Dollars
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.records import Tally
from domain.trial import MARK

_WHICH = "began >= {} AND began < {} AND (caller IS NULL OR caller NOT LIKE {})"
_COUNTS = f"""
SELECT width_bucket(began, {{}}::timestamptz[]) AS part, outcome, reason, count(*) AS calls,
       sum(cardinality(orders)) AS orders, sum(cardinality(bookings)) AS bookings,
       sum(order_total)::bigint AS order_total, sum(cost_model)::bigint AS model, sum(cost_voice)::bigint AS voice,
       sum(cost_ear)::bigint AS ear, count(*) FILTER (WHERE cardinality(unpriced) > 0) AS unpriced
FROM calls WHERE {_WHICH} GROUP BY part, outcome, reason
"""
_P95 = "(array_agg({0} ORDER BY {0}))[least(count({0}), floor(count({0}) * 0.95::float8)::bigint + 1)]"
_SLOWEST = f"""
SELECT width_bucket(began, {{}}::timestamptz[]) AS part, {_P95.format("response_p95_seconds")} AS response,
       {_P95.format("dead_air_seconds")} AS dead_air
FROM calls WHERE {_WHICH} GROUP BY part
"""


async def between(times: Sequence[datetime]) -> Sequence[Tally]:
    """Count the calls that began from each of these times on and before the next."""
    asked = list(times), times[0], times[-1], f"{MARK}%"
    counts = await CallRow.raw(_COUNTS, *asked)
    slowest = {row["part"]: row for row in await CallRow.raw(_SLOWEST, *asked)}
    return [_tally([row for row in counts if row["part"] == part], slowest.get(part)) for part in range(1, len(times))]


def _tally(groups: Sequence[Row], slowest: Row | None) -> Tally:
    outcomes: dict[Outcome, int] = {}
    reasons: dict[Reason, int] = {}
    for group in groups:
        if group["outcome"]:
            outcome = Outcome(group["outcome"])
            outcomes[outcome] = outcomes.get(outcome, 0) + group["calls"]
        if group["reason"]:
            reason = Reason(group["reason"])
            reasons[reason] = reasons.get(reason, 0) + group["calls"]
    return Tally(
        calls=_sum(groups, "calls"),
        outcomes=outcomes,
        reasons=reasons,
        orders=_sum(groups, "orders"),
        order_total=Money(_sum(groups, "order_total")),
        bookings=_sum(groups, "bookings"),
        cost=Cost(
            model=Dollars(_sum(groups, "model")),
            voice=Dollars(_sum(groups, "voice")),
            ear=Dollars(_sum(groups, "ear")),
        ),
        unpriced=_sum(groups, "unpriced"),
        response_p95_seconds=slowest["response"] if slowest else None,
        dead_air_p95_seconds=slowest["dead_air"] if slowest else None,
    )


def _sum(groups: Sequence[Row], name: str) -> int:
    """Return the sum of what is known."""
    return sum(group[name] or 0 for group in groups)
