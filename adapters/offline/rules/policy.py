"""What the agent does next, whatever the caller is about."""

from dataclasses import replace

from adapters.offline.rules.asking import YES_NO, Ask
from adapters.offline.rules.buying import next_of_buying
from adapters.offline.rules.fitting import next_of_fitting, next_of_moving, next_of_place
from adapters.offline.rules.intents import Intent
from adapters.offline.rules.reports import failure, report
from adapters.offline.rules.steps import Call, Say, Step, Transfer
from adapters.offline.rules.story import Story, offers, told
from adapters.offline.rules.vocabulary import sounds
from adapters.offline.rules.wishes import Topic
from adapters.offline.rules.wording import Phrase
from domain.hand_over import Reason
from domain.transcript import CallerTurn, ToolUse
from domain.words import words

TRANSFER = "transfer_to_operator"
_AN_ORDER = r"замовлен\w+|заказ\w*|order"
_CHANGED_MIND = r"передума\w+|не буду|нічого не (треба|потрібно)|ничего не надо|changed my mind"
_LONGEST_NOTE = 150
_QUESTIONS = (Intent.ADVICE, Intent.DELIVERY, Intent.PAYMENT)
_ANSWERED_BY_DELIVERY = frozenset({Ask.DELIVERY, Ask.CITY, Ask.ADDRESS, Ask.POINT, Ask.PROPOSAL, Ask.CHANGE})
_BEGUN = "Call get_order_status"


def next_step(story: Story, note: str = "") -> Step:
    step = _told_before(story, note) or _next(story)
    if isinstance(step, Call) and step.tool not in story.tools:
        step = Say(story.wording.say(Phrase.BY_OPERATOR), Ask.OPERATOR)
    if isinstance(step, Transfer) and TRANSFER not in story.tools:
        step = Say(story.wording.say(Phrase.FAILED), Ask.MORE)
    if isinstance(step, Say) and step.ask and _just_told(story, step.text):
        step = replace(step, text="")
    if isinstance(step, Say) and story.unheard and _unsaid(story):
        step = replace(step, text=f"{story.unheard} {step.text}".strip())
    return step


def _just_told(story: Story, text: str) -> bool:
    """Whether the agent has said this last, and nobody asks for it again."""
    return bool(text) and text in story.agent and story.news and not story.said.wants(Intent.PRICE, Intent.REPEAT)


def _told_before(story: Story, note: str) -> Step | None:
    """Look up what an earlier call may have done, before anything else."""
    if _BEGUN in note and story.told("get_order_status") is None and not isinstance(story.turns[-1], ToolUse):
        return Call("get_order_status", {})
    return None


def _unsaid(story: Story) -> bool:
    said = [" ".join(words(getattr(turn, "text", ""))) for turn in story.turns]
    return not any(" ".join(words(story.unheard)) in text for text in said)


def _next(story: Story) -> Step:
    last = story.turns[-1] if story.turns else None
    if isinstance(last, ToolUse):
        if last.failed:
            return failure(story, last)
        if last.call.name == TRANSFER:
            return Say("", None)
        if "refused" in told(last) and last.call.name in ("book_fitting", "cancel_fitting"):
            return _refused(story, last)
        said = None if _goes_on(story, last) else report(story, last)
        if said is not None:
            return said if said.ask else _and_back(said.text, story)
        return _resumed(story, _flow(story) or Say("", Ask.MORE))
    return _for_anybody(story) or _to_what_was_asked(story) or _question(story) or _about(story)


def _goes_on(story: Story, use: ToolUse) -> bool:
    """Whether a flow goes on with what this tool has told."""
    moving = story.topic in (Topic.RESCHEDULE, Topic.CANCEL)
    return moving and use.call.name in ("get_customer_bookings", "update_customer_profile")


def _refused(story: Story, use: ToolUse) -> Step:
    """Say that a time is gone, and offer others."""
    if use.call.arguments.get("action") == "cancel":
        return Say(story.wording.say(Phrase.FAILED), Ask.OPERATOR)
    taken, step = story.wording.say(Phrase.TAKEN), _flow(story)
    match step:
        case Say(text, ask):
            return Say(f"{taken} {text}".strip(), ask)
        case Call(tool, arguments):
            return Call(tool, arguments, before=taken)
        case _:
            return Say(taken, Ask.DAY)


# What holds wherever it is said


