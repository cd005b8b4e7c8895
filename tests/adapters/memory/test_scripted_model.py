from collections.abc import Sequence
from contextlib import aclosing

import anyio
import pytest

from adapters.memory.scripted_model import Answer, AnswersInOrder, ScriptedModel
from application.ports.language import Delta, LanguageModel, Prompt, Words
from domain.errors import Unavailable
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn

pytestmark = pytest.mark.anyio

HELLO = (AgentTurn("Добрий день!"), CallerTurn("Потрібні шини"))
SEARCH = ToolCall("1", "search_tires", {"season": "winter"})


def prompt(*turns: Turn) -> Prompt:
    return Prompt("", (), turns)


async def deltas(model: ScriptedModel, *turns: Turn) -> Sequence[Delta]:
    async with aclosing(model.reply(prompt(*turns))) as reply:
        return [delta async for delta in reply]


async def text(model: ScriptedModel, *turns: Turn) -> str:
    return "".join(delta.text for delta in await deltas(model, *turns) if isinstance(delta, Words))


async def test_an_answer_comes_word_by_word_and_joins_without_a_space() -> None:
    model: LanguageModel = ScriptedModel(script=["Які саме шини?"])
    async with aclosing(model.reply(prompt(*HELLO))) as reply:
        assert [delta async for delta in reply] == [Words("Які"), Words(" саме"), Words(" шини?")]


async def test_a_tool_call_comes_whole_after_the_words() -> None:
    model = ScriptedModel(script=[Answer("Шукаю.", (SEARCH,))])
    assert await deltas(model, *HELLO) == [Words("Шукаю."), SEARCH]


async def test_answers_follow_the_conversation_and_the_last_is_repeated() -> None:
    model = ScriptedModel(script=["Які?", Answer(tool_calls=(SEARCH,)), "Знайшла."])
    turns: tuple[Turn, ...] = HELLO
    assert await text(model, *turns) == "Які?"
    turns = (*turns, AgentTurn("Які?"), CallerTurn("Зимові"))
    assert await deltas(model, *turns) == [SEARCH]
    turns = (*turns, ToolUse(SEARCH, "[]"))
    assert await text(model, *turns) == "Знайшла."
    turns = (*turns, AgentTurn("Знайшла."), CallerTurn("Ще?"))
    assert await text(model, *turns) == "Знайшла."


async def test_being_asked_again_in_the_same_place_brings_the_same_answer() -> None:
    model = ScriptedModel(script=AnswersInOrder(["Перша.", "Друга."]))
    asked = [await text(model, HELLO[0], CallerTurn(said)) for said in ("Потрібні", "Потрібні шини")]
    assert asked == ["Перша.", "Перша."]


async def test_a_script_may_answer_what_it_is_asked() -> None:
    def echo(prompt: Prompt) -> str:
        last = prompt.turns[-1]
        assert isinstance(last, CallerTurn)
        return last.text

    assert await text(ScriptedModel(script=echo), *HELLO) == "Потрібні шини"


async def test_an_empty_answer_has_no_deltas() -> None:
    assert await deltas(ScriptedModel(script=[""]), *HELLO) == []


async def test_a_script_without_answers_is_refused() -> None:
    with pytest.raises(ValueError):
        AnswersInOrder([])


async def test_the_pace_is_that_of_the_knobs() -> None:
    model = ScriptedModel(script=["раз два три"], first_word_seconds=0.1, words_per_second=20.0)
    began = anyio.current_time()
    await deltas(model, *HELLO)
    assert anyio.current_time() - began >= 0.19


async def test_failures_are_counted_and_then_end() -> None:
    model = ScriptedModel(script=["Добре."])
    model.faults.fail(times=1)
    with pytest.raises(Unavailable):
        await text(model, *HELLO)
    assert await text(model, *HELLO) == "Добре."


async def test_an_answer_may_break_in_its_middle() -> None:
    model = ScriptedModel(script=["раз два"])
    async with aclosing(model.reply(prompt(*HELLO))) as reply:
        assert await anext(reply) == Words("раз")
        model.faults.fail()
        with pytest.raises(Unavailable):
            await anext(reply)


async def test_a_hanging_model_answers_nothing() -> None:
    model = ScriptedModel(script=["Добре."])
    model.faults.hang()
    with anyio.move_on_after(0.05) as waiting:
        await deltas(model, *HELLO)
    assert waiting.cancelled_caught


async def test_what_was_asked_is_remembered_within_a_bound() -> None:
    model = ScriptedModel(script=["Добре."])
    for number in range(201):
        await deltas(model, CallerTurn(str(number)))
    assert len(model.prompts) == 200
    assert model.prompts[-1] == prompt(CallerTurn("200"))
