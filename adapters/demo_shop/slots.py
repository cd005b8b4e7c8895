"""The times at the stations: which there are, and which of them are free.

There are times from tomorrow for three weeks.  Some are taken from the start, by chance
that is the same on every machine, and some days are full; an administrator may say otherwise.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from adapters.demo_shop.places import STATIONS, StationPlace

FIRST_DAY, LAST_DAY = timedelta(days=1), timedelta(days=21)
_OPENS, _CLOSES = time(9), time(18)
_TAKEN_PERCENT = 35
_FULL_DAYS_PERCENT = 8


def station_of(station_id: str) -> StationPlace | None:
    return next((each for each in STATIONS if each.id == station_id), None)


def times(station: StationPlace) -> Iterator[time]:
    at, closes = datetime.combine(date.min, _OPENS), datetime.combine(date.min, _CLOSES)
    while at < closes:
        yield at.time()
        at += timedelta(minutes=station.step_minutes)


def written(at: time) -> str:
    return at.strftime("%H:%M")


def free_times(connection: sqlite3.Connection, station: StationPlace, day: date) -> dict[time, bool]:
    """Return each time of a day, and whether it is free."""
    where = (station.id, day.isoformat())
    said = dict(
        connection.execute("SELECT time, available FROM slots WHERE station_id = ? AND date = ?", where).fetchall()
    )
    booked = {
        row[0]
        for row in connection.execute(
            "SELECT time FROM bookings WHERE station_id = ? AND date = ? AND status = 'booked'", where
        )
    }
    return {
        at: written(at) not in booked and bool(said.get(written(at), _free_by_chance(station, day, at)))
        for at in times(station)
    }


def set_free(connection: sqlite3.Connection, station: StationPlace, day: date, at: time | None, *, free: bool) -> None:
    """Say that a time is free or full, or all the times of a day."""
    connection.executemany(
        "INSERT OR REPLACE INTO slots VALUES (?, ?, ?, ?)",
        [(station.id, day.isoformat(), written(each), free) for each in times(station) if at in (None, each)],
    )


def _free_by_chance(station: StationPlace, day: date, at: time) -> bool:
    full_day = _chance(f"{station.id}|{day}") < _FULL_DAYS_PERCENT
    return not full_day and _chance(f"{station.id}|{day}|{at}") >= _TAKEN_PERCENT


def _chance(what: str) -> int:
    return int.from_bytes(hashlib.sha256(what.encode()).digest()[:4], "big") % 100
