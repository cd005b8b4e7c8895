"""What the caller's words change: what he wants, and what he is about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from adapters.offline.rules import days, vocabulary
from adapters.offline.rules.asking import Ask
from adapters.offline.rules.fitting import offered
from adapters.offline.rules.intents import Intent
from adapters.offline.rules.picking import picked
from adapters.offline.rules.said import Said, address_in, name_in, read
from adapters.offline.rules.story import Story, Told, listed, offers, slots_told, told
from adapters.offline.rules.topics import topics_in
from adapters.offline.rules.vocabulary import sounds
from adapters.offline.rules.wishes import Topic, Wishes
from domain.words import words

_ASKED_FOR_WORDS = frozenset({Ask.NAME, Ask.ADDRESS, Ask.CITY, Ask.CAR, Ask.DISTRICT, Ask.CALLBACK_TIME})
_NO_ANSWER = (Intent.OPERATOR, Intent.REPEAT, Intent.UNSURE, Intent.ROLE, Intent.OFF_TOPIC, Intent.STOP, Intent.GOODBYE)
_NUMBER_MAY_BE_QUANTITY = frozenset(
    {Ask.QUANTITY, Ask.CHOICE, Ask.PROPOSAL, Ask.CHANGE, Ask.DELIVERY, Ask.OTHER_TIRES, Ask.FEWER}
)
_PLACE = re.compile(r"(?:на|біля|коло|около|возле|район\w*|near|at) ([А-ЯІЇЄҐA-Z][\w'’ʼ-]+)")
_COLOURS = r"біл\w+|бел(ая|ый|ое)|чорн\w+|черн\w+|сір\w+|сер(ая|ый)|син\w+|червон\w+|красн\w+|зелен\w+|срібл\w+|white|black|grey|red|blue|silver"
_ASKS = r"є|есть|чи|щось|шось|що|може|можна|можно|надто|занадто|слишком|any|something|anything|too|do|more"
_CALLED_BACK = (
    r"(завтра|сьогодні|сегодня|після|после|о|об|через|вранці|ввечері|увечері|зранку|вечером|утром|at|after|tomorrow|in the|"
    r"today)( \S+){0,5}"
)
_NO_TIME = frozenset({Ask.DIAMETER, Ask.STATION, Ask.CAR, Ask.DISTRICT, Ask.NAME})
_LEAST_OF_AN_ORDER_NUMBER = 4


def hear(story: Story, said: Said) -> Story:
    """Return the story with the caller's words in it."""
    before = story.wishes, story.topic
    story = topics_in(story, said)
    story = replace(story, wishes=_of_himself(story, said))
    match story.topic:
        case Topic.BUYING:
            story = _buying(story, said)
        case Topic.FITTING | Topic.RESCHEDULE | Topic.CANCEL | Topic.PRICE:
            story = _fitting(story, said)
        case Topic.ORDER if number := _order_number(said):
            story = story.wishing(order_number=number)
        case Topic.CALLBACK:
            story = _callback(story, said)
        case _:
            pass
    return replace(story, news=(story.wishes, story.topic) != before)


def answers(story: Story, said: Said) -> bool:
    """Whether these words may be taken for an answer that is any words."""
    return story.asked in _ASKED_FOR_WORDS and not said.wants(*_NO_ANSWER)


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


# Buying


def _buying(story: Story, said: Said) -> Story:
    shown = offers(story)
    story = _looked_for(story, said, shown)
    if shown and story.searched_from < len(story.turns):
        story = _chosen(story, said, shown)
    if (pieces := _quantity(story, said)) is not None:
        story = story.wishing(quantity=pieces)
    return _received(story, said)


