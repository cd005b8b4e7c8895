"""The days that may be booked, and the free times that are told of."""

from datetime import date, time, timedelta

import pytest

from domain.shop.calendar import bookable, full_days, spread
from domain.shop.fittings import Slot

TODAY = date(2026, 11, 25)


def slots(*days: str) -> list[Slot]:
    """Write each day's free hours: `"9 10"` is a day, the next is the next."""
    return [
        Slot("s", TODAY + timedelta(days=number), time(int(hour)))
        for number, hours in enumerate(days, start=1)
        for hour in hours.split()
    ]


def test_tomorrow_is_the_first_day_and_three_weeks_ahead_the_last() -> None:
    assert bookable(TODAY) == (date(2026, 11, 26), date(2026, 12, 16))


def test_days_without_free_times_are_full() -> None:
    assert full_days(slots("9", "", "9"), date(2026, 11, 26), date(2026, 11, 28)) == (date(2026, 11, 27),)


@pytest.mark.parametrize(
    ("free", "most", "chosen"),
    [
        ((), 6, ()),
        (("9 10",), 6, ("9 10",)),
        (("9 10 11 12 13 14 15 16",), 3, ("9 12 16",)),
        (("9 10 11 12",), 1, ("9",)),
        (("9 10 11 12", "9 10 11 12", "9 10 11 12"), 6, ("9 12", "9 12", "9 12")),
        (("9", "9 10 11 12 13", ""), 6, ("9", "9 10 11 12 13")),
        (("9 10", "9 10", "9 10", "9 10"), 3, ("9", "9", "9")),
    ],
)
def test_what_is_told_comes_from_all_days_and_from_morning_to_evening(
    free: tuple[str, ...], most: int, chosen: tuple[str, ...]
) -> None:
    assert list(spread(slots(*free), most)) == slots(*chosen)
