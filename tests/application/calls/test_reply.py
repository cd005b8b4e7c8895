"""A reply makes no sound before it is answered, tells each thing once, and leaves nothing behind."""

from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import count

import anyio
import pytest
from anyio.abc import TaskGroup

from adapters.memory.literal import LiteralSynthesizer
from adapters.memory.literal_audio import word_frames, words_in
from adapters.memory.scripted_model import Answer, ScriptedModel
from application.calls.announcements import Announcements
from application.calls.mouth import Mouth
from application.calls.reply import Reply, ReplyParts
from application.calls.thought import ThoughtParts
from application.calls.tools.toolbox import Done, Tool, Toolbox
from application.ports.language import Delta, LanguageModel, Prompt, ToolSpec, Words
from application.ports.metering import Meter, uncounted
from domain.audio import Frame
from domain.dialog.events import (
    ClauseJudged,
    Event,
    HandOverAsked,
    ReadBackBegan,
    ReplyAudible,
    ReplyEnded,
    ReplyFailed,
    ReplyWorded,
    ToolEnded,
    ToolStarted,
)
from domain.facts import Facts
from domain.hand_over import Reason
from domain.limits import Limits
from domain.money import Money
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.truth.judgement import Judgement
from domain.usage import ModelUsage, Usage, VoiceUsage
from tests.harness.assistant import ANYTHING_DONE, TODAY, PlainAssistant
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

TURNS = (CallerTurn("чи є шини"),)
UNSURE = "Цього я не знаю."


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Stage:
    """A reply at a line."""

    def __init__(
        self,
        model: LanguageModel,
        synthesizer: LiteralSynthesizer,
        background: TaskGroup,
        *,
        tools: Sequence[Tool] = (),
        standing: Facts = ANYTHING_DONE,
    ) -> None:
        self.leg = MemoryLeg()
        self.told: list[Event] = []
        self.judged: list[Judgement] = []
        self.refused: list[str] = []
        self.synthesizer = synthesizer
        self.used: list[Usage] = []
        self.mouth = Mouth(self.leg, Announcements(self.synthesizer), self.synthesizer)
        assistant = PlainAssistant(tools, standing=standing)
        thought = ThoughtParts(
            model=model,
            assistant=assistant,
            toolbox=Toolbox(tools, seconds=1),
            limits=Limits(),
            unsure=UNSURE,
            tell=self._tell,
            used=self.used.append,
            background=background,
        )
        parts = ReplyParts(
            thought=thought,
            synthesizer=self.synthesizer,
            mouth=self.mouth,
            language="uk",
            today=lambda: TODAY,
        )
        self.reply = Reply(TURNS, parts)

    async def hear(self, frames: int) -> str:
        """Let so many frames pass; return the words in them."""
        heard = []
        for _ in range(frames):
            heard += self.leg.tick()
            self.mouth.line_is_silent()
            await anyio.sleep(0.02)
        return words_in(heard)

    def _tell(self, event: Event, of: anyio.CancelScope | None) -> None:
        if isinstance(event, ClauseJudged):
            self.judged.append(event.judgement)
            self.refused += [event.clause] if event.clause else []
        elif isinstance(event, ToolEnded):
            assert of is None
        else:
            assert of is self.reply.scope
            self.told.append(event)


@asynccontextmanager
async def replying(
    model: LanguageModel,
    synthesizer: LiteralSynthesizer | None = None,
    *,
    tools: Sequence[Tool] = (),
    standing: Facts = ANYTHING_DONE,
) -> AsyncGenerator[Stage, None]:
    with anyio.fail_after(600):
        async with anyio.create_task_group() as group:
            stage = Stage(model, synthesizer or LiteralSynthesizer(), group, tools=tools, standing=standing)
            group.start_soon(stage.reply)
            await anyio.wait_all_tasks_blocked()
            yield stage
            stage.reply.scope.cancel()


