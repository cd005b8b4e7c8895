"""How far a fitting has come: what may be done, what is missing, what the model is told."""

from collections.abc import Sequence
from datetime import date, time

import pytest

from domain.facts import Deed
from domain.shop.catalog import TireSize, Vehicle
from domain.shop.events import (
    Booked,
    BookingCancelled,
    BookingsFound,
    CallbackNoted,
    ProfileSaved,
    Proposed,
    ShopEvent,
    SlotsOffered,
    StationsOffered,
    VehicleKnown,
    Withdrawn,
)
from domain.shop.fittings import Booking, Slot, Station
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.visit.fitting import ENTRANCES, notes, place_of, same_time, standing, times_given_up, tools
from domain.visit.visit import Visit, visit_of

DAY, TEN = date(2026, 11, 26), time(10)
STATION = Station(id="s", name="Центр", city="Дніпро", district="", address="вул. Мала, 5", phone="", working_hours="")
SLOT = Slot("s", DAY, TEN)
BOOKING = Booking(id="b", station_id="s", station="Центр, вул. Мала, 5", date=DAY, time=TEN)
PROPOSAL = Proposal(deed=Deed.BOOKED, content="1", text="Записую вас на 10:00. Все вірно?")
NOBODY = ProfileSaved()
READ = AgentTurn(PROPOSAL.text)


def used(*events: ShopEvent, tool: str = "some_tool") -> ToolUse:
    return ToolUse(ToolCall("1", tool, {}), "{}", events=events)


def noted(*turns: Turn, known: ProfileSaved = NOBODY) -> Sequence[str]:
    return notes(visit_of(turns), turns, known)


@pytest.mark.parametrize(
    ("events", "more"),
    [
        ((), set()),
        ((StationsOffered((STATION,)),), {"get_fitting_slots"}),
        ((StationsOffered((STATION,)), SlotsOffered((SLOT,))), {"get_fitting_slots", "book_fitting"}),
        ((BookingsFound((BOOKING,)),), {"get_fitting_slots", "cancel_fitting"}),
        ((BookingsFound((BOOKING,)), BookingCancelled("b")), {"get_fitting_slots"}),
    ],
)
def test_a_tool_is_there_once_it_makes_sense(events: tuple[ShopEvent, ...], more: set[str]) -> None:
    assert tools(visit_of([used(*events)])) == ENTRANCES | more


def test_of_other_matters_nothing_is_noted() -> None:
    assert noted() == () and noted(used(StationsOffered((STATION,)), CallbackNoted(""))) == ()


def test_at_first_the_station_is_missing() -> None:
    assert noted(used(StationsOffered(()))) == ("For a booking the station is missing: get_fitting_stations.",)


def test_then_the_choice_of_a_station() -> None:
    (note,) = noted(used(StationsOffered((STATION,))))
    assert "S1 Центр" in note and "get_fitting_slots" in note


def test_then_the_time_the_car_and_the_name() -> None:
    choose, ask = noted(used(StationsOffered((STATION,)), SlotsOffered((SLOT,))))
    assert "L1 to L1" in choose and "colour (never its plate), then the name" in ask


@pytest.mark.parametrize("by_earlier_calls", [True, False])
def test_what_is_known_is_not_asked_for(by_earlier_calls: bool) -> None:
    known = ProfileSaved(name="Ірина", vehicle="Kia Rio")
    turn = used(StationsOffered((STATION,)), SlotsOffered((SLOT,)), *(() if by_earlier_calls else (known,)))
    _, have = noted(turn, known=known if by_earlier_calls else NOBODY)
    assert have == "Known for the booking: name Ірина, car Kia Rio."


def test_the_car_whose_tyres_were_looked_for_is_known() -> None:
    car = Vehicle(make="Kia", model="Rio", oem_sizes=(TireSize(185, 65, 15),))
    _, have, ask = noted(used(VehicleKnown(car), StationsOffered((STATION,)), SlotsOffered((SLOT,))))
    assert have == "Known for the booking: car Kia Rio." and ask.endswith("the name.")


