"""A call is conducted from answer to hang-up."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal

import anyio
import pytest

from adapters.memory.literal import LiteralRecognizer, LiteralSynthesizer
from adapters.memory.literal_audio import speech_frames, words_in
from adapters.memory.scripted_model import Answer, ScriptedModel
from application.ports.language import Prompt
from application.ports.metering import Meter, uncounted
from application.ports.speech import Ear
from domain.costs import Dollars, Prices
from domain.dialog import events
from domain.dialog.phases import Ended, Outcome
from domain.limits import Limits
from domain.speech import Expectation
from domain.transcript import AgentTurn, CallerTurn, ToolCall
from domain.usage import Kind, VoiceUsage
from tests.application.calls.desk import CALLER, GREETING, OPENING, PHRASES, a_desk, conducting
from tests.harness.assistant import TODAY
from tests.harness.leg import MemoryLeg
from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio

LIST = " ".join(f"Позиція {2 * letter}." for letter in "абвгдежзиклмнопрстуфхцчшщюяіїє")


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


def echoing(prompt: Prompt) -> str:
    """Answer with the caller's words."""
    last = prompt.turns[-1]
    assert isinstance(last, CallerTurn)
    return f"Ви кажете {last.text}."


TOY_PRICES = Prices(as_of=TODAY, voices={"*": Decimal(1000)}, ears={"*": Decimal(1)})
"""Models have none."""


async def test_a_caller_is_greeted_heard_and_answered_and_both_say_goodbye() -> None:
    desk = await a_desk(script=["Так, є. Який розмір?", "Дякую, до побачення!"])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є зимові шини")
        await desk.hear_out("Який розмір?")
        await desk.say("дякую до побачення")
        record = await desk.record()
    assert [(type(turn), turn.text) for turn in record.state.turns if isinstance(turn, CallerTurn | AgentTurn)] == [
        (AgentTurn, GREETING),
        (AgentTurn, PHRASES.greeting_question),
        (CallerTurn, "чи є зимові шини"),
        (AgentTurn, "Так, є. Який розмір?"),
        (CallerTurn, "дякую до побачення"),
        (AgentTurn, "Дякую, до побачення!"),
    ]
    assert record.ended == Ended(Outcome.COMPLETED)
    assert (desk.leg.ended, desk.switchboard.released) == ("hung_up", {desk.leg.call_id})


async def test_the_record_of_a_call_tells_its_figures() -> None:
    desk = await a_desk(script=[LIST, "Гаразд."])
    desk.switchboard.causes[desk.leg.call_id] = 16
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("прочитайте список")
        await desk.hear("Позиція бб.")
        await desk.say("стоп будь ласка")
        await desk.hear_out("Гаразд.")
        desk.leg.drop()
        record = await desk.record()
    assert (record.call_id, record.caller, record.cause) == (desk.leg.call_id, CALLER, 16)
    assert (record.figures.interruptions, record.figures.turns) == (1, 6)
    assert len(record.figures.responses_seconds) == 2
    assert record.figures.dead_air_seconds
    assert record.line == desk.leg.figures() and record.line.frames_sent > 0
    assert record.seconds == pytest.approx(len(desk.leg.heard) * 0.02, abs=0.05)


async def test_the_observer_sees_every_event_once_and_the_end_once() -> None:
    desk = await a_desk(script=[LIST, "До побачення!"])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("прочитайте список")
        await desk.hear("Позиція бб.")
        await desk.say("досить до побачення")
        await desk.record()
    kinds = [type(event) for event in desk.events]
    once = (events.Answered, events.ReplyEnded)
    assert {kind: kinds.count(kind) for kind in once} == dict.fromkeys(once, 1)
    assert kinds.count(events.ReplyAudible) == 2
    assert kinds.count(events.Announced) == 2
    assert len([event for event in desk.events if isinstance(event, events.Hushed) and event.heard]) == 1
    assert kinds.count(events.LineAudible) == kinds.count(events.LineSilent)
    assert len(desk.watch.records) == 1


async def test_only_what_was_heard_of_an_interrupted_reply_is_remembered_and_told_to_the_model() -> None:
    model = ScriptedModel(script=[LIST, "Гаразд."])
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("прочитайте список")
        await desk.hear("Позиція вв.")
        await desk.say("стоп будь ласка")
        await desk.hear("Гаразд.")
    cut = [turn for turn in model.prompts[-1].turns if isinstance(turn, AgentTurn) and turn.cut]
    assert len(cut) == 1
    before, after = desk.heard.split(cut[0].text)
    assert before.strip() == OPENING
    assert len(after.removesuffix("Гаразд.").split()) <= 2  # not heard whole, or on their way


