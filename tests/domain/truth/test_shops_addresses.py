"""Every address of the shop may be said in any of its wordings, and none with another house."""

import re
from datetime import time

import pytest

from adapters.demo_shop.places import PICKUP_POINTS, STATIONS, PickupPlace, StationPlace
from domain.clauses import Clauses
from domain.facts import Facts
from domain.shop import events
from domain.shop.fittings import Station
from domain.shop.orders import PickupPoint
from domain.transcript import ToolCall, ToolUse
from domain.truth.gate import judge
from domain.truth.known import known
from tests.domain.truth.fact_sets import TODAY

_TEN = time(10)
_WHOLE_WORDS = {
    "вул. ": ("вулиця ", "вулиці ", "вулицю ", "вул "),
    "просп. ": ("проспект ", "проспекті ", "пр. ", "пр-т "),
}
_FALSE_HOUSE = {"86Б": "68Б", "7Г": "7Д", "65/1": "65/2", "31Д": "31"}


def _found(place: StationPlace | PickupPlace) -> Facts:
    """Return what is known after the shop named the place."""
    event: events.ShopEvent
    if isinstance(place, StationPlace):
        station = Station(
            id=place.id,
            name=place.name,
            city=place.city,
            district=place.district,
            address=place.address,
            phone="",
            working_hours="",
        )
        event = events.StationsOffered((station,))
    else:
        point = PickupPoint(id=place.id, name=place.name, city=place.city, address=place.address, hours="")
        event = events.PickupPointsOffered((point,))
    return known([ToolUse(ToolCall("1", "tool", {}), "{}", events=(event,))])


def _wordings(place: StationPlace | PickupPlace, house: str, landmark: str) -> list[str]:
    street = place.address.split(", ")[0]
    beside = f", {landmark}" if landmark else ""
    said = [
        f"{street}, {house}",
        f"{street}, {house}{f' ({landmark})' if landmark else ''}.",
        f"{street} {house}",
        f"{street}, будинок {house}{beside}.",
        f"{street}, буд. {house}{beside}.",
        f"Адреса: {street}, {house}.",
        f"Адреса магазину: {place.city}, {street}, {house}.",
        f"Найближча до вас станція – {place.name}, {street}, {house}{beside}.",
        f"{place.name}, {place.city}, {street}, {house}. Записати?",
        f"Це м. {place.city}, {street}, {house}{beside}.",
        f"Записую вас на {street}, {house}?",
        f"Ми на {street}, {house}{beside}.",
        f"Станція за адресою {street}, {house}{beside}.",
        f"У місті {place.city} є {place.name} на {street}, {house}.",
        f"Є {place.name} ({street}, {house}) і ще одна.",
        f"Записую вас на 26 листопада, четвер, о 10:00, станція {place.name}, {place.city}, {street}, {house}{beside}?",
    ]
    if isinstance(place, StationPlace):
        said += [
            f"{place.city}, {place.district}, {street}, {house}.",
            f"{place.district} район, {street}, {house}.",
        ]
    for short, whole in _WHOLE_WORDS.items():
        if street.startswith(short):
            said += [f"Це {word}{street.removeprefix(short)}, {house}{beside}." for word in whole]
            said += [f"Це {word}{street.removeprefix(short)}, будинок {house}{beside}." for word in whole]
    return said


def _cut(said: str) -> list[str]:
    clauses = Clauses()
    return [*clauses.add(said), *clauses.rest()]


@pytest.mark.parametrize("place", [*STATIONS, *PICKUP_POINTS], ids=lambda place: place.id)
def test_an_address_of_the_shop_may_be_said_whole_and_cut_into_clauses(place: StationPlace | PickupPlace) -> None:
    booked = Facts(dates=frozenset({TODAY.replace(day=26)}), times=frozenset({_TEN}))
    facts = _found(place) | booked
    bare, _, landmark = place.address.partition(" (")
    wordings = _wordings(place, bare.split(", ")[1], landmark.strip(")"))
    clauses = dict.fromkeys(clause for said in wordings for clause in (said, *_cut(said)))
    assert [clause for clause in clauses if not judge(clause, facts, today=TODAY).passes] == []


@pytest.mark.parametrize("place", [*STATIONS, *PICKUP_POINTS], ids=lambda place: place.id)
def test_a_false_house_is_never_said(place: StationPlace | PickupPlace) -> None:
    booked = Facts(dates=frozenset({TODAY.replace(day=26)}), times=frozenset({_TEN}))
    facts = _found(place) | booked
    bare, _, landmark = place.address.partition(" (")
    house = bare.split(", ")[1]
    false = _FALSE_HOUSE.get(house, str(int(re.sub(r"\D", "", house.split("/")[0])) + 2))
    passed = [
        said
        for said in _wordings(place, false, landmark.strip(")"))
        if all(judge(clause, facts, today=TODAY).passes for clause in _cut(said))
    ]
    assert passed == []
