"""Calls of the past, for tests: who said what, which tools were used, how it ended."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import AnyEntry, CallBegan, CallEnded, StoredCall, StoredRecord, ToolUsed, TurnTaken

CALLER = "380671234567"
KYIV = ZoneInfo("Europe/Kyiv")
NOW = datetime(2026, 11, 25, 12, 5, tzinfo=UTC)


def past(
    *said: str,
    number: int = 1,
    ago: timedelta = timedelta(minutes=3),
    outcome: Outcome | None = None,
    reason: Reason | None = None,
    orders: tuple[str, ...] = (),
    bookings: tuple[str, ...] = (),
    now: datetime = NOW,
    caller: str = CALLER,
) -> StoredRecord:
    """Return a call in which this was said, a second each; `outcome` is None while it has no end.

    What begins with "- " is said by the agent, "-| " cut; with "* ", the name of a tool that was used; "*! ", in vain.
    """
    call_id, began = UUID(int=number), now - ago
    transcript = tuple(_unit(call_id, began, each, text) for each, text in enumerate(said, start=1))
    ended = None
    if outcome is not None:
        ended = CallEnded(
            call_id=call_id,
            began=began,
            sequence=len(said) + 1,
            at=began + timedelta(seconds=len(said) + 1),
            outcome=outcome,
            reason=reason,
            caller=caller,
            seconds=60.0,
            orders=orders,
            bookings=bookings,
        )
    call = StoredCall(call_id=call_id, began=began, caller=caller, language="uk", ended=ended)
    return StoredRecord(call=call, transcript=transcript)


def _unit(call_id: UUID, began: datetime, number: int, text: str) -> TurnTaken | ToolUsed:
    at = began + timedelta(seconds=number)
    mark, _, rest = text.partition(" ")
    if mark in ("*", "*!"):
        return ToolUsed(
            call_id=call_id,
            began=began,
            sequence=number,
            at=at,
            number=number,
            name=rest,
            arguments={"width": 205},
            result="{}",
            failed=mark == "*!",
        )
    by_agent = mark in ("-", "-|")
    return TurnTaken(
        call_id=call_id,
        began=began,
        sequence=number,
        at=at,
        number=number,
        speaker="agent" if by_agent else "caller",
        text=rest if by_agent else text,
        cut=mark == "-|",
        confidence=None if by_agent else 0.9,
        language=None if by_agent else "uk",
    )


def entries(record: StoredRecord) -> list[AnyEntry]:
    """Return what an archive is told of it."""
    call = record.call
    begun = CallBegan(
        call_id=call.call_id, began=call.began, sequence=0, at=call.began, caller=call.caller, language=call.language
    )
    return [begun, *record.transcript, *([call.ended] if call.ended else [])]


def lost(record: StoredRecord) -> StoredRecord:
    """Return it as it is when it has been closed from outside."""
    return replace(record, call=replace(record.call, ended=record.lost()))
