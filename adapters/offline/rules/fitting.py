"""What comes next for who has tyres fitted: where, when, for which car; for who moves or cancels a booking."""

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.days import time_in
from adapters.offline.rules.picking import picked
from adapters.offline.rules.steps import Call, Say, Step
from adapters.offline.rules.story import Arguments, Story, Told, listed, slots_told, street
from adapters.offline.rules.wishes import Topic
from adapters.offline.rules.wording import Phrase

_MOST_STATIONS = 3
_MOST_SLOTS = 3


def next_of_fitting(story: Story) -> Step:
    wishes = story.wishes
    station = _station(story)
    if not isinstance(station, str):
        return station
    slot = _slot(story, station)
    if not isinstance(slot, str):
        return slot
    if wishes.car is None:
        return Say("", Ask.CAR)
    name = wishes.name or story.known_name
    if name is None:
        return Say("", Ask.NAME)
    arguments: dict[str, object] = {"slot": slot, "customer_name": name, "car": wishes.car}
    for name, value in (("service_type", wishes.work), ("tire_diameter", wishes.diameter)):
        if value:
            arguments[name] = value
    return _read_out(story, "book_fitting", arguments)


def next_of_place(story: Story) -> Step:
    """Return what comes next for who asks where the shop is, or when it is open."""
    station = _station(story)
    if not isinstance(station, str):
        return station
    stations = listed(story.told("get_fitting_stations"), "stations")
    place = next((each for each in stations if each["station"] == station), stations[0])
    return Say(story.wording.say(Phrase.PLACE, address=street(place), hours=place["hours"]), Ask.MORE)


def next_of_moving(story: Story) -> Step:
    """Return what comes next for who moves a booking or cancels it."""
    told = story.told("get_customer_bookings", after=story.asked_from - 1)
    if told is None:
        return Call("get_customer_bookings", {})
    bookings = listed(told, "bookings")
    if not bookings:
        return Say(story.wording.say(Phrase.NO_BOOKINGS), Ask.MORE)
    booking = _booking(story, bookings)
    if booking is None:
        return Say(" ".join(booked(story, each) for each in bookings), Ask.BOOKING)
    if story.topic is Topic.CANCEL:
        if story.asked is Ask.PROPOSAL and story.said.refuses:
            return Say(story.wording.say(Phrase.NOT_DONE), Ask.MORE)
        return _read_out(story, "cancel_fitting", {"booking": booking["booking"], "action": "cancel"})
    slot = _slot(story, str(booking["booking"]))
    if not isinstance(slot, str):
        return slot
    if (news := _of_himself(story)) is not None:
        return news
    arguments = {"booking": booking["booking"], "action": "reschedule", "new_slot": slot}
    return _read_out(story, "cancel_fitting", arguments)


def _of_himself(story: Story) -> Step | None:
    """Have the caller's name and car known to the shop, which a moved booking takes over."""
    known = {"name": story.wishes.name, "vehicle": story.wishes.car}
    news = {field: value for field, value in known.items() if value}
    if not news or story.told("update_customer_profile", news) is not None:
        return None
    return Call("update_customer_profile", news)


def booked(story: Story, booking: Told) -> str:
    wording = story.wording
    return wording.say(
        Phrase.BOOKED,
        day=wording.day(str(booking["date"])),
        at=wording.at,
        time=booking["time"],
        station=str(booking.get("station", "")).partition(" (")[0],
    )


def _booking(story: Story, bookings: list[Told]) -> Told | None:
    if len(bookings) == 1:
        return bookings[0]
    chosen = story.wishes.booking
    return next((each for each in bookings if each["booking"] == chosen), None)


def _read_out(story: Story, tool: str, arguments: Arguments) -> Step:
    read_out = story.told(tool, arguments, after=story.done_at) is not None
    if read_out and story.asked is Ask.PROPOSAL and story.said.refuses:
        return Say("", Ask.CHANGE)
    if story.asked is Ask.CHANGE and not story.news and not story.said.agrees:
        return Say("", Ask.CHANGE)
    return Call(tool, arguments)