def _looked_for(story: Story, said: Said, shown: Sequence[Told]) -> Story:
    wishes, before = story.wishes, story.wishes
    if said.size:
        wishes = replace(wishes, size=said.size)
    if said.season:
        wishes = replace(wishes, season=said.season)
    if said.make and (said.make, said.model) != (wishes.make, wishes.model):
        size = said.size or (None if wishes.make else wishes.size)
        wishes = replace(wishes, make=said.make, model=said.model, year=said.year, size=size)
    if said.model and said.model != wishes.model:
        wishes = replace(wishes, model=said.model)
    if said.year and wishes.make:
        wishes = replace(wishes, year=said.year)
    if said.most_price:
        wishes = replace(wishes, most_price=said.most_price)
    if said.brand and not any(_is_brand(tire, said.brand) for tire in shown):
        wishes = replace(wishes, brand=said.brand)
    elif shown and said.wants(Intent.CHEAPER) and sounds(_ASKS, " ".join(words(said.text))[:40]):
        wishes = replace(wishes, most_price=_cheapest(shown) - 1, brand=None)
    if story.asked is Ask.OTHER_TIRES and said.agrees and wishes == before:
        wishes = _wider(story, wishes)
    if story.asked is Ask.FEWER and said.agrees and not said.refuses and not said.pieces:
        return story.wishing(quantity=_left(story))
    others = said.wants(Intent.OTHERS) or (story.asked is Ask.FEWER and said.refuses and not said.numbers)
    again = bool(shown) and others and not said.brand and story.asked is not Ask.CHANGE
    if wishes != before or again:
        chosen = said.pieces if wishes != before else wishes.quantity
        wishes = replace(wishes, tire=None, quantity=chosen or wishes.quantity)
        story = replace(story, searched_from=len(story.turns))
    return replace(story, wishes=wishes)


def _wider(story: Story, wishes: Wishes) -> Wishes:
    """Return the wishes without the one that nothing fulfils."""
    nothing = story.told("search_tires") or {}
    if wishes.brand or wishes.most_price:
        return replace(wishes, brand=None, most_price=None)
    hint = str(nothing.get("hint", ""))
    other = next((season for season in vocabulary.SEASONS if season in hint and season != nothing.get("season")), None)
    return replace(wishes, season=other) if other else replace(wishes, size=None, make=None, model=None)


def _left(story: Story) -> int | None:
    """Return how many there are of what was wanted in vain."""
    short = listed(story.told("create_order_draft"), "not_enough")
    return int(str(short[0]["stock"])) if short else story.wishes.quantity


def _chosen(story: Story, said: Said, shown: Sequence[Told]) -> Story:
    tire = None
    if said.brand:
        tire = next((tire for tire in shown if _is_brand(tire, said.brand)), None)
    elif said.place is not None and story.asked not in (Ask.POINT, Ask.STATION, Ask.SLOT, Ask.BOOKING):
        tire = shown[min(said.place, len(shown) - 1)]
    elif said.cheapest or said.dearest:
        tire = (min if said.cheapest else max)(shown, key=_price)
    else:
        tire = _by_model(shown, said)
    if tire is None and len(shown) == 1 and story.asked is Ask.CHOICE:
        if said.agrees or said.pieces or said.numbers or said.wants(Intent.BUY):
            tire = shown[0]
    return story.wishing(tire=tire["tire"]) if tire else story


def _by_model(shown: Sequence[Told], said: Said) -> Told | None:
    spoken = set(said.figures.split())
    return next((tire for tire in shown if set(words(str(tire.get("name")))[1:]) & spoken), None)


def _quantity(story: Story, said: Said) -> int | None:
    if said.pieces is not None:
        return said.pieces
    if story.asked not in _NUMBER_MAY_BE_QUANTITY or not said.numbers or said.address:
        return None
    if story.asked is Ask.QUANTITY and said.understood.isdecimal():
        return int(said.understood)
    return said.numbers[-1]


