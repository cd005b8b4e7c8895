"""Things that happen in the same moment: whichever is known first, the caller is served the same."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace

import anyio
import pytest

from adapters.memory.literal import LiteralSynthesizer
from adapters.memory.scripted_model import Answer, ScriptedModel
from application.calls.tools.toolbox import Done
from application.ports.language import Prompt, ToolSpec
from domain.audio import Frame
from domain.dialog import events
from domain.dialog.phases import Outcome, Thinking
from domain.facts import Deed, Facts
from domain.limits import Limits
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from tests.application.calls.desk import OPENING, PHRASES, Dictated, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class TellTale(LiteralSynthesizer):
    """Tells when a clause is about to sound."""

    def __init__(self, told: Callable[[str], None]) -> None:
        super().__init__(first_audio_seconds=0.2)
        self._told = told

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        pieces = super().say(clause)
        first = await anext(pieces)
        self._told(clause)
        yield first
        async for piece in pieces:
            yield piece


def echoing(prompt: Prompt) -> str:
    last = prompt.turns[-1]
    assert isinstance(last, CallerTurn)
    return f"Ви кажете {last.text}."


async def test_a_reply_that_begins_in_the_moment_in_which_the_caller_turns_out_to_have_said_else_is_not_heard() -> None:
    ear = Dictated()

    def the_final_comes(clause: str) -> None:
        if "так" in clause:
            ear.believe("ні", final=True)

    desk = await a_desk(
        script=echoing, recognizer=ear, synthesizer=TellTale(the_final_comes), limits=Limits(considered=0)
    )
    async with conducting(desk):
        await desk.hear_opening()
        await desk.cough(0.5)
        ear.believe("так", final=False)
        await desk.hear_out("Ви кажете ні.")
        await desk.until_told(events.ReplyEnded)
        assert desk.turns[-2:] == (CallerTurn("ні"), AgentTurn("Ви кажете ні."))
        assert desk.heard == f"{OPENING} Ви кажете ні."


async def test_a_reply_that_begins_in_the_moment_in_which_its_words_turn_out_unsure_is_not_heard() -> None:
    ear = Dictated()

    def the_final_comes(clause: str) -> None:
        ear.believe("ні", final=True, confidence=0.1)

    desk = await a_desk(
        script=echoing, recognizer=ear, synthesizer=TellTale(the_final_comes), limits=Limits(considered=0)
    )
    async with conducting(desk):
        await desk.hear_opening()
        await desk.cough(0.5)
        ear.believe("так", final=False)
        await desk.hear_out(PHRASES.ask_again)
        assert desk.heard == f"{OPENING} {PHRASES.ask_again}"
        assert [type(event) for event in desk.events].count(events.Hushed) == 1


async def test_the_end_of_an_interrupted_reply_is_told_to_nobody() -> None:
    """The reply ends in the moment in which the caller's words arrive."""
    desk = await a_desk(script=["Так, є зимові шини.", "Гаразд."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("зимові")
        await desk.say("а літні чи є")
        await desk.hear_out("Гаразд.")
        desk.leg.drop()
        await desk.record()
    ended = [event.heard for event in desk.events if isinstance(event, events.ReplyEnded)]
    assert ended == ["Гаразд."]


async def test_a_question_that_was_cut_is_neither_finished_nor_cut_again_later() -> None:
    model = ScriptedModel(script=echoing, first_word_seconds=1)
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear("Слухаю")
        await desk.say("чи є шини.")
        await desk.until(lambda: isinstance(desk.phase, Thinking), "the agent thinks")
        await desk.say("зимові на шістнадцять.")
        await desk.hear_out("на шістнадцять.")
        await desk.until_told(events.ReplyEnded)
    question = PHRASES.greeting_question
    assert not any(isinstance(event, events.Announced) and event.announcement.text == question for event in desk.events)
    assert len([turn for turn in desk.turns if isinstance(turn, AgentTurn) and turn.cut]) <= 1
    assert AgentTurn(question, cut=True) not in desk.turns


async def test_to_cut_a_filler_is_no_interruption() -> None:
    desk = await a_desk(model=ScriptedModel(script=echoing, first_word_seconds=2))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини.")
        await desk.hear("будь ласка.")
        await desk.say("зимові на шістнадцять.")
        await desk.until_told(events.Hushed)
        desk.leg.drop()
        record = await desk.record()
    assert record.figures.interruptions == 0


class Booking:
    """A tool that takes two seconds."""

    spec = ToolSpec("book_fitting", "Book a fitting.", {"type": "object", "properties": {}})

    def __init__(self) -> None:
        self.used = 0

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        self.used += 1
        await anyio.sleep(2)
        return BOOKED


BOOKED = Done(told="записано на десяту", facts=Facts(deeds=frozenset({Deed.BOOKED})))


BOOK = ToolCall("1", "book_fitting", {"at": "10"})


async def test_what_a_tool_did_for_an_interrupted_reply_is_known_to_the_next_and_not_done_again() -> None:
    tool = Booking()

    def script(prompt: Prompt) -> str | Answer:
        if any(isinstance(turn, ToolUse) for turn in prompt.turns):
            return "Ви вже записані."
        return Answer("Записую вас.", (BOOK,))

    model = ScriptedModel(script=script)
    desk = await a_desk(model=model, tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене на десяту")
        await desk.until_told(events.ToolStarted)
        await desk.say("а скільки це коштує")
        await desk.hear_out("Ви вже записані.")
        await desk.until_told(events.ReplyEnded)
    assert tool.used == 1
    assert [turn for turn in desk.turns if isinstance(turn, ToolUse)] == [
        ToolUse(BOOK, BOOKED.told, facts=BOOKED.facts)
    ]
    for prompt in model.prompts:
        assert isinstance(prompt.turns[-1], CallerTurn | ToolUse)


async def test_a_tool_that_ended_unknown_to_the_reply_that_asks_for_the_same_is_not_used_again() -> None:
    """The second reply talks for long before it asks, and the tool of the first ends meanwhile."""
    tool = Booking()

    def script(prompt: Prompt) -> str | Answer:
        if isinstance(prompt.turns[-1], ToolUse):
            return "Готово."
        last = prompt.turns[-1]
        slowly = isinstance(last, CallerTurn) and "коштує" in last.text
        return Answer("Зараз я вас запишу. " * (30 if slowly else 1), (replace(BOOK, id="2") if slowly else BOOK,))

    model = ScriptedModel(script=script, words_per_second=40)
    desk = await a_desk(model=model, tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене на десяту")
        await desk.until_told(events.ToolStarted)
        await desk.say("а скільки це коштує")
        await desk.hear("Готово.")
    assert tool.used == 1
    assert [type(event) for event in desk.events].count(events.ToolStarted) == 1
    assert model.prompts[-1].turns[-1] == ToolUse(replace(BOOK, id="2"), BOOKED.told, facts=BOOKED.facts)


async def test_what_is_asked_again_with_the_result_known_is_done_again() -> None:
    tool = Booking()
    desk = await a_desk(script=[Answer("", (BOOK,)), Answer("", (BOOK,)), "Готово."], tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене")
        await desk.hear("Готово.")
    assert tool.used == 2


async def test_a_tool_waits_until_its_reply_is_wanted() -> None:
    tool = Booking()
    desk = await a_desk(script=lambda prompt: Answer("", (BOOK,)), tools=[tool])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене")
        await desk.pause(0.2)
        await desk.say("ні не треба")
        assert tool.used == 0
        await desk.until_told(events.ToolStarted)


async def test_a_model_that_asks_for_tools_without_end_gets_so_many_rounds_and_a_last_word_without() -> None:
    model = ScriptedModel(
        script=lambda prompt: Answer("", (ToolCall("1", "no_such_tool", {}),)) if prompt.tools else "Не знаю."
    )
    desk = await a_desk(model=model, limits=Limits(tool_rounds=3))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("Не знаю.")
    assert [bool(prompt.tools) for prompt in model.prompts] == [True, True, True, False]


async def test_a_tool_that_was_not_offered_in_the_last_round_is_not_used() -> None:
    tool = Booking()
    desk = await a_desk(script=lambda prompt: Answer("", (BOOK,)), tools=[tool], limits=Limits(tool_rounds=2))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("запишіть мене")
        await desk.hear(PHRASES.ask_again)
    assert tool.used == 2


async def test_a_caller_who_goes_on_while_the_agent_thinks_gets_one_answer_to_all_he_said() -> None:
    model = ScriptedModel(script=echoing, first_word_seconds=1)
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини.")
        await desk.until(lambda: isinstance(desk.phase, Thinking), "the agent thinks")
        await desk.say("зимові на шістнадцять.")
        await desk.hear_out("Ви кажете чи є шини. зимові на шістнадцять.")
        caller = [turn.text for turn in desk.turns if isinstance(turn, CallerTurn)]
    assert caller == ["чи є шини. зимові на шістнадцять."]


async def test_who_speaks_and_hangs_up_in_one_moment_is_gone() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("дайте оператора")
        desk.leg.press("0")
        desk.leg.drop()
        record = await desk.record()
    assert record.ended.outcome is Outcome.ABANDONED
    assert desk.switchboard.cards == {}


async def test_a_key_in_the_moment_in_which_the_greeting_ends_is_not_lost() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.until_told(events.Announced)
        desk.leg.press("0")
        await desk.hear(PHRASES.hand_over)
        await desk.record()
    assert desk.leg.ended == "hung_up"
    assert desk.heard.endswith(PHRASES.hand_over)
