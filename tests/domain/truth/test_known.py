"""What is known by now."""

from datetime import date, time

import pytest

from domain.facts import Deed, Facts, Finding
from domain.money import Money
from domain.shop import events
from domain.shop.fittings import Booking, Slot, Station
from domain.shop.orders import Order, OrderStatus, PickupPoint
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from domain.truth.known import known

_CALL = ToolCall("1", "tool", {})
_SLOT = Slot("7", date(2026, 11, 26), time(10))


def _use(*found: events.ShopEvent, facts: Facts | None = None) -> ToolUse:
    return ToolUse(_CALL, "{}", facts=facts or Facts(), events=found)


def _order(status: OrderStatus) -> Order:
    return Order(id="1", order_number="10245", status=status, status_label="", total=Money.hryvnias(1))


def test_what_tools_say_and_what_always_holds_is_known_together() -> None:
    ordered, standing = Facts(deeds=frozenset({Deed.ORDERED})), Facts(numbers=frozenset({"0800"}))
    facts = known([_use(facts=ordered), AgentTurn("Готово")], standing=standing)
    assert facts == ordered | standing


def test_what_the_caller_said_is_kept_in_his_words() -> None:
    turns = [CallerTurn("чотири"), CallerTurn("на завтра", understood="2026-11-26"), CallerTurn("")]
    assert known(turns).said == ("чотири", "на завтра", "2026-11-26")


def test_what_the_agent_said_makes_nothing_known() -> None:
    assert known([AgentTurn("Ціна 2000 гривень")]) == Facts()


def _amounts(*turns: ToolUse) -> set[int]:
    return {amount.kopecks // 100 for amount in known(turns).amounts}


def _costs(amount: int, *found: events.ShopEvent) -> ToolUse:
    return _use(*found, facts=Facts(amounts=frozenset({Money.hryvnias(amount)})))


_DRAFT = events.DraftMade(_order(OrderStatus.DRAFT))
_DELIVERY = events.DeliverySet(_order(OrderStatus.DRAFT))
_READ_OUT = events.Proposed(Proposal(deed=Deed.ORDERED, content="", text=""))
_BOOKING_READ_OUT = events.Proposed(Proposal(deed=Deed.BOOKED, content="", text=""))


@pytest.mark.parametrize(
    ("earlier", "later", "known_amounts"),
    [
        (_DRAFT, _DELIVERY, {1, 2}),
        (_DRAFT, _DRAFT, {2}),
        (_DELIVERY, _DELIVERY, {2}),
        (_DELIVERY, _DRAFT, {2}),
        (_READ_OUT, _DRAFT, {2}),
        (_READ_OUT, _DELIVERY, {2}),
        (_BOOKING_READ_OUT, _DELIVERY, {1, 2}),
        (events.Ordered(_order(OrderStatus.CONFIRMED)), _DRAFT, {1, 2}),
    ],
)
def test_the_total_of_an_order_that_has_changed_since_is_not_known_any_more(
    earlier: events.ShopEvent, later: events.ShopEvent, known_amounts: set[int]
) -> None:
    assert _amounts(_costs(1, earlier), _costs(2, later)) == known_amounts


def test_a_draft_that_keeps_its_delivery_is_overtaken_by_another_delivery() -> None:
    assert _amounts(_costs(1, _DRAFT, _DELIVERY), _costs(2, _DELIVERY)) == {2}
    assert _amounts(_costs(1, _DELIVERY, _DRAFT), _costs(2, _DELIVERY)) == {2}


def test_how_orders_stand_is_known_when_they_were_found() -> None:
    assert known([_use(events.OrdersFound((_order(OrderStatus.PENDING),)))]).findings == frozenset()
    assert known([_use(events.OrdersFound((_order(OrderStatus.CANCELLED),)))]).findings == {Finding.CANCELLED}
    shipped = known([_use(events.OrdersFound((_order(OrderStatus.DELIVERING),)))])
    assert shipped.findings == {Finding.CONFIRMED, Finding.SHIPPED}


def test_a_booking_that_was_found_stands() -> None:
    booking = Booking(id="1", station_id="7", station="", date=_SLOT.date, time=_SLOT.time)
    assert known([_use(events.BookingsFound((booking,)))]).findings == {Finding.BOOKED}
    assert known([_use(events.BookingsFound(()))]).findings == frozenset()


def test_whether_there_are_free_times_is_known_when_they_were_looked_up() -> None:
    assert known([_use(events.SlotsOffered((_SLOT,)))]).findings == {Finding.FREE_TIMES}
    assert known([_use(events.SlotsOffered(()))]).findings == {Finding.NO_FREE_TIMES}


def test_where_the_shop_is_is_known_with_its_city() -> None:
    station = Station(
        id="7", name="", city="Дніпро", district="Центр", address="вул. Титова, 29", phone="", working_hours=""
    )
    point = PickupPoint(id="1", name="", city="Київ", address="вул. Хрещатик, 22", hours="")
    facts = known([_use(events.StationsOffered((station,)), events.PickupPointsOffered((point,)))])
    assert facts.addresses == {"Дніпро, Центр, вул. Титова, 29", "Київ, вул. Хрещатик, 22"}
