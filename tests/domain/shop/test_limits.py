"""What the agent may do by itself."""

from datetime import timedelta

import pytest

from domain.money import Money
from domain.shop import limits
from domain.shop.orders import OrderItem, OrderStatus
from tests.domain.shop.goods import TODAY, order


@pytest.mark.parametrize(("pieces", "too_many"), [((20,), False), ((21,), True), ((12, 8), False), ((12, 9), True)])
def test_twenty_tires_are_sold_in_all(pieces: tuple[int, ...], *, too_many: bool) -> None:
    items = [OrderItem(f"tire_{number}", count) for number, count in enumerate(pieces)]
    assert limits.too_many_tires(items) is too_many


def test_fifty_thousand_is_not_too_much_and_a_kopeck_more_is() -> None:
    assert not limits.too_much_to_pay(Money.hryvnias(50_000))
    assert limits.too_much_to_pay(Money.hryvnias("50000.01"))


def test_orders_of_today_that_stand_are_counted_once_each() -> None:
    orders = [
        order(OrderStatus.CONFIRMED, number="1"),
        order(OrderStatus.CONFIRMED, number="1"),
        order(OrderStatus.SHIPPED, number="2"),
        order(OrderStatus.CANCELLED, number="3"),
        order(OrderStatus.CONFIRMED, number="4", made=TODAY - timedelta(days=1)),
        order(OrderStatus.CONFIRMED, number="5", made=None),
        order(),
    ]
    assert limits.orders_made(orders, TODAY) == 2
