"""What is remembered of a call."""

from collections.abc import Callable

from pytest_bdd import parsers, then

from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.words import words
from features.desk import Desk
from tests.harness.center import Center
from tests.harness.phone import Phone


@then(parsers.parse("запам'ятовано слова абонента: «{text}»"))
@then(parsers.parse('the transcript has the caller say "{text}"'))
def _(desk: Desk, center: Center, phone: Phone, text: str) -> None:
    _remembered(desk, center, phone, lambda turn: isinstance(turn, CallerTurn) and words(turn.text) == words(text))


@then(parsers.parse("запам'ятовано слова агента: «{text}»"))
@then(parsers.parse('the transcript has the agent say "{text}"'))
def _(desk: Desk, center: Center, phone: Phone, text: str) -> None:
    _remembered(
        desk,
        center,
        phone,
        lambda turn: isinstance(turn, AgentTurn) and words(turn.text) == words(text) and not turn.cut,
    )


@then(parsers.parse("запам'ятовано, що агента перебито після «{heard}» і до «{unheard}»"))
@then(parsers.parse('the transcript marks the agent as cut off after "{heard}" and before "{unheard}"'))
def _(desk: Desk, center: Center, phone: Phone, heard: str, unheard: str) -> None:
    _remembered(
        desk,
        center,
        phone,
        lambda turn: isinstance(turn, AgentTurn) and turn.cut and heard in turn.text and unheard not in turn.text,
    )


@then("агента жодного разу не перебито")
@then("the agent was never cut off")
def _(center: Center, phone: Phone) -> None:
    assert not any(isinstance(turn, AgentTurn) and turn.cut for turn in center.turns(phone)), center.turns(phone)


@then(parsers.parse("абонент говорив {times:d} раз"))
@then(parsers.parse("абонент говорив {times:d} рази"))
@then(parsers.parse("the caller has spoken {times:d} time"))
@then(parsers.parse("the caller has spoken {times:d} times"))
def _(center: Center, phone: Phone, times: int) -> None:
    assert sum(isinstance(turn, CallerTurn) for turn in center.turns(phone)) == times, center.turns(phone)


@then(parsers.parse("у пам'яті розмови немає «{text}»"))
@then(parsers.parse('the transcript does not have "{text}"'))
def _(center: Center, phone: Phone, text: str) -> None:
    said = [turn.text for turn in center.turns(phone) if isinstance(turn, CallerTurn | AgentTurn)]
    assert not any(text in one for one in said), said


def _remembered(desk: Desk, center: Center, phone: Phone, wanted: Callable[[Turn], bool]) -> None:
    try:
        desk.do(center.watch.until, lambda: any(wanted(turn) for turn in center.turns(phone)))
    except TimeoutError:
        raise AssertionError(f"it is not remembered; this is: {center.turns(phone)}") from None
