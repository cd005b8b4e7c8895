"""How the agent's own sentences speak of fittings; they are read out word for word, so that no day is misread."""

from datetime import date, time

from domain.money import Money
from domain.phrases import Language
from domain.shop.fittings import Booking, BookingWish, Slot, Station, Work
from domain.shop.wording import amount, day_and_month, day_in_words

_WORKS: dict[Language, dict[Work, str]] = {
    "uk": {Work.BALANCING: "балансування", Work.FULL_SERVICE: "повний шиномонтаж з балансуванням"},
    "en": {Work.BALANCING: "balancing", Work.FULL_SERVICE: "full service with balancing"},
}
"""What is said of the work; a tyre change goes without saying."""


def clock(moment: time) -> str:
    return moment.strftime("%H:%M")


def place(station: Station) -> str:
    """Return a station's name and where it is; the city is named once."""
    named = station.city.lower() in f"{station.name} {station.address}".lower()
    return ", ".join((station.name, station.address) if named else (station.name, station.city, station.address))


def moment(day: date, at: time, language: Language) -> str:
    """Return `26 листопада, четвер, о 10:00`."""
    return f"{day_in_words(day, language)}, {'о' if language == 'uk' else 'at'} {clock(at)}"


def booking_read_back(wish: BookingWish, where: str, price: Money | None, language: Language) -> str:
    """Return what the caller is asked to agree to before a fitting is booked."""
    when, more = moment(wish.slot.date, wish.slot.time, language), f"{_more(wish, language)}{_priced(price, language)}"
    if language == "uk":
        who = f"автомобіль {wish.car}, на ім'я {wish.customer_name}"
        return f"Записую вас на {when}, станція {where}, {who}{more}. Все вірно?"
    return f"I am booking you for {when}, {where}, car {wish.car}, for {wish.customer_name}{more}. Is that right?"


def booked(booking: Booking, language: Language) -> str:
    when, priced = moment(booking.date, booking.time, language), _priced(booking.price, language)
    if language == "uk":
        return f"Готово! Ви записані на {when}, {booking.station}{priced}. Чим ще допомогти?"
    return f"Done! You are booked for {when}, {booking.station}{priced}. Anything else?"


def already_booked(booking: Booking, language: Language) -> str:
    when = moment(booking.date, booking.time, language)
    if language == "uk":
        return f"Ви вже записані на {when}, {booking.station}. Чим ще допомогти?"
    return f"You are already booked for {when}, {booking.station}. Anything else?"


def cancelling_read_back(booking: Booking, language: Language) -> str:
    when = moment(booking.date, booking.time, language)
    if language == "uk":
        return f"Скасовую ваш запис на {when}, {booking.station}. Скасувати?"
    return f"I am cancelling your booking for {when}, {booking.station}. Shall I cancel it?"


def cancelled(booking: Booking, language: Language) -> str:
    day = day_and_month(booking.date, language)
    if language == "uk":
        return f"Готово! Ваш запис на {day}, {clock(booking.time)}, скасовано. Чим ще допомогти?"
    return f"Done! Your booking for {day}, {clock(booking.time)}, is cancelled. Anything else?"


def moving_read_back(booking: Booking, slot: Slot, where: str, language: Language) -> str:
    before, after = moment(booking.date, booking.time, language), moment(slot.date, slot.time, language)
    if language == "uk":
        return f"Переношу ваш запис: замість {before}, новий час {after}, станція {where}. Все вірно?"
    return f"I am moving your booking: instead of {before}, the new time is {after}, {where}. Is that right?"


def moved(booking: Booking, language: Language) -> str:
    when = moment(booking.date, booking.time, language)
    if language == "uk":
        return f"Готово! Запис перенесено на {when}, {booking.station}. Чим ще допомогти?"
    return f"Done! Your booking is moved to {when}, {booking.station}. Anything else?"


def moved_by_half(new: Booking, old: Booking, language: Language, *, noted: bool) -> str:
    """Say that the new time is booked and the old one may still stand; `noted` is whether an operator knows of it."""
    after, before = moment(new.date, new.time, language), day_and_month(old.date, language)
    if language == "uk":
        rest = "Це закінчить оператор." if noted else "З'єднати вас з оператором, щоб він це закінчив?"
        return (
            f"Ви записані на новий час: {after}, {new.station}."
            f" Скасування попереднього запису на {before}, {clock(old.time)}, система не підтвердила. {rest}"
        )
    rest = "An operator will see to it." if noted else "Shall I put you through to an operator for that?"
    return (
        f"You are booked for the new time: {after}, {new.station}."
        f" The system has not confirmed that the earlier one of {before}, {clock(old.time)}, is cancelled. {rest}"
    )


def _more(wish: BookingWish, language: Language) -> str:
    """Return what of a wish is not usual."""
    work, contract = _WORKS[language].get(wish.work), wish.storage_contract
    stored = f"шини зі зберігання, договір {contract}" if language == "uk" else f"stored tyres of contract {contract}"
    parts = [work] * (work is not None) + [stored] * (contract is not None)
    return "".join(f", {part}" for part in parts)


def _priced(price: Money | None, language: Language) -> str:
    if price is None:
        return ""
    return f", вартість {amount(price, language)}" if language == "uk" else f", the price is {amount(price, language)}"
