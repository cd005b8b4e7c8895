"""What kind of answer the agent's words ask for."""

import re

from domain.speech import Expectation
from domain.words import words

_DIGITS = frozenset("номер номером розмір розміру скільки код number size digits many code".split())
_YES_NO_OPENERS = frozenset("чи is are do does did can could shall should would will".split())
_YES_NO_TAGS = frozenset("вірно правильно так гаразд згодні підтверджуєте right correct confirm".split())
_QUESTION = re.compile(r"[^.!?…]*\?\s*$")


def pending_question(text: str) -> str | None:
    """Return the question with which these words end, if they do."""
    match = _QUESTION.search(text)
    return match.group().strip() if match else None


def expected(text: str) -> Expectation:
    """Return what the agent's words ask the caller for."""
    question = words(pending_question(text) or "")
    if not question:
        return Expectation.FREE
    if _DIGITS.intersection(question):
        return Expectation.DIGITS
    if question[0] in _YES_NO_OPENERS or _YES_NO_TAGS.intersection((question[0], question[-1])):
        return Expectation.YES_NO
    return Expectation.FREE
