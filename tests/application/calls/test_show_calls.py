"""Running calls are shown as they are, whatever is away; time passes at once."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import anyio
import pytest

from adapters.memory.live import InMemoryBoard
from adapters.memory.scripted_model import ScriptedModel
from application.calls.show_calls import ShowCalls
from application.ports.line import LineFigures
from application.ports.live import SHOWN_SECONDS, Sight
from application.ports.operations import CallRecord
from domain.dialog.events import (
    CallerKnown,
    ClauseJudged,
    EarFailed,
    Event,
    LineAudible,
    LineSilent,
    ReplyFailed,
    TimePassed,
)
from domain.dialog.phases import Ended, Greeting, Listening, Outcome, Speaking
from domain.dialog.state import State
from domain.errors import Unavailable
from domain.figures import Figures
from domain.live import Doing, Said
from domain.phrases import Announcement, Kind
from domain.shop.events import Consulted
from domain.speech import Hypothesis
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse
from domain.troubles import Troubles
from domain.truth.judgement import Judgement
from domain.visit.visit import Flow
from tests.application.calls.desk import CALLER, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CALL = UUID(int=1, version=4)
SAYS = Speaking(100.0)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Board(InMemoryBoard):
    """Can be away, and counts."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.shown: list[int] = []

    async def show(self, sights: Sequence[Sight]) -> None:
        if self.away:
            raise Unavailable("away")
        self.shown.append(len(sights))
        await super().show(sights)


