"""A call ends in every phase as it should: nobody is lost, nothing is left running, no wait is without a bound."""

import gc
import math
import weakref
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import anyio
import pytest

from adapters.memory.energy import EnergyTrack
from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.scripted_model import Answer, ScriptedModel
from application.calls.tools.toolbox import DONE_OR_NOT, Done
from application.ports.language import Delta, Prompt, ToolSpec
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear, Voice, VoiceTrack
from domain.dialog import events
from domain.dialog.phases import Closing, Ended, Greeting, HandingOver, Listening, Outcome, Phase, Speaking, Thinking
from domain.hand_over import Reason
from domain.limits import Limits
from domain.transcript import AgentTurn, ToolCall, ToolUse, Turn
from tests.application.calls.desk import GREETING, PHRASES, Desk, a_desk, conducting
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

LIST = " ".join(f"Позиція {2 * letter}." for letter in "абвгдежзиклмнопрстуфхцчшщюяіїє")
WISH = ToolCall("1", "transfer_to_operator", {"reason": "customer_request", "summary": "Хоче людину."})


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class CountedTrack(EnergyTrack):
    def __init__(self, told: Callable[[float, float], None], parts: "Open") -> None:
        super().__init__(told)
        self._parts = parts

    def close(self) -> None:
        super().close()
        self._parts.count -= 1


class Open:
    """Counts what is open: the ear, the voice, the model's stream, the place in the voice activity."""

    def __init__(self) -> None:
        self.count = 0
        self.model = ScriptedModel(script=[LIST], first_word_seconds=1)

    @asynccontextmanager
    async def counted(self) -> AsyncGenerator[None, None]:
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1

    def track(self, told: Callable[[float, float], None]) -> VoiceTrack:
        self.count += 1
        return CountedTrack(told, self)

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        async with self.counted(), LiteralRecognizer().listen(caller) as ear:
            yield ear

    @asynccontextmanager
    async def voice(self, used: Meter = uncounted) -> AsyncGenerator[Voice, None]:
        async with self.counted(), LiteralSynthesizer().voice() as voice:
            yield voice

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        async with self.counted():
            async for delta in self.model.reply(prompt):
                yield delta


async def reach(desk: Desk, phase: type[Phase]) -> None:
    """Bring the call into this phase."""
    if phase is Greeting:
        await desk.hear("Вітаю,")
    elif phase is Closing:
        await desk.hear("На жаль,")
    else:
        await desk.hear_opening()
    if phase in (Thinking, Speaking):
        await desk.say("прочитайте список")
        await desk.until(lambda: isinstance(desk.phase, phase), "the phase is there")
    if phase is HandingOver:
        desk.leg.press("0")
        await desk.hear("З'єдную")
    assert isinstance(desk.phase, phase)


PHASES = [Greeting, Listening, Thinking, Speaking, HandingOver, Closing]


@pytest.mark.parametrize("phase", PHASES)
async def test_a_hang_up_ends_the_call_at_once_and_leaves_nothing_open(phase: type[Phase]) -> None:
    parts = Open()
    desk = await a_desk(model=parts, recognizer=parts, synthesizer=parts, voice_activity=parts)
    async with conducting(desk):
        await reach(desk, phase)
        assert parts.count > 0
        hung_up_at = anyio.current_time()
        desk.leg.drop()
        record = await desk.record()
        assert anyio.current_time() - hung_up_at < 0.01
    assert record.ended.outcome is (Outcome.SILENT if phase is Closing else Outcome.ABANDONED)
    assert parts.count == 0
    assert desk.switchboard.cards == {} and desk.switchboard.released == set()


async def test_who_has_hung_up_before_he_is_greeted_is_not_greeted() -> None:
    desk = await a_desk()
    desk.leg.drop()
    with anyio.fail_after(1):
        await desk.conduct()
    assert desk.watch.records[0].ended == Ended(Outcome.ABANDONED)
    assert not any(isinstance(event, events.Announced) for event in desk.events)


async def test_a_call_that_has_ended_is_not_kept() -> None:
    desk = await a_desk()
    leg = MemoryLeg()
    leg.drop()
    await desk.conduct_call(leg)
    kept = weakref.ref(leg)
    del leg
    gc.collect()
    assert kept() is None


async def test_what_was_heard_of_the_greeting_is_remembered_when_the_caller_hangs_up() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear("Вітаю, це")
        desk.leg.drop()
        record = await desk.record()
    assert record.state.turns == (AgentTurn("Вітаю,", cut=True),)


# The program must stop


@pytest.mark.parametrize("phase", [Greeting, Listening, Thinking, Speaking])
async def test_a_drain_tells_the_caller_so_and_gives_him_to_a_person(phase: type[Phase]) -> None:
    desk = await a_desk(model=ScriptedModel(script=[LIST], first_word_seconds=1))
    async with conducting(desk):
        await reach(desk, phase)
        desk.conduct_call.end_all()
        await desk.hear(PHRASES.restarting)
        record = await desk.record()
    assert record.ended == Ended(Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE)
    assert (desk.leg.ended, list(desk.switchboard.cards)) == ("hung_up", [desk.leg.call_id])
    assert desk.heard.endswith(PHRASES.restarting)


