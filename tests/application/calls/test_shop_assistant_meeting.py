"""Who speaks before the line has named him is not taken for a stranger."""

import anyio
import pytest

from tests.application.calls.tools.talk import SIZE, Talk
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


async def test_a_tool_waits_until_it_is_known_whose_call_it_is() -> None:
    talk = Talk()

    async def met_late() -> None:
        await anyio.sleep(1)
        await talk.begin()

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(met_late)
        assert "orders" in await talk.told("get_order_status")


async def test_a_tool_that_is_never_told_whose_call_it_is_does_nothing_and_calls_no_number_withheld() -> None:
    talk = Talk()
    refusal = await talk.refusal("search_tires", **SIZE)
    assert "not known yet" in refusal and "withheld" not in refusal
    assert "withheld" not in talk.briefing.note
