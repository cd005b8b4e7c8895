"""The operators against an ARI server with real HTTP."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import anyio
import pytest

from adapters.asterisk.operators import AbsentOperators, AsteriskOperators
from application.ports.operators import Operators
from domain.errors import Unavailable
from domain.operators import OperatorPhone, OperatorsSight, PhoneState
from tests.harness.asterisk import EmulatedAsterisk, EmulatedCall

pytestmark = pytest.mark.anyio

PHONES = ("PJSIP/101", "PJSIP/102")


@pytest.fixture
async def asterisk() -> AsyncIterator[EmulatedAsterisk]:
    """An exchange whose callers all go to the operators: its program does not answer."""
    async with EmulatedAsterisk(engine=("127.0.0.1", 1), operators_free=0) as asterisk:
        asterisk.database["callcenter/bypass"] = "1"
        yield asterisk


def operators(asterisk: EmulatedAsterisk, *, password: str = "secret") -> Operators:
    return AsteriskOperators(url=asterisk.ari.url, user="callcenter", password=password, phones=PHONES)


async def queued(asterisk: EmulatedAsterisk, caller: str | None) -> EmulatedCall:
    call = await asterisk.dial(caller=caller)
    await call.until(lambda: call.where == "queue")
    return call


async def test_those_who_wait_are_seen_by_their_time_on_the_line_and_not_those_who_talk(
    asterisk: EmulatedAsterisk,
) -> None:
    began = datetime.now(UTC)
    first, second, third = [await queued(asterisk, caller) for caller in ("380671234567", None, "380509998877")]
    await asterisk.pick_up(first)
    sight = await operators(asterisk).look()
    assert [each.caller for each in sight.waiting] == [None, "380509998877"]
    assert all(each.on_line_since and each.on_line_since >= began.replace(microsecond=0) for each in sight.waiting)
    assert (sight.talking, sight.free) == (1, False)
    await second.hang_up()
    await third.hang_up()
    assert (await operators(asterisk).look()).waiting == ()


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("NOT_INUSE", PhoneState.FREE),
        ("INUSE", PhoneState.TALKING),
        ("ONHOLD", PhoneState.TALKING),
        ("RINGING", PhoneState.RINGING),
        ("UNAVAILABLE", PhoneState.AWAY),
        ("INVALID", PhoneState.UNKNOWN),
        ("SOMETHING_NEW", PhoneState.UNKNOWN),
    ],
)
async def test_the_phones_that_the_settings_name_are_shown_as_the_exchange_has_them(
    asterisk: EmulatedAsterisk, state: str, shown: PhoneState
) -> None:
    asterisk.phones["PJSIP/102"] = state
    assert (await operators(asterisk).look()).phones == (
        OperatorPhone(device="PJSIP/101", state=PhoneState.UNKNOWN),
        OperatorPhone(device="PJSIP/102", state=shown),
    )


async def test_whether_somebody_would_be_rung_is_the_queues_own_word(asterisk: EmulatedAsterisk) -> None:
    await asterisk.set_operators_free(1)
    assert (await operators(asterisk).look()).free is True


async def test_many_who_look_at_once_ask_once(asterisk: EmulatedAsterisk) -> None:
    desk, seen = operators(asterisk), list[OperatorsSight]()

    async def look() -> None:
        seen.append(await desk.look())

    async with anyio.create_task_group() as many:
        for _ in range(10):
            many.start_soon(look)
    assert len(seen) == 10
    assert asterisk.ari.requests.count("GET /channels") == 1


async def test_what_cannot_be_asked_is_said_and_nothing_old_is_shown(asterisk: EmulatedAsterisk) -> None:
    with pytest.raises(Unavailable, match="401"):
        await operators(asterisk, password="wrong").look()
    asterisk.ari.status = 503
    with pytest.raises(Unavailable, match="503"):
        await operators(asterisk).look()
    await asterisk.ari.close()
    with pytest.raises(Unavailable, match="ARI"):
        await operators(asterisk).look()
    with pytest.raises(Unavailable, match="ARI_URL is not set"):
        await AbsentOperators().look()


async def test_an_exchange_that_does_not_answer_keeps_nobody_waiting(asterisk: EmulatedAsterisk) -> None:
    asterisk.ari.delay_seconds = 30.0
    with anyio.fail_after(10), pytest.raises(Unavailable):
        await operators(asterisk).look()