@pytest.mark.parametrize(("phase", "outcome"), [(HandingOver, Outcome.HANDED_OVER), (Closing, Outcome.SILENT)])
async def test_a_drain_changes_nothing_for_a_caller_who_is_leaving(phase: type[Phase], outcome: Outcome) -> None:
    desk = await a_desk()
    async with conducting(desk):
        await reach(desk, phase)
        desk.conduct_call.end_all()
        record = await desk.record()
    assert record.ended.outcome is outcome
    assert PHRASES.restarting not in desk.heard


async def test_a_drain_finds_no_call_that_has_ended() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        desk.leg.drop()
        await desk.record()
        seen = len(desk.events)
        desk.conduct_call.end_all()
    assert len(desk.events) == seen


async def test_who_hangs_up_while_a_drain_begins_is_not_handed_over() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        desk.conduct_call.end_all()
        desk.leg.drop()
        record = await desk.record()
    assert record.ended.outcome is Outcome.ABANDONED
    assert desk.switchboard.cards == {}


# Giving the caller to a person


async def test_the_caller_goes_to_a_person_when_he_has_heard_so_and_not_before() -> None:
    desk = await a_desk(script=[Answer("Зрозуміла вас.", (WISH,))])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("дайте людину")
        await desk.hear(f"Зрозуміла вас. {PHRASES.hand_over}")
        assert desk.leg.ended is None and desk.switchboard.cards == {}
        await desk.record()
    assert desk.leg.ended == "hung_up"
    assert desk.switchboard.cards[desk.leg.call_id].summary == "Хоче людину."
    assert not any(any(frame) for frame in desk.leg.heard[-1:])


async def test_a_caller_is_told_when_all_operators_are_busy() -> None:
    desk = await a_desk()
    desk.switchboard.operator_free = False
    async with conducting(desk):
        await desk.hear_opening()
        desk.leg.press("0")
        await desk.hear(PHRASES.hand_over_busy)


@pytest.mark.parametrize("phase", [Thinking, Speaking])
async def test_a_line_that_is_held_speaks_again_to_hand_over(phase: type[Phase]) -> None:
    desk = await a_desk(model=ScriptedModel(script=[LIST], first_word_seconds=1))
    async with conducting(desk):
        await reach(desk, phase)
        await desk.cough(0.2)
        desk.leg.press("0")
        await desk.hear(PHRASES.hand_over)
        await desk.record()
    assert desk.leg.ended == "hung_up"


@pytest.mark.parametrize("trouble", ["fail", "hang"])
async def test_when_the_switchboard_cannot_be_told_the_line_is_broken_and_the_dialplan_takes_the_caller(
    trouble: str,
) -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        desk.leg.press("0")
        await desk.hear(PHRASES.hand_over)
        getattr(desk.switchboard.faults, trouble)()
        heard_at = anyio.current_time()
        record = await desk.record()
        assert anyio.current_time() - heard_at < 5
    assert desk.leg.ended == "abandoned"
    assert record.ended.outcome is Outcome.HANDED_OVER


@pytest.mark.parametrize("trouble", ["fail", "hang"])
async def test_a_call_that_ended_well_is_hung_up_even_if_the_switchboard_cannot_be_told(trouble: str) -> None:
    desk = await a_desk(script=["До побачення!"])
    async with conducting(desk):
        await desk.hear_opening()
        getattr(desk.switchboard.faults, trouble)()
        await desk.say("дякую до побачення")
        await desk.hear("До побачення!")
        record = await desk.record()
    assert (desk.leg.ended, record.ended.outcome) == ("hung_up", Outcome.COMPLETED)


@pytest.mark.parametrize("trouble", ["fail", "hang"])
async def test_a_caller_whose_number_cannot_be_asked_is_served_without(trouble: str) -> None:
    desk = await a_desk(script=["Так, є."])
    getattr(desk.switchboard.faults, trouble)()
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("Так, є.")
        desk.leg.drop()
        record = await desk.record()
    assert record.caller is None


# Whatever becomes of the program


