"""A reply makes no sound before it is answered, tells each thing once, and leaves nothing behind."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest
from anyio.abc import TaskGroup

from adapters.memory.literal import LiteralSynthesizer
from adapters.memory.literal_audio import word_frames, words_in
from adapters.memory.scripted_model import ScriptedModel
from application.calls.announcements import Announcements
from application.calls.mouth import Mouth
from application.calls.reply import Reply, ReplyParts
from application.calls.tools.toolbox import Toolbox
from application.ports.language import Delta, LanguageModel, Prompt, Usage, Words
from domain.audio import Frame
from domain.dialog.events import Event, ReplyAudible, ReplyEnded, ReplyFailed, ReplyWorded
from domain.limits import Limits
from domain.transcript import CallerTurn
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

TURNS = (CallerTurn("чи є шини"),)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class Stage:
    """A reply at a line."""

    def __init__(self, model: LanguageModel, synthesizer: LiteralSynthesizer, background: TaskGroup) -> None:
        self.leg = MemoryLeg()
        self.told: list[Event] = []
        self.synthesizer = synthesizer
        self.mouth = Mouth(self.leg, Announcements(self.synthesizer), self.synthesizer)
        parts = ReplyParts(
            model=model,
            synthesizer=self.synthesizer,
            toolbox=Toolbox((), seconds=1),
            instructions="Будь чемною.",
            limits=Limits(),
            mouth=self.mouth,
            tell=self._tell,
            background=background,
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
        assert of is self.reply.scope
        self.told.append(event)


@asynccontextmanager
async def replying(model: LanguageModel, synthesizer: LiteralSynthesizer | None = None) -> AsyncGenerator[Stage, None]:
    with anyio.fail_after(600):
        async with anyio.create_task_group() as group:
            stage = Stage(model, synthesizer or LiteralSynthesizer(), group)
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


class Counting:
    """A model that tells what it took, and whether its stream was closed."""

    def __init__(self) -> None:
        self.closed = anyio.Event()

    async def reply(self, prompt: Prompt) -> AsyncGenerator[Delta, None]:
        try:
            yield Words("Так, вони тут. ")
            yield Words("Зимові.")
            yield Usage("anthropic", "claude", 1000, 10)
        finally:
            self.closed.set()


async def test_what_a_completion_took_is_no_word_of_it() -> None:
    model = Counting()
    async with replying(model) as stage:
        stage.reply.answer()
        assert await stage.hear(100) == "Так, вони тут. Зимові."
        assert model.closed.is_set()
        assert stage.told == [ReplyWorded(), ReplyAudible(), ReplyEnded("Так, вони тут. Зимові.")]


class QuickVoice(LiteralSynthesizer):
    """Speaks a clause in a tenth of a second."""

    async def say(self, clause: str) -> AsyncGenerator[list[Frame], None]:
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
    sentences = " ".join(f"Позиція номер {number}." for number in range(200))
    async with replying(ScriptedModel(script=[sentences], words_per_second=1e6)) as stage:
        stage.reply.answer()
        await stage.hear(10)
        assert len(stage.reply.spoken.text.split(". ")) < 20
