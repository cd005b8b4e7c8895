"""The agent's own sentences about fittings, word for word."""

from dataclasses import replace
from datetime import date, time

import pytest

from domain.money import Money
from domain.shop import fitting_wording as wording
from domain.shop.fittings import Booking, BookingWish, Slot, Station, Work

DAY, TEN = date(2026, 11, 26), time(10)
WISH = BookingWish(slot=Slot("s", DAY, TEN), work=Work.TIRE_CHANGE, customer_name="Олександр", car="Toyota Corolla")
OLD = Booking(id="b", station_id="s", station="Центр, вул. Мала, 5", date=date(2026, 11, 30), time=time(9, 30))
NEW = Booking(id="c", station_id="s", station="Центр, вул. Мала, 5", date=DAY, time=TEN, price=Money.hryvnias(600))


def test_a_station_is_named_with_its_city_once() -> None:
    station = Station(
        id="s", name="Центр", city="Дніпро", district="", address="вул. Мала, 5", phone="", working_hours=""
    )
    assert wording.place(station) == "Центр, Дніпро, вул. Мала, 5"
    assert wording.place(replace(station, name="Центр Дніпро")) == "Центр Дніпро, вул. Мала, 5"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            wording.booking_read_back(WISH, "Центр", None, "uk"),
            "Записую вас на 26 листопада, четвер, о 10:00, станція Центр, автомобіль Toyota Corolla,"
            " на ім'я Олександр. Все вірно?",
        ),
        (
            wording.booking_read_back(
                replace(WISH, work=Work.FULL_SERVICE, storage_contract="7"), "Центр", Money.hryvnias(600), "en"
            ),
            "I am booking you for 26 November, Thursday, at 10:00, Центр, car Toyota Corolla, for Олександр,"
            " full service with balancing, stored tyres of contract 7, the price is 600 hryvnias. Is that right?",
        ),
        (
            wording.booked(NEW, "uk"),
            "Готово! Ви записані на 26 листопада, четвер, о 10:00, Центр, вул. Мала, 5, вартість 600 грн."
            " Чим ще допомогти?",
        ),
        (
            wording.already_booked(OLD, "en"),
            "You are already booked for 30 November, Monday, at 09:30, Центр, вул. Мала, 5. Anything else?",
        ),
        (
            wording.moved_by_half(NEW, OLD, "uk", noted=False),
            "Ви записані на новий час: 26 листопада, четвер, о 10:00, Центр, вул. Мала, 5."
            " Скасування попереднього запису на 30 листопада, 09:30, система не підтвердила."
            " З'єднати вас з оператором, щоб він це закінчив?",
        ),
        (
            wording.moved_by_half(NEW, OLD, "en", noted=True),
            "You are booked for the new time: 26 November, Thursday, at 10:00, Центр, вул. Мала, 5."
            " The system has not confirmed that the earlier one of 30 November, 09:30, is cancelled."
            " An operator will see to it.",
        ),
    ],
)
def test_it_is_said_so(said: str, words: str) -> None:
    assert said == words