def test_the_callers_bookings_are_listed_with_their_handles() -> None:
    (note,) = noted(used(BookingsFound((BOOKING,))))
    assert note == "The caller's bookings: B1 2026-11-26 10:00 Центр, вул. Мала, 5."


def test_after_a_booking_nothing_is_missing() -> None:
    turns = (used(StationsOffered((STATION,)), SlotsOffered((SLOT,))), used(Booked(BOOKING)))
    assert [note.partition(":")[0] for note in noted(*turns)] == [
        "The caller's bookings",
        "A fitting was booked in this call",
    ]


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ((), "not heard to its end: call book_fitting again"),
        ((AgentTurn("Записую вас на", cut=True), CallerTurn("Так")), "not heard to its end"),
        ((READ,), "has not agreed yet"),
        ((READ, CallerTurn("А де це?")), "has not agreed yet"),
        ((READ, CallerTurn("Так")), "said yes: call book_fitting again now with the same arguments"),
        ((READ, CallerTurn("Так"), used(tool="get_fitting_price")), "said yes: call book_fitting again now"),
    ],
)
def test_the_model_is_told_whether_the_read_back_was_heard_and_agreed_to(turns: tuple[Turn, ...], told: str) -> None:
    (note,) = noted(used(SlotsOffered((SLOT,)), Proposed(PROPOSAL)), *turns)
    assert told in note


@pytest.mark.parametrize("deed", [Deed.CANCELLED, Deed.RESCHEDULED])
def test_a_change_is_agreed_to_as_well(deed: Deed) -> None:
    proposal = Proposal(deed=deed, content="1", text=PROPOSAL.text)
    *_, note = noted(used(BookingsFound((BOOKING,)), Proposed(proposal)), READ, CallerTurn("Так"))
    assert "call cancel_fitting again now" in note


def test_what_was_tried_since_the_caller_spoke_is_not_urged_again() -> None:
    turns = (used(Proposed(PROPOSAL)), READ, CallerTurn("Так"), used(tool="book_fitting"))
    assert not any("again" in note for note in noted(*turns))


def test_what_the_shop_refused_is_not_urged_again() -> None:
    turns = (used(Proposed(PROPOSAL)), READ, CallerTurn("Так"), used(Withdrawn()), CallerTurn("Так, на 12"))
    assert not any("again" in note for note in noted(*turns))


def test_an_order_that_is_read_out_is_not_this_flows() -> None:
    order = Proposal(deed=Deed.ORDERED, content="1", text=PROPOSAL.text)
    assert noted(used(Proposed(order)), READ, CallerTurn("Так")) == ()


def test_the_place_of_a_slot_is_known_from_its_station_or_from_a_booking_there() -> None:
    other = Station(id="o", name="Схід", city="Київ", district="", address="вул. Ясна, 1", phone="", working_hours="")
    visit = visit_of([used(StationsOffered((other, STATION)))])
    assert place_of(visit, SLOT) == "Центр, Дніпро, вул. Мала, 5"
    elsewhere = Booking(id="e", station_id="x", station="Північ", date=DAY, time=TEN)
    visit = visit_of([used(StationsOffered((other,)), BookingsFound((elsewhere, BOOKING)))])
    assert place_of(visit, SLOT) == "Центр, вул. Мала, 5"


def test_a_booking_that_was_cancelled_does_not_stand_and_gives_its_time_up() -> None:
    visit = visit_of([used(BookingsFound((BOOKING,)))])
    assert standing(visit) == (BOOKING,) and same_time(BOOKING, SLOT) and times_given_up(visit, SLOT) == 0
    visit = visit_of([used(BookingsFound((BOOKING,)), BookingCancelled("b"))])
    assert standing(visit) == () and times_given_up(visit, SLOT) == 1
    assert times_given_up(visit, Slot("s", DAY, time(11))) == 0
    assert standing(Visit()) == ()
