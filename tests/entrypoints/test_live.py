"""A call as the terminal shows it."""

from dataclasses import replace
from io import StringIO

import anyio
import pytest
from anyio.lowlevel import checkpoint
from rich.console import Console

from domain.dialog.events import Announced, Answered, Hushed, ReplyAudible, ReplyEnded
from domain.dialog.phases import Listening, Speaking, Thinking
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.phrases import Announcement, Kind
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from entrypoints.live import LiveCalls
from tests.entrypoints.calls_seen import CALL_ID, RECORD


def shown(output: StringIO) -> list[str]:
    return [" ".join(line.split()) for line in output.getvalue().splitlines()]


def live_calls() -> tuple[LiveCalls, StringIO]:
    output = StringIO()
    return LiveCalls(Console(file=output, width=400)), output


def test_each_turn_is_shown_once_with_the_time_it_took() -> None:
    live, output = live_calls()
    asked = State(phase=Thinking(10.0), turns=(CallerTurn("чи є шини"),))
    answered = replace(asked, phase=Speaking(10.0))
    ended = replace(asked, phase=Listening(13.0), turns=(*asked.turns, AgentTurn("Так, є.")))
    live.notice(CALL_ID, Answered("Вітаю"), State(), 5.0)
    live.notice(CALL_ID, UtteranceEnded(0.5, 1.0), asked, 10.0)
    live.notice(CALL_ID, ReplyAudible(), answered, 10.3)
    live.notice(CALL_ID, ReplyEnded("Так, є."), ended, 13.0)
    live.notice(CALL_ID, ReplyEnded("Так, є."), ended, 13.0)
    assert shown(output) == ["5.3 s caller чи є шини", "8.0 s agent Так, є. [800 ms]"]


def test_interruptions_fillers_and_tools_are_told_apart() -> None:
    live, output = live_calls()
    use = ToolUse(ToolCall("1", "get_hours", {}), "9-19")
    filler = Announcement(Kind.FILLER, "Хвилинку.")
    live.notice(CALL_ID, Announced(filler, "Хвилинку."), State(phase=Thinking(0.0)), 0.0)
    cut = State(phase=Listening(1.0), turns=(use, AgentTurn("Ми працюємо", cut=True)))
    live.notice(CALL_ID, Hushed("Ми працюємо", None), cut, 1.0)
    assert shown(output) == [
        "0.0 s agent (Хвилинку.)",
        "1.0 s tool get_hours: 9-19",
        "1.0 s agent Ми працюємо — interrupted",
    ]


def test_the_end_of_a_call_shows_what_is_left_and_its_figures() -> None:
    live, output = live_calls()
    live.ended(RECORD)
    *turns, figures = shown(output)
    assert turns == ["12.3 s caller дайте оператора", "12.3 s agent З'єдную вас. — interrupted"]
    assert figures == (
        "call ended: handed_over (customer_request) · 12 s · 2 turns · 1 interruptions · response p50 700 ms,"
        " p95 700 ms · frame lateness p99 1.3 ms · longest dead air 1400 ms"
    )


@pytest.mark.anyio
async def test_the_first_call_that_ended_is_waited_for_and_no_other_is_kept() -> None:
    live, _ = live_calls()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(live.first)
        await checkpoint()
        live.ended(RECORD)
        live.ended(replace(RECORD, seconds=99.0))
    assert await live.first() is RECORD
