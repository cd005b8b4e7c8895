"""Stations, free times and prices, as the model is told of them."""

import json
from datetime import date, time, timedelta
from typing import Any

import pytest

from application.calls.tools.fitting_search import free_near
from application.ports.shop import NotFound, ShopRefused
from domain.facts import Finding
from domain.shop.fittings import Slot, Work
from domain.transcript import ToolUse
from domain.visit.visit import Flow, visit_of
from tests.application.calls.tools.fitting_desk import STATION, TODAY, TOMORROW, Desk

pytestmark = pytest.mark.anyio


def told(use: ToolUse) -> dict[str, Any]:
    assert not use.failed, use.result
    fields = json.loads(use.result)
    assert isinstance(fields, dict)
    return fields


# Stations


async def test_without_a_city_the_cities_are_told_and_no_station() -> None:
    desk = Desk()
    use = await desk.use("get_fitting_stations")
    assert told(use) == {
        "cities": ["Дніпро", "Київ", "Запоріжжя", "Харків", "Черкаси"],
        "next": "ask the city",
    }
    assert visit_of(desk.turns).flow is Flow.FITTING and visit_of(desk.turns).stations == ()


async def test_a_city_without_stations_is_said_to_have_none() -> None:
    fields = told(await Desk().use("get_fitting_stations", city="Львів"))
    assert fields["next"] == "there is no station in Львів: name these cities" and "Київ" in fields["cities"]


async def test_of_a_city_with_many_stations_the_districts_are_told_first() -> None:
    fields = told(await Desk().use("get_fitting_stations", city="Днепр"))
    assert fields == {
        "city": "Дніпро",
        "districts": ["Соборний", "Індустріальний", "Шевченківський", "Чечелівський"],
        "next": "ask which district",
    }


@pytest.mark.parametrize("city", ["Черкаси", "в Черкассах", "Cherkasy"])
async def test_of_a_city_with_few_stations_all_are_told(city: str) -> None:
    desk = Desk()
    use = await desk.use("get_fitting_stations", city=city)
    stations = told(use)["stations"]
    assert [station["station"] for station in stations] == [f"S{place}" for place in range(1, len(stations) + 1)]
    assert {"name", "city", "district", "address", "hours"} < set(stations[0])
    assert use.facts.addresses == {station["address"] for station in stations}
    assert len(visit_of(desk.turns).stations) == len(stations) <= 3


@pytest.mark.parametrize("query", ["Перемога", "на Перемозі", "Соборний район", "Наша правда", "набережная"])
async def test_a_district_a_street_or_a_landmark_finds_the_station(query: str) -> None:
    fields = told(await Desk().use("get_fitting_stations", city="Дніпро", query=query))
    assert [station["name"] for station in fields["stations"]] == ["Шинний центр «Перемога»"]


async def test_a_place_is_found_without_a_city_too() -> None:
    fields = told(await Desk().use("get_fitting_stations", query="Троєщина"))
    assert [station["city"] for station in fields["stations"]] == ["Київ"]


async def test_a_word_that_all_stations_have_finds_none_of_them() -> None:
    fields = told(await Desk().use("get_fitting_stations", city="Дніпро", query="центр"))
    assert fields["next"] == "nothing matches центр: ask which of these districts"


async def test_of_many_matches_three_are_told_and_how_many_there_are() -> None:
    fields = told(await Desk().use("get_fitting_stations", query="вулиця, вул. Дніпро"))
    assert len(fields["stations"]) == 3 and fields["found"] == 4


async def test_the_city_of_the_caller_is_not_asked_for_again() -> None:
    desk = Desk()
    await desk.use("update_customer_profile", city="Дніпро")
    assert told(await desk.use("get_fitting_stations"))["city"] == "Дніпро"


async def test_a_place_in_another_city_than_the_callers_own_is_not_looked_for_when_a_city_is_named() -> None:
    fields = told(await Desk().use("get_fitting_stations", city="Львів", query="Троєщина"))
    assert "cities" in fields


# Free times


async def offered(desk: Desk, **arguments: object) -> ToolUse:
    await desk.use("get_fitting_stations", city="Дніпро", query="Перемога")
    return await desk.use("get_fitting_slots", station="S1", **arguments)