async def test_nothing_is_heard_or_told_before_the_reply_is_answered() -> None:
    async with replying(ScriptedModel(script=["Так, є."])) as stage:
        assert await stage.hear(50) == ""
        assert (stage.told, stage.reply.answered) == ([], False)
        stage.reply.answer()
        assert await stage.hear(50) == "Так, є."
        assert stage.told == [ReplyWorded(), ReplyAudible(), ReplyEnded("Так, є.")]


async def test_words_that_come_after_the_answer_is_wanted_are_told_once() -> None:
    async with replying(ScriptedModel(script=["Так, є зимові."], first_word_seconds=1)) as stage:
        stage.reply.answer()
        assert stage.told == []
        await stage.hear(150)
        assert stage.told == [ReplyWorded(), ReplyAudible(), ReplyEnded("Так, є зимові.")]


async def test_a_reply_that_failed_before_it_was_wanted_says_so_when_it_is() -> None:
    model = ScriptedModel(script=["Так."])
    model.faults.fail()
    async with replying(model) as stage:
        await stage.hear(10)
        assert stage.told == []
        stage.reply.answer()
        await stage.hear(10)
        assert stage.told == [ReplyFailed("model", "")]


async def test_a_voice_that_failed_before_it_was_wanted_says_so_when_it_is() -> None:
    model = ScriptedModel(script=["Так."], first_word_seconds=1)
    async with replying(model) as stage:
        stage.synthesizer.faults.fail()
        await stage.hear(100)
        stage.reply.answer()
        await stage.hear(1)
        assert stage.told == [ReplyWorded(), ReplyFailed("voice", "")]


async def test_a_reply_that_is_forgotten_makes_no_sound_and_tells_nothing() -> None:
    async with replying(ScriptedModel(script=["Так, є."])) as stage:
        stage.reply.scope.cancel()
        assert await stage.hear(50) == ""
        assert stage.told == []


TOOK = ModelUsage(provider="anthropic", model="claude", input_tokens=1000, output_tokens=10)


class Counting:
    """A model that tells what it took, and whether its stream was closed."""

    def __init__(self) -> None:
        self.closed = anyio.Event()

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        try:
            yield Words("Так, вони тут. ")
            yield Words("Зимові.")
        finally:
            used(TOOK)
            self.closed.set()


async def test_what_model_and_voice_took_is_told_and_is_no_word_of_the_reply() -> None:
    model = Counting()
    async with replying(model) as stage:
        stage.reply.answer()
        assert await stage.hear(100) == "Так, вони тут. Зимові."
        assert model.closed.is_set()
        assert stage.told == [ReplyWorded(), ReplyAudible(), ReplyEnded("Так, вони тут. Зимові.")]
        voiced = VoiceUsage(provider="offline", voice="literal", characters=len("Так, вони тут.Зимові."))
        assert stage.used == [TOOK, voiced]


async def test_a_reply_that_nobody_heard_has_taken_what_it_took() -> None:
    async with replying(Counting()) as stage:
        assert await stage.hear(50) == ""
        stage.reply.scope.cancel()
        await stage.hear(1)
        assert TOOK in stage.used
        assert any(isinstance(usage, VoiceUsage) and usage.characters > 0 for usage in stage.used)


