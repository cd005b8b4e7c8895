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
        case "create_callback_request":
            return Say(wording.say(Phrase.CALLBACK_NOTED))
        case "update_customer_profile":
            return Say(wording.say(Phrase.SAVED))
        case _:
            return None


def failure(story: Story, use: ToolUse) -> Step:
    """Return what to do when a tool has refused, or the shop has not answered."""
    why, wording = use.result, story.wording
    quantity = story.wishes.quantity or 0
    if "policy_limit" in why or (use.call.name == "create_order_draft" and quantity > 20):
        return Transfer(Reason.POLICY_LIMIT)
    if "withheld" in why:
        return Say(wording.say(Phrase.NUMBER_HIDDEN), Ask.OPERATOR)
    if "not known whether" in why:
        return Say(wording.say(Phrase.UNCERTAIN), Ask.CALLBACK)
    if "not answer" in why:
        return Say(wording.say(Phrase.SHOP_DOWN), Ask.CALLBACK)
    match use.call.name:
        case "get_vehicle_tire_sizes":
            return Say(wording.say(Phrase.UNKNOWN_CAR), Ask.SIZE)
        case "create_order_draft" | "confirm_order":
            return _not_enough(story, why)
        case "update_order_delivery":
            asks = Ask.ADDRESS if "address" in why else Ask.CITY
            return Say(wording.say(Phrase.NOT_DELIVERED) if asks is Ask.CITY else "", asks)
        case "get_pickup_points":
            return Say(wording.say(Phrase.NOT_DELIVERED), Ask.CITY)
        case "cancel_fitting" | "book_fitting" if "name" in why:
            return Say("", Ask.NAME)
        case "cancel_fitting" | "book_fitting" if "car" in why:
            return Say("", Ask.CAR)
        case "get_order_status":
            return Say(wording.say(Phrase.NO_ORDERS), Ask.MORE)
        case "find_storage":
            return Say(wording.say(Phrase.NOT_STORED), Ask.MORE)
        case "get_fitting_stations":
            return Say(wording.say(Phrase.NO_STATION), Ask.FITTING_CITY)
        case "get_fitting_slots":
            return Say(wording.say(Phrase.DAYS_ALLOWED), Ask.DAY)
        case "book_fitting" | "cancel_fitting" if "taken" in why or "slot" in why:
            return Say(wording.say(Phrase.TAKEN), Ask.DAY)
        case _:
            return Say(wording.say(Phrase.FAILED), Ask.OPERATOR)


def _not_enough(story: Story, why: str) -> Step:
    left = [int(word) for word in why.replace(".", " ").replace(",", " ").split() if word.isdecimal()]
    fewer = [number for number in left if 0 < number < (story.wishes.quantity or 0)]
    if fewer:
        return Say(story.wording.say(Phrase.ONLY_LEFT, stock=fewer[0]), Ask.QUANTITY)
    return Say(story.wording.say(Phrase.SOLD_OUT), Ask.OTHER_TIRES)


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
    advice = sentences[first]
    for sentence in sentences[first + 1 :]:
        if len(advice) + len(sentence) > _LONGEST_ADVICE:
            break
        advice = f"{advice} {sentence}"
    return advice


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in words(text) if len(word) >= _STEM}