async def test_a_cough_holds_the_agent_for_a_moment_and_no_word_is_lost() -> None:
    desk = await a_desk(script=["Перша позиція, друга позиція, третя позиція, четверта позиція."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("прочитайте список")
        await desk.hear("друга")
        await desk.cough()
        await desk.hear("четверта позиція.")
        await desk.until_told(events.ReplyEnded)
        ended = next(event for event in desk.events if isinstance(event, events.ReplyEnded))
        assert ended.heard == "Перша позиція, друга позиція, третя позиція, четверта позиція."
        assert desk.turns[-1] == AgentTurn(ended.heard)


async def test_a_question_that_is_asked_again_is_read_out_as_it_was_the_first_time() -> None:
    desk = await a_desk(script=["Вам потрібні 205/55 R16?"], limits=Limits(silence_seconds=3))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("потрібні шини")
        await desk.until(lambda: desk.heard.count("двісті п'ять") == 2, "the question is heard again")
    assert "205" not in desk.heard


async def test_a_slow_model_is_covered_by_a_filler_that_is_not_remembered() -> None:
    desk = await a_desk(model=ScriptedModel(script=["Є три варіанти."], first_word_seconds=4))
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("Є три варіанти.")
        await desk.until_told(events.ReplyEnded)
    assert f"{PHRASES.thinking} Є три варіанти." in desk.heard
    assert all(turn.text != PHRASES.thinking for turn in desk.turns if isinstance(turn, AgentTurn))
    assert max(desk.watch.records[0].figures.dead_air_seconds) < Limits().dead_air_seconds + 0.5


async def test_a_reply_that_is_ready_when_the_caller_has_finished_is_heard_at_once() -> None:
    """And it was asked for once: the reply that was considered is the one that is heard."""
    model = ScriptedModel(script=echoing)
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є зимові шини")
        await desk.hear("Ви кажете чи є зимові шини.")
        await desk.until_told(events.ReplyEnded)
    assert [prompt.turns[-1] for prompt in model.prompts] == [CallerTurn("чи є зимові шини")]


async def test_a_reply_that_was_considered_to_half_a_sentence_is_thrown_away_unheard() -> None:
    model = ScriptedModel(script=echoing)
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є зимові")
        await desk.pause(0.2)
        await desk.say("шини на продаж")
        await desk.hear("Ви кажете чи є зимові шини на продаж.")
    assert len(model.prompts) == 2
    assert "зимові." not in desk.heard


async def test_what_a_call_used_is_seen_as_it_happens_and_its_cost_is_in_the_record() -> None:
    model = ScriptedModel(script=["Так, є."])
    desk = await a_desk(model=model, prices=TOY_PRICES)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є у вас")
        await desk.until(lambda: len(model.prompts) == 1, "a reply is considered")
        await desk.say("зимові шини")
        await desk.hear_out("Так, є.")
    used = [event.usage for event in desk.events if isinstance(event, events.Used)]
    models, voices, ears = ([each for each in used if each.kind is kind] for kind in Kind)
    assert len(models) == len(model.prompts) > 1
    assert sum(each.characters for each in voices if isinstance(each, VoiceUsage)) >= len("Так, є.")
    assert [each.name for each in ears] == ["offline/literal"]
    cost = (await desk.record()).cost
    assert cost == TOY_PRICES.cost(used)
    assert cost.voice > Dollars(0) and cost.ear > Dollars(0)


async def test_what_is_prepared_for_all_calls_costs_none_of_them_anything() -> None:
    desk = await a_desk(prices=TOY_PRICES)
    async with conducting(desk):
        await desk.hear_opening()
    assert (await desk.record()).cost.voice == Dollars(0)


async def test_a_greeting_that_was_not_prepared_is_used_by_its_call() -> None:
    desk = await a_desk(prices=TOY_PRICES, prepared=False)
    async with conducting(desk):
        await desk.hear(GREETING)
    assert (await desk.record()).cost.voice > Dollars(0)


async def test_an_empty_answer_of_the_model_is_no_silence_but_a_question() -> None:
    desk = await a_desk(script=["", "Зрозуміла."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear(PHRASES.ask_again)
        await desk.say("чи є шини у вас")
        await desk.hear("Зрозуміла.")


async def test_markup_alone_is_never_spoken() -> None:
    desk = await a_desk(script=["```json\n{}\n``` *** ", "Зрозуміла."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear(PHRASES.ask_again)
    assert "json" not in desk.heard


async def test_a_silent_caller_is_asked_twice_and_then_wished_goodbye() -> None:
    desk = await a_desk()
    async with conducting(desk):
        await desk.hear_opening()
        await desk.hear("Слухаю вас.")
        await desk.hear(PHRASES.are_you_there)
        await desk.hear(PHRASES.silence_farewell)
        record = await desk.record()
    assert record.ended == Ended(Outcome.SILENT)
    assert desk.leg.ended == "hung_up"


async def test_the_pending_question_is_repeated_to_a_silent_caller() -> None:
    desk = await a_desk(script=["Є зимові. Який розмір вас цікавить?"])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("чи є шини")
        await desk.hear("Який розмір вас цікавить?")
        await desk.hear("цікавить? Який розмір вас цікавить?")


async def test_the_ear_is_told_what_the_agent_has_asked_for() -> None:
    recognizer = LiteralRecognizer()
    desk = await a_desk(script=["Назвіть, будь ласка, який номер замовлення?"], recognizer=recognizer)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("де моє замовлення")
        await desk.hear("замовлення?")
        await desk.until_told(events.ReplyEnded)
    assert recognizer.expectations[-1] is Expectation.ORDER_NUMBER


async def test_keys_answer_a_question_for_digits() -> None:
    desk = await a_desk(script=["Який номер замовлення?", "Дякую."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("де моє замовлення")
        await desk.hear("замовлення?")
        await desk.until_told(events.ReplyEnded)
        for digit in "1024#":
            desk.leg.press(digit)
        await desk.hear("Дякую.")
        assert CallerTurn("1024", understood="1024") in desk.turns


async def test_keys_answer_a_question_that_is_still_being_said() -> None:
    desk = await a_desk(script=["Добре. Назвіть, будь ласка, номер вашого замовлення, я пошукаю?", "Дякую."])
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("де моє замовлення")
        await desk.hear("номер")
        for digit in "0124#":
            desk.leg.press(digit)
        await desk.hear("Дякую.")
        assert CallerTurn("0124", understood="0124") in desk.turns
        assert any(isinstance(turn, AgentTurn) and turn.cut for turn in desk.turns)


async def test_who_spoke_before_he_was_answered_is_answered() -> None:
    desk = await a_desk(script=echoing)
    for frame in speech_frames("алло чи"):
        desk.leg.say(frame)
    async with conducting(desk):
        await desk.hear("Ви кажете алло чи.")


class LateRecognizer:
    """Its ear opens after three seconds."""

    @asynccontextmanager
    async def listen(self, caller: str | None, used: Meter = uncounted) -> AsyncGenerator[Ear, None]:
        await anyio.sleep(3)
        async with LiteralRecognizer().listen(caller) as ear:
            yield ear


async def test_what_is_said_before_the_ear_is_open_is_heard_when_it_is() -> None:
    desk = await a_desk(script=echoing, recognizer=LateRecognizer())
    async with conducting(desk):
        await desk.pause(0.1)
        await desk.say("алло чи є шини")
        await desk.hear("Ви кажете алло чи є шини.")


async def test_no_call_hears_another() -> None:
    desk = await a_desk(script=echoing)
    other = MemoryLeg()
    async with conducting(desk), anyio.create_task_group() as calls:
        calls.start_soon(desk.conduct_call, other)
        await desk.hear_opening()
        await desk.say("чи є зимові шини")
        await desk.hear("Ви кажете чи є зимові шини.")
        other.tick(2_000)
        other.drop()
    assert words_in(other.heard) == GREETING


async def test_a_call_that_lasts_too_long_goes_to_a_person() -> None:
    desk = await a_desk(limits=Limits(call_seconds=10))
    async with conducting(desk):
        await desk.hear(PHRASES.too_long)
        await desk.record()
    assert desk.leg.call_id in desk.switchboard.cards


async def test_no_task_is_left_behind_by_a_turn() -> None:
    desk = await a_desk(script=echoing)
    async with conducting(desk):
        await desk.hear_opening()
        running: set[int] = set()
        for letter in "абвгдежзиклмнопрстуфхцчшщюя":
            await desk.say(f"питання {2 * letter} про шини")
            await desk.hear_out(f"Ви кажете питання {2 * letter} про шини.")
            running.add(len(anyio.get_running_tasks()))
        assert len(running) == 1


async def test_a_greeting_without_prepared_audio_is_voiced_and_one_without_a_voice_is_not_remembered() -> None:
    desk = await a_desk(prepared=False)
    async with conducting(desk):
        await desk.hear_opening()
    assert desk.turns[0] == AgentTurn(GREETING)

    mute = LiteralSynthesizer()
    mute.faults.fail(2)
    desk = await a_desk(prepared=False, synthesizer=mute, script=["Так."])
    async with conducting(desk):
        await desk.say("алло чи є шини")
        await desk.hear("Так.")
    assert desk.heard == "Так."
    assert not any(isinstance(turn, AgentTurn) and GREETING in turn.text for turn in desk.turns)


async def test_the_model_may_give_the_caller_to_a_person_after_it_was_told_why_not_at_first() -> None:
    unknown = ToolCall("1", "transfer_to_operator", {"reason": "bored"})
    right = ToolCall("2", "transfer_to_operator", {"reason": "cannot_help", "summary": "Питає про диски."})
    model = ScriptedModel(script=[Answer(tool_calls=(unknown,)), Answer("Не можу допомогти.", (right,))])
    desk = await a_desk(model=model)
    async with conducting(desk):
        await desk.hear_opening()
        await desk.say("а диски є")
        await desk.hear(f"Не можу допомогти. {PHRASES.hand_over}")
        await desk.record()
    assert "customer_request" in str(model.prompts[-1].turns[-1])
    card = desk.switchboard.cards[desk.leg.call_id]
    assert (card.caller, card.summary) == (CALLER, "Питає про диски.")
    assert card.turns[-1] == AgentTurn(PHRASES.hand_over)
    assert card.turns[0] == AgentTurn(GREETING) and OPENING in desk.heard