class QuickVoice(LiteralSynthesizer):
    """Speaks a clause in a tenth of a second."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        yield word_frames("ая")[:5]


async def test_a_clause_that_was_spoken_quickly_counts_as_heard_when_its_last_frame_has_left() -> None:
    async with replying(ScriptedModel(script=["Є дві моделі. Перша дорога."]), QuickVoice()) as stage:
        stage.reply.answer()
        await stage.hear(8)
        assert stage.reply.spoken.heard(stage.leg.sent) == "Є дві моделі."


async def test_a_reply_ends_when_its_last_frame_has_left_and_not_before() -> None:
    async with replying(ScriptedModel(script=["Так."])) as stage:
        stage.reply.answer()
        await anyio.wait_all_tasks_blocked()
        await stage.hear(11)
        assert ReplyEnded("Так.") not in stage.told
        await stage.hear(2)
        assert stage.told[-1] == ReplyEnded("Так.")


async def test_markup_is_not_spoken() -> None:
    async with replying(ScriptedModel(script=["*** **Так**, є `шини`."])) as stage:
        stage.reply.answer()
        assert await stage.hear(100) == "Так, є шини."


async def test_a_model_that_runs_ahead_waits_for_the_voice() -> None:
    """No more than some seconds of speech are asked for before they can be heard."""
    sentences = " ".join(f"Дуже довга позиція {2 * letter}." for letter in 200 * "щ")
    async with replying(ScriptedModel(script=[sentences], words_per_second=1e6)) as stage:
        stage.reply.answer()
        await stage.hear(10)
        assert len(stage.reply.spoken.text.split(". ")) < 20


# The gate

PRICE = ANYTHING_DONE | Facts(amounts=frozenset({Money.hryvnias(2141)}))


async def test_a_clause_that_a_fact_supports_is_spoken_in_words_and_remembered_in_figures() -> None:
    async with replying(ScriptedModel(script=["Ціна 2141 грн."]), standing=PRICE) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == "Ціна дві тисячі сто сорок одна гривня."
        assert stage.told[-1] == ReplyEnded("Ціна 2141 грн.")
        assert stage.judged == [Judgement.PASSED]


async def test_what_nothing_supports_is_not_spoken_and_the_model_may_correct_itself_once() -> None:
    model = ScriptedModel(script=lambda prompt: "Ціна 2141 грн." if prompt.note else "Вони є. Ціна 999 грн. Беріть.")
    async with replying(model, standing=PRICE) as stage:
        stage.reply.answer()
        assert await stage.hear(500) == "Вони є. Ціна дві тисячі сто сорок одна гривня."
        assert stage.judged == [Judgement.PASSED, Judgement.REFUSED, Judgement.PASSED]
        assert stage.refused == ["Ціна 999 грн."]
        assert model.prompts[-1].turns[-1] == AgentTurn("Вони є.")
        assert "999" in model.prompts[-1].note


async def test_a_clause_is_judged_with_the_beginning_of_its_sentence() -> None:
    offer = "Якщо вам так зручніше, ми передзвонимо."
    async with replying(ScriptedModel(script=[offer]), standing=Facts()) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == offer
        assert stage.judged == [Judgement.PASSED, Judgement.PASSED]


async def test_a_model_that_insists_is_not_heard_but_a_safe_sentence_is() -> None:
    model = ScriptedModel(script=["Ціна 999 грн."])
    async with replying(model, standing=PRICE) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == UNSURE
        assert stage.judged == [Judgement.REFUSED, Judgement.REFUSED, Judgement.REPLACED]
        assert len(model.prompts) == 2


async def test_a_model_that_falls_silent_when_it_is_corrected_leaves_a_safe_sentence() -> None:
    model = ScriptedModel(script=lambda prompt: "" if prompt.note else "Ціна 999 грн.")
    async with replying(model, standing=PRICE) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == UNSURE


class Quote:
    """A tool that has its answer said."""

    def __init__(self, say: str, told: str = "{}") -> None:
        self.say, self.told = say, told

    spec = ToolSpec("quote", "Quote.", {"type": "object"})

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        return Done(told=self.told, facts=PRICE, say=self.say)


async def test_a_model_that_is_corrected_may_use_a_tool_and_then_say_what_the_tool_said() -> None:
    def script(prompt: Prompt) -> str | Answer:
        if isinstance(prompt.turns[-1], ToolUse):
            assert prompt.note == "", "the correction is of one answer"
            return "Ціна 2141 грн."
        return Answer("", (ToolCall("1", "quote", {}),)) if prompt.note else "Ціна 2141 грн."

    async with replying(ScriptedModel(script=script), tools=[Quote("")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == "Ціна дві тисячі сто сорок одна гривня."


async def test_what_a_tool_wants_said_is_said_word_for_word_and_the_model_is_not_asked_again() -> None:
    model = ScriptedModel(script=[Answer("", (ToolCall("1", "quote", {}),))])
    async with replying(model, tools=[Quote("Разом 2141 грн за все. Оформлюємо?")]) as stage:
        stage.reply.answer()
        assert await stage.hear(500) == "Разом дві тисячі сто сорок одна гривня за все. Оформлюємо?"
        assert stage.told == [
            ToolStarted("quote"),
            ReplyWorded(),
            ReplyAudible(),
            ReadBackBegan(),
            ReadBackBegan(),
            ReplyEnded("Разом 2141 грн за все. Оформлюємо?"),
        ]
        assert len(model.prompts) == 1


async def test_one_thing_is_read_out_at_a_time_however_many_tools_are_asked_for_at_once() -> None:
    twice = Answer("", (ToolCall("1", "quote", {}), ToolCall("2", "quote", {})))
    async with replying(ScriptedModel(script=[twice]), tools=[Quote("Оформлюємо?")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == "Оформлюємо?"
        assert stage.told.count(ToolStarted("quote")) == 1


async def test_an_operator_is_asked_for_also_after_what_is_read_out() -> None:
    transfer = ToolCall("2", "transfer_to_operator", {"reason": "cannot_help", "summary": "шини"})
    both = Answer("", (ToolCall("1", "quote", {}), transfer))
    async with replying(ScriptedModel(script=[both]), tools=[Quote("Готово.")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == "Готово."
        assert HandOverAsked(Reason.CANNOT_HELP, "шини") in stage.told


QUOTED = Answer("Зараз подивлюся.", (ToolCall("1", "quote", {}),))


def after_a_tool(answers: Sequence[str]) -> ScriptedModel:
    """A model that announces a look-up, and after it gives these answers, one a prompt."""
    left = deque(answers)

    def script(prompt: Prompt) -> str | Answer:
        return left.popleft() if isinstance(prompt.turns[-1], ToolUse) else QUOTED

    return ScriptedModel(script=script)


async def test_a_model_that_says_nothing_after_its_tools_is_asked_once_more() -> None:
    model = after_a_tool(["", "Ціна 2141 грн."])
    async with replying(model, tools=[Quote("")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == "Зараз подивлюся. Ціна дві тисячі сто сорок одна гривня."
        assert "has heard no answer" in model.prompts[-1].note


async def test_who_was_told_that_something_is_looked_up_hears_an_answer_whatever_the_model_does() -> None:
    async with replying(after_a_tool(["", ""]), tools=[Quote("")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == f"Зараз подивлюся. {UNSURE}"


async def test_a_model_that_never_stops_using_tools_has_answered_nothing() -> None:
    numbers = count()
    model = ScriptedModel(script=lambda prompt: Answer("", (ToolCall(str(next(numbers)), "quote", {}),)))
    async with replying(model, tools=[Quote("")]) as stage:
        stage.reply.answer()
        assert await stage.hear(300) == ""
        assert stage.told.count(ToolStarted("quote")) == Limits().tool_rounds
        assert stage.told[-1] == ReplyEnded("")


async def test_figures_are_of_this_moment_and_other_words_are_not() -> None:
    class Noting(LiteralSynthesizer):
        said: tuple[tuple[str, bool], ...] = ()

        async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
            self.said = (*self.said, (clause, passing))
            yield word_frames("ая")[:5]

    voice = Noting()
    async with replying(ScriptedModel(script=["Вони є. Ціна 2141 грн."]), voice, standing=PRICE) as stage:
        stage.reply.answer()
        await stage.hear(50)
    assert voice.said == (("Вони є.", False), ("Ціна дві тисячі сто сорок одна гривня.", True))
