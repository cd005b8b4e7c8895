"""Whole calls over real sockets: the caller is answered."""

from collections.abc import Sequence

import pytest

from adapters.memory.scripted_model import Answer
from application.ports.operations import CallRecord
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.limits import Limits
from domain.transcript import AgentTurn, CallerTurn, ToolCall, Turn
from tests.harness.center import GREETING, PHRASES, Center, call_center
from tests.harness.phone import Phone

pytestmark = pytest.mark.anyio


async def test_a_caller_is_greeted_heard_and_answered() -> None:
    async with call_center("Так, є зимові шини. Який розмір вас цікавить?") as center:
        phone = await center.answered_phone()

        await phone.say("Добрий день чи є зимові шини")
        await phone.hear("Який розмір вас цікавить?")
        await phone.hear_out()

        await phone.hang_up()
        record = await center.watch.record()
        assert said(record.state.turns) == [
            f"agent: {GREETING}",
            "agent: Слухаю вас.",
            "caller: Добрий день чи є зимові шини",
            "agent: Так, є зимові шини. Який розмір вас цікавить?",
        ]
        assert record.ended.outcome is Outcome.ABANDONED


async def test_the_first_audio_of_the_greeting_comes_within_a_tenth_of_a_second() -> None:
    async with call_center() as center:
        phone = await center.answered_phone()
        first = phone.call.heard[0].at
        loud = next(heard.at for heard in phone.call.heard if any(heard.slin))
        assert loud - first < 0.1


async def test_both_say_goodbye_and_the_call_ends() -> None:
    async with call_center("Дякую за дзвінок. До побачення!") as center:
        phone = await center.answered_phone()
        await phone.say("дякую до побачення")
        await phone.hear("До побачення!")
        await phone.reach("hung_up")
        assert (await center.watch.record()).ended.outcome is Outcome.COMPLETED


async def test_the_caller_who_asks_for_a_person_gets_one() -> None:
    wish = ToolCall("1", "transfer_to_operator", {"reason": "customer_request", "summary": "Хоче людину."})
    async with call_center(Answer(tool_calls=(wish,))) as center:
        phone = await center.answered_phone()
        await phone.say("дайте оператора")
        await phone.hear(PHRASES.hand_over)
        await phone.reach("queue")
        record = await center.watch.record()
        assert (record.ended.outcome, record.ended.reason) == (Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST)
        assert phone.call.name_shown


async def test_zero_leads_to_an_operator_at_any_time() -> None:
    async with call_center() as center:
        phone = await center.phone()
        await phone.hear("Вітаю")
        phone.press("0")
        await phone.hear(PHRASES.hand_over)
        await phone.reach("queue")


async def test_an_interrupting_caller_is_heard_at_once_and_the_agent_remembers_what_he_had_heard() -> None:
    long = " ".join(f"Позиція {2 * letter}." for letter in "абвгдежзиклмнопрстуфхцчшщюя")
    async with call_center(long, "Гаразд, слухаю.") as center:
        phone = await center.answered_phone()
        await phone.say("прочитайте весь список")
        await phone.hear("бб")
        await phone.say("стоп будь ласка досить")
        await phone.hear("Гаразд, слухаю.")
        cut = [turn for turn in center.turns(phone) if isinstance(turn, AgentTurn) and turn.cut]
        assert len(cut) == 1
        assert cut[0].text.startswith("Позиція аа.")
        assert "зз" not in cut[0].text
        assert (await ended(center, phone)).figures.interruptions == 1


async def test_mhm_and_a_cough_do_not_stop_the_agent() -> None:
    long = " ".join(f"Позиція {2 * letter}." for letter in "абвгд")
    async with call_center(long) as center:
        phone = await center.answered_phone()
        await phone.say("прочитайте список")
        await phone.hear("аа")
        await phone.say("угу")
        await phone.hear("бб")
        await phone.cough()
        await phone.hear("вв")
        await phone.hear("дд")
        assert not any(isinstance(turn, AgentTurn) and turn.cut for turn in center.turns(phone))
        assert (await ended(center, phone)).figures.interruptions == 0


async def test_a_silent_caller_is_asked_twice_and_then_told_goodbye() -> None:
    async with call_center(limits=Limits(silence_seconds=0.3)) as center:
        phone = await center.answered_phone()
        await phone.hear(PHRASES.silence)
        await phone.hear(PHRASES.are_you_there)
        await phone.hear(PHRASES.silence_farewell)
        await phone.reach("hung_up")
        assert (await center.watch.record()).ended.outcome is Outcome.SILENT


async def test_a_slow_model_is_covered_by_a_filler() -> None:
    async with call_center("Відповідь готова.") as center:
        center.model.first_word_seconds = 2.5
        phone = await center.answered_phone()
        await phone.say("скажіть мені щось довге")
        await phone.hear(PHRASES.thinking)
        await phone.hear("Відповідь готова.")
        assert max((await ended(center, phone)).figures.dead_air_seconds) < 2.5


async def ended(center: Center, phone: Phone) -> CallRecord:
    await phone.hang_up()
    return await center.watch.record()


def said(turns: Sequence[Turn]) -> list[str]:
    """Return who said what."""
    speakers = {CallerTurn: "caller", AgentTurn: "agent"}
    return [f"{speakers[type(turn)]}: {turn.text}" for turn in turns if isinstance(turn, CallerTurn | AgentTurn)]
