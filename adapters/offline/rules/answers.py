"""Whether the caller's words answer what was asked, where any words may be the answer."""

from adapters.offline.rules.asking import Ask
from adapters.offline.rules.said import Said
from adapters.offline.rules.story import Story

_ASKED_FOR_WORDS = frozenset({Ask.NAME, Ask.ADDRESS, Ask.CITY, Ask.CAR, Ask.DISTRICT, Ask.CALLBACK_TIME, Ask.MODEL})
_MAY_BE_IN_AN_ANSWER = frozenset("YES PROFILE GREETING THANKS DELIVERY ADDRESS TIRES HOURS".split())


def answers(story: Story, said: Said) -> bool:
    return story.asked in _ASKED_FOR_WORDS and all(intent.name in _MAY_BE_IN_AN_ANSWER for intent in said.intents)