# Where


def _station(story: Story) -> str | Step:
    """Return the handle of the station that is chosen, or what to do to learn it."""
    wishes, wording = story.wishes, story.wording
    if wishes.station:
        return wishes.station
    if wishes.city is None:
        return Say("", Ask.FITTING_CITY)
    arguments = {"city": wording.city(wishes.city)}
    if wishes.district:
        arguments["query"] = wishes.district
    told = story.told("get_fitting_stations", arguments)
    if told is None:
        return Call("get_fitting_stations", arguments)
    if districts := told.get("districts"):
        names = [str(name) for name in districts] if isinstance(districts, list) else []
        return Say(wording.say(Phrase.DISTRICTS, districts=wording.list(names)), Ask.DISTRICT)
    if cities := told.get("cities"):
        names = [str(name) for name in cities] if isinstance(cities, list) else []
        return Say(wording.say(Phrase.CITIES, cities=", ".join(names)), Ask.FITTING_CITY)
    stations = listed(told, "stations")
    match stations:
        case []:
            return Say(wording.say(Phrase.NO_STATION), Ask.DISTRICT if wishes.district else Ask.FITTING_CITY)
        case [only]:
            return str(only["station"])
        case _:
            if (named := picked(stations, story.said)) and story.said.place is None and not story.said.agrees:
                return str(named["station"])
            places = wording.list([street(station) for station in stations[:_MOST_STATIONS]])
            return Say(wording.say(Phrase.STATIONS, stations=places), Ask.STATION)


# When


def _slot(story: Story, station: str) -> str | Step:
    """Return the handle of the time that is chosen, or what to do to learn it."""
    wishes = story.wishes
    if wishes.slot:
        return wishes.slot
    if wishes.day is None and not wishes.soon:
        return Say("", Ask.DAY)
    arguments = _days(story, station)
    told = story.told("get_fitting_slots", arguments, after=story.done_at)
    if told is None:
        return Call("get_fitting_slots", arguments)
    for slot in slots_told(told):
        if (slot["date"], slot["time"]) == (wishes.day, wishes.time):
            return str(slot["slot"])
    return _offer(story, told)


def _days(story: Story, station: str) -> Arguments:
    wishes = story.wishes
    arguments: dict[str, object] = {"station": station}
    if wishes.day:
        arguments |= {"date_from": wishes.day, "date_to": wishes.day}
    if wishes.work:
        arguments["service_type"] = wishes.work
    return arguments


def _offer(story: Story, told: Told) -> Step:
    wishes, wording = story.wishes, story.wording
    slots, full = offered(slots_told(told), wishes.time), ""
    if wishes.day and wishes.day in str(told.get("days_full")):
        full = wording.say(Phrase.DAY_FULL, day=wording.day(wishes.day)) + " "
    if not full and wishes.time and slots and time_in(story.said.text, asked=True) == wishes.time:
        full = wording.say(Phrase.TIME_TAKEN, at=wording.at, time=wishes.time) + " "
    if not slots:
        return Say(full or wording.say(Phrase.NO_SLOTS), Ask.DAY)
    return Say(full + wording.say(Phrase.SLOTS, slots=_when(story, slots)), Ask.SLOT)


def offered(slots: list[Told], time: str | None) -> list[Told]:
    """Return the few slots that are offered: those next to the time that is wished for."""
    if time is None:
        return slots[:_MOST_SLOTS]
    near = sorted(slots, key=lambda slot: abs(_minutes(str(slot["time"])) - _minutes(time)))[:_MOST_SLOTS]
    return sorted(near, key=lambda slot: (str(slot["date"]), str(slot["time"])))


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _when(story: Story, slots: list[Told]) -> str:
    """Name the times day by day: `26 листопада о 10:00 або 12:30`."""
    wording = story.wording
    days: dict[str, list[str]] = {}
    for slot in slots:
        days.setdefault(str(slot["date"]), []).append(str(slot["time"]))
    return ", ".join(f"{wording.day(day)} {wording.at} {wording.list(times)}" for day, times in days.items())
