"""A visit, read off the turns."""

from dataclasses import replace
from datetime import date, time

import pytest

from domain.facts import Deed
from domain.money import Money
from domain.shop import events
from domain.shop.catalog import Availability, TireQuery, TireSize, Vehicle
from domain.shop.fittings import Booking, Slot, Station, StorageContract
from domain.shop.orders import Delivery, DeliveryType, OrderStatus, PickupPoint
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from domain.visit.visit import Flow, Visit, by_handle, handle, visit_of
from tests.domain.shop.goods import order, tire

CAR = Vehicle(make="Toyota", model="Corolla", oem_sizes=(TireSize(205, 55, 16),), recommended=(tire(1),))
PROPOSED = events.Proposed(Proposal(deed=Deed.ORDERED, content="{}", text="Оформлюємо?"))
DRAFTED = events.DraftMade(order())
DELIVERED = events.DeliverySet(replace(order(), delivery=Delivery(type=DeliveryType.DELIVERY, city="Київ")))
PLACED = events.Ordered(order(OrderStatus.CONFIRMED, number="10245"))
STATION = Station(
    id="s", name="Центр", city="Київ", district="Центр", address="вул. Нова, 1", phone="", working_hours=""
)
SLOT = Slot("s", date(2026, 11, 26), time(10))
BOOKING = Booking(id="b", station_id="s", station="Центр", date=SLOT.date, time=SLOT.time)
POINT = PickupPoint(id="p", name="Магазин", city="Київ", address="вул. Нова, 1", hours="")
CONTRACT = StorageContract(number="ЗБ-1", place="Київ", items="4 шини", debt=Money(0))


def visit(*meant: events.ShopEvent) -> Visit:
    """Return the visit after tool uses that mean one thing each, with talk around them."""
    uses = [ToolUse(ToolCall("1", "some_tool", {}), "", events=(event,)) for event in meant]
    return visit_of([CallerTurn("Вітаю"), *uses, AgentTurn("Так")])


def test_a_visit_opens_with_nothing() -> None:
    assert visit() == Visit() and visit().flow is Flow.OPENING


@pytest.mark.parametrize(
    ("event", "flow"),
    [
        (events.VehicleKnown(CAR), Flow.BUYING),
        (events.TiresOffered((tire(),), TireQuery()), Flow.BUYING),
        (events.StockChecked(Availability(tire_id="1", total_quantity=1)), Flow.BUYING),
        (DRAFTED, Flow.BUYING),
        (events.PickupPointsOffered((POINT,)), Flow.BUYING),
        (DELIVERED, Flow.BUYING),
        (PLACED, Flow.BUYING),
        (events.OrdersFound((order(),)), Flow.ORDER_STATUS),
        (events.StationsOffered((STATION,)), Flow.FITTING),
        (events.SlotsOffered((SLOT,)), Flow.FITTING),
        (events.BookingsFound((BOOKING,)), Flow.FITTING),
        (events.Booked(BOOKING), Flow.FITTING),
        (events.BookingCancelled("b"), Flow.FITTING),
        (events.StorageFound((CONTRACT,)), Flow.STORAGE),
        (events.Consulted(("Як читати розмір",)), Flow.CONSULTATION),
        (events.CallbackNoted("завтра"), Flow.CALLBACK),
        (PROPOSED, Flow.OPENING),
        (events.ProfileSaved(name="Ірина"), Flow.OPENING),
    ],
)
def test_the_caller_is_about_what_the_last_tool_was_used_for(event: events.ShopEvent, flow: Flow) -> None:
    assert visit(event).flow is flow


def test_a_handle_never_changes_during_a_call() -> None:
    query, other = TireQuery(brand="Nokian"), TireQuery(brand="Debica")
    before = visit(events.VehicleKnown(CAR), events.TiresOffered((tire(2), tire(3)), query))
    after = visit(
        events.VehicleKnown(CAR),
        events.TiresOffered((tire(2), tire(3)), query),
        events.TiresOffered((tire(4), replace(tire(2), stock_quantity=1)), other),
    )
    assert [each.id for each in before.tires] == [each.id for each in after.tires[:3]]
    assert after.query == other and after.found == 2 and after.vehicle == CAR
    assert by_handle("T", after.tires, "T2") == replace(tire(2), stock_quantity=1)


def test_a_draft_is_there_until_it_is_placed_and_a_change_voids_the_yes() -> None:
    assert visit(DRAFTED, PROPOSED).proposal and visit(DRAFTED, PROPOSED, DELIVERED).proposal is None
    assert visit(DRAFTED, DELIVERED).draft == DELIVERED.order
    placed = visit(DRAFTED, DELIVERED, PROPOSED, PLACED)
    assert (placed.draft, placed.proposal, placed.ordered) == (None, None, (PLACED.order,))


def test_a_new_proposal_takes_the_place_of_the_old_one() -> None:
    other = Proposal(deed=Deed.BOOKED, content="{}", text="Записуємо?")
    assert visit(PROPOSED, events.Proposed(other)).proposal == other


def test_what_was_offered_once_is_there_once() -> None:
    twice = visit(*(events.PickupPointsOffered((POINT,)), events.StationsOffered((STATION,))) * 2)
    assert twice.points == (POINT,) and twice.stations == (STATION,)
    later = replace(SLOT, time=time(11))
    assert visit(events.SlotsOffered((SLOT,)), events.SlotsOffered((later, SLOT))).slots == (SLOT, later)


def test_a_booking_is_known_however_it_came_and_a_cancelled_one_is_marked() -> None:
    assert visit(PROPOSED, events.Booked(BOOKING)).proposal is None
    gone = visit(events.BookingsFound((BOOKING,)), PROPOSED, events.BookingCancelled("b"))
    assert gone.bookings == (BOOKING,) and gone.cancelled == {"b"} and gone.proposal is None


def test_what_the_caller_says_of_himself_adds_up() -> None:
    known = visit(events.ProfileSaved(name="Ірина", city="Київ"), events.ProfileSaved(city="Дніпро")).profile
    assert known == events.ProfileSaved(name="Ірина", city="Дніпро")


def test_callbacks_are_counted_and_orders_and_contracts_are_the_latest() -> None:
    assert visit(events.CallbackNoted(""), events.CallbackNoted("")).callbacks == 2
    assert visit(events.OrdersFound((order(),)), events.OrdersFound(())).orders == ()
    assert visit(events.StorageFound((CONTRACT,))).contracts == (CONTRACT,)


@pytest.mark.parametrize(
    ("written", "thing"),
    [
        ("T1", "a"),
        ("t2", "b"),
        (" T2 ", "b"),
        ("2", "b"),
        (1, "a"),
        ("T0", None),
        ("T3", None),
        ("S1", None),
        ("", None),
    ],
)
def test_a_handle_is_read_as_models_write_it(written: object, thing: str | None) -> None:
    assert by_handle("T", ("a", "b"), written) == thing


def test_a_handle_is_a_place_in_order() -> None:
    assert handle("T", ("a", "b"), "b") == "T2"
