from collections.abc import Sequence
from contextlib import aclosing

import anyio
import pytest

from adapters.offline.rule_model import RuleModel, intent_of
from adapters.offline.rules import ENGLISH, UKRAINIAN, Intent, Tongue
from application.calls.tools.toolbox import TRANSFER_TO_OPERATOR, asked_hand_over
from application.ports.language import Delta, LanguageModel, Prompt, Words
from domain.expectation import expected, pending_question
from domain.hand_over import Reason
from domain.speech import Expectation
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.words import is_farewell

pytestmark = pytest.mark.anyio

TONGUES = pytest.mark.parametrize("tongue", [ENGLISH, UKRAINIAN], ids=["en", "uk"])


async def deltas(*turns: Turn, with_tools: bool = True) -> Sequence[Delta]:
    model: LanguageModel = RuleModel(first_word_seconds=0, words_per_second=100_000)
    prompt = Prompt("", (TRANSFER_TO_OPERATOR,) if with_tools else (), turns)
    async with aclosing(model.reply(prompt)) as reply:
        return [delta async for delta in reply]


async def said(*turns: Turn) -> str:
    """Return the words of the answer."""
    return "".join(delta.text for delta in await deltas(*turns) if isinstance(delta, Words))


def caller(text: str) -> CallerTurn:
    return CallerTurn(text)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hello?", Intent.GREETING),
        ("hello where are you located", Intent.ADDRESS),
        ("what are your opening hours", Intent.HOURS),
        ("are you open on sunday", Intent.HOURS),
        ("I need winter tires", Intent.TIRES),
        ("two oh five fifty five sixteen", Intent.TIRES),
        ("how much is tyre fitting", Intent.FITTING),
        ("I want to change my tires", Intent.FITTING),
        ("when will my tires be delivered", Intent.DELIVERY),
        ("what is the status of my order", Intent.ORDER),
        ("can I speak to a person please", Intent.OPERATOR),
        ("operator", Intent.OPERATOR),
        ("can you repeat that", Intent.REPEAT),
        ("sorry I didn't hear you", Intent.REPEAT),
        ("read me the whole list", Intent.LIST),
        ("tell me about all brands", Intent.LIST),
        ("can I pay by card", Intent.PAYMENT),
        ("stop please", Intent.STOP),
        ("thank you goodbye", Intent.GOODBYE),
        ("thank you very much", Intent.THANKS),
        ("yes please", Intent.YES),
        ("no thank you", Intent.NO),
        ("the elephant sang in Paris", None),
    ],
)
def test_english_intents_are_known_by_their_words(text: str, intent: Intent | None) -> None:
    assert intent_of(text, ENGLISH) is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Добрий день!", Intent.GREETING),
        ("Добрий день, потрібні зимові шини", Intent.TIRES),
        ("двісті п'ять п'ятдесят п'ять шістнадцять", Intent.TIRES),
        ("Скільки коштує шиномонтаж?", Intent.FITTING),
        ("До котрої години ви працюєте?", Intent.HOURS),
        ("Де ви знаходитесь?", Intent.ADDRESS),
        ("Коли привезете?", Intent.DELIVERY),
        ("Де моє замовлення?", Intent.ORDER),
        ("З'єднайте з людиною", Intent.OPERATOR),
        ("Повторіть, будь ласка", Intent.REPEAT),
        ("Прочитайте весь список", Intent.LIST),
        ("Стоп", Intent.STOP),
        ("Так, звісно", Intent.YES),
        ("Ні, дякую", Intent.NO),
        ("Дякую, до побачення", Intent.GOODBYE),
        ("Дякую", Intent.THANKS),
        ("Слон заспівав у Парижі", None),
    ],
)
def test_ukrainian_intents_are_known_by_their_words(text: str, intent: Intent | None) -> None:
    assert intent_of(text, UKRAINIAN) is intent


@TONGUES
def test_every_answer_ends_in_a_question_that_keeps_the_call_going(tongue: Tongue) -> None:
    asking = [*tongue.answers.values(), tongue.ask_season, tongue.ask_size, tongue.found, tongue.go_on, tongue.unknown]
    assert [text for text in [*asking, tongue.still_unknown, tongue.failed] if pending_question(text) is None] == []


@TONGUES
def test_offers_are_heard_as_questions_of_yes_and_no_and_the_size_as_digits(tongue: Tongue) -> None:
    assert expected(tongue.offer_operator) is expected(tongue.offer_more) is Expectation.YES_NO
    assert expected(tongue.ask_size) is Expectation.SIZE


@TONGUES
def test_the_farewell_is_one_that_the_call_ends_by(tongue: Tongue) -> None:
    assert is_farewell(tongue.farewell)


@TONGUES
def test_each_intent_has_a_sound(tongue: Tongue) -> None:
    assert set(tongue.patterns) == set(Intent)


