"""Recalling what was said in a caller's earlier calls.

Rule 1: the caller waits for none of it: it is asked for while he hears the greeting, in bounded time, and what cannot
be had is not known.
Rule 2: a call that is still on the line is somebody else's, behind the same number: nothing of it is told.
Rule 3: whatever is wrong with the archive, the call goes on.
Rule 4: the archive is asked when a call that has just broken off has come there from its engine's journal.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import anyio

from application.ports.calls import CallHistory
from application.ports.telephony import Switchboard
from domain.earlier import DAYS_KNOWN, MOST_CALLS, broken_off
from domain.errors import Unavailable
from domain.records import StoredRecord

_ASKED_SECONDS = 1.2


@dataclass(frozen=True, slots=True)
class Recalled:
    calls: tuple[StoredRecord, ...] = ()
    """Of this number, the latest first."""
    broken: tuple[StoredRecord, ...] = ()
    """Those among them that have just broken off, and that this one goes on with."""


class RecallCalls:
    def __init__(
        self,
        history: CallHistory,
        switchboard: Switchboard,
        *,
        now: Callable[[], datetime],
        failed: Callable[[Exception], None],
        carried_seconds: float = 0.8,
    ) -> None:
        """`failed` is told what should never go wrong; journals are carried to the archive in `carried_seconds`."""
        self._failed = failed
        self._carried_seconds = carried_seconds
        self._history = history
        self._switchboard = switchboard
        self._now = now

    async def __call__(self, caller: str, *, of: UUID) -> Recalled:
        """Return what is known of this caller in the call that he makes now.  Never raises."""
        await anyio.sleep(self._carried_seconds)
        calls: Sequence[StoredRecord] = ()
        with anyio.move_on_after(_ASKED_SECONDS), suppress(Unavailable):
            try:
                calls = await self._history.recent(caller, self._now() - DAYS_KNOWN, limit=MOST_CALLS + 1)
            except Unavailable:
                raise
            except Exception as error:  # noqa: BLE001 - what can be done without ends no call
                self._failed(error)
        return await self._without_others([record for record in calls if record.call.call_id != of][:MOST_CALLS])

    async def _without_others(self, calls: Sequence[StoredRecord]) -> Recalled:
        cut_off = [record.call.call_id for record in calls if record.cut_off]
        try:
            others = {call_id for call_id in cut_off if await self._switchboard.on_line(call_id)}
        except Unavailable:
            others = {record.call.call_id for record in calls if record.call.ended is None}
        theirs = tuple(record for record in calls if record.call.call_id not in others)
        return Recalled(theirs, broken_off(theirs, self._now()))
