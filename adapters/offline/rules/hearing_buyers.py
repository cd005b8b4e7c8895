"""What the words of who buys tyres change: which he looks for, takes, how many, and how he gets and pays them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from adapters.offline.rules import vocabulary
from adapters.offline.rules.answers import answers
from adapters.offline.rules.asking import Ask
from adapters.offline.rules.intents import Intent
from adapters.offline.rules.picking import picked
from adapters.offline.rules.said import Said, address_in
from adapters.offline.rules.story import Story, Told, listed, offers
from adapters.offline.rules.vocabulary import sounds
from adapters.offline.rules.wishes import Wishes
from domain.shop.catalog import TireSize
from domain.words import words

_HOW = r"як|как|чи|можна|можно|can|could|how|do you"
_ASKS = r"є|есть|чи|щось|шось|що|може|можна|можно|надто|занадто|слишком|any|something|anything|too|do|more"
_NUMBER_MAY_BE_QUANTITY = frozenset(
    {Ask.QUANTITY, Ask.CHOICE, Ask.PROPOSAL, Ask.CHANGE, Ask.DELIVERY, Ask.OTHER_TIRES, Ask.FEWER}
)
_INCHES = range(12, 25)
_ON_INCHES = re.compile(r"(?<!\S)(?:на|for) (1[2-9]|2[0-4])(?!\S)")
_OF_HIMSELF = frozenset({Ask.NAME, Ask.ADDRESS, Ask.CITY})
_CHOOSING = frozenset({Ask.CHOICE, Ask.QUANTITY, Ask.FEWER, Ask.OTHER_TIRES, None})
_NO_TIRE = frozenset({Ask.POINT, Ask.STATION, Ask.SLOT, Ask.BOOKING})


def hear_buyer(story: Story, said: Said) -> Story:
    shown = offers(story)
    if story.asked in _OF_HIMSELF and answers(story, said):
        return _received(story, said)
    story = _looked_for(story, said, shown)
    if shown and story.searched_from < len(story.turns):
        story = _chosen(story, said, shown)
    if (pieces := _quantity(story, said)) is not None:
        story = story.wishing(quantity=pieces)
    return _received(story, said)


def _looked_for(story: Story, said: Said, shown: Sequence[Told]) -> Story:
    wishes, before = story.wishes, story.wishes
    if said.size:
        wishes = replace(wishes, size=said.size, section=None)
    elif said.section or _diameter(story, said):
        wishes = _in_parts(wishes, said, _diameter(story, said))
    if said.season:
        wishes = replace(wishes, season=said.season)
    if said.make and (said.make, said.model) != (wishes.make, wishes.model):
        size = said.size or (None if wishes.make else wishes.size)
        wishes = replace(wishes, make=said.make, model=said.model, year=said.year, size=size)
    if said.model and said.model != wishes.model:
        wishes = replace(wishes, model=said.model)
    elif story.asked is Ask.MODEL and wishes.make and not wishes.model and answers(story, said):
        wishes = replace(wishes, model=_unknown_model(said))
    if said.year and wishes.make:
        wishes = replace(wishes, year=said.year)
    if said.most_price:
        wishes = replace(wishes, most_price=said.most_price)
    if said.brand and not any(_is_brand(tire, said.brand) for tire in shown):
        wishes = replace(wishes, brand=said.brand, most_price=said.most_price)
    elif shown and said.wants(Intent.CHEAPER) and sounds(_ASKS, " ".join(words(said.text))[:40]):
        wishes = replace(wishes, most_price=_cheapest(shown) - 1, brand=None)
    gone = story.asked is Ask.OTHER_TIRES and said.agrees and bool(_found(story))
    if story.asked is Ask.OTHER_TIRES and said.agrees and wishes == before and not gone:
        wishes = _wider(story, wishes)
    if story.asked is Ask.FEWER and said.agrees and not said.refuses and not said.pieces:
        return story.wishing(quantity=_left(story))
    declined = story.asked in (Ask.FEWER, Ask.CHOICE) and said.refuses and not said.numbers and said.place is None
    others = (said.wants(Intent.OTHERS) and story.asked in _CHOOSING) or declined or gone
    again = bool(shown) and others and not said.brand and story.asked is not Ask.CHANGE
    if wishes != before or again:
        chosen = said.pieces if wishes != before else wishes.quantity
        wishes = replace(wishes, tire=None, quantity=chosen or wishes.quantity)
        story = replace(story, searched_from=len(story.turns))
    return replace(story, wishes=wishes)


def _diameter(story: Story, said: Said) -> int | None:
    """Return the diameter that is said, with its name or to the question for it."""
    if said.diameter:
        return said.diameter
    bare = _ON_INCHES.search(said.figures) if said.wants(Intent.TIRES) or said.brand else None
    number = int(bare.group(1)) if bare else said.numbers[-1] if said.numbers else 0
    asked = story.asked in (Ask.DIAMETER, Ask.SIZE) and not said.section
    return number if (bare or asked) and number in _INCHES else None


def _in_parts(wishes: Wishes, said: Said, inches: int | None) -> Wishes:
    """Put a size together that is said in pieces: `R16`, and then `205 на 55`."""
    before = (wishes.size.width, wishes.size.profile) if wishes.size else None
    section = said.section or wishes.section or before
    diameter = inches or wishes.diameter
    size = TireSize(*section, diameter) if section and diameter else wishes.size
    return replace(wishes, section=section, diameter=diameter, size=size)


def _unknown_model(said: Said) -> str | None:
    spoken = [word for word in said.figures.split() if not sounds("|".join(vocabulary.CARS.values()), word)]
    return spoken[0].capitalize() if spoken else None


def _found(story: Story) -> Sequence[Told]:
    """Return what the last search has found."""
    return listed(story.told("search_tires"), "tires")


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
    elif said.place is not None and story.asked not in _NO_TIRE:
        tire = shown[min(said.place, len(shown) - 1)]
    elif said.cheapest or said.dearest:
        tire = (min if said.cheapest else max)(shown, key=_price)
    else:
        tire = _by_model(shown, said)
    taken = said.agrees or said.pieces or said.numbers or said.wants(Intent.BUY)
    if tire is None and len(shown) == 1 and story.asked is Ask.CHOICE and taken:
        tire = shown[0]
    return story.wishing(tire=tire["tire"]) if tire else story


def _by_model(shown: Sequence[Told], said: Said) -> Told | None:
    spoken = set(said.figures.split())
    return next((tire for tire in shown if set(words(str(tire.get("name")))[1:]) & spoken), None)


def _quantity(story: Story, said: Said) -> int | None:
    if said.pieces is not None:
        return said.pieces
    if story.asked not in _NUMBER_MAY_BE_QUANTITY or not said.numbers or said.address or said.city:
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
    if address is None and _is_address(story, said):
        address = address_in(said.text, wishes.city)
    if address:
        wishes = replace(wishes, address=address, delivery="delivery")
    elif story.asked is Ask.DELIVERY and said.city and not said.delivery:
        wishes = replace(wishes, delivery="delivery")
    if said.payment and (story.asked is Ask.PAYMENT or not sounds(_HOW, said.figures)):
        wishes = replace(wishes, payment=said.payment)
    if story.asked is Ask.POINT and (point := picked(listed(story.told("get_pickup_points"), "points"), said)):
        wishes = replace(wishes, point=str(point["point"]))
    return replace(story, wishes=wishes)


def _is_address(story: Story, said: Said) -> bool:
    if story.asked is Ask.ADDRESS:
        return answers(story, said)
    numbered = bool(said.city and said.numbers and not said.pieces)
    return numbered and story.asked in (Ask.DELIVERY, Ask.CITY)


def _is_brand(tire: Told, brand: str) -> bool:
    return str(tire.get("name", "")).lower().startswith(brand.lower())


def _price(tire: Told) -> float:
    return float(str(tire["price"]).split()[0])


def _cheapest(shown: Sequence[Told]) -> int:
    return int(min(_price(tire) for tire in shown))
