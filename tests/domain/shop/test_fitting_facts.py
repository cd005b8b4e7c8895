"""What the shop's answers about fittings let be said."""

from datetime import date, time

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.money import Money
from domain.shop import fitting_facts as facts_of
from domain.shop.fittings import Booking, BookingWish, FittingPrice, Slot, Station, StorageContract, Work

DAY, TEN = date(2026, 11, 26), time(10)
STATION = Station(
    id="s",
    name="Центр",
    city="Дніпро",
    district="Соборний",
    address="вул. Мала, 5",
    phone="+38 056 200",
    working_hours="щодня 9:00–18:30",
)
BOOKING = Booking(id="b", station_id="s", station="Центр, вул. Мала, 5", date=DAY, time=TEN)


def test_stations_make_their_addresses_hours_and_count_known() -> None:
    assert facts_of.of_stations([STATION], found=4) == Facts(
        quantities=frozenset({1, 4}),
        times=frozenset({time(9), time(18, 30)}),
        addresses=frozenset({"вул. Мала, 5"}),
        numbers=frozenset({"38056200"}),
    )


def test_free_times_and_full_days_are_findings() -> None:
    full = date(2026, 11, 27)
    assert facts_of.of_slots([Slot("s", DAY, TEN)], full=[full]) == Facts(
        dates=frozenset({DAY, full}),
        times=frozenset({TEN}),
        findings=frozenset({Finding.FREE_TIMES, Finding.NO_FREE_TIMES}),
    )
    assert facts_of.of_slots([]) == NOTHING


def test_a_booking_that_was_found_is_no_deed() -> None:
    priced = Booking(
        id="b", station_id="s", station="Центр", date=DAY, time=TEN, estimated_minutes=40, price=Money.hryvnias(600)
    )
    facts = facts_of.of_bookings([BOOKING, priced])
    assert facts.findings == {Finding.BOOKED} and not facts.deeds
    assert facts.quantities == {2, 40} and facts.amounts == {Money.hryvnias(600)}
    assert facts_of.of_bookings([]).findings == frozenset()


def test_a_proposed_booking_makes_all_known_but_that_it_is_made() -> None:
    wish = BookingWish(slot=Slot("s", DAY, TEN), work=Work.BALANCING, customer_name="Ірина", car="Kia")
    facts = facts_of.of_wish(wish, "Центр", Money.hryvnias(600))
    assert facts == Facts(
        amounts=frozenset({Money.hryvnias(600)}),
        dates=frozenset({DAY}),
        times=frozenset({TEN}),
        addresses=frozenset({"Центр"}),
    )
    assert Deed.BOOKED not in facts.deeds and facts_of.of_wish(wish, "Центр", None).amounts == frozenset()


def test_only_the_price_of_the_diameter_is_known() -> None:
    price = FittingPrice(
        work=Work.BALANCING, label="Балансування", by_diameter={16: Money.hryvnias(600), 17: Money.hryvnias(700)}
    )
    facts = facts_of.of_prices([price], 16)
    assert facts.amounts == {Money.hryvnias(600)} and facts.quantities == {16}
    assert facts_of.of_prices([price], 18).amounts == frozenset()


def test_of_stored_tyres_the_pieces_are_known_and_not_the_figures_of_their_names() -> None:
    contract = StorageContract(
        number="ЗБ 1042", place="ряд 4", items="4 шини MP 93 185/65 R15, 4 диски", debt=Money.hryvnias(0)
    )
    facts = facts_of.of_contracts([contract])
    assert facts.quantities == {1, 4} and facts.numbers == {"ЗБ1042"} and facts.amounts == {Money(0)}
