"""Which of many tyres are told."""

import pytest

from domain.shop.choice import diverse, for_sale, in_sets
from tests.domain.shop.goods import tire


def test_nothing_without_a_price_and_nothing_sold_out_is_for_sale() -> None:
    assert for_sale([tire(1), tire(2, price=0), tire(3, stock=0)]) == (tire(1),)


def test_sets_go_before_what_is_not_a_set() -> None:
    assert in_sets([tire(1, stock=2), tire(2, stock=4)]) == (tire(2, stock=4),)
    assert in_sets([tire(1, stock=2)]) == (tire(1, stock=2),)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_are_told_all_the_cheapest_first(count: int) -> None:
    few = [tire(number, price=5000 - number) for number in range(count)]
    assert diverse(few) == tuple(reversed(few))


def test_three_of_many_differ_in_brand_and_span_the_prices() -> None:
    many = [
        tire(number, brand=brand, price=1000 + 100 * number)
        for number, brand in enumerate(["Rosava"] * 4 + ["Hankook"] * 4 + ["Michelin"] * 4)
    ]
    chosen = diverse(many)
    assert [each.brand for each in chosen] == ["Rosava", "Hankook", "Michelin"]
    assert chosen[0] == many[0] and chosen[-1] == many[-1]


def test_three_of_one_brand_differ_in_price() -> None:
    many = [tire(number, price=1000 + 100 * number) for number in range(9)]
    assert [each.price.amount for each in diverse(many)] == [1000, 1400, 1800]
    assert diverse(many, most=1) == (many[0],)