async def conduct_until(desk: Desk, moment: Callable[[Desk], bool], then_cancelled: anyio.CancelScope) -> None:
    """Conduct the call, and have it cancelled at this moment."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(desk.keep_time)

        async def conduct() -> None:
            with then_cancelled:
                await desk.conduct()

        tasks.start_soon(conduct)
        await desk.until(lambda: moment(desk), "the moment has come")
        await anyio.wait_all_tasks_blocked()
        then_cancelled.cancel()
        await desk.record()
        desk.leg.drop()


async def test_a_call_that_is_cancelled_has_a_record_and_does_not_claim_to_have_ended_well() -> None:
    desk = await a_desk()
    await conduct_until(desk, lambda desk: GREETING in desk.heard, anyio.CancelScope())
    assert desk.watch.records[0].ended == Ended(Outcome.FAILED)
    assert desk.leg.ended == "gone"  # the server breaks it


async def test_who_is_on_his_way_to_a_person_arrives_though_the_program_is_cancelled() -> None:
    desk = await a_desk()
    desk.switchboard.faults.hang()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_press_zero, desk)
        await conduct_until(desk, lambda desk: isinstance(desk.phase, Ended), anyio.CancelScope())
    assert desk.watch.records[0].ended.outcome is Outcome.HANDED_OVER
    assert desk.leg.ended == "abandoned"


async def _press_zero(desk: Desk) -> None:
    await desk.hear("Вітаю")
    desk.leg.press("0")


class BrokenRecognizer:
    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        await anyio.sleep(2)
        raise ZeroDivisionError("a mistake of ours")
        yield


async def test_a_mistake_of_ours_ends_its_own_call_with_a_record_and_is_not_hidden() -> None:
    desk, other = await a_desk(recognizer=BrokenRecognizer()), await a_desk(script=["Так, є."])
    with pytest.RaisesGroup(pytest.RaisesExc(ZeroDivisionError), flatten_subgroups=True):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(desk.keep_time)
            await desk.conduct()
    assert desk.watch.records[0].ended == Ended(Outcome.FAILED)
    async with conducting(other):
        await other.hear_opening()
        await other.say("чи є шини")
        await other.hear("Так, є.")


class Booking:
    """A tool that works for a while, or for ever."""

    spec = ToolSpec("book", "Book a fitting.", {"type": "object"})

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self.started = anyio.Event()

    async def __call__(self, arguments: object, turns: Sequence[Turn]) -> Done:
        self.started.set()
        await anyio.sleep(self._seconds)
        return Done(told="записано")


BOOK = ToolCall("1", "book", {})


@pytest.mark.parametrize(
    ("seconds", "known"),
    [(3, ToolUse(BOOK, "записано")), (math.inf, ToolUse(BOOK, DONE_OR_NOT, failed=True))],
)
async def test_a_tool_that_works_when_the_caller_hangs_up_works_to_its_end_within_its_bound(
    seconds: float, known: ToolUse
) -> None:
    tool = Booking(seconds=seconds)
    desk = await a_desk(script=[Answer(tool_calls=(BOOK,))], tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене")
        await tool.started.wait()
        desk.leg.drop()
        record = await desk.record()
    assert record.state.turns[-1] == known


async def test_a_call_without_any_voice_still_reaches_a_person() -> None:
    mute = LiteralSynthesizer()
    mute.faults.fail()
    desk = await a_desk(prepared=False, synthesizer=mute, limits=Limits())
    async with conducting(desk):
        await desk.pause(1)
        await desk.say("чи є шини")
        record = await desk.record()
    assert desk.heard == ""
    assert record.ended == Ended(Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE)
    assert desk.leg.ended == "hung_up"


# Somebody who watches demands it


@pytest.mark.parametrize("phase", [Greeting, Listening, Thinking, Speaking])
async def test_who_watches_gives_the_caller_to_a_person(phase: type[Phase]) -> None:
    desk = await a_desk(model=ScriptedModel(script=[LIST], first_word_seconds=1))
    async with conducting(desk):
        await reach(desk, phase)
        assert desk.conduct_call.tell(desk.leg.call_id, events.HandOverDemanded())
        record = await desk.record()
    assert record.ended == Ended(Outcome.HANDED_OVER, Reason.CANNOT_HELP)
    assert (desk.leg.ended, list(desk.switchboard.cards)) == ("hung_up", [desk.leg.call_id])
    assert desk.heard.endswith(PHRASES.hand_over)


@pytest.mark.parametrize("phase", [Greeting, Listening, Thinking, Speaking])
async def test_who_watches_ends_the_call_with_a_goodbye(phase: type[Phase]) -> None:
    desk = await a_desk(model=ScriptedModel(script=[LIST], first_word_seconds=1))
    async with conducting(desk):
        await reach(desk, phase)
        assert desk.conduct_call.tell(desk.leg.call_id, events.EndDemanded())
        record = await desk.record()
    assert record.ended == Ended(Outcome.STOPPED)
    assert desk.leg.ended == "hung_up" and not desk.switchboard.cards
    assert desk.heard.endswith(PHRASES.farewell)


async def test_a_demand_reaches_the_call_that_it_is_for_and_no_other() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        assert not desk.conduct_call.tell(uuid4(), events.EndDemanded())
        assert isinstance(desk.phase, Listening)
    assert not desk.conduct_call.tell(desk.leg.call_id, events.EndDemanded())
