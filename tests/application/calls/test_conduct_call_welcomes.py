"""Who is known is asked what is for him alone, and nobody waits for it."""

from collections.abc import Sequence
from uuid import UUID

import anyio
import pytest

from adapters.memory.literal import LiteralSynthesizer
from adapters.memory.scripted_model import ScriptedModel
from application.calls.assistant import AssistantFactory
from domain.dialog import events
from domain.transcript import AgentTurn, CallerTurn, Turn
from tests.application.calls.desk import CALLER, PHRASES, a_desk, conducting
from tests.application.calls.desk import GREETING as SHORT_GREETING
from tests.harness.assistant import PlainAssistant, assistant_with
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

GREETING = "Добрий день, це магазин шин, з вами говорить автоматична система."
OPENING_TURNS = [SHORT_GREETING, PHRASES.greeting_question]
QUESTION = "Олено, у вас 2 замовлення, про яке йдеться?"


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


class SlowAssistant(PlainAssistant):
    """Knows the caller only after some time."""

    async def welcome(self) -> str:
        await anyio.sleep(20)
        return await super().welcome()


def slow(call_id: UUID) -> PlainAssistant:
    return SlowAssistant(question=QUESTION)


async def test_who_calls_is_told_as_soon_as_the_line_has_said_it() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.until_told(events.CallerKnown)
    assert [event for event in desk.events if isinstance(event, events.CallerKnown)] == [events.CallerKnown(CALLER)]


async def test_a_known_caller_is_asked_what_is_for_him_and_no_silence_comes_before_it() -> None:
    desk = await a_desk(assistant=assistant_with(question=QUESTION), greeting=GREETING)
    async with conducting(desk):
        await desk.hear("про яке йдеться?")
        await desk.until(lambda: len(desk.turns) == 2, "both are remembered")
    assert desk.turns == (AgentTurn(GREETING), AgentTurn(QUESTION))
    assert "два замовлення" in desk.heard and PHRASES.greeting_question not in desk.heard
    sounds = "".join("+" if any(frame) else "." for frame in desk.leg.heard).strip(".")
    assert "...." not in sounds


@pytest.mark.parametrize(
    ("assistant", "synthesizer"),
    [
        (slow, None),
        (assistant_with(question=QUESTION), "failing"),
        (assistant_with(question=QUESTION), "slow"),
        (assistant_with(), None),
    ],
)
async def test_who_is_not_known_or_voiced_in_time_is_asked_as_everybody(
    assistant: AssistantFactory, synthesizer: str | None
) -> None:
    voice = LiteralSynthesizer(first_audio_seconds=30 if synthesizer == "slow" else 0)
    if synthesizer == "failing":
        voice.faults.fail()
    desk = await a_desk(assistant=assistant, synthesizer=voice, greeting=GREETING)
    async with conducting(desk):
        await desk.hear(PHRASES.greeting_question)
        await desk.until(lambda: len(desk.turns) == 2, "both are remembered")
    assert desk.turns == (AgentTurn(GREETING), AgentTurn(PHRASES.greeting_question))


async def test_what_was_said_before_the_call_stands_before_it_for_the_model_and_is_no_turn_of_it() -> None:
    earlier: Sequence[Turn] = (CallerTurn("потрібні шини"), AgentTurn("Який розмір?"))
    model = ScriptedModel(script=["Гаразд."])
    desk = await a_desk(model=model, assistant=assistant_with(earlier=earlier))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("двісті п'ять")
        await desk.hear("Гаразд.")
    said = [turn.text for turn in desk.turns if isinstance(turn, CallerTurn | AgentTurn)]
    assert said[:3] == [*OPENING_TURNS, "двісті п'ять"]
    told = [turn.text for turn in model.prompts[-1].turns if isinstance(turn, CallerTurn | AgentTurn)]
    assert told == ["потрібні шини", "Який розмір?", *said[:3]]
