from collections.abc import Sequence
from contextlib import aclosing

import anyio
import pytest

from adapters.offline.rule_model import RuleModel
from adapters.offline.rules.asking import Ask
from adapters.offline.rules.english import ENGLISH
from adapters.offline.rules.ukrainian import UKRAINIAN
from adapters.offline.rules.wording import Phrase
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, asked_hand_over
from application.ports.language import Delta, LanguageModel, Prompt, ToolSpec, Words
from domain.costs import Cost
from domain.hand_over import Reason
from domain.price_list import PRICES
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.usage import ModelUsage, Usage

pytestmark = pytest.mark.anyio

SEARCH = ToolSpec("search_tires", "", {})


async def deltas(*turns: Turn, tools: Sequence[ToolSpec] = (TRANSFER_TO_OPERATOR,), note: str = "") -> Sequence[Delta]:
    model: LanguageModel = RuleModel(first_word_seconds=0, words_per_second=100_000)
    async with aclosing(model.reply(Prompt("", tools, turns, note))) as reply:
        return [delta async for delta in reply]


async def said(*turns: Turn, note: str = "") -> str:
    """Return the words of the answer."""
    return "".join(delta.text for delta in await deltas(*turns, note=note) if isinstance(delta, Words))


def caller(text: str) -> CallerTurn:
    return CallerTurn(text)


async def test_words_come_one_by_one_and_join_without_a_space() -> None:
    answer = await deltas(caller("hello"))
    assert answer[:3] == [Words("Hello!"), Words(" I"), Words(" can")]
    assert await said(caller("hello")) == ENGLISH.say(Phrase.GREETING)


async def test_who_speaks_ukrainian_is_answered_in_ukrainian() -> None:
    assert await said(caller("Добрий день")) == UKRAINIAN.say(Phrase.GREETING)


async def test_a_figure_alone_does_not_change_the_language() -> None:
    turns = (caller("потрібні шини"), AgentTurn(UKRAINIAN.questions[Ask.SIZE]), caller("16"))
    assert (await said(*turns)).endswith(UKRAINIAN.questions[Ask.SIZE])


async def test_words_since_the_agents_turn_are_one_request() -> None:
    answer = await said(AgentTurn("Hello!"), caller("I need"), caller("tires please"))
    assert answer == ENGLISH.questions[Ask.SIZE]


async def test_the_caller_who_asks_for_a_person_is_transferred() -> None:
    (call,) = await deltas(caller("I need winter tires"), AgentTurn("What size?"), caller("operator please"))
    assert isinstance(call, ToolCall)
    assert call.name == TRANSFER_TO_OPERATOR.name
    assert asked_hand_over(call) == (
        Reason.CUSTOMER_REQUEST,
        'The caller said: "I need winter tires; operator please"',
    )


async def test_yes_to_an_offered_operator_is_a_transfer() -> None:
    (call,) = await deltas(AgentTurn(f"Sorry. {ENGLISH.questions[Ask.OPERATOR]}"), caller("yes"))
    assert isinstance(call, ToolCall)
    assert call.name == TRANSFER_TO_OPERATOR.name


async def test_no_to_an_offered_operator_goes_on() -> None:
    assert await said(AgentTurn(ENGLISH.questions[Ask.OPERATOR]), caller("no thank you")) == ENGLISH.say(Phrase.GO_ON)


async def test_no_to_anything_else_ends_in_a_farewell() -> None:
    assert await said(AgentTurn(ENGLISH.questions[Ask.MORE]), caller("no")) == ENGLISH.say(Phrase.FAREWELL)


async def test_what_was_said_is_repeated_once_introduced() -> None:
    hours = AgentTurn("We are open until seven.")
    repeated = await said(hours, caller("can you repeat that"))
    assert repeated == f"I said: {hours.text}"
    assert await said(hours, caller("repeat"), AgentTurn(repeated), caller("again please")) == repeated


async def test_the_list_is_long_enough_to_be_interrupted() -> None:
    assert (await said(caller("tell me about all brands"))).count(".") >= 12


async def test_who_interrupts_with_stop_is_asked_what_he_wants() -> None:
    assert await said(AgentTurn("Michelin, from", cut=True), caller("stop")) == ENGLISH.say(Phrase.STOP)


async def test_not_understanding_ends_with_an_operator_at_the_third_time() -> None:
    turns: tuple[Turn, ...] = (caller("purple elephant"),)
    for phrase in (Phrase.UNKNOWN, Phrase.STILL_UNKNOWN):
        answer = await said(*turns)
        assert answer.startswith(ENGLISH.say(phrase))
        turns = (*turns, AgentTurn(answer), caller("purple elephant"))
    (call,) = await deltas(*turns)
    assert isinstance(call, ToolCall)
    assert asked_hand_over(call)[0] is Reason.REPEATED_MISUNDERSTANDING


async def test_without_the_tool_no_transfer_is_tried() -> None:
    answer = await deltas(caller("operator"), tools=())
    assert answer
    assert all(isinstance(delta, Words) for delta in answer)


async def test_a_tool_that_is_not_there_is_not_called_and_an_operator_is_offered() -> None:
    answer = await said(caller("winter tires two oh five fifty five sixteen"))
    assert answer == f"{ENGLISH.say(Phrase.BY_OPERATOR)} {ENGLISH.questions[Ask.OPERATOR]}"


async def test_a_tool_that_is_there_is_called_at_once() -> None:
    (call,) = await deltas(caller("winter tires two oh five fifty five sixteen"), tools=(SEARCH,))
    assert isinstance(call, ToolCall)
    assert call.arguments == {"width": 205, "profile": 55, "diameter": 16, "season": "winter"}


async def test_a_tool_that_failed_is_not_tried_again_by_itself() -> None:
    use = ToolUse(ToolCall("1", "search_tires", {}), "The shop's system does not answer right now.", failed=True)
    answer = await said(caller("winter tires 205/55 R16"), use)
    assert answer == f"{ENGLISH.say(Phrase.SHOP_DOWN)} {ENGLISH.questions[Ask.CALLBACK]}"


async def test_what_an_earlier_call_left_unheard_is_told_first_and_once() -> None:
    placed = "Замовлення номер 10245 оформлено."
    note = f'This was done: before anything else tell him, naming all numbers: "{placed}"'
    first = await said(caller("добрий день"), note=note)
    assert first.startswith(placed)
    assert placed not in await said(caller("добрий день"), AgentTurn(first), caller("потрібні шини"), note=note)


async def test_the_same_prompt_has_the_same_answer() -> None:
    turns = (caller("потрібні шини"), AgentTurn(UKRAINIAN.questions[Ask.SIZE]), caller("205 55 16"))
    assert await deltas(*turns, tools=(SEARCH,)) == await deltas(*turns, tools=(SEARCH,))


async def test_an_answer_is_counted_though_it_takes_no_tokens() -> None:
    used: list[Usage] = []
    async with aclosing(RuleModel().reply(Prompt("", (), (caller("hello"),)), used.append)) as reply:
        await anext(reply)
    assert used == [ModelUsage(provider="offline", model="rules", input_tokens=0, output_tokens=0)]
    assert PRICES.cost(used) == Cost()


async def test_the_answer_comes_at_its_pace() -> None:
    model = RuleModel(first_word_seconds=0.1, words_per_second=100)
    began = anyio.current_time()
    async with aclosing(model.reply(Prompt("", (), (caller("hello"),)))) as reply:
        await anext(reply)
        assert anyio.current_time() - began >= 0.09
        for _ in range(10):
            await anext(reply)
    assert anyio.current_time() - began >= 0.18