async def test_free_times_are_told_with_their_weekday() -> None:
    desk = Desk()
    desk.free(TOMORROW, "10:00", "12:30")
    use = await offered(desk, date_from="2026-11-26")
    assert told(use) == {
        "station": "S1",
        "slots": [
            {"slot": "L1", "date": "2026-11-26", "weekday": "четвер", "time": "10:00"},
            {"slot": "L2", "date": "2026-11-26", "weekday": "четвер", "time": "12:30"},
        ],
        "days_full": [],
    }
    assert use.facts.dates == {TOMORROW} and len(use.facts.times) == 2
    assert use.facts.findings == {Finding.FREE_TIMES}


async def test_of_a_day_with_many_free_times_six_are_told_and_the_others_can_be_had() -> None:
    desk = Desk()
    times = [f"{hour}:{minute}" for hour in range(10, 15) for minute in ("00", "30")]
    desk.free(TOMORROW, *times)
    use = await offered(desk, date_from="2026-11-26")
    fields = told(use)
    assert [slot["time"] for slot in fields["slots"]] == ["10:00", "10:30", "11:30", "12:30", "13:30", "14:30"]
    assert list(fields["more"].values()) == ["11:00", "12:00", "13:00", "14:00"]
    visit = visit_of(desk.turns)
    assert visit.slots[int(fields["more"].popitem()[0][1:]) - 1].time.isoformat() == "14:00:00"
    assert len(use.facts.times) == 10


async def test_the_days_asked_for_are_told_alike_and_the_full_ones_named() -> None:
    desk = Desk()
    for day in range(1, 4):
        desk.free(TODAY + timedelta(days=day), *(["09:00", "10:00", "12:00", "17:30"] if day != 2 else []))
    use = await offered(desk)
    fields = told(use)
    assert [slot["date"][-2:] for slot in fields["slots"]] == ["26", "26", "26", "28", "28", "28"]
    assert fields["days_full"] == ["2026-11-27"] and "more" not in fields
    assert len(visit_of(desk.turns).slots) == 6
    assert use.facts.findings == {Finding.FREE_TIMES, Finding.NO_FREE_TIMES}
    assert date(2026, 11, 27) in use.facts.dates


async def test_when_the_day_is_full_the_nearest_free_times_are_told() -> None:
    desk = Desk()
    for day in range(1, 22):
        desk.free(TODAY + timedelta(days=day))
    desk.free(TODAY + timedelta(days=4), "09:00", "10:00", "11:00", "12:00")
    desk.free(TODAY + timedelta(days=9), "09:00")
    fields = told(await offered(desk, date_from="2026-11-26"))
    assert fields["days_full"] == ["2026-11-26"]
    assert [(slot["date"], slot["time"]) for slot in fields["slots"]] == [
        ("2026-11-29", "09:00"),
        ("2026-11-29", "10:00"),
        ("2026-11-29", "12:00"),
    ]
    assert "nearest" in fields["next"]


async def test_the_nearest_day_may_be_an_earlier_or_a_later_one() -> None:
    desk = Desk()
    for day in range(1, 22):
        desk.free(TODAY + timedelta(days=day))
    desk.free(TODAY + timedelta(days=1), "09:00")
    desk.free(TODAY + timedelta(days=8), "09:00")
    for asked, nearest in (("2026-11-30", "2026-12-03"), ("2026-11-28", "2026-11-26")):
        fields = told(await offered(desk, date_from=asked))
        assert [slot["date"] for slot in fields["slots"]] == [nearest]


async def test_when_nothing_is_free_that_is_told() -> None:
    desk = Desk()
    for day in range(1, 22):
        desk.free(TODAY + timedelta(days=day))
    use = await offered(desk, date_from="2026-11-26", date_to="2026-12-16")
    assert told(use)["slots"] == [] and "callback" in told(use)["next"]
    assert use.facts.findings == {Finding.NO_FREE_TIMES}


