"""The days that a fitting may be booked for, and which of their free times are told of."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from domain.shop.fittings import Slot

FIRST_DAYS_AHEAD = 1
LAST_DAYS_AHEAD = 21


def bookable(today: date) -> tuple[date, date]:
    """Return the first and the last day that a fitting may be booked for."""
    return today + timedelta(days=FIRST_DAYS_AHEAD), today + timedelta(days=LAST_DAYS_AHEAD)


def full_days(slots: Sequence[Slot], first: date, last: date) -> tuple[date, ...]:
    """Return the days on which nothing is free."""
    free = {slot.date for slot in slots}
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(day for day in every if day not in free)


def spread(slots: Sequence[Slot], most: int) -> tuple[Slot, ...]:
    """Choose as many of the free times as may be told: of each day alike, and from morning to evening."""
    by_day = [list(of_day) for _, of_day in groupby(sorted(slots), key=lambda slot: slot.date)][:most]
    chosen: list[Slot] = []
    for place, of_day in enumerate(by_day):
        room = -(-(most - len(chosen)) // (len(by_day) - place))
        chosen += _evenly(of_day, min(room, len(of_day)))
    return tuple(chosen)


def _evenly(slots: Sequence[Slot], count: int) -> list[Slot]:
    if count == 1:
        return [slots[0]]
    return [slots[place * (len(slots) - 1) // (count - 1)] for place in range(count)]
