"""What the demo shop has to offer is as much, and as believable, as was asked for."""

from collections import Counter

import pytest

from adapters.demo_shop.places import CITIES, PICKUP_POINTS, STATIONS, city_named
from adapters.demo_shop.range_of_cars import cars
from adapters.demo_shop.range_of_tires import (
    LEAST_KOPECKS,
    MOST_KOPECKS,
    POPULAR,
    SOLD_OUT_IN_WINTER,
    StockedTire,
    tires,
)
from domain.shop.catalog import Season, TireSize

KNOWN_BRANDS = (
    "Michelin Continental Nokian Hankook Goodyear Bridgestone Pirelli Yokohama Premiorri Rosava Triangle Debica Barum"
    " Matador Kumho Toyo Dunlop"
).split()
A_SET = 4


@pytest.fixture(scope="module")
def stocked() -> list[StockedTire]:
    return list(tires())


def test_there_are_at_least_five_hundred_tires_of_twenty_brands(stocked: list[StockedTire]) -> None:
    assert len({tire.id for tire in stocked}) == len(stocked) >= 500
    brands = {tire.brand for tire in stocked}
    assert len(brands) >= 20
    assert brands >= set(KNOWN_BRANDS)


def test_the_catalogue_is_the_same_every_time(stocked: list[StockedTire]) -> None:
    assert list(tires()) == stocked


def test_every_price_is_one_that_a_shop_would_ask(stocked: list[StockedTire]) -> None:
    assert all(LEAST_KOPECKS <= tire.kopecks <= MOST_KOPECKS for tire in stocked)
    discounted = [tire for tire in stocked if tire.old_kopecks is not None]
    assert discounted
    assert all((tire.old_kopecks or 0) > tire.kopecks for tire in discounted)
    assert any(tire.kopecks % 100 for tire in stocked)


def test_some_tires_are_sold_out_and_most_are_not(stocked: list[StockedTire]) -> None:
    assert 20 < sum(tire.quantity == 0 for tire in stocked) < len(stocked) / 4


@pytest.mark.parametrize("size", POPULAR, ids=str)
@pytest.mark.parametrize("season", Season)
def test_a_popular_size_can_be_bought_in_every_season(
    stocked: list[StockedTire], size: TireSize, season: Season
) -> None:
    fitting = [tire for tire in stocked if (tire.size, tire.season) == (size, season) and tire.quantity >= A_SET]
    assert len({tire.brand for tire in fitting}) >= 5


def test_one_size_is_sold_out_in_winter(stocked: list[StockedTire]) -> None:
    winter = [tire for tire in stocked if tire.size == SOLD_OUT_IN_WINTER and tire.season is Season.WINTER]
    assert winter
    assert not any(tire.quantity for tire in winter)


def test_ten_makes_of_cars_are_known_and_their_sizes_are_sold(stocked: list[StockedTire]) -> None:
    assert len({car.make for car in cars()}) >= 10
    sold = {str(tire.size) for tire in stocked}
    assert {size for car in cars() for size in (*car.oem_sizes, *car.acceptable_sizes)} <= sold


def test_the_years_of_a_models_generations_do_not_overlap() -> None:
    years = Counter((car.make, car.model, year) for car in cars() for year in range(car.first_year, car.last_year + 1))
    assert max(years.values()) == 1


def test_fifteen_stations_stand_in_five_cities_that_also_have_pickup_points() -> None:
    assert len({station.id for station in STATIONS}) == 15
    assert {station.city for station in STATIONS} == set(CITIES) == {point.city for point in PICKUP_POINTS}
    assert all(station.district and "(" in station.address for station in STATIONS)


@pytest.mark.parametrize(
    ("told", "city"),
    [
        ("Дніпро", "Дніпро"),
        (" дніпро ", "Дніпро"),
        ("Днепр", "Дніпро"),
        ("Kyiv", "Київ"),
        ("Запорожье", "Запоріжжя"),
        ("Кривой Рог", "Кривий Ріг"),
        ("Париж", None),
    ],
)
def test_a_city_is_known_by_its_names_in_three_languages(told: str, city: str | None) -> None:
    assert city_named(told) == city