@pytest.mark.parametrize(
    "days",
    [
        {"date_from": "2026-11-25"},
        {"date_from": "2026-12-17"},
        {"date_from": "2026-11-26", "date_to": "2026-12-17"},
        {"date_from": "2026-11-28", "date_to": "2026-11-27"},
        {"date_to": "2026-11-25"},
    ],
)
async def test_only_days_from_tomorrow_to_three_weeks_ahead_are_looked_up(days: dict[str, str]) -> None:
    use = await offered(Desk(), **days)
    assert use.failed and "2026-11-26 to 2026-12-16" in use.result


async def test_only_stations_that_were_told_are_looked_up() -> None:
    use = await Desk().use("get_fitting_slots", station="S1")
    assert use.failed and "none was offered yet" in use.result


async def test_a_station_must_be_named() -> None:
    use = await Desk().use("get_fitting_slots")
    assert use.failed and "get_fitting_stations" in use.result


async def test_the_station_of_a_booking_needs_no_search() -> None:
    desk = Desk(caller="+380501234567")
    desk.free(TOMORROW, "10:00")
    await desk.use("get_customer_bookings")
    fields = told(await desk.use("get_fitting_slots", station="B1", date_from="2026-11-26"))
    assert fields["station"] == "B1" and len(fields["slots"]) == 1
    assert (await desk.use("get_fitting_slots", station="B9")).failed


async def test_work_that_a_station_does_not_do_is_refused_with_what_it_does() -> None:
    desk = Desk()
    await desk.use("get_fitting_stations", city="Дніпро", query="Південний")
    use = await desk.use("get_fitting_slots", station="S1", service_type="full_service")
    assert use.failed and "tire_change, balancing" in use.result


@pytest.mark.parametrize(
    ("trouble", "told_so"), [(NotFound("?"), "no such station"), (ShopRefused("invalid", "Closed."), "Closed.")]
)
async def test_what_the_shop_refuses_is_told(trouble: Exception, told_so: str) -> None:
    desk = Desk()
    desk.shop.refusing["slots"] = trouble
    use = await offered(desk)
    assert use.failed and told_so in use.result


async def test_near_a_time_that_is_gone_its_own_day_goes_first() -> None:
    desk = Desk()
    desk.free(TOMORROW, "09:00", "10:00")
    free = await free_near(desk.shop, Slot(STATION, TOMORROW, time(9)), Work.TIRE_CHANGE, TODAY)
    assert [slot.time.hour for slot in free] == [10] and free[0].date == TOMORROW


async def test_a_shop_that_does_not_answer_has_no_near_times() -> None:
    desk = Desk()
    desk.shop.down.add("slots")
    gone = Slot(STATION, TOMORROW, time(10))
    assert await free_near(desk.shop, gone, Work.TIRE_CHANGE, TODAY) == ()


# Prices


async def test_the_price_is_told_for_the_diameter() -> None:
    desk = Desk()
    use = await desk.use("get_fitting_price", tire_diameter="16")
    fields = told(use)
    assert fields["diameter"] == 16
    assert {price["service"] for price in fields["prices"]} == {"tire_change", "balancing", "full_service"}
    assert {str(amount) for amount in use.facts.amounts} == {price["price"] for price in fields["prices"]}
    assert visit_of(desk.turns).flow is Flow.FITTING


async def test_the_price_of_one_service_at_a_station_is_told_alone() -> None:
    desk = Desk()
    await desk.use("get_fitting_stations", city="Дніпро", query="Перемога")
    use = await desk.use("get_fitting_price", tire_diameter=16, station="S1", service_type="balancing")
    assert [price["service"] for price in told(use)["prices"]] == ["balancing"]


async def test_the_diameter_must_be_known() -> None:
    use = await Desk().use("get_fitting_price")
    assert use.failed and "inches" in use.result


@pytest.mark.parametrize("trouble", [None, NotFound("?")])
async def test_where_there_is_no_price_none_is_invented(trouble: Exception | None) -> None:
    desk = Desk()
    if trouble:
        desk.shop.refusing["prices"] = trouble
    use = await desk.use("get_fitting_price", tire_diameter=29)
    assert told(use)["prices"] == [] and not use.facts.amounts and "no price" in told(use)["next"]