def _for_anybody(story: Story) -> Step | None:
    said, wording = story.said, story.wording
    if said.wants(Intent.WHO):
        return _and_back(wording.say(Phrase.WHO), story)
    if said.wants(Intent.ROLE):
        return _and_back(wording.say(Phrase.ROLE), story)
    if said.wants(Intent.OPERATOR) and not said.wants(Intent.CALLBACK):
        upset = story.topic is Topic.COMPLAINT
        return Transfer(Reason.NEGATIVE_EMOTION if upset else Reason.CUSTOMER_REQUEST)
    if said.wants(Intent.CANCEL) and sounds(_AN_ORDER, said.figures) and story.topic is not Topic.BUYING:
        return Say(wording.say(Phrase.ORDER_BY_OPERATOR), Ask.OPERATOR)
    if said.wants(Intent.GOODBYE):
        return Say(wording.say(Phrase.FAREWELL))
    if said.wants(Intent.REPEAT) and story.agent:
        before, _, _ = wording.phrases[Phrase.REPEATED].partition("{text}")
        return Say(before + story.agent.removeprefix(before))
    if said.wants(Intent.OFF_TOPIC) and not story.news:
        return _and_back(wording.say(Phrase.OFF_TOPIC), story)
    asks = said.wants(Intent.PRICE, Intent.STOCK) and story.asked is Ask.PROPOSAL
    if said.wants(Intent.STOP) and not story.news and not asks and len(said.intents) <= 2:
        return Say(wording.say(Phrase.STOP))
    return None


def _to_what_was_asked(story: Story) -> Step | None:
    said, wording = story.said, story.wording
    if story.asked not in YES_NO or (story.news and story.topic is not Topic.COMPLAINT):
        return None
    match story.asked:
        case Ask.OPERATOR if said.agrees:
            return Transfer(Reason.NEGATIVE_EMOTION if story.topic is Topic.COMPLAINT else Reason.CUSTOMER_REQUEST)
        case Ask.CALLBACK if said.agrees:
            return Call("create_callback_request", _callback(story))
        case Ask.OPERATOR | Ask.CALLBACK if said.refuses:
            return Say(wording.say(Phrase.GO_ON))
        case Ask.MORE if said.refuses or (said.wants(Intent.THANKS) and not said.wants(Intent.YES)):
            return Say(wording.say(Phrase.FAREWELL))
        case Ask.MORE if said.agrees and story.topic is None and len(said.intents) == 1:
            return Say(wording.say(Phrase.WHAT_ELSE))
        case Ask.ANOTHER | Ask.OTHER_TIRES if said.refuses:
            return Say(wording.say(Phrase.NOT_DONE), Ask.MORE)
        case _:
            return None


def _callback(story: Story) -> dict[str, object]:
    spoken = "; ".join(turn.text for turn in story.turns if isinstance(turn, CallerTurn))
    about = spoken[-_LONGEST_NOTE:]
    when = {"preferred_time": story.wishes.callback_time} if story.wishes.callback_time else {}
    return {**when, "note": about}


def _question(story: Story) -> Step | None:
    """Answer a question that the shop's articles answer, and come back to what was asked."""
    said, wording = story.said, story.wording
    asks_stock = said.wants(Intent.STOCK) and story.topic is Topic.BUYING and story.asked is not Ask.PROPOSAL
    if asks_stock and not story.news and (shown := offers(story)):
        return Call("check_availability", {"product": story.wishes.tire or shown[0]["tire"]})
    if said.wants(Intent.LIST):
        return Say(wording.say(Phrase.BRANDS))
    if story.news and not said.wants(Intent.ADVICE):
        return None
    wanted = [intent for intent in _QUESTIONS if intent in said.intents]
    if Intent.DELIVERY in wanted and (story.asked in _ANSWERED_BY_DELIVERY and not said.wants(Intent.PRICE)):
        wanted.remove(Intent.DELIVERY)
    if Intent.PAYMENT in wanted and story.asked is Ask.PAYMENT:
        wanted.remove(Intent.PAYMENT)
    if not wanted or (story.topic in (Topic.ORDER, Topic.STORAGE, Topic.BOOKINGS, Topic.CALLBACK) and story.news):
        return None
    return Call("search_knowledge_base", {"query": said.text.strip(" .!?")})


# What the caller is about


