"""Whatever fails, the caller hears so and goes to a person; what he has heard is kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest

from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.literal_audio import speech_frames
from adapters.memory.scripted_model import ScriptedModel
from application.ports.language import Delta, Prompt, Words
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear
from domain.audio import Frame
from domain.dialog import events
from domain.dialog.phases import Ended, Outcome
from domain.errors import Unavailable
from domain.hand_over import Reason
from domain.limits import Limits
from domain.speech import Expectation, Hypothesis
from domain.transcript import AgentTurn, CallerTurn
from tests.application.calls.desk import PHRASES, Desk, a_desk, conducting
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

APOLOGY = PHRASES.hand_over_apology
FAILED = Ended(Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE)


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


async def given_up(desk: Desk) -> None:
    """The caller hears the apology to its end and is at the operators."""
    await desk.hear(APOLOGY)
    record = await desk.record()
    assert record.ended == FAILED
    assert list(desk.switchboard.cards) == [desk.leg.call_id]
    assert desk.leg.ended == "hung_up"


# The ear


async def test_an_ear_that_fails_leads_to_a_person() -> None:
    recognizer = LiteralRecognizer()
    desk = await a_desk(recognizer=recognizer)
    async with conducting(desk):
        await desk.hear_opening()
        recognizer.faults.fail()
        await given_up(desk)


class SilentEnd:
    """A recognizer whose stream ends, without an error, when the first words were believed."""

    def hear(self, frame: Frame, *, voiced: bool) -> None: ...

    def finish(self) -> None: ...

    def expect(self, expectation: Expectation) -> None: ...

    async def hypotheses(self) -> AsyncGenerator[Hypothesis, None]:
        await anyio.sleep(4)
        yield Hypothesis(0, "алло", final=False)

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        yield self


async def test_an_ear_that_ends_before_its_call_is_no_deaf_agent() -> None:
    desk = await a_desk(recognizer=SilentEnd())
    async with conducting(desk):
        await given_up(desk)


async def test_an_ear_that_cannot_be_opened_leads_to_a_person() -> None:
    class Closed:
        @asynccontextmanager
        async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
            raise Unavailable("no ear")
            yield

    desk = await a_desk(recognizer=Closed())
    async with conducting(desk):
        await given_up(desk)


# The model


async def test_a_model_that_fails_before_a_word_leads_to_a_person() -> None:
    model = ScriptedModel(script=["Так."])
    model.faults.fail()
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await given_up(desk)
    assert "Так." not in desk.heard


class BreakingModel:
    """Says a sentence and a half, and breaks; asked again it would say it all again."""

    def __init__(self) -> None:
        self.asked = 0

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        self.asked += 1
        yield Words("Є дві моделі. Перша")
        await anyio.sleep(0.1)
        raise Unavailable("the model broke")


async def test_what_the_model_has_said_is_heard_to_its_end_once_and_then_the_caller_goes_to_a_person() -> None:
    model = BreakingModel()
    desk = await a_desk(model=model, limits=Limits(considered=0))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await given_up(desk)
    assert desk.heard.endswith(f"Є дві моделі. {APOLOGY}")
    assert model.asked == 1
    assert AgentTurn("Є дві моделі.") in desk.turns


async def test_a_model_that_hangs_is_covered_by_fillers_and_given_up_after_the_turns_time() -> None:
    model = ScriptedModel(script=["Так."])
    model.faults.hang()
    desk = await a_desk(model=model, limits=Limits(turn_seconds=20))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        asked_at = anyio.current_time()
        await desk.hear(PHRASES.thinking)
        await desk.hear(PHRASES.still_thinking)
        await given_up(desk)
        assert anyio.current_time() - asked_at < 20 + 8


async def test_a_model_that_hangs_in_the_middle_is_given_up_and_what_it_said_is_kept() -> None:
    class Hanging:
        async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
            yield Words("Є дві моделі. Перша")
            await anyio.sleep_forever()

    desk = await a_desk(model=Hanging(), limits=Limits(turn_seconds=20))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("Є дві моделі.")
        await given_up(desk)
    assert any(isinstance(turn, AgentTurn) and turn.text == "Є дві моделі." for turn in desk.turns)


# The voice


class BreakingVoice(LiteralSynthesizer):
    """Its voice breaks in the middle of the second clause."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        words = clause.split()
        broken = words[0] == "Перша"
        for word in words[:2] if broken else words:
            yield speech_frames(word)
        if broken:
            await anyio.sleep(1)
            raise Unavailable("the voice broke")


async def test_a_voice_that_breaks_within_a_clause_leads_to_a_person_and_what_was_heard_is_kept() -> None:
    desk = await a_desk(script=["Є дві моделі. Перша коштує багато, друга мало."], synthesizer=BreakingVoice())
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await given_up(desk)
    cut = [turn for turn in desk.turns if isinstance(turn, AgentTurn) and turn.cut]
    assert len(cut) == 1 and cut[0].text.startswith("Є дві моделі.") and "мало" not in cut[0].text
    assert "друга" not in desk.heard


async def test_a_voice_that_breaks_while_the_model_runs_ahead_is_a_failure_and_no_mistake_of_ours() -> None:
    """The model waits with a full hand of clauses when the voice goes."""
    synthesizer = LiteralSynthesizer(first_audio_seconds=2)
    synthesizer.faults.fail()
    sentences = " ".join(f"Позиція {number}." for number in range(100))
    desk = await a_desk(model=ScriptedModel(script=[sentences], words_per_second=1e6), synthesizer=synthesizer)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("прочитайте список")
        await given_up(desk)


class HalfMute(LiteralSynthesizer):
    """Has no audio for what is in dots."""

    async def say(self, clause: str, *, passing: bool = False) -> AsyncGenerator[list[Frame], None]:
        if "Хм" not in clause:
            async for piece in super().say(clause):
                yield piece


async def test_a_clause_without_audio_is_passed_over_and_not_remembered() -> None:
    desk = await a_desk(script=["Хм! Так, є зимові шини."], synthesizer=HalfMute())
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear_out("зимові шини.")
        await desk.until_told(events.ReplyEnded)
        assert desk.turns[-1] == AgentTurn("Так, є зимові шини.")


async def test_a_reply_without_any_audio_is_no_silence_but_a_question() -> None:
    desk = await a_desk(script=["Хм!"], synthesizer=HalfMute())
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear(PHRASES.ask_again)


async def test_a_provider_that_is_back_serves_the_next_turn_as_if_nothing_had_been() -> None:
    """A question that could not be voiced is passed over; the answer after it has its voice."""
    synthesizer = LiteralSynthesizer()
    desk = await a_desk(script=["Який розмір?", "Записала."], synthesizer=synthesizer)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear_out("Який розмір?")
        synthesizer.faults.fail(1)
        await desk.pause(16)  # the question would be repeated
        await desk.say("двісті п'ять на п'ятдесят п'ять добре")
        await desk.hear("Записала.")
    assert desk.heard.count("Який розмір?") == 1


async def test_an_uncertain_final_of_what_is_being_answered_is_asked_about_instead() -> None:
    recognizer = LiteralRecognizer(confidence=0.2, final_seconds=0.6)
    desk = await a_desk(model=ScriptedModel(script=["Так."], first_word_seconds=2), recognizer=recognizer)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear(PHRASES.ask_again)
    assert "Так." not in desk.heard
    assert not any(isinstance(turn, CallerTurn) for turn in desk.turns)
