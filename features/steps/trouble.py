"""What goes wrong, is slow, or must stop."""

import anyio
from pytest_bdd import step, then

from features.desk import Desk
from tests.harness.center import Center


@step("розпізнавання мови зникає")
@step("the recogniser fails")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.recognizer.faults.fail)


@step("голос агента зникає")
@step("the voice fails")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.synthesizer.faults.fail)


@step("голос агента завмирає")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.synthesizer.faults.hang)


@step("мовна модель зникає")
@step("the language model fails")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.model.faults.fail)


@step("мовна модель завмирає")
@step("the language model hangs")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.model.faults.hang)


@step("мовна модель оговтується")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.model.faults.repair)


@step("мовна модель думає повільно")
@step("the language model is slow")
def _(center: Center) -> None:
    center.model.first_word_seconds = 1.2


@step("розпізнавання чує нерозбірливо")
@step("the recogniser is unsure of what it hears")
def _(center: Center) -> None:
    center.recognizer.confidence = 0.2


@step("зв'язок зі станцією обривається")
@step("the exchange takes no orders")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.asterisk.ari.close)


@step("програма не відповідає на дзвінки")
def _(center: Center) -> None:
    center.asterisk.engine_answers = False


@step("програма готується до перезапуску")
@step("the program is told to stop")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.server.stop_accepting)


@step("час на завершення розмов вийшов")
@step("the program can wait no longer")
def _(desk: Desk, center: Center) -> None:
    desk.do(center.conduct_call.end_all)


@then("програма може зупинитися")
@then("the program may stop")
def _(desk: Desk, center: Center) -> None:
    async def drained() -> None:
        with anyio.fail_after(5):
            await center.server.drained()

    desk.do(drained)