async def test_words_come_one_by_one_and_join_without_a_space() -> None:
    answer = await deltas(caller("what are your opening hours"))
    assert answer[:3] == [Words("We"), Words(" are"), Words(" open")]
    assert await said(caller("what are your opening hours")) == ENGLISH.answers[Intent.HOURS]


async def test_who_speaks_ukrainian_is_answered_in_ukrainian() -> None:
    assert await said(caller("Де ви знаходитесь?")) == UKRAINIAN.answers[Intent.ADDRESS]


async def test_words_since_the_agents_turn_are_one_request() -> None:
    assert (
        await said(AgentTurn("Hello!"), caller("what are your"), caller("opening hours"))
        == (ENGLISH.answers[Intent.HOURS])
    )


async def test_the_caller_who_asks_for_a_person_is_transferred() -> None:
    (call,) = await deltas(caller("I need winter tires"), AgentTurn(ENGLISH.ask_season), caller("operator please"))
    assert isinstance(call, ToolCall)
    assert call.name == TRANSFER_TO_OPERATOR.name
    assert asked_hand_over(call) == (
        Reason.CUSTOMER_REQUEST,
        'The caller said: "I need winter tires; operator please"',
    )


async def test_yes_to_an_offered_operator_is_a_transfer() -> None:
    offer = AgentTurn(ENGLISH.answers[Intent.ORDER])
    (call,) = await deltas(caller("where is my order"), offer, caller("yes"))
    assert isinstance(call, ToolCall)


async def test_no_to_an_offered_operator_goes_on() -> None:
    assert await said(AgentTurn(ENGLISH.answers[Intent.ORDER]), caller("no thank you")) == ENGLISH.go_on


async def test_no_to_anything_else_ends_in_a_farewell() -> None:
    assert await said(AgentTurn(ENGLISH.answers[Intent.HOURS]), caller("no")) == ENGLISH.farewell


async def test_who_says_goodbye_is_told_goodbye() -> None:
    assert await said(caller("thank you goodbye")) == ENGLISH.farewell


async def test_a_tyre_search_asks_for_season_and_size_and_then_offers_an_operator() -> None:
    turns: tuple[Turn, ...] = (caller("I need new tires"),)
    asked = await said(*turns)
    assert asked == ENGLISH.ask_season
    turns = (*turns, AgentTurn(asked), caller("winter"))
    asked = await said(*turns)
    assert asked == ENGLISH.ask_size
    turns = (*turns, AgentTurn(asked), caller("two oh five fifty five sixteen"))
    asked = await said(*turns)
    assert asked == ENGLISH.found.format(season="winter")
    (call,) = await deltas(*turns, AgentTurn(asked), caller("yes"))
    assert isinstance(call, ToolCall)


async def test_what_was_said_is_repeated_once_introduced() -> None:
    hours = AgentTurn(ENGLISH.answers[Intent.HOURS])
    repeated = await said(hours, caller("can you repeat that"))
    assert repeated == f"I said: {hours.text}"
    assert await said(hours, caller("repeat"), AgentTurn(repeated), caller("again please")) == repeated


async def test_the_list_is_long_enough_to_be_interrupted() -> None:
    assert (await said(caller("tell me about all brands"))).count(".") >= 12


async def test_who_interrupts_with_stop_is_asked_what_he_wants() -> None:
    assert await said(AgentTurn("Michelin, from", cut=True), caller("stop")) == ENGLISH.answers[Intent.STOP]


async def test_not_understanding_ends_with_an_operator_at_the_third_time() -> None:
    turns: tuple[Turn, ...] = (caller("purple elephant"),)
    for expected_answer in (ENGLISH.unknown, ENGLISH.still_unknown):
        answer = await said(*turns)
        assert answer == expected_answer
        turns = (*turns, AgentTurn(answer), caller("purple elephant"))
    (call,) = await deltas(*turns)
    assert isinstance(call, ToolCall)
    assert asked_hand_over(call)[0] is Reason.REPEATED_MISUNDERSTANDING


async def test_without_the_tool_no_transfer_is_tried() -> None:
    answer = await deltas(caller("operator"), with_tools=False)
    assert answer
    assert all(isinstance(delta, Words) for delta in answer)


async def test_a_transfer_that_failed_is_not_tried_again_by_itself() -> None:
    call = ToolCall("call-1", TRANSFER_TO_OPERATOR.name, {})
    assert await said(caller("operator"), ToolUse(call, "refused", failed=True)) == ENGLISH.failed


async def test_the_answer_comes_at_its_pace() -> None:
    model = RuleModel(first_word_seconds=0.1, words_per_second=100)
    began = anyio.current_time()
    async with aclosing(model.reply(Prompt("", (), (caller("hello"),)))) as reply:
        await anext(reply)
        assert anyio.current_time() - began >= 0.09
        for _ in range(10):
            await anext(reply)
    assert anyio.current_time() - began >= 0.18
