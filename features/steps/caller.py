"""What a caller does."""

import anyio
from pytest_bdd import parsers, step, when

from features.desk import Desk
from tests.harness.center import Center
from tests.harness.phone import Phone

_BREATH_SECONDS = 0.3
_HESITATION_SECONDS = 0.75


@step("абонент дзвонить", target_fixture="phone")
@step("a caller dials", target_fixture="phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.phone)


@step("абонент із прихованим номером дзвонить", target_fixture="phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.phone, None)


@step("абонент на лінії", target_fixture="phone")
@step("a caller is on the line", target_fixture="phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.answered_phone)


@when("дзвонить ще один абонент", target_fixture="other_phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.phone, "380509876543")


@step("ще один абонент на лінії", target_fixture="other_phone")
@step("another caller is on the line", target_fixture="other_phone")
def _(desk: Desk, center: Center) -> Phone:
    return desk.do(center.answered_phone, "380509876543")


@when(parsers.parse("абонент каже «{text}»"))
@when(parsers.parse('the caller says "{text}"'))
def _(desk: Desk, phone: Phone, text: str) -> None:
    desk.do(phone.say, text)


@when(parsers.parse("другий абонент каже «{text}»"))
@when(parsers.parse('the other caller says "{text}"'))
def _(desk: Desk, other_phone: Phone, text: str) -> None:
    desk.do(other_phone.say, text)


@when(parsers.parse("абонент перебиває: «{text}»"), target_fixture="interrupted_at")
@when(parsers.parse('the caller interrupts: "{text}"'), target_fixture="interrupted_at")
def _(desk: Desk, phone: Phone, text: str) -> float:
    moment = desk.do(anyio.current_time)
    desk.do(phone.say, text)
    return moment


@when("абонент переводить подих")
@when("the caller draws breath")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.pause, _BREATH_SECONDS)


@when("абонент вагається")
@when("the caller hesitates")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.pause, _HESITATION_SECONDS)


@when("абонент кашляє")
@when("the caller coughs")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.cough)


@when(parsers.parse("абонент натискає {keys}"))
@when(parsers.parse("the caller presses {keys}"))
def _(desk: Desk, phone: Phone, keys: str) -> None:
    desk.do(phone.press, keys)


@when("абонент кладе слухавку")
@when("the caller hangs up")
def _(desk: Desk, phone: Phone) -> None:
    desk.do(phone.hang_up)
