"""The demo shop's database: filled once, copied often; all of a change or nothing."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from adapters.demo_shop.database import connect, fill, is_filled, transaction

TODAY = date(2026, 11, 25)


def bookings(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM bookings").fetchone()[0])


def test_a_new_database_is_filled_and_the_next_one_is_its_own() -> None:
    one, other = connect(None), connect(None)
    assert not is_filled(one)
    fill(one, TODAY)
    fill(other, TODAY)
    assert is_filled(one)
    one.execute("DELETE FROM bookings")
    assert (bookings(one), bookings(other)) == (0, 3)


def test_a_change_that_breaks_off_has_changed_nothing() -> None:
    connection = connect(None)
    fill(connection, TODAY)
    with pytest.raises(sqlite3.ProgrammingError), transaction(connection):
        connection.executemany("DELETE FROM bookings WHERE id > ?", [("",), ("", "one too many")])
    assert bookings(connection) == 3
    with transaction(connection):
        connection.execute("DELETE FROM bookings")
    assert bookings(connection) == 0


def test_a_file_keeps_a_log_ahead_so_that_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    connection = connect(tmp_path / "shop.db")
    fill(connection, TODAY)
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    connection.close()


def test_two_bookings_of_one_time_cannot_be_stored() -> None:
    connection = connect(None)
    fill(connection, TODAY)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(
            "INSERT INTO bookings SELECT id || 'x', status, station_id, date, time, service_type, phone, customer_name,"
            " vehicle_info, tire_diameter, storage_contract, source, call_id, created_at FROM bookings LIMIT 1"
        )
