"""What is heard of the agent."""

import re

from pytest_bdd import parsers, step, then

from domain.verbalizer.spoken import verbalize
from domain.words import words
from features.desk import Desk
from tests.harness.phone import Phone

_CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)
_AT_ONCE_SECONDS = 0.1
_SOON_SECONDS = 0.6
"""From the first sound of an interruption: its first words must be understood, or the agent would stop for a cough."""


def as_heard(text: str) -> str:
    """Return a text of a scenario as it sounds: its figures are words."""
    return verbalize(text, "uk" if _CYRILLIC.search(text) else "en")


@step(parsers.parse("чути агента: «{text}»"))
@step(parsers.parse('the agent is heard to say "{text}"'))
def _(desk: Desk, phone: Phone, text: str) -> None:
    desk.do(phone.hear, as_heard(text))


@step(parsers.parse("другий абонент чує агента: «{text}»"))
@step(parsers.parse('the other caller hears "{text}"'))
def _(desk: Desk, other_phone: Phone, text: str) -> None:
    desk.do(other_phone.hear, as_heard(text))


@step("агент замовкає")
@step("the agent falls silent")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.hear_out)


@then("перший звук чути одразу")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.become, lambda: any(any(heard.slin) for heard in phone.call.heard), "the agent is heard")
    first = phone.call.heard[0].at
    loud = next(heard.at for heard in phone.call.heard if any(heard.slin))
    assert loud - first < _AT_ONCE_SECONDS


@then("агент зразу замовк")
@then("the agent stopped at once")
def _(phone: Phone, interrupted_at: float) -> None:
    assert phone.silence_since(interrupted_at) < _SOON_SECONDS, phone.heard


@then(parsers.parse("не було чути «{text}»"))
@then(parsers.parse('"{text}" was never heard'))
def _(phone: Phone, text: str) -> None:
    assert not _times(phone, text), phone.heard


@then(parsers.parse("було чути «{text}»"))
def _(phone: Phone, text: str) -> None:
    assert _times(phone, text), phone.heard


@then(parsers.parse("другий абонент не чув «{text}»"))
@then(parsers.parse('the other caller never heard "{text}"'))
def _(other_phone: Phone, text: str) -> None:
    assert not _times(other_phone, text), other_phone.heard


@then(parsers.parse("«{text}» чути лише раз"))
@then(parsers.parse('"{text}" was heard only once'))
def _(phone: Phone, text: str) -> None:
    assert _times(phone, text) == 1, phone.heard


@then("фразу чути до кінця")
@then("the phrase is heard to its end")
def _(phone: Phone) -> None:
    assert phone.has_heard_whole_words(), phone.heard


@then(parsers.parse("останнє, що він чув: «{text}»"))
def _(phone: Phone, text: str) -> None:
    assert words(phone.heard)[-len(words(as_heard(text))) :] == words(as_heard(text)), phone.heard
    assert phone.has_heard_whole_words()


def _times(phone: Phone, text: str) -> int:
    heard, wanted = words(phone.heard), words(as_heard(text))
    return sum(heard[at : at + len(wanted)] == wanted for at in range(len(heard)))
