"""Finding tyres: by size, by car, by season and brand; what is offered is there, has a price, and differs."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.facts import Facts
from domain.money import Money
from domain.shop.catalog import Season
from tests.application.calls.tools.talk import KYIV, SIZE, ShopOfTests, Talk, missing

pytestmark = pytest.mark.anyio


def facts_of(talk: Talk) -> Facts:
    return talk.turns[-1].facts  # type: ignore[union-attr]


async def test_a_search_tells_three_that_differ_with_handles_and_without_ids() -> None:
    talk = await Talk().begin()
    told = await talk.told("search_tires", **SIZE)
    assert [each["tire"] for each in told["tires"]] == ["T1", "T2", "T3"]
    assert len({each["name"].split()[0] for each in told["tires"]}) == 3
    assert all(each["size"] == "205/55 R16" and each["season"] == "winter" for each in told["tires"])
    assert told["found"] > 3 and told["season"] == "winter" and told["season_assumed"] is True
    assert not any(tire.id in str(talk.turns[-1].result) for tire in talk.visit.tires)  # type: ignore[union-attr]
    assert {tire.price for tire in talk.visit.tires} <= facts_of(talk).amounts and facts_of(talk).in_stock


@pytest.mark.parametrize(
    ("month", "season"), [(1, "winter"), (3, "summer"), (9, "summer"), (10, "winter"), (12, "winter")]
)
async def test_the_season_is_that_of_the_calendar(month: int, season: str) -> None:
    talk = await Talk(now=datetime(2026, month, 10, 12, tzinfo=KYIV)).begin()
    assert (await talk.told("search_tires", **SIZE))["season"] == season


async def test_a_season_that_was_named_holds_for_the_next_search() -> None:
    talk = await Talk().begin()
    assert (await talk.told("search_tires", **SIZE, season="summer"))["season_assumed"] is False
    assert (await talk.told("search_tires", brand="Michelin"))["season"] == "summer"


async def test_a_size_that_was_named_is_not_asked_again() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    told = await talk.told("search_tires", brand="Michelin")
    assert {each["size"] for each in told["tires"]} == {"205/55 R16"}
    assert all(each["name"].startswith("Michelin") for each in told["tires"])


async def test_the_same_search_again_tells_of_others_until_there_are_none() -> None:
    talk = await Talk().begin()
    first = await talk.told("search_tires", **SIZE)
    more = await talk.told("search_tires", **SIZE)
    assert not {each["name"] for each in first["tires"]} & {each["name"] for each in more["tires"]}
    for _ in range(20):
        more = await talk.told("search_tires", **SIZE)
        assert more["tires"]


async def test_a_cheaper_tire_is_found_by_its_price() -> None:
    talk = await Talk().begin()
    told = await talk.told("search_tires", **SIZE, max_price=3000)
    assert told["tires"] and all(tire.price <= Money.hryvnias(3000) for tire in talk.visit.tires)


async def test_a_car_is_found_with_the_sizes_that_fit_it() -> None:
    talk = await Talk().begin()
    told = await talk.told("get_vehicle_tire_sizes", brand="Toyota", model="Corolla", year=2018)
    assert told["vehicle"] == "Toyota Corolla 2018" and "205/55 R16" in told["sizes"] and told["acceptable"]
    assert told["tires"][0]["tire"] == "T1" and len(told["tires"]) <= 3
    assert all(each["season"] != "summer" for each in told["tires"])
    assert talk.visit.vehicle is not None


async def test_a_car_for_which_nothing_is_there_has_sizes_all_the_same() -> None:
    shop = ShopOfTests()
    talk = await Talk(shop=shop).begin()
    known = await shop.vehicle("Toyota", "Corolla", 2018)
    shop.cars = [replace(known, recommended=())]
    told = await talk.told("get_vehicle_tire_sizes", brand="Toyota", model="Corolla")
    assert told["tires"] == [] and facts_of(talk) == Facts()


async def test_a_car_that_is_not_known_has_the_size_asked() -> None:
    talk = await Talk().begin()
    assert "tyre size" in await talk.refusal("get_vehicle_tire_sizes", brand="Жигулі", model="Жига")
    assert "tyre size" in await talk.refusal("search_tires", vehicle="Жигулі Жига 1980")
    assert "model" in await talk.refusal("get_vehicle_tire_sizes", brand="Toyota")
    assert "model" in await talk.refusal("search_tires", vehicle="Toyota 2018")


async def test_a_search_for_a_car_takes_the_first_size_that_is_there() -> None:
    talk = await Talk().begin()
    told = await talk.told("search_tires", vehicle="Toyota Corolla 2018")
    assert {each["size"] for each in told["tires"]} == {"195/65 R15"}
    named = await Talk().begin()
    await named.told("get_vehicle_tire_sizes", brand="Toyota", model="Corolla", year=2018)
    named.shop.down = {"vehicle"}
    assert (await named.told("search_tires", vehicle="Toyota Corolla"))["tires"]
    assert (await named.told("search_tires"))["tires"]


@pytest.mark.parametrize("wish", [{}, {"season": "winter"}, {"max_price": 3000}])
async def test_without_a_size_a_car_or_a_brand_the_size_is_asked(wish: dict[str, object]) -> None:
    talk = await Talk().begin()
    assert "tyre size" in await talk.refusal("search_tires", **wish)


@pytest.mark.parametrize("wish", [{"brand": "Nokian"}, {"diameter": 16}, {"width": 205}])
async def test_a_part_of_a_wish_is_a_wish(wish: dict[str, object]) -> None:
    talk = await Talk().begin()
    assert (await talk.told("search_tires", **wish))["tires"]


@pytest.mark.parametrize("price", [0, 3000])
@pytest.mark.parametrize("stock", [0, 8])
async def test_a_tire_without_a_price_or_sold_out_is_never_offered(price: int, stock: int) -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.tires = [replace(talk.visit.tires[0], price=Money.hryvnias(price), stock_quantity=stock)]
    told = await talk.told("search_tires", **SIZE)
    assert bool(told["tires"]) is bool(price and stock)


async def test_sets_are_offered_before_pairs_and_pairs_where_there_are_no_sets() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    one, two, _ = talk.visit.tires
    talk.shop.tires = [replace(one, stock_quantity=2), two]
    other = await Talk(shop=talk.shop).begin()
    assert [each["name"] for each in (await other.told("search_tires", **SIZE))["tires"]] == [two.name]
    assert [each["name"] for each in (await other.told("search_tires", **SIZE))["tires"]] == [one.name]


async def test_where_nothing_is_there_the_nearest_is_hinted() -> None:
    talk = await Talk().begin()
    brand = await talk.told("search_tires", **SIZE, brand="Debica", max_price=100)
    assert brand["tires"] == [] and brand["found"] == 0 and "Without the wish" in brand["hint"]
    assert facts_of(talk).amounts and facts_of(talk).in_stock is False
    nowhere = await talk.told("search_tires", width=305, profile=30, diameter=22)
    assert "another size" in nowhere["hint"] and facts_of(talk).in_stock is False
    assert talk.visit.found == 0 and talk.visit.query and talk.visit.query.width == 305


async def test_where_only_another_season_is_there_it_is_named() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.tires = [replace(talk.visit.tires[0], season=Season.SUMMER)]
    told = await talk.told("search_tires", **SIZE, season="all_season")
    assert told["tires"] == [] and "summer" in told["hint"]
    with_brand = await talk.told("search_tires", **SIZE, season="all_season", brand="Nokian")
    assert "summer" in with_brand["hint"]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"width": 2055}, "from 100 to 400"),
        ({"profile": "low"}, "from 20 to 100"),
        ({"season": "spring"}, "summer, winter, all_season"),
        ({"max_price": -5}, "max_price"),
    ],
)
async def test_what_cannot_be_read_is_refused_with_what_can(wish: dict[str, object], why: str) -> None:
    talk = await Talk().begin()
    assert why in await talk.refusal("search_tires", **(SIZE | wish))


async def test_availability_tells_how_many_and_where() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    tire = talk.visit.tires[1]
    told = await talk.told("check_availability", product="T2")
    assert told["tire"] == "T2" and told["name"] == tire.name and told["price"] == str(tire.price)
    assert told["stock"] == sum(each["quantity"] for each in told["where"]) == tire.stock_quantity
    assert told["stock"] in facts_of(talk).quantities


async def test_availability_is_asked_by_name_too() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    tire = talk.visit.tires[0]
    assert (await talk.told("check_availability", product=tire.model))["tire"] == "T1"
    other = await Talk().begin()
    told = await other.told("check_availability", product="Nokian Hakkapeliitta R5 205/55 R16")
    assert told["tire"] == "T1" and told["name"] == "Nokian Hakkapeliitta R5"
    await other.told("search_tires", width=195, profile=65, diameter=15)
    assert (await other.told("check_availability", product="Debica"))["name"].startswith("Debica")
    assert other.visit.tires[-1].size.width == 195
    free = await Talk().begin()
    assert (await free.told("check_availability", product="Nokian Hakkapeliitta R5"))[
        "name"
    ] == "Nokian Hakkapeliitta R5"


async def test_a_sold_out_tire_has_its_next_delivery_told() -> None:
    talk = await Talk().begin()
    await talk.told("search_tires", **SIZE)
    talk.shop.inside.set_stock(talk.visit.tires[0].id, 0)
    told = await talk.told("check_availability", product="T1")
    assert told["stock"] == 0 and facts_of(talk).in_stock is False
    assert told["next_delivery"] is None or facts_of(talk).dates


async def test_a_product_that_nobody_knows_is_refused() -> None:
    talk = await Talk().begin()
    assert "must be a tyre offered" in await talk.refusal("check_availability", product="Зірка")
    assert "product is missing" in await talk.refusal("check_availability")
    assert "no tyres of Debica" in await talk.refusal("check_availability", product="Debica 305/30 R22")
    await talk.told("search_tires", **SIZE)
    talk.shop.refusing["availability"] = missing()
    assert "any more" in await talk.refusal("check_availability", product="T1")
