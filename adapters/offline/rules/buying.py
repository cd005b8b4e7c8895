"""What comes next for who buys tyres: what to look for, which, how many, how to get and to pay them, the order."""

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.intents import Intent
from adapters.offline.rules.steps import Call, Say, Step
from adapters.offline.rules.story import Arguments, Story, Told, listed, offers, street, told
from adapters.offline.rules.wording import Phrase

_MOST_TOLD = 2
_MOST_POINTS = 2


def next_of_buying(story: Story) -> Step:
    step = _sizes(story) or _search(story) or _choice(story)
    if step is not None:
        return step
    draft = {"items": [{"product": story.wishes.tire, "quantity": story.wishes.quantity}]}
    drafted = story.place("create_order_draft", draft, after=story.done_at)
    if drafted is None:
        return Call("create_order_draft", draft)
    answer = told(story.turns[drafted])
    if existing := answer.get("existing"):
        return _existing(story, existing, draft)
    if short := listed(answer, "not_enough"):
        stock = int(str(short[0]["stock"]))
        if stock:
            return Say(story.wording.say(Phrase.ONLY_LEFT, stock=stock), Ask.FEWER)
        return Say(story.wording.say(Phrase.SOLD_OUT), Ask.OTHER_TIRES)
    return _delivery(story, drafted) or _order(story, drafted)


def _sizes(story: Story) -> Step | None:
    wishes = story.wishes
    if wishes.size:
        return None
    if wishes.section and not wishes.make:
        return Say("", Ask.DIAMETER)
    if not wishes.make:
        return Say("", Ask.MODEL if story.said.wants(Intent.UNSURE) else Ask.SIZE)
    if not wishes.model:
        return Say("", Ask.MODEL)
    car = _car(story)
    return None if story.told("get_vehicle_tire_sizes", car) else Call("get_vehicle_tire_sizes", car)


def _car(story: Story) -> Arguments:
    wishes = story.wishes
    year = {"year": wishes.year} if wishes.year else {}
    return {"brand": wishes.make, "model": wishes.model, **year}


def _search(story: Story) -> Step | None:
    wishes = story.wishes
    arguments: dict[str, object] = {}
    if wishes.size:
        size = wishes.size
        arguments = {"width": size.width, "profile": size.profile, "diameter": size.diameter}
    else:
        arguments = {"vehicle": " ".join(str(part) for part in (wishes.make, wishes.model, wishes.year) if part)}
    for name, value in (("season", wishes.season), ("brand", wishes.brand), ("max_price", wishes.most_price)):
        if value:
            arguments[name] = value
    if story.told("search_tires", arguments, after=story.searched_from - 1):
        return None
    return Call("search_tires", arguments)


def _choice(story: Story) -> Step | None:
    wishes, wording = story.wishes, story.wording
    found = story.told("search_tires", after=story.searched_from - 1) or {}
    if not listed(found, "tires"):
        return _nothing(story, found)
    tires = offers(story)
    if wishes.tire is None:
        size = tires[0]["size"]
        season = wording.seasons.get(str(tires[0].get("season")), "")
        fits = ""
        if not wishes.size:
            vehicle = (story.told("get_vehicle_tire_sizes") or {}).get("vehicle")
            fits = wording.say(Phrase.FITS, vehicle=vehicle, size=size) + " "
        options = [wording.say(Phrase.OFFER, name=tire["name"], price=wording.price(tire["price"])) for tire in tires]
        named = wording.list(options[:_MOST_TOLD])
        return Say(
            fits + wording.say(Phrase.FOUND, season=season, size=size, tires=named).replace("  ", " "), Ask.CHOICE
        )
    if wishes.quantity is None:
        tire = next((tire for tire in offers(story) if tire["tire"] == wishes.tire), tires[0])
        return Say(wording.say(Phrase.CHOSEN, name=tire["name"], price=wording.price(tire["price"])), Ask.QUANTITY)
    return None


def _nothing(story: Story, found: Told) -> Step:
    hint, wording = str(found.get("hint", "")), story.wording
    other = [said for season, said in wording.seasons.items() if season in hint and season != found.get("season")]
    if "seasons" in hint and other:
        return Say(wording.say(Phrase.BUT_SEASON, season=wording.list(other[:1])), Ask.OTHER_TIRES)
    return Say(wording.say(Phrase.NONE_FOUND), Ask.OTHER_TIRES)


def _existing(story: Story, existing: object, draft: Arguments) -> Step:
    if story.asked is Ask.ANOTHER and story.said.agrees:
        return Call("create_order_draft", draft)
    number = existing.get("order_number") if isinstance(existing, dict) else ""
    return Say(story.wording.say(Phrase.EXISTS, number=number), Ask.ANOTHER)


def _delivery(story: Story, drafted: int) -> Step | None:
    wishes = story.wishes
    if wishes.delivery is None:
        return Say("", Ask.DELIVERY)
    if wishes.city is None:
        return Say("", Ask.CITY)
    city = story.wording.city(wishes.city)
    arguments: Arguments
    if wishes.delivery == "pickup":
        point = _point(story, city)
        if not isinstance(point, str):
            return point
        arguments = {"delivery_type": "pickup", "pickup_point": point}
    else:
        if wishes.address is None:
            return Say("", Ask.ADDRESS)
        arguments = {"delivery_type": "delivery", "city": city, "address": wishes.address}
    if story.told("update_order_delivery", arguments, after=drafted):
        return None
    return Call("update_order_delivery", arguments)


def _point(story: Story, city: str) -> str | Step:
    """Return the handle of the point that is chosen, or what to do to learn it."""
    if story.wishes.point:
        return story.wishes.point
    answer = story.told("get_pickup_points", {"city": city})
    if answer is None:
        return Call("get_pickup_points", {"city": city})
    points = listed(answer, "points")
    match points:
        case []:
            return Say(story.wording.say(Phrase.NOT_DELIVERED), Ask.CITY)
        case [only]:
            return str(only["point"])
        case _:
            addresses = story.wording.list([street(point) for point in points[:_MOST_POINTS]])
            return Say(story.wording.say(Phrase.POINTS, points=addresses), Ask.POINT)


def _order(story: Story, drafted: int) -> Step:
    wishes, said = story.wishes, story.said
    if wishes.payment is None:
        return Say("", Ask.PAYMENT)
    name = wishes.name or story.known_name
    if name is None:
        return Say("", Ask.NAME)
    arguments: Arguments = {"payment_method": wishes.payment, "customer_name": name}
    delivered = story.place("update_order_delivery", after=drafted)
    read_out = story.told("confirm_order", arguments, after=drafted if delivered is None else delivered)
    if read_out and "refused" in read_out:
        return _gone(story, arguments)
    if read_out is not None and said.refuses and story.asked is Ask.PROPOSAL:
        return Say("", Ask.CHANGE)
    if story.asked is Ask.CHANGE and not story.news and not said.agrees:
        return Say("", Ask.CHANGE)
    return Call("confirm_order", arguments)


def _gone(story: Story, confirmation: Arguments) -> Step:
    """Look up how many there are of what the shop would not sell, and say so."""
    refused = story.place("confirm_order", confirmation)
    stock = story.told("check_availability", {"product": story.wishes.tire}, after=-1 if refused is None else refused)
    if stock is None:
        return Call("check_availability", {"product": story.wishes.tire})
    if left := int(str(stock.get("stock", 0))):
        return Say(story.wording.say(Phrase.ONLY_LEFT, stock=left), Ask.OTHER_TIRES)
    return Say(story.wording.say(Phrase.SOLD_OUT), Ask.OTHER_TIRES)