class Watched:
    def __init__(self) -> None:
        self.board = Board()
        self.show = ShowCalls(self.board, now=lambda: NOON)
        self.state = State()

    def tell(self, event: Event, at: float = 100.0, call_id: UUID = CALL, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.show.notice(call_id, event, self.state, at)

    def end(self, call_id: UUID = CALL) -> None:
        ended = Ended(Outcome.COMPLETED)
        self.show.ended(CallRecord(call_id, None, self.state, ended, Figures(), LineFigures(), 1.0, None))

    async def sight(self) -> Sight:
        await anyio.sleep(1)
        sight = await self.board.look(CALL)
        assert sight is not None
        return sight

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Watched"]:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.show.run)
            yield self
            tasks.cancel_scope.cancel()


async def test_a_call_is_seen_from_its_beginning_to_its_end() -> None:
    async with Watched().running() as watched:
        watched.tell(TimePassed())
        seen = (await watched.sight()).call
        assert (seen.call_id, seen.began, seen.doing, seen.caller) == (CALL, NOON, Doing.CONNECTING, None)
        watched.end()
        await anyio.sleep(1)
        assert not await watched.board.calls()


async def test_a_call_that_is_over_before_it_was_shown_is_never_seen() -> None:
    async with Watched().running() as watched:
        watched.tell(TimePassed())
        watched.end()
        watched.end()
        await anyio.sleep(1)
        assert not await watched.board.calls() and watched.board.shown == []


async def test_who_calls_is_seen_as_soon_as_the_line_has_said_it() -> None:
    async with Watched().running() as watched:
        watched.tell(TimePassed())
        assert (await watched.sight()).call.caller is None
        watched.tell(CallerKnown(CALLER))
        assert (await watched.sight()).call.caller == CALLER


async def test_a_caller_who_withholds_his_number_is_none() -> None:
    async with Watched().running() as watched:
        watched.tell(CallerKnown(None))
        assert (await watched.sight()).call.caller is None


async def test_what_was_said_and_what_is_being_said_is_read_along() -> None:
    use = ToolUse(ToolCall("1", "search_knowledge_base", {}), "два роки", events=(Consulted(()),))
    turns = (AgentTurn("Вітаю."), CallerTurn("Яка гарантія?"), use)
    async with Watched().running() as watched:
        watched.tell(TimePassed(), phase=Greeting(Announcement(Kind.GREETING, "Вітаю."), 100.0))
        assert (await watched.sight()).transcript.said_now == "Вітаю."
        watched.tell(TimePassed(), phase=Listening(100.0), turns=turns[:1], heard=(Hypothesis(0, "яка", False),))
        assert (await watched.sight()).transcript.heard_now == "яка"
        watched.tell(TimePassed(), phase=SAYS, turns=turns, heard=(), saying="Два роки")
        seen = await watched.sight()
        watched.tell(TimePassed(), phase=Speaking(100.0, Announcement(Kind.FILLER, "Хвилинку.")))
        assert (await watched.sight()).transcript.said_now == "Хвилинку."
    assert [each.who for each in seen.transcript.said] == ["agent", "caller", "tool"]
    assert (seen.transcript.heard_now, seen.transcript.said_now) == ("", "Два роки")
    assert (seen.call.flow, seen.call.last) == (Flow.CONSULTATION, Said("caller", "Яка гарантія?"))


async def test_since_when_a_call_does_what_it_does_and_is_quiet_is_told() -> None:
    async with Watched().running() as watched:
        watched.tell(TimePassed(), phase=Listening(100.0))
        watched.tell(LineAudible(), 102.0, phase=SAYS)
        assert (await watched.sight()).call.quiet_since is None
        watched.tell(LineSilent(), 103.5)
        watched.tell(TimePassed(), 104.0)
        seen = (await watched.sight()).call
        assert seen.since == NOON + timedelta(seconds=2)
        assert seen.quiet_since == NOON + timedelta(seconds=3.5)
        watched.tell(TimePassed(), 105.0, caller_speaking=True)
        assert (await watched.sight()).call.quiet_since is None


async def test_what_goes_wrong_is_counted() -> None:
    async with Watched().running() as watched:
        for judgement in Judgement:
            watched.tell(ClauseJudged(judgement))
        watched.tell(TimePassed(), misunderstandings=1)
        watched.tell(TimePassed(), misunderstandings=2, silences=1)
        watched.tell(TimePassed(), misunderstandings=0, silences=2)
        watched.tell(ReplyFailed("model", ""))
        watched.tell(EarFailed())
        troubles = (await watched.sight()).call.troubles
    assert troubles == Troubles(asked_again=2, unanswered=1, refused=2, failures=2)


async def test_a_call_in_which_nothing_happens_stays_seen() -> None:
    async with Watched().running() as watched:
        watched.tell(TimePassed())
        await anyio.sleep(3 * SHOWN_SECONDS)
        assert len(await watched.board.calls()) == 1
        assert len(watched.board.shown) < 20


async def test_many_calls_are_shown_few_at_once() -> None:
    async with Watched().running() as watched:
        for number in range(23):
            watched.tell(TimePassed(), call_id=UUID(int=number, version=4))
        await anyio.sleep(0.4)
        assert watched.board.shown == [5, 5, 5, 5, 3]
        watched.tell(TimePassed(), call_id=UUID(int=5, version=4))


async def test_a_board_that_was_away_shows_all_when_it_is_back() -> None:
    async with Watched().running() as watched:
        watched.board.away = True
        watched.tell(TimePassed())
        await anyio.sleep(3)
        assert not await watched.board.calls()
        watched.board.away = False
        assert (await watched.sight()).call.call_id == CALL


async def test_a_whole_call_is_read_along_as_it_is_spoken() -> None:
    desk, board = await a_desk(model=ScriptedModel(script=["Є Росава."])), InMemoryBoard()
    show = ShowCalls(board, now=lambda: NOON)
    desk.watch.notice = show.notice  # type: ignore[method-assign]
    desk.watch.ended = show.ended  # type: ignore[method-assign]
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(show.run)
        async with conducting(desk):
            await desk.hear("Слухаю вас.")
            await desk.say("потрібні шини")
            await desk.hear("Росава.")
            await desk.pause(2)
            sight = await board.look(desk.leg.call_id)
        tasks.cancel_scope.cancel()
    assert sight is not None and sight.call.caller == CALLER
    assert [each.text for each in sight.transcript.said][-2:] == ["потрібні шини", "Є Росава."]
