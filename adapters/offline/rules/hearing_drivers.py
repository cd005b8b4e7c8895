"""What the words of who has tyres fitted change: where, when, for which car, which booking."""

import re
from collections.abc import Sequence
from dataclasses import replace

from adapters.offline.rules import days, vocabulary
from adapters.offline.rules.answers import answers
from adapters.offline.rules.asking import Ask
from adapters.offline.rules.fitting import offered
from adapters.offline.rules.intents import Intent
from adapters.offline.rules.picking import picked
from adapters.offline.rules.said import Said, read
from adapters.offline.rules.story import Story, Told, listed, slots_told, told
from adapters.offline.rules.wishes import Topic, Wishes

_PLACE = re.compile(r"(?:на|біля|коло|около|возле|район\w*|near|at) ([А-ЯІЇЄҐA-Z][\w'’ʼ-]+)")
_COLOURS = (
    r"біл\w+|бел(ая|ый|ое)|чорн\w+|черн\w+|сір\w+|сер(ая|ый)|син\w+|червон\w+|красн\w+|зелен\w+|срібл\w+|white|black|"
    r"grey|red|blue|silver"
)
_ABOUT_A_TIME = frozenset({Ask.SLOT, Ask.PROPOSAL, Ask.CHANGE})
_NO_TIME = frozenset({Ask.DIAMETER, Ask.STATION, Ask.CAR, Ask.DISTRICT, Ask.NAME})


def hear_driver(story: Story, said: Said) -> Story:
    wishes = story.wishes
    if said.diameter:
        wishes = replace(wishes, diameter=said.diameter)
    elif story.asked is Ask.DIAMETER and said.numbers:
        wishes = replace(wishes, diameter=said.numbers[-1])
    if said.work:
        wishes = replace(wishes, work=said.work)
    if car := _car(story, said):
        wishes = replace(wishes, car=car)
    place = _PLACE.search(said.text)
    if place and story.topic in (Topic.FITTING, Topic.PLACE) and read(place.group(1)).is_place and not wishes.station:
        wishes = replace(wishes, district=place.group(1))
    if story.asked is Ask.DISTRICT and answers(story, said) and not said.city:
        wishes = replace(wishes, district=_district(story, said), station=None)
    story = replace(story, wishes=wishes)
    if story.asked is Ask.STATION and (station := picked(listed(_stations(story), "stations"), said)):
        story = story.wishing(station=station["station"])
    if story.asked is Ask.BOOKING and (
        booking := picked(listed(story.told("get_customer_bookings"), "bookings"), said)
    ):
        return story.wishing(booking=booking["booking"])
    return _when(story, said)


def _stations(story: Story) -> Told:
    return story.told("get_fitting_stations") or {}


def _district(story: Story, said: Said) -> str:
    districts = _stations(story).get("districts")
    names = [str(name) for name in districts] if isinstance(districts, list) else []
    found = picked([{"name": name} for name in names], said)
    return str(found["name"]) if found else said.text.strip(" .!?")


def _car(story: Story, said: Said) -> str | None:
    if said.make:
        colour = vocabulary.found(_COLOURS, said.figures)
        parts = (said.make, said.model, said.year, colour and colour.group())
        return " ".join(str(part) for part in parts if part)
    if story.asked is Ask.CAR and said.place is None and answers(story, said):
        return " ".join(word for word in said.text.strip(" .!?").split() if word.lower() not in _AROUND_A_CAR) or None
    return None


_AROUND_A_CAR = frozenset("у мене меня є це в на ну машина авто i have a it is my".split())


def _when(story: Story, said: Said) -> Story:
    wishes, day, time = story.wishes, _day(story, said), _time(story, said)
    if days.is_soon(said.text) and not day:
        wishes = replace(wishes, soon=True, day=None, slot=None)
    if day and day != wishes.day:
        wishes = replace(wishes, day=day, slot=None, soon=False)
    if time and time != wishes.time:
        wishes = replace(wishes, time=time, slot=None)
    shown = slots_told(_times(story))
    if shown and (wishes.slot is None or day or time):
        heard = offered(shown, story.wishes.time)
        slot = _slot(shown, wishes, heard, said if story.asked is Ask.SLOT else None)
        wishes = replace(wishes, slot=slot or (None if day or time else wishes.slot))
    if shown and story.asked in _ABOUT_A_TIME and said.wants(Intent.OTHERS) and not day and not time:
        wishes = replace(wishes, slot=None, time=None, day=None)
    return replace(story, wishes=wishes)


def _day(story: Story, said: Said) -> str | None:
    if said.understood[4:5] == "-":
        return said.understood
    return days.day_in(said.text, story.today, asked=story.asked is Ask.DAY and said.place is None)


def _time(story: Story, said: Said) -> str | None:
    if said.understood[2:3] == ":":
        return said.understood
    if said.place is not None or said.diameter or said.size:
        return None
    if story.asked in _NO_TIME and not days.names_a_time(said.text):
        return None
    return days.time_in(said.text, asked=story.asked is Ask.SLOT)


def _times(story: Story) -> Told | None:
    """Return the free times that were told last, by whichever tool."""
    for turn in reversed(story.turns):
        if (answer := told(turn)) and "slots" in answer:
            return answer
    return None


def _slot(shown: Sequence[Told], wishes: Wishes, heard: Sequence[Told], said: Said | None) -> str | None:
    """Return the slot that is meant: by its time, or by its place among those that were heard."""
    fitting = [
        slot
        for slot in shown
        if (not wishes.day or slot["date"] == wishes.day) and (not wishes.time or slot["time"] == wishes.time)
    ]
    if wishes.time and fitting:
        return str(fitting[0]["slot"])
    if said is None:
        return None
    if said.place is not None:
        return str(heard[min(said.place, len(heard) - 1)]["slot"])
    return str(fitting[0]["slot"]) if len(fitting) == 1 and (said.agrees or wishes.day) else None
