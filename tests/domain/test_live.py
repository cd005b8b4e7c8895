"""What is seen of a running call, and which one needs a look first."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.dialog.phases import (
    Closing,
    Connected,
    Ended,
    Greeting,
    HandingOver,
    Listening,
    Outcome,
    Phase,
    Speaking,
    Thinking,
)
from domain.hand_over import Reason
from domain.live import Doing, LiveCall, Said, by_trouble, doing, said
from domain.phrases import Announcement, Kind
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.troubles import Troubles

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FINE = Troubles()


def call(number: int, *, began: datetime = NOON, quiet: float | None = None, troubles: Troubles = FINE) -> LiveCall:
    quiet_since = None if quiet is None else NOON - timedelta(seconds=quiet)
    return LiveCall(call_id=UUID(int=number), began=began, since=NOON, quiet_since=quiet_since, troubles=troubles)


@pytest.mark.parametrize(
    ("phase", "seen"),
    [
        (Connected(), Doing.CONNECTING),
        (Greeting(Announcement(Kind.GREETING, "Вітаю."), 0), Doing.GREETING),
        (Listening(0), Doing.LISTENING),
        (Thinking(0), Doing.THINKING),
        (Speaking(0), Doing.SPEAKING),
        (HandingOver(Reason.CANNOT_HELP, "", 0), Doing.HANDING_OVER),
        (Closing(Outcome.SILENT, 0), Doing.CLOSING),
        (Ended(Outcome.FAILED), Doing.CLOSING),
    ],
)
def test_a_call_does_what_its_phase_is(phase: Phase, seen: Doing) -> None:
    assert doing(phase) is seen


@pytest.mark.parametrize(
    ("turn", "read"),
    [
        (CallerTurn("так"), Said("caller", "так")),
        (AgentTurn("Є Ро", cut=True), Said("agent", "Є Ро", True)),
        (ToolUse(ToolCall("1", "search_tires", {}), "T1 Росава"), Said("tool", "search_tires: T1 Росава")),
        (ToolUse(ToolCall("1", "t", {}), "x" * 900, failed=True), Said("tool", "t: " + "x" * 397, True)),
    ],
)
def test_a_turn_is_read_in_one_line(turn: Turn, read: Said) -> None:
    assert said(turn) == read


@pytest.mark.parametrize(("quiet", "told"), [(None, 0), (0, 0), (5.9, 0), (6, 6), (40, 40)])
def test_a_short_silence_is_none(quiet: float | None, told: float) -> None:
    assert call(1, quiet=quiet).quiet_seconds(NOON) == told


def test_the_call_that_needs_a_look_most_comes_first_and_of_equals_the_older() -> None:
    calls = (
        young := call(1, began=NOON - timedelta(seconds=5)),
        unanswered := call(2, troubles=Troubles(unanswered=1)),
        quiet := call(3, quiet=8),
        broken := call(4, troubles=Troubles(failures=1)),
        refused := call(5, troubles=Troubles(refused=2)),
        asked := call(6, troubles=Troubles(asked_again=1, unanswered=1)),
        old := call(7, began=NOON - timedelta(seconds=50)),
    )
    assert by_trouble(calls, NOON) == (refused, broken, asked, quiet, unanswered, old, young)
