"""Finding a fitting: the stations, their free times, and what it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from application.calls.tools.arguments import Arguments, choice, day, handled, needed, text, whole
from application.calls.tools.specs import TEXT, WHOLE, described, one_of, spec
from application.calls.tools.told import told
from application.calls.tools.toolbox import Done, ToolRefused
from application.calls.tools.visitor import Visitor
from application.ports.language import ToolSpec
from application.ports.shop import Fittings, NotFound, ShopRefused
from domain.errors import Unavailable
from domain.facts import Facts
from domain.shop import fitting_facts as facts_of
from domain.shop.calendar import bookable, full_days, spread
from domain.shop.events import SlotsOffered, StationsOffered
from domain.shop.fitting_wording import clock
from domain.shop.fittings import Slot, Station, Work
from domain.shop.places import nearest, same_place
from domain.shop.wording import weekday
from domain.transcript import Turn
from domain.visit.visit import Visit, handle, step, visit_of

_MOST_STATIONS = 3
_MOST_SLOTS = 6
_MOST_NEAREST = 3
_DAYS_ASKED = 3
"""Days that are looked through when the caller names none."""

_NO_STATIONS = StationsOffered(())
"""The caller is about a fitting, and no station was told yet."""


@dataclass(frozen=True, slots=True)
class FindStations:
    visitor: Visitor
    shop: Fittings

    spec: ClassVar[ToolSpec] = spec(
        "get_fitting_stations",
        "Fitting stations of a city.",
        {"city": TEXT, "query": described("District, street or landmark.")},
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        city, query = text(arguments, "city"), text(arguments, "query")
        every = await self.shop.stations()
        visit = visit_of(turns)
        home = city or visit.profile.city or self.visitor.profile.city
        here = [station for station in every if home and same_place(station.city, home)]
        if query and (near := nearest(here or (() if city else every), query, names=_names)):
            return _stations_told(near, visit)
        if not here:
            return _cities_told(every, asked=city)
        if query or len(here) > _MOST_STATIONS:
            return _districts_told(here, asked=query)
        return _stations_told(here, visit)


@dataclass(frozen=True, slots=True)
class FindSlots:
    visitor: Visitor
    shop: Fittings

    spec: ClassVar[ToolSpec] = spec(
        "get_fitting_slots",
        "Free times of a station, from tomorrow to 21 days ahead. For a certain time ask for that one day.",
        {
            "station": described("S1; or B1: the station of a booking."),
            "date_from": described("2026-11-26"),
            "date_to": TEXT,
            "service_type": one_of(Work),
        },
        required=("station",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        visit = visit_of(turns)
        station = _station(arguments, visit)
        first, last = self._days(arguments)
        work = choice(arguments, "service_type", Work) or Work.TIRE_CHANGE
        _does(visit, station, work)
        try:
            free = await self.shop.slots(station, first, last, work)
            if free:
                return self._free_told(arguments, visit, free, (first, last))
            _, latest = bookable(self.visitor.today)
            later = await self.shop.slots(station, *bookable(self.visitor.today), work) if last < latest else ()
        except NotFound:
            raise ToolRefused("The shop knows no such station any more: offer another one.") from None
        except ShopRefused as refusal:
            raise ToolRefused(f"The shop refuses: {refusal} Offer another station or service.") from None
        return self._full_told(arguments, visit, later, (first, last))

    def _days(self, arguments: Arguments) -> tuple[date, date]:
        earliest, latest = bookable(self.visitor.today)
        first, last = day(arguments, "date_from"), day(arguments, "date_to")
        if first is None:
            first, last = earliest, last or earliest + timedelta(days=_DAYS_ASKED - 1)
        last = last or first
        if not earliest <= first <= last <= latest:
            raise ToolRefused(f"Only days from {earliest} to {latest} can be booked, the first of them first.")
        return first, last

    def _free_told(self, arguments: Arguments, visit: Visit, free: Sequence[Slot], asked: tuple[date, date]) -> Done:
        one_day = len({slot.date for slot in free}) == 1
        chosen = spread(free, _MOST_SLOTS)
        event = SlotsOffered((*chosen, *(slot for slot in free if slot not in chosen)) if one_day else chosen)
        after, full = step(visit, event), full_days(free, *asked)
        more = {handle("L", after.slots, slot): clock(slot.time) for slot in sorted(event.slots) if slot not in chosen}
        return Done(
            told=told(
                station=text(arguments, "station"),
                slots=slots_told(self.visitor, after, chosen),
                days_full=[full_day.isoformat() for full_day in full],
                **(
                    {"more": more, "next": "offer two or three of slots; more only when the caller asks"}
                    if more
                    else {}
                ),
            ),
            facts=facts_of.of_slots(event.slots, full=full),
            events=(event,),
        )

    def _full_told(self, arguments: Arguments, visit: Visit, later: Sequence[Slot], asked: tuple[date, date]) -> Done:
        chosen = _nearest_days(later, asked)
        event, full = SlotsOffered(chosen), full_days((), *asked)
        then = (
            "the asked days are full: offer the nearest free times" if chosen else "nothing is free: offer a callback"
        )
        return Done(
            told=told(
                station=text(arguments, "station"),
                slots=slots_told(self.visitor, step(visit, event), chosen),
                days_full=[full_day.isoformat() for full_day in full],
                next=then,
            ),
            facts=facts_of.of_slots(chosen, full=full),
            events=(event,),
        )


@dataclass(frozen=True, slots=True)
class FittingPrices:
    shop: Fittings

    spec: ClassVar[ToolSpec] = spec(
        "get_fitting_price",
        "What fitting costs.",
        {"tire_diameter": described("Inches.", WHOLE), "station": described("S1"), "service_type": one_of(Work)},
        required=("tire_diameter",),
    )

    async def __call__(self, arguments: Arguments, turns: Sequence[Turn]) -> Done:
        diameter = needed(
            whole(arguments, "tire_diameter", least=10, most=30),
            "tire_diameter",
            "Ask for the diameter of the wheels in inches.",
        )
        station = handled(arguments, "station", "S", visit_of(turns).stations)
        work = choice(arguments, "service_type", Work)
        try:
            listed = await self.shop.prices(diameter=diameter, station_id=station.id if station else None)
        except (NotFound, ShopRefused):
            listed = ()
        prices = [price for price in listed if diameter in price.by_diameter and work in (None, price.work)]
        fields: dict[str, object] = {
            "prices": [
                {"service": price.work.value, "label": price.label, "price": str(price.by_diameter[diameter])}
                for price in prices
            ],
            "diameter": diameter,
        }
        if not prices:
            fields["next"] = "there is no price for this: say so and offer an operator"
        return Done(told=told(**fields), facts=facts_of.of_prices(prices, diameter), events=(_NO_STATIONS,))


async def free_near(shop: Fittings, slot: Slot, work: Work, today: date) -> tuple[Slot, ...]:
    """Return free times of the day that is nearest to a time that is gone; none when the shop does not say."""
    try:
        free = await shop.slots(slot.station_id, *bookable(today), work)
    except (NotFound, ShopRefused, Unavailable):
        return ()
    return _nearest_days([other for other in free if other != slot], (slot.date, slot.date))


def slots_told(visitor: Visitor, visit: Visit, slots: Sequence[Slot]) -> list[dict[str, str]]:
    """Return what the model is told of free times of this visit."""
    return [
        {
            "slot": handle("L", visit.slots, slot),
            "date": slot.date.isoformat(),
            "weekday": weekday(slot.date, visitor.language),
            "time": clock(slot.time),
        }
        for slot in slots
    ]


def _station(arguments: Arguments, visit: Visit) -> str:
    """Return the id of a station that was told, or of that of a booking."""
    named = needed(text(arguments, "station"), "station", "Ask which station: get_fitting_stations.")
    if named.upper().startswith("B"):
        booking = needed(handled(arguments, "station", "B", visit.bookings), "station")
        return booking.station_id
    return needed(handled(arguments, "station", "S", visit.stations), "station").id


def _does(visit: Visit, station_id: str, work: Work) -> None:
    """Refuse work that a station does not do; a station that names none does all."""
    for station in visit.stations:
        if station.id == station_id and station.services and work not in station.services:
            does = ", ".join(service.value for service in station.services)
            raise ToolRefused(f"This station does not do {work.value}, it does: {does}. Say so, offer another station.")


def _nearest_days(slots: Sequence[Slot], asked: tuple[date, date]) -> tuple[Slot, ...]:
    """Choose free times of the day that is nearest to the days that were asked for."""
    first, last = asked
    distances = {slot.date: max(first - slot.date, slot.date - last) for slot in slots}
    near = min(distances, key=lambda free_day: distances[free_day], default=None)
    return spread([slot for slot in slots if slot.date == near], _MOST_NEAREST)


def _names(station: Station) -> tuple[str, ...]:
    return station.name, station.city, station.district, station.address


def _stations_told(stations: Sequence[Station], visit: Visit) -> Done:
    event = StationsOffered(tuple(stations[:_MOST_STATIONS]))
    after = step(visit, event)
    fields: dict[str, object] = {
        "stations": [
            {
                "station": handle("S", after.stations, station),
                "name": station.name,
                "city": station.city,
                "district": station.district,
                "address": station.address,
                "hours": station.working_hours,
            }
            for station in event.stations
        ]
    }
    if len(stations) > _MOST_STATIONS:
        fields |= {"found": len(stations), "next": "offer these, or ask for a street or landmark"}
    facts = facts_of.of_stations(event.stations, found=len(stations))
    return Done(told=told(**fields), facts=facts, events=(event,))


def _districts_told(stations: Sequence[Station], *, asked: str | None) -> Done:
    districts = list(dict.fromkeys(station.district for station in stations))
    then = "ask which district" if asked is None else f"nothing matches {asked}: ask which of these districts"
    return Done(
        told=told(city=stations[0].city, districts=districts, next=then),
        facts=Facts(
            quantities=frozenset({len(districts), len(stations)}),
            addresses=frozenset({stations[0].city, *districts}),
        ),
        events=(_NO_STATIONS,),
    )


def _cities_told(stations: Sequence[Station], *, asked: str | None) -> Done:
    cities = list(dict.fromkeys(station.city for station in stations))
    then = "ask the city" if asked is None else f"there is no station in {asked}: name these cities"
    return Done(
        told=told(cities=cities, next=then),
        facts=Facts(quantities=frozenset({len(cities), len(stations)}), addresses=frozenset(cities)),
        events=(_NO_STATIONS,),
    )