def _about(story: Story) -> Step:
    said, wording = story.said, story.wording
    changed_mind = said.wants(Intent.CANCEL) or sounds(_CHANGED_MIND, said.figures)
    if story.topic is Topic.BUYING and changed_mind and not story.news:
        return Say(wording.say(Phrase.NOT_DONE), Ask.MORE)
    if said.wants(Intent.PROFILE) and said.name and story.topic is None:
        return Call("update_customer_profile", {"name": said.name})
    if not story.news:
        if said.wants(Intent.THANKS) and story.topic is None:
            return Say(wording.say(Phrase.THANKS), Ask.MORE)
        if said.wants(Intent.GREETING) and story.topic is None:
            return Say(wording.say(Phrase.GREETING))
        if not _means_something(story):
            return _not_understood(story)
    flow = _flow(story)
    if flow is not None:
        return _resumed(story, flow)
    if said.agrees or said.refuses:
        return Say(wording.say(Phrase.GO_ON))
    return _not_understood(story)


def _resumed(story: Story, step: Step) -> Step:
    """Say what it is about now, when a wish that waited comes next."""
    phrase = {Topic.BUYING: Phrase.NEXT_BUYING, Topic.FITTING: Phrase.NEXT_FITTING}.get(story.topic or Topic.PLACE)
    if not story.resumed or phrase is None or not isinstance(step, Say):
        return step
    return replace(step, text=f"{story.wording.say(phrase)} {step.text}".strip())


def _means_something(story: Story) -> bool:
    """Whether the flow may go on with words that changed nothing: a yes or a no, or a wish for what is talked about."""
    said = story.said
    if story.asked in YES_NO or story.asked is Ask.CHANGE:
        return said.agrees or said.refuses or bool(said.intents)
    if story.topic is None:
        return False
    polite = {Intent.YES, Intent.NO, Intent.THANKS, Intent.GREETING, Intent.STOP}
    return bool(said.intents.keys() - polite) or story.asked is None or said.agrees


def _flow(story: Story) -> Step | None:
    match story.topic:
        case Topic.BUYING:
            return next_of_buying(story)
        case Topic.FITTING:
            return next_of_fitting(story)
        case Topic.RESCHEDULE | Topic.CANCEL:
            return next_of_moving(story)
        case Topic.CALLBACK:
            if story.wishes.callback_time is None and story.asked is not Ask.CALLBACK_TIME:
                return Say("", Ask.CALLBACK_TIME)
            return Call("create_callback_request", _callback(story))
        case Topic.COMPLAINT:
            return Say(story.wording.say(Phrase.EMPATHY), Ask.OPERATOR)
        case Topic.ORDER:
            number = story.wishes.order_number
            return Call("get_order_status", {"order_number": number} if number else {})
        case Topic.BOOKINGS:
            return Call("get_customer_bookings", {})
        case Topic.STORAGE:
            return Call("find_storage", {})
        case Topic.PRICE:
            return _price(story)
        case Topic.PLACE:
            return next_of_place(story)
        case None:
            return None


def _price(story: Story) -> Step:
    wishes = story.wishes
    diameter = wishes.diameter or (wishes.size.diameter if wishes.size else None)
    if diameter is None:
        return Say("", Ask.DIAMETER)
    work = {"service_type": wishes.work} if wishes.work else {}
    return Call("get_fitting_price", {"tire_diameter": diameter, **work})


def _and_back(text: str, story: Story) -> Step:
    """Say this, and go back to what is still to be asked."""
    for topic in (story.topic, *story.waiting):
        if topic in (Topic.BUYING, Topic.FITTING, Topic.RESCHEDULE):
            step = _flow(replace(story, topic=topic))
            match step:
                case Say(_, ask) if ask:
                    return Say(text, ask)
                case Call(tool, arguments) if isinstance(story.turns[-1], ToolUse):
                    return Call(tool, arguments, before=text)
                case _:
                    pass
    if story.asked is Ask.PROPOSAL:
        return Say(f"{text} {story.agent.split('. ')[-1]}")
    return Say(text, Ask.MORE)


def _not_understood(story: Story) -> Step:
    wording = story.wording
    if wording.say(Phrase.STILL_UNKNOWN) in story.agent:
        return Transfer(Reason.REPEATED_MISUNDERSTANDING)
    if wording.say(Phrase.UNKNOWN) in story.agent:
        return Say(wording.say(Phrase.STILL_UNKNOWN), Ask.OPERATOR)
    if story.asked is not None and story.asked not in (Ask.PROPOSAL, Ask.MORE):
        return Say(wording.say(Phrase.UNKNOWN), story.asked)
    return Say(f"{wording.say(Phrase.UNKNOWN)} {wording.say(Phrase.WHAT_ELSE)}")
