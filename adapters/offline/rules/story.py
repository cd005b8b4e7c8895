"""The conversation so far: what the caller wants by now, what he was asked, what the tools have told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.said import Said
from adapters.offline.rules.wishes import Topic, Wishes
from adapters.offline.rules.wording import Wording
from domain.transcript import ToolUse, Turn

_A_SET = 4
_OFFERING = ("search_tires", "get_vehicle_tire_sizes")

Told = Mapping[str, object]
Arguments = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    turns: Sequence[Turn] = ()
    """Those that are told so far."""
    tools: frozenset[str] = frozenset()
    today: date | None = None
    wording: Wording

    said: Said = field(default_factory=Said)
    """What the caller said since the agent's last turn."""
    asked: Ask | None = None
    agent: str = ""
    """The agent's last words."""
    wishes: Wishes = field(default_factory=Wishes)
    news: bool = False
    """Whether the caller's last words have changed what he wants."""
    topic: Topic | None = None
    waiting: tuple[Topic, ...] = ()
    """What he wants besides, in the order in which it comes next."""
    resumed: bool = False
    """Whether the topic has waited, and nothing was said of it since."""
    searched_from: int = -1
    """The turn from which tyres must be searched for."""
    asked_from: int = -1
    """The turn with which the topic began."""
    done_at: int = -1
    """The turn with which the last order was placed, or a booking made, moved or cancelled."""
    known_name: str | None = None
    """The caller's, from earlier calls."""
    unheard: str = ""
    """What was done in an earlier call and must be told first."""

    def told(self, name: str, arguments: Arguments | None = None, *, after: int = -1) -> Told | None:
        """Return what a tool has told last, for these arguments or for any; None when it has not, or has failed."""
        place = self.place(name, arguments, after=after)
        return None if place is None else told(self.turns[place])

    def place(self, name: str, arguments: Arguments | None = None, *, after: int = -1) -> int | None:
        """Return at which turn a tool has told something last."""
        for place in range(len(self.turns) - 1, after, -1):
            turn = self.turns[place]
            if not isinstance(turn, ToolUse) or turn.failed or turn.call.name != name:
                continue
            if arguments is None or turn.call.arguments == arguments:
                return place
        return None

    def ended(self) -> "Story":
        """The topic has come to its end; what waits comes next."""
        topic, *waiting = (*self.waiting, None) if self.waiting else (None,)
        return replace(
            self,
            topic=topic,
            resumed=topic is not None,
            waiting=tuple(each for each in waiting if each),
            asked_from=len(self.turns) - 1,
        )

    def wishing(self, **changes: object) -> "Story":
        return replace(self, wishes=replace(self.wishes, **changes))  # type: ignore[arg-type]


def told(turn: Turn) -> Told:
    """Return the JSON object that a tool has told, nothing when it told a sentence."""
    if not isinstance(turn, ToolUse):
        return {}
    try:
        read = json.loads(turn.result)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def listed(told: Told | None, name: str) -> list[Told]:
    """Return a list of objects out of what was told."""
    things = (told or {}).get(name)
    return [thing for thing in things if isinstance(thing, dict)] if isinstance(things, list) else []


def street(place: Told) -> str:
    """Return an address as it is said, without what is beside it."""
    return str(place["address"]).partition(" (")[0]


def slots_told(told: Told | None) -> list[Told]:
    """Return the free times, those that are not to be read out last."""
    slots = listed(told, "slots")
    more = (told or {}).get("more")
    if not slots or not isinstance(more, dict):
        return slots
    return [*slots, *({"slot": slot, "date": slots[0]["date"], "time": time} for slot, time in more.items())]


def offers(story: Story) -> list[Told]:
    """Return the tyres that were told last, in the order in which the caller hears them: whole sets first."""
    for turn in reversed(story.turns):
        if not isinstance(turn, ToolUse) or turn.call.name not in _OFFERING:
            continue
        if tires := listed(told(turn), "tires"):
            return sorted(tires, key=lambda tire: int(str(tire["stock"])) < _A_SET)
    return []
