"""Reading the story off the turns of a prompt."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.hearing import hear
from adapters.offline.rules.said import read
from adapters.offline.rules.story import Story, told
from adapters.offline.rules.tongues import TONGUES, tongue_of
from adapters.offline.rules.wishes import Topic, Wishes
from adapters.offline.rules.wording import question_in
from application.ports.language import Prompt
from domain.shop.events import Booked, BookingCancelled, CallbackNoted, Ordered, Proposed
from domain.transcript import AgentTurn, CallerTurn, ToolUse, Turn

_TODAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAME = re.compile(r"Known of the caller: (?:[^.]*, )?name ([^,.]+)")
_UNHEARD = re.compile(r'before anything else tell him, naming all numbers: "(?:Готово|Done)?!? ?([^"]+)"')
_SHORT_TOPICS = {
    Topic.ORDER: "get_order_status",
    Topic.BOOKINGS: "get_customer_bookings",
    Topic.PRICE: "get_fitting_price",
    Topic.STORAGE: "find_storage",
    Topic.PLACE: "get_fitting_stations",
}
"""What is answered at once, and by which tool."""


_OF_SHORT_TOPICS = frozenset({Ask.DIAMETER, Ask.BOOKING, Ask.FITTING_CITY, Ask.DISTRICT, Ask.STATION})


def story_of(prompt: Prompt) -> Story:
    known, unheard = _NAME.search(prompt.note), _UNHEARD.search(prompt.note)
    story = Story(
        tools=frozenset(tool.name for tool in prompt.tools),
        today=_today(prompt),
        wording=tongue_of(prompt.turns),
        known_name=known.group(1).strip() if known else None,
        unheard=unheard.group(1) if unheard else "",
    )
    for turn in prompt.turns:
        match turn:
            case CallerTurn():
                story = _heard(story, turn)
            case AgentTurn():
                story = _spoke(story, turn)
            case ToolUse():
                story = _used(story, turn)
        story = replace(story, turns=(*story.turns, turn))
    return story


def _today(prompt: Prompt) -> date | None:
    found = _TODAY.search(prompt.note) or _TODAY.search(prompt.instructions)
    return date.fromisoformat(found.group()) if found else None


def _heard(story: Story, turn: CallerTurn) -> Story:
    said = read(turn.text, turn.understood)
    news = _unanswered(story.turns) and story.news
    story = hear(story, said)
    whole = " ".join((*_since_agent(story.turns), turn.text))
    return replace(story, said=read(whole, turn.understood), news=story.news or news)


def _since_agent(turns: Sequence[Turn]) -> list[str]:
    """Return what the caller said since the agent's last turn."""
    said: list[str] = []
    for turn in reversed(turns):
        match turn:
            case CallerTurn(text):
                said.append(text)
            case AgentTurn():
                break
            case ToolUse():
                pass
    return said[::-1]


def _unanswered(turns: Sequence[Turn]) -> bool:
    return bool(_since_agent(turns))


def _spoke(story: Story, turn: AgentTurn) -> Story:
    last = story.turns[-1] if story.turns else None
    asked = _asked(turn.text)
    if isinstance(last, ToolUse) and last.say:
        proposed = any(isinstance(event, Proposed) for event in last.events)
        asked = Ask.PROPOSAL if proposed else None
    elif asked is None:
        asked = story.asked
    if story.topic in _SHORT_TOPICS and asked not in _OF_SHORT_TOPICS and _has_been_told(story):
        story = story.ended()
    if asked is Ask.MORE and story.topic is not None and story.topic not in _SHORT_TOPICS:
        story = story.ended().wishing(tire=None, quantity=None)
    if story.topic is Topic.COMPLAINT and asked is not Ask.OPERATOR:
        story = story.ended()
    resumed = story.resumed and _asked(turn.text) is None
    return replace(story, asked=asked, agent=turn.text, resumed=resumed)


def _asked(text: str) -> Ask | None:
    return next((ask for tongue in TONGUES if (ask := question_in(text, tongue.questions))), None)


def _has_been_told(story: Story) -> bool:
    for turn in reversed(story.turns):
        match turn:
            case ToolUse(call=call) if story.topic and call.name == _SHORT_TOPICS[story.topic]:
                return True
            case CallerTurn():
                return False
            case _:
                pass
    return False


def _used(story: Story, use: ToolUse) -> Story:
    place = len(story.turns)
    for event in use.events:
        match event:
            case Ordered():
                kept = story.wishes
                fresh = Wishes(city=kept.city, address=kept.address, name=kept.name, car=kept.car)
                story = replace(_ended(story, Topic.BUYING), wishes=fresh, done_at=place)
            case Booked() | BookingCancelled():
                wishes = replace(story.wishes, slot=None, day=None, time=None, soon=False, booking=None)
                story = _ended(replace(story, wishes=wishes, done_at=place), story.topic)
            case CallbackNoted():
                story = _ended(story, Topic.CALLBACK)
            case _:
                pass
    if "refused" in told(use) and use.call.name in ("book_fitting", "cancel_fitting"):
        story = replace(story.wishing(slot=None, time=None), done_at=place)
    return story


def _ended(story: Story, topic: Topic | None) -> Story:
    if topic is None or topic is Topic.COMPLAINT:
        return story
    if story.topic is topic:
        return story.ended()
    return replace(story, waiting=tuple(each for each in story.waiting if each is not topic))
