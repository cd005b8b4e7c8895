"""Where callers end up."""

from pytest_bdd import parsers, then

from domain.dialog.phases import Outcome
from features.desk import Desk
from tests.harness.center import Center
from tests.harness.phone import Phone

_REASONS = {
    "прохання абонента": "AI customer_request",
    "роздратування абонента": "AI negative_emotion",
    "непорозуміння": "AI repeated_misunderstanding",
    "надто довга розмова": "AI policy_limit",
    "понад дозволене": "AI policy_limit",
    "технічна несправність": "AI technical_failure",
    "the caller's wish": "AI customer_request",
    "a technical failure": "AI technical_failure",
}
_OUTCOMES = {
    "розмову завершено": Outcome.COMPLETED,
    "передано оператору": Outcome.HANDED_OVER,
    "абонент поклав слухавку": Outcome.ABANDONED,
    "абонент мовчав": Outcome.SILENT,
    "збій": Outcome.FAILED,
    "completed": Outcome.COMPLETED,
    "handed over": Outcome.HANDED_OVER,
}


@then("абонент у черзі до операторів")
@then("the caller is in the operators' queue")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.reach, "queue")


@then("другий абонент у черзі до операторів")
@then("the other caller is in the operators' queue")
def _(desk: Desk, other_phone: Phone) -> None:
    desk.do(other_phone.reach, "queue")


@then("дзвінок завершено")
@then("the call is over")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.reach, "hung_up")


@then("абонент і далі розмовляє з агентом")
@then("the caller is still with the agent")
def _(phone: Phone) -> None:
    assert phone.call.where == "agent"


@then(parsers.parse("оператор бачить причину: {reason}"))
@then(parsers.parse("the operator sees the reason: {reason}"))
def _(phone: Phone, reason: str) -> None:
    assert phone.call.name_shown == _REASONS[reason]


@then(parsers.parse("у записі дзвінка стоїть: {outcome}"))
@then(parsers.parse("the call is recorded as {outcome}"))
def _(desk: Desk, center: Center, phone: Phone, outcome: str) -> None:
    assert phone.call.uuid is not None
    record = desk.do(center.watch.record_of, phone.call.uuid)
    assert record.ended.outcome is _OUTCOMES[outcome]
