"""Tyres, sizes and seasons."""

from datetime import date

import pytest

from domain.shop.catalog import Availability, Season, TireQuery, TireSize
from tests.domain.shop.goods import tire


@pytest.mark.parametrize("month", range(1, 13))
def test_who_names_no_season_looks_for_that_of_the_calendar(month: int) -> None:
    winter = month in (10, 11, 12, 1, 2)
    assert Season.of(date(2026, month, 1)) is (Season.WINTER if winter else Season.SUMMER)


@pytest.mark.parametrize(
    "text", ["205/55 R16", "205/55R16", "205 55 16", "шини 205/55 Р16 94T", "205-55-16", "205/55 ZR16"]
)
def test_a_size_is_read_however_it_is_written(text: str) -> None:
    assert TireSize.read(text) == TireSize(205, 55, 16)


def test_a_size_is_written_in_one_way() -> None:
    assert str(TireSize(205, 55, 16)) == "205/55 R16"
    assert TireSize.read("R16") is None


def test_a_wish_has_a_size_when_all_of_it_is_said() -> None:
    assert TireQuery(width=205, profile=55, diameter=16).size == TireSize(205, 55, 16)
    assert TireQuery(width=205, diameter=16).size is None


def test_what_is_in_stock_is_counted() -> None:
    assert tire().in_stock and not tire(stock=0).in_stock
    assert Availability(tire_id="1", total_quantity=1).in_stock
    assert tire(brand="Nokian", model="R5").name == "Nokian R5"
