"""What the model is told of a booking: all that may be said, and nothing that is not known."""

from dataclasses import replace
from datetime import date, time

import pytest

from application.calls.tools.fitting_answers import booking_told
from domain.money import Money
from domain.shop.fittings import Booking
from domain.visit.visit import Visit
from tests.application.calls.tools.fitting_desk import Desk

BOOKING = Booking(id="bk_1", station_id="s", station="Центр", date=date(2026, 11, 26), time=time(9, 30), car="Kia")


@pytest.mark.parametrize(
    ("booking", "more"),
    [
        (BOOKING, {}),
        (replace(BOOKING, price=Money.hryvnias(600)), {"price": "600 грн"}),
        (replace(BOOKING, estimated_minutes=40), {"minutes": 40}),
    ],
)
def test_a_booking_is_told_without_its_id(booking: Booking, more: dict[str, object]) -> None:
    assert booking_told(Desk().visitor, Visit(bookings=(booking,)), booking) == {
        "booking": "B1",
        "date": "2026-11-26",
        "weekday": "четвер",
        "time": "09:30",
        "station": "Центр",
        "car": "Kia",
        **more,
    }
