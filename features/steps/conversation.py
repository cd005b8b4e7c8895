"""Whole stretches of a conversation."""

from collections.abc import Sequence

from pytest_bdd import parsers, step, when

from features.desk import Desk
from features.steps.agent import as_heard
from tests.harness.center import Center
from tests.harness.phone import Phone

_ALL_IN_ONE_BREATH = (
    "хочу шини 205/55 R16 Мішлен чотири штуки доставка в Харків вулиця Сумська 10 карткою на ім'я Віктор"
)


@step("розмова йде так:")
def _(desk: Desk, phone: Phone, datatable: Sequence[Sequence[str]]) -> None:
    """Each row is what the caller says, and what he hears of the agent's answer; he waits for its end."""
    heading, *rows = datatable
    assert tuple(heading) == ("абонент", "агент"), heading
    for said, heard in rows:
        _exchange(desk, phone, said, heard)


@step("абонентові зачитують підсумок: 4 шини Michelin у Харків для Віктора")
def _(desk: Desk, phone: Phone) -> None:
    """He has said all that is needed; the read-back has begun and is not heard out yet."""
    _exchange(desk, phone, _ALL_IN_ONE_BREATH, "Які берете?")
    _exchange(desk, phone, "беру перші", "Отже, 4 шини Michelin")


@step("абонент дослухав підсумок: 4 шини Michelin у Харків для Віктора")
def _(desk: Desk, phone: Phone) -> None:
    _exchange(desk, phone, _ALL_IN_ONE_BREATH, "Які берете?")
    _exchange(desk, phone, "беру перші", "на ім'я Віктор. Оформлюємо?")
    desk.do(phone.hear_out)


@when(parsers.parse("абонент відповідає «{text}»"))
def _(desk: Desk, phone: Phone, text: str) -> None:
    desk.do(phone.hear_out)
    desk.do(phone.say, text)


@step(parsers.parse("на лінії абонент із номером {number}"), target_fixture="phone")
def _(desk: Desk, center: Center, number: str) -> Phone:
    return desk.do(center.answered_phone, f"38{number}")


@step("на лінії абонент із прихованим номером", target_fixture="phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.answered_phone, None)


@when("той самий абонент дзвонить знову", target_fixture="phone")
def _(desk: Desk, center: Center, phone: Phone) -> Phone:
    """He dials again once his first call is over and done with."""
    assert phone.call.uuid is not None
    desk.do(center.watch.record_of, phone.call.uuid)
    return desk.do(center.answered_phone, phone.number)


def _exchange(desk: Desk, phone: Phone, said: str, heard: str) -> None:
    desk.do(phone.hear_out)
    desk.do(phone.say, said)
    desk.do(phone.hear, as_heard(heard))