def _received(story: Story, said: Said) -> Story:
    """How the goods get to the caller, and how he pays."""
    wishes = story.wishes
    is_question = said.wants(Intent.PRICE)
    if said.delivery and not is_question and said.delivery != wishes.delivery:
        wishes = replace(wishes, delivery=said.delivery, point=None)
    address = said.address
    if address is None and story.asked is Ask.ADDRESS and answers(story, said):
        address = address_in(said.text, wishes.city)
    if address:
        wishes = replace(wishes, address=address, delivery="delivery")
    elif story.asked is Ask.DELIVERY and said.city and not said.delivery:
        wishes = replace(wishes, delivery="delivery")
    if said.payment and (story.asked is Ask.PAYMENT or not said.wants(Intent.PAYMENT)):
        wishes = replace(wishes, payment=said.payment)
    if story.asked is Ask.POINT and (point := picked(listed(story.told("get_pickup_points"), "points"), said)):
        wishes = replace(wishes, point=point["point"])
    return replace(story, wishes=wishes)


def _is_brand(tire: Told, brand: str) -> bool:
    return str(tire.get("name", "")).lower().startswith(brand.lower())


def _price(tire: Told) -> float:
    return float(str(tire["price"]).split()[0])


def _cheapest(shown: Sequence[Told]) -> int:
    return int(min(_price(tire) for tire in shown))


# Fitting


def _fitting(story: Story, said: Said) -> Story:
    wishes = story.wishes
    if said.diameter:
        wishes = replace(wishes, diameter=said.diameter)
    elif story.asked is Ask.DIAMETER and said.numbers:
        wishes = replace(wishes, diameter=said.numbers[-1])
    if said.work:
        wishes = replace(wishes, work=said.work)
    if car := _car(story, said):
        wishes = replace(wishes, car=car)
    if story.topic is Topic.FITTING and wishes.station is None and (place := _PLACE.search(said.text)):
        if read(place.group(1)).is_place:
            wishes = replace(wishes, district=place.group(1))
    if story.asked is Ask.DISTRICT and answers(story, said) and not said.city:
        wishes = replace(wishes, district=_district(story, said), station=None)
    story = replace(story, wishes=wishes)
    if story.asked is Ask.STATION and (station := picked(listed(told_last(story), "stations"), said)):
        story = story.wishing(station=station["station"])
    if story.asked is Ask.BOOKING and (
        booking := picked(listed(story.told("get_customer_bookings"), "bookings"), said)
    ):
        return story.wishing(booking=booking["booking"])
    return _when(story, said)


def told_last(story: Story) -> Told:
    return story.told("get_fitting_stations") or {}


def _district(story: Story, said: Said) -> str:
    districts = told_last(story).get("districts")
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
    wishes = story.wishes
    shown = slots_told(_times(story))
    asked_when = story.asked in (Ask.DAY, Ask.SLOT, Ask.PROPOSAL, Ask.CHANGE, Ask.BOOKING)
    understood = said.understood
    is_date = understood[4:5] == "-"
    day = understood if is_date else days.day_in(said.ordered, story.today)
    time = understood if understood[2:3] == ":" else days.time_in(said.ordered) if asked_when or day else None
    if said.place is not None or (not day and story.asked in _NO_TIME):
        time = None
    if days.is_soon(said.ordered) and not day:
        wishes = replace(wishes, soon=True, day=None, slot=None)
    if day and day != wishes.day:
        wishes = replace(wishes, day=day, slot=None, time=time, soon=False)
    if time and time != wishes.time:
        wishes = replace(wishes, time=time, slot=None)
    if not shown:
        return replace(story, wishes=wishes)
    if wishes.slot is None or day or time:
        heard = offered(shown, story.wishes.time)
        slot = _slot(shown, wishes, heard, said if story.asked is Ask.SLOT else None)
        wishes = replace(wishes, slot=slot or (None if day or time else wishes.slot))
    if story.asked in (Ask.SLOT, Ask.PROPOSAL, Ask.CHANGE) and said.wants(Intent.OTHERS) and not day and not time:
        wishes = replace(wishes, slot=None, time=None, day=None)
    return replace(story, wishes=wishes)


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


# The rest


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
