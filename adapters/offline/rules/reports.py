"""What is said of what a tool has told or refused, where that ends a wish."""

import re

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.fitting import booked
from adapters.offline.rules.steps import Say, Step, Transfer
from adapters.offline.rules.story import Story, Told, listed, told
from adapters.offline.rules.wording import Phrase
from domain.hand_over import Reason
from domain.transcript import ToolUse
from domain.words import words

_MOST_ORDERS = 2
_OVER = ("delivered", "cancelled")
_LONGEST_ADVICE = 170
_MOST_TIRES = 20
_WHEREVER = (
    ("withheld", Phrase.NUMBER_HIDDEN, Ask.OPERATOR),
    ("known whether", Phrase.UNCERTAIN, Ask.CALLBACK),
    ("not answer", Phrase.SHOP_DOWN, Ask.CALLBACK),
)
"""What a tool tells when it fails, what is said then and asked."""
_REFUSED: tuple[tuple[str, str, Phrase | None, Ask], ...] = (
    ("get_vehicle_tire_sizes", "", Phrase.UNKNOWN_CAR, Ask.SIZE),
    ("search_tires", "car", Phrase.UNKNOWN_CAR, Ask.SIZE),
    ("update_order_delivery", "address", None, Ask.ADDRESS),
    ("update_order_delivery", "", Phrase.NOT_DELIVERED, Ask.CITY),
    ("get_pickup_points", "", Phrase.NOT_DELIVERED, Ask.CITY),
    ("get_order_status", "", Phrase.NO_ORDERS, Ask.MORE),
    ("find_storage", "", Phrase.NOT_STORED, Ask.MORE),
    ("get_fitting_stations", "", Phrase.NO_STATION, Ask.FITTING_CITY),
    ("get_fitting_slots", "", Phrase.DAYS_ALLOWED, Ask.DAY),
    ("book_fitting", "name", None, Ask.NAME),
    ("cancel_fitting", "name", None, Ask.NAME),
    ("cancel_fitting", "car", None, Ask.CAR),
    ("cancel_fitting", "another time", Phrase.TAKEN, Ask.DAY),
)
_STEM = 5
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s|$)|$)", re.DOTALL)


def report(story: Story, use: ToolUse) -> Say | None:
    """Return what is said of a tool's answer, None where a flow goes on with it."""
    answer, wording = told(use), story.wording
    match use.call.name:
        case "get_order_status":
            orders = listed(answer, "orders")
            orders = [order for order in orders if order.get("status") not in _OVER][:_MOST_ORDERS] or orders[:1]
            return Say(" ".join(_order(story, order) for order in orders) or wording.say(Phrase.NO_ORDERS))
        case "get_customer_bookings":
            bookings = listed(answer, "bookings")
            return Say(" ".join(booked(story, each) for each in bookings) or wording.say(Phrase.NO_BOOKINGS))
        case "get_fitting_price":
            prices = listed(answer, "prices")
            return Say(" ".join(_price(story, price) for price in prices) or wording.say(Phrase.BY_OPERATOR))
        case "find_storage":
            contracts = listed(answer, "contracts")
            return Say(" ".join(_stored(story, each) for each in contracts) or wording.say(Phrase.NOT_STORED))
        case "search_knowledge_base":
            articles = listed(answer, "articles")
            if not articles:
                return Say(wording.say(Phrase.BY_OPERATOR), Ask.OPERATOR)
            return Say(_advice(str(articles[0]["text"]), str(use.call.arguments.get("query"))))
        case "check_availability":
            stock = answer.get("stock")
            if not stock:
                return Say(wording.say(Phrase.SOLD_OUT), Ask.OTHER_TIRES)
            return Say(wording.say(Phrase.STOCK, name=answer.get("name"), stock=stock))
        case "create_callback_request":
            return Say(wording.say(Phrase.CALLBACK_NOTED))
        case "update_customer_profile":
            return Say(wording.say(Phrase.SAVED))
        case _:
            return None


def failure(story: Story, use: ToolUse) -> Step:
    """Return what to do when a tool has refused, or the shop has not answered."""
    why, wording, tool = use.result, story.wording, use.call.name
    if "policy_limit" in why or (tool == "create_order_draft" and (story.wishes.quantity or 0) > _MOST_TIRES):
        return Transfer(Reason.POLICY_LIMIT)
    for sign, phrase, ask in _WHEREVER:
        if sign in why:
            return Say(wording.say(phrase), ask)
    if tool in ("create_order_draft", "confirm_order"):
        return Say(wording.say(Phrase.SOLD_OUT), Ask.OTHER_TIRES)
    for name, sign, maybe, ask in _REFUSED:
        if name == tool and sign in why:
            return Say(wording.say(maybe) if maybe else "", ask)
    return Say(wording.say(Phrase.FAILED), Ask.OPERATOR)


def _order(story: Story, order: Told) -> str:
    wording, expected = story.wording, ""
    if (day := order.get("estimated_delivery")) and order.get("status") not in _OVER:
        expected = wording.say(Phrase.EXPECTED, day=wording.day(str(day)))
    status = wording.statuses.get(str(order.get("status")), str(order.get("label", "")))
    return wording.say(Phrase.ORDER, number=order.get("order_number"), status=status, expected=expected)


def _price(story: Story, price: Told) -> str:
    label = story.wording.works.get(str(price.get("service")), str(price.get("label")))
    return story.wording.say(Phrase.PRICE, label=label, price=story.wording.price(price["price"]))


def _stored(story: Story, contract: Told) -> str:
    wording = story.wording
    text = wording.say(Phrase.STORED, items=contract.get("items"), place=contract.get("place"))
    debt = str(contract.get("debt", "0"))
    return text if debt.startswith("0") else f"{text} {wording.say(Phrase.DEBT, debt=wording.price(debt))}"


def _advice(text: str, asked: str) -> str:
    """Return the sentences of an article that answer best: as many as are listened to on the telephone."""
    sentences = _SENTENCE.findall(text)
    wanted = _stems(asked)
    likeness = [len(wanted & _stems(sentence)) for sentence in sentences]
    first = likeness.index(max(likeness)) if max(likeness) > likeness[0] + 1 else 0
    advice = str(sentences[first])
    for sentence in sentences[first + 1 :]:
        if len(advice) + len(sentence) > _LONGEST_ADVICE:
            break
        advice = f"{advice} {sentence}"
    return advice


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) >= _STEM}
