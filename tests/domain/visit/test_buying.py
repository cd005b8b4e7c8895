"""How far a purchase has come: what is missing, what may be done next, what the model is told."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.facts import Deed
from domain.money import Money
from domain.shop.catalog import Season, TireQuery, TireSize, Vehicle
from domain.shop.events import (
    DeliverySet,
    DraftMade,
    Ordered,
    ProfileSaved,
    Proposed,
    ShopEvent,
    TiresOffered,
    VehicleKnown,
)
from domain.shop.orders import Delivery, DeliveryType, Order, OrderItem, OrderStatus, PaymentMethod
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.visit import buying
from domain.visit.buying import ENTRANCES, Missing, missing, notes, tools
from domain.visit.visit import Visit, visit_of
from tests.domain.shop.goods import order, tire

SIZED = TireQuery(width=205, profile=55, diameter=16, season=Season.WINTER)
CAR = Vehicle(make="Toyota", model="Corolla", oem_sizes=(TireSize(205, 55, 16),))
HOME = Delivery(type=DeliveryType.DELIVERY, city="Київ", address="вул. Нова, 1")
OFFERED = TiresOffered((tire(1), tire(2)), SIZED)
DRAFTED = DraftMade(order())
DELIVERED = DeliverySet(replace(order(), delivery=HOME))
TEXT = "Отже, 4 шини. Оформлюємо?"
ASKED = Proposed(Proposal(deed=Deed.ORDERED, content="{}", text=TEXT))
PLACED = Ordered(order(OrderStatus.CONFIRMED, number="10245"))


def turns_of(*events: ShopEvent) -> Sequence[Turn]:
    return [ToolUse(ToolCall("1", "confirm_order", {}), "", events=events)]


def visit(*events: ShopEvent) -> Visit:
    return visit_of(turns_of(*events))


@pytest.mark.parametrize(
    ("events", "name", "lacking"),
    [
        ((), None, (Missing.SIZE,)),
        ((TiresOffered((), TireQuery(brand="Nokian")),), None, (Missing.SIZE,)),
        ((TiresOffered((), SIZED),), None, ()),
        ((VehicleKnown(CAR),), None, ()),
        ((OFFERED,), None, (Missing.CHOICE,)),
        ((OFFERED, DRAFTED), None, (Missing.DELIVERY,)),
        ((OFFERED, DRAFTED, DELIVERED), None, (Missing.PAYMENT, Missing.NAME)),
        ((OFFERED, DRAFTED, DELIVERED), "Ірина", (Missing.PAYMENT,)),
        ((OFFERED, DRAFTED, DELIVERED, ASKED), None, ()),
        ((OFFERED, DRAFTED, DELIVERED, ASKED, DRAFTED), None, (Missing.DELIVERY,)),
        ((OFFERED, DRAFTED, DELIVERED, ASKED, PLACED), None, ()),
    ],
)
def test_what_is_missing_is_asked_in_its_order(
    events: tuple[ShopEvent, ...], name: str | None, lacking: tuple[Missing, ...]
) -> None:
    assert missing(visit(*events), name) == lacking


@pytest.mark.parametrize(
    ("events", "more"),
    [
        ((), set()),
        ((OFFERED,), {"create_order_draft", "get_pickup_points"}),
        ((OFFERED, DRAFTED), {"create_order_draft", "get_pickup_points", "update_order_delivery"}),
        (
            (OFFERED, DRAFTED, DELIVERED),
            {"create_order_draft", "get_pickup_points", "update_order_delivery", "confirm_order"},
        ),
        ((OFFERED, DRAFTED, DELIVERED, PLACED), {"create_order_draft", "get_pickup_points"}),
    ],
)
def test_a_tool_is_offered_when_its_turn_may_have_come(events: tuple[ShopEvent, ...], more: set[str]) -> None:
    assert tools(visit(*events)) == ENTRANCES | more


def said(*events: ShopEvent, after: Sequence[Turn] = (), name: str | None = None) -> str:
    turns = [*turns_of(*events), *after]
    return "\n".join(notes(visit_of(turns), turns, name))


def test_nothing_is_told_of_a_purchase_that_nobody_spoke_of() -> None:
    assert said() == ""


def test_the_search_and_the_offer_are_told_with_handles() -> None:
    told = said(VehicleKnown(CAR), OFFERED)
    assert "Car: Toyota Corolla, sizes 205/55 R16." in told
    assert "Looked for: 205/55 R16, winter." in told
    assert "Offered: T1 Nokian R5 205/55 R16 3000 грн; T2 " in told
    assert Missing.CHOICE.value in told


def test_of_many_that_were_offered_the_latest_are_told() -> None:
    told = said(TiresOffered(tuple(tire(number) for number in range(10)), SIZED))
    assert "T10 " in told and "T5 " in told and "T4 " not in told


def test_that_nothing_was_found_is_told() -> None:
    assert "Looked for: Nokian; nothing was found." in said(TiresOffered((), TireQuery(brand="Nokian")))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (TireQuery(), "any tyres"),
        (TireQuery(diameter=16, brand="Nokian", model="R5"), "R16, Nokian, R5"),
        (replace(SIZED, max_price=Money.hryvnias(3000)), "205/55 R16, winter, up to 3000 грн"),
    ],
)
def test_a_search_is_told_in_its_words(query: TireQuery, words: str) -> None:
    assert buying.query_in_words(query) == words


def test_the_order_in_the_making_is_told_with_its_delivery_and_total() -> None:
    assert "Order in the making: 4 × T1 Nokian R5 205/55 R16 3000 грн; total 12120 грн." in said(OFFERED, DRAFTED)
    assert "delivery to Київ, вул. Нова, 1; total" in said(OFFERED, DRAFTED, DELIVERED)
    fetched = Delivery(type=DeliveryType.PICKUP, city="Київ", pickup_point_id="p")
    assert "pick-up; total" in said(OFFERED, DRAFTED, DeliverySet(replace(order(), delivery=fetched)))
    assert "4 tyres; total" in said(DRAFTED)


def test_a_placed_order_is_told_as_done() -> None:
    assert "Placed in this call: order 10245, 12120 грн. It is done" in said(OFFERED, DRAFTED, PLACED)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((CallerTurn("так"),), "has not heard the summary"),
        ((AgentTurn(TEXT), CallerTurn("скільки?")), "has not agreed"),
        ((AgentTurn(TEXT), CallerTurn("так")), "said yes: call confirm_order again"),
    ],
)
def test_the_model_is_told_what_the_caller_made_of_the_summary(after: Sequence[Turn], words: str) -> None:
    assert words in said(OFFERED, DRAFTED, DELIVERED, ASKED, after=after)


def test_the_summary_of_a_fitting_is_not_the_orders() -> None:
    fitting = Proposed(Proposal(deed=Deed.BOOKED, content="{}", text=TEXT))
    told = said(OFFERED, DRAFTED, DELIVERED, fitting, after=(CallerTurn("так"),))
    assert "summary" not in told and Missing.PAYMENT.value in told


def test_other_things_that_were_said_change_nothing() -> None:
    assert visit(OFFERED, DRAFTED, ProfileSaved(city="Київ")).draft == order()


# What an order is made of


def test_equal_orders_have_equal_contents_and_others_have_not() -> None:
    one = order()
    turned = replace(one, items=(OrderItem("b", 1), OrderItem("a", 2)))
    other = replace(one, items=(OrderItem("a", 2), OrderItem("b", 1)))
    content = buying.order_content(turned, payment=PaymentMethod.COD, customer_name="Ірина")
    assert content == buying.order_content(other, payment=PaymentMethod.COD, customer_name="Ірина")
    different = [
        buying.order_content(turned, payment=PaymentMethod.ONLINE, customer_name="Ірина"),
        buying.order_content(turned, payment=PaymentMethod.COD, customer_name="Олена"),
        buying.order_content(replace(turned, delivery=HOME), payment=PaymentMethod.COD, customer_name="Ірина"),
        buying.order_content(replace(turned, id="2"), payment=PaymentMethod.COD, customer_name="Ірина"),
        buying.order_content(replace(turned, total=Money(1)), payment=PaymentMethod.COD, customer_name="Ірина"),
        buying.order_content(one, payment=PaymentMethod.COD, customer_name="Ірина"),
    ]
    assert len({content, *different}) == 7


def test_a_content_gives_back_what_was_agreed() -> None:
    content = buying.order_content(order(), payment=PaymentMethod.COD, customer_name="Ірина")
    assert buying.name_agreed(content) == "Ірина"
    assert buying.order_agreed(content) == ("order_draft", (OrderItem("tire_1", 4),))


def test_items_are_the_same_in_any_order() -> None:
    some, others = [OrderItem("a", 1), OrderItem("b", 2)], [OrderItem("b", 2), OrderItem("a", 1)]
    assert buying.same_items(some, others) and buying.items_content(some) == buying.items_content(others)
    assert not buying.same_items(some, [OrderItem("a", 1)])


def test_an_answer_that_says_little_keeps_what_was_known_and_its_own_total() -> None:
    before = replace(order(), delivery=HOME)
    bare = Order(
        id="order_draft", order_number="1", status=OrderStatus.CONFIRMED, status_label="", total=Money.hryvnias(5)
    )
    after = buying.completed(bare, before)
    assert (after.items, after.subtotal, after.delivery) == (before.items, before.subtotal, HOME)
    assert after.total == Money.hryvnias(5) and after.order_number == "1"
    assert buying.completed(before, replace(bare, id="other")).delivery == HOME
