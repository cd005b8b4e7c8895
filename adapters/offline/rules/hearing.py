"""What the caller's words change: what he wants, and what he is about."""

from dataclasses import replace

from adapters.offline.rules import vocabulary
from adapters.offline.rules.answers import answers
from adapters.offline.rules.asking import Ask
from adapters.offline.rules.hearing_buyers import hear_buyer
from adapters.offline.rules.hearing_drivers import hear_driver
from adapters.offline.rules.said import Said, address_in, name_in
from adapters.offline.rules.story import Story
from adapters.offline.rules.topics import topics_in
from adapters.offline.rules.wishes import Topic, Wishes
from domain.words import words

_CALLED_BACK = (
    r"(завтра|сьогодні|сегодня|після|после|о|об|через|вранці|ввечері|увечері|зранку|вечером|утром|at|after|tomorrow|"
    r"in the|today)( \S+){0,5}"
)
_LEAST_OF_AN_ORDER_NUMBER = 4


def hear(story: Story, said: Said) -> Story:
    """Return the story with the caller's words in it."""
    before = story.wishes, story.topic, story.searched_from
    story = topics_in(story, said)
    story = replace(story, wishes=_of_himself(story, said))
    match story.topic:
        case Topic.BUYING:
            story = hear_buyer(story, said)
        case Topic.FITTING | Topic.RESCHEDULE | Topic.CANCEL | Topic.PRICE | Topic.PLACE:
            story = hear_driver(story, said)
        case Topic.ORDER if number := _order_number(said):
            story = story.wishing(order_number=number)
        case Topic.CALLBACK:
            story = _callback(story, said)
        case _:
            pass
    return replace(story, news=(story.wishes, story.topic, story.searched_from) != before)


def _of_himself(story: Story, said: Said) -> Wishes:
    wishes = story.wishes
    city = said.city
    if city is None and story.asked is Ask.CITY and answers(story, said) and not said.delivery:
        city = _title(address_in(said.text, None))
    if city and city != wishes.city:
        wishes = replace(wishes, city=city, address=None, point=None, district=None, station=None)
    name = said.name
    if name is None and story.asked is Ask.NAME and answers(story, said):
        name = name_in(said.text)
    return replace(wishes, name=name) if name else wishes


def _order_number(said: Said) -> str | None:
    if said.understood.isdecimal() and len(said.understood) >= _LEAST_OF_AN_ORDER_NUMBER:
        return said.understood
    digits = "".join(word for word in said.figures.split() if word.isdecimal())
    return digits if len(digits) >= _LEAST_OF_AN_ORDER_NUMBER else None


def _callback(story: Story, said: Said) -> Story:
    when = vocabulary.found(_CALLED_BACK, " ".join(words(said.text)))
    if when:
        return story.wishing(callback_time=when.group())
    if story.asked is Ask.CALLBACK_TIME and answers(story, said):
        return story.wishing(callback_time=said.text.strip(" .!?"))
    return story


def _title(text: str | None) -> str | None:
    if not text:
        return None
    return text[0].upper() + text[1:]
