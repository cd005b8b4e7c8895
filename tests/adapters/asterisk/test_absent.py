import uuid

import pytest

from adapters.asterisk.absent import AbsentSwitchboard
from application.ports.telephony import Switchboard
from domain.errors import Unavailable
from domain.hand_over import Card, Reason

pytestmark = pytest.mark.anyio


async def test_without_ari_nothing_is_known_and_nothing_can_be_said() -> None:
    switchboard: Switchboard = AbsentSwitchboard()
    call_id = uuid.uuid4()
    assert await switchboard.caller(call_id) is None
    assert (switchboard.operator_free, switchboard.queue_length, switchboard.cause(call_id)) == (None, None, None)
    with pytest.raises(Unavailable, match="ARI_URL is not set"):
        await switchboard.hand_over(call_id, Card(None, Reason.CANNOT_HELP, "", ()))
    with pytest.raises(Unavailable, match="ARI_URL is not set"):
        await switchboard.release(call_id)
    with pytest.raises(Unavailable, match="ARI_URL is not set"):
        await switchboard.on_line(call_id)
