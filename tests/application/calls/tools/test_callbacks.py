"""A callback: noted for the number of the line, whatever the model says."""

import json
from datetime import date, time

import pytest

from application.calls.tools.callbacks import spoken_forms
from domain.facts import Deed
from domain.shop.limits import MOST_WRITES
from domain.visit.visit import Flow, visit_of
from tests.application.calls.tools.fitting_desk import CALLER, Desk

pytestmark = pytest.mark.anyio


async def test_a_callback_is_noted_with_time_and_matter() -> None:
    desk = Desk()
    use = await desk.use("create_callback_request", preferred_time="28 листопада о 15:30", note="Диски", phone="000")
    assert json.loads(use.result) == {"callback": "noted", "time": "28 листопада о 15:30"}
    (request,) = desk.callbacks.callbacks.values()
    assert (request.number, request.preferred_time, request.note) == (CALLER, "28 листопада о 15:30", "Диски")
    assert use.facts.deeds == {Deed.CALLBACK} and use.facts.times == {time(15, 30)}
    assert date(2026, 11, 28) in use.facts.dates
    assert visit_of(desk.turns).flow is Flow.CALLBACK and visit_of(desk.turns).callbacks == 1


async def test_any_time_and_no_matter_will_do() -> None:
    assert json.loads((await Desk().use("create_callback_request")).result) == {"callback": "noted", "time": "any"}


async def test_the_same_callback_is_noted_once() -> None:
    desk = Desk()
    await desk.use("create_callback_request", note="Диски")
    await desk.use("create_callback_request", note="Диски")
    assert len(desk.callbacks.callbacks) == 1


async def test_a_withheld_number_cannot_be_called_back() -> None:
    desk = Desk(caller=None)
    use = await desk.use("create_callback_request")
    assert use.failed and "transfer_to_operator" in use.result and not desk.callbacks.callbacks


async def test_a_callback_that_cannot_be_noted_is_not_promised() -> None:
    desk = Desk()
    desk.callbacks.faults.fail()
    use = await desk.use("create_callback_request")
    assert use.failed and use.facts.deeds == frozenset()


async def test_a_call_that_has_written_enough_notes_nothing_more() -> None:
    desk = Desk()
    for number in range(MOST_WRITES):
        await desk.use("create_callback_request", note=f"Диски {number}")
    use = await desk.use("create_callback_request", note="Шини")
    assert use.failed and "policy_limit" in use.result and len(desk.callbacks.callbacks) == MOST_WRITES


def test_a_number_is_said_as_at_home_and_as_from_abroad() -> None:
    assert spoken_forms("+38 067 111-22-33") == {"380671112233", "0671112233"}
