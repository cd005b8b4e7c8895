"""What the caller is about, and what besides."""

import re
from dataclasses import replace

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.intents import TIRES, Intent
from adapters.offline.rules.said import Said
from adapters.offline.rules.story import Story, offers
from adapters.offline.rules.vocabulary import sounds
from adapters.offline.rules.wishes import Topic
from domain.words import words

LASTING = frozenset({Topic.BUYING, Topic.FITTING, Topic.RESCHEDULE, Topic.CANCEL, Topic.CALLBACK})
"""Those that take more than one answer."""
_OF_BOOKINGS = frozenset({Topic.FITTING, Topic.RESCHEDULE, Topic.CANCEL})

_SEEKS = (
    r"(потрібн\w+|потрібно|треба|шука\w+|ищу|нужн\w+|надо|хочу|цікав\w+|интерес\w+|need|want|looking for)( \S+){0,3} "
    rf"({TIRES})(?!\S)"
)
_BOOKS = r"запис\w+|запиш\w+|appointment|book"
_AN_ORDER = r"замовлен\w+|заказ\w*|order"
_LATER = r"потім|потом|також|ще|еще|ещё|заодно|після цього|also|after that|then|and"
_TOPICS = {
    Intent.RESCHEDULE: Topic.RESCHEDULE,
    Intent.CANCEL: Topic.CANCEL,
    Intent.MY_BOOKINGS: Topic.BOOKINGS,
    Intent.STORAGE: Topic.STORAGE,
    Intent.ORDER: Topic.ORDER,
    Intent.CALLBACK: Topic.CALLBACK,
    Intent.COMPLAINT: Topic.COMPLAINT,
    Intent.RUDE: Topic.COMPLAINT,
    Intent.FITTING: Topic.FITTING,
    Intent.ADDRESS: Topic.PLACE,
    Intent.HOURS: Topic.PLACE,
}


def topics_in(story: Story, said: Said) -> Story:
    """Return the story about what the caller is about now; what he leaves for that waits."""
    wanted = _wanted(story, said)
    if not wanted:
        return story
    first, *more = wanted
    current = story.topic
    if current is first or current in wanted:
        return _await(story, [topic for topic in wanted if topic is not current])
    if current in LASTING and first in LASTING and story.asked is not None and sounds(_LATER, said.figures):
        return _await(story, wanted)
    if current in LASTING and first not in (Topic.RESCHEDULE, Topic.CANCEL):
        more = [*more, current]
    begun = replace(story, topic=first, asked_from=len(story.turns))
    return _await(begun, more)


def _await(story: Story, topics: list[Topic]) -> Story:
    later = [topic for topic in topics if topic is not story.topic]
    before = [topic for topic in story.waiting if topic is not story.topic and topic not in later]
    return replace(story, waiting=(*later, *before))


def _wanted(story: Story, said: Said) -> list[Topic]:
    places: dict[Topic, int] = {}
    for intent, at in said.intents.items():
        topic = _TOPICS.get(intent)
        if topic and topic not in places:
            places[topic] = at
    _leave_out(places, story, said)
    if _buys(places, story, said):
        places[Topic.BUYING] = min(
            [said.intents[intent] for intent in (Intent.BUY, Intent.TIRES) if intent in said.intents], default=0
        )
    return sorted(places, key=lambda topic: places[topic])


def _leave_out(places: dict[Topic, int], story: Story, said: Said) -> None:
    """Take out what the words do not mean where they are said."""
    if places.keys() & {Topic.RESCHEDULE, Topic.CANCEL}:
        for topic in (Topic.BOOKINGS, Topic.FITTING, Topic.CALLBACK):
            places.pop(topic, None)
    if Topic.CANCEL in places and (sounds(_AN_ORDER, said.figures) or story.topic is Topic.BUYING):
        places.pop(Topic.CANCEL)
        places.pop(Topic.ORDER, None)
    if story.topic in _OF_BOOKINGS and Topic.FITTING in places and story.topic is not Topic.FITTING:
        places.pop(Topic.FITTING)
    if Topic.BOOKINGS in places and Topic.FITTING in places:
        places.pop(Topic.FITTING)
    if said.wants(Intent.ADVICE) and not sounds(_BOOKS, said.figures):
        places.pop(Topic.FITTING, None)
    if said.wants(Intent.PRICE) and not said.wants(Intent.DELIVERY):
        books = sounds(_BOOKS, said.figures)
        if story.topic is Topic.FITTING or (Topic.FITTING in places and not books):
            places[Topic.PRICE] = places.pop(Topic.FITTING, 0)
    if story.asked is Ask.CALLBACK and Topic.CALLBACK in places and said.refuses:
        places.pop(Topic.CALLBACK)
    if story.topic is Topic.BUYING and Topic.ORDER in places and story.asked is not None:
        places.pop(Topic.ORDER)
    if Topic.STORAGE in places and Topic.ORDER in places:
        places.pop(Topic.ORDER)
    if len(places) > 1:
        places.pop(Topic.PLACE, None)


def _buys(places: dict[Topic, int], story: Story, said: Said) -> bool:
    spoken = " ".join(words(said.text))
    if said.wants(Intent.BUY) and not places.keys() & {Topic.ORDER, Topic.CALLBACK}:
        return bool(offers(story)) or said.wants(Intent.TIRES) or story.topic is None
    if places.keys() & {Topic.FITTING, Topic.PRICE}:
        return re.search(_SEEKS, spoken) is not None and not re.search(r"замін|помін|помен|перев|пере(об|бу)", spoken)
    if places or story.topic in _OF_BOOKINGS or story.topic is Topic.PRICE:
        return bool(not places and story.topic is Topic.FITTING and re.search(_SEEKS, spoken) and said.size)
    if said.wants(Intent.ADVICE):
        return False
    if said.wants(Intent.TIRES, Intent.CHEAPER) or said.size or said.brand:
        return True
    return story.topic is None and said.make is not None
