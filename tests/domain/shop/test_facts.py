"""What the shop's answers let be said."""

from dataclasses import replace
from datetime import date

import pytest

from domain.money import Money
from domain.shop import facts as facts_of
from domain.shop.catalog import Availability, Stock
from domain.shop.orders import Delivery, DeliveryType, PickupPoint
from tests.domain.shop.goods import TODAY, order, tire


def test_prices_old_and_new_and_the_stock_of_tires_may_be_said() -> None:
    facts = facts_of.of_tires([replace(tire(1), old_price=Money.hryvnias(3500)), tire(2, price=2000, stock=0)])
    assert facts.amounts == {Money.hryvnias(3000), Money.hryvnias(3500), Money.hryvnias(2000)}
    assert facts.quantities == {8, 0} and facts.in_stock is True
    assert facts_of.of_tires([tire(stock=0)]).in_stock is False


def test_what_lies_where_and_from_when_may_be_said() -> None:
    places = (Stock("Дніпро", 4, date(2026, 11, 27)), Stock("Київ", 3))
    facts = facts_of.of_availability(
        Availability(tire_id="1", total_quantity=7, locations=places, next_delivery=date(2026, 12, 1))
    )
    assert facts.quantities == {7, 4, 3} and facts.dates == {date(2026, 11, 27), date(2026, 12, 1)}
    assert facts.in_stock is True


def test_all_figures_of_an_order_and_the_sums_of_its_items_may_be_said() -> None:
    delivery = Delivery(
        type=DeliveryType.DELIVERY, city="Київ", address="вул. Нова, 1", cost=Money.hryvnias(120), estimated_days=2
    )
    placed = replace(
        order(number="10245"), delivery=delivery, estimated_delivery=date(2026, 11, 27), tracking_number="2045"
    )
    facts = facts_of.of_order(placed, {"tire_1": Money.hryvnias(3000), "tire_2": Money.hryvnias(1)})
    assert facts.amounts == {Money.hryvnias(each) for each in (12_120, 12_000, 120, 3000)}
    assert facts.quantities == {4, 2} and facts.dates == {TODAY, date(2026, 11, 27)}
    assert facts.numbers == {"10245", "2045"} and facts.addresses == {"вул. Нова, 1"}


def test_an_order_that_says_little_gives_little() -> None:
    bare = replace(order(made=None), subtotal=None, items=())
    facts = facts_of.of_order(bare, {})
    assert facts.amounts == {Money.hryvnias(12_120)}
    assert not (facts.quantities or facts.dates or facts.numbers or facts.addresses)
    assert facts_of.of_order(order(), {}).amounts == {Money.hryvnias(12_120), Money.hryvnias(12_000)}
    fetched = replace(bare, delivery=Delivery(type=DeliveryType.PICKUP, pickup_point_id="p1"))
    assert not facts_of.of_order(fetched, {}).addresses


@pytest.mark.parametrize(
    ("summary", "pieces"),
    [
        ("Nokian R5 205/55 R16 × 4", {4}),
        ("4 × Nokian R5 205/55 R16, 2 шт Matador", {4, 2}),
        ("Nokian R5 205/55 R16", set()),
    ],
)
def test_pieces_are_read_from_a_summary(summary: str, pieces: set[int]) -> None:
    assert facts_of.of_order(replace(order(), items=(), items_summary=summary), {}).quantities == pieces


def test_the_addresses_of_points_may_be_said() -> None:
    point = PickupPoint(id="p", name="Магазин", city="Київ", address="вул. Нова, 1", hours="9–18")
    assert facts_of.of_points([point]).addresses == {"вул. Нова, 1"}
