"""What the rules answer by is what the conversation was, in the dialect of either provider."""

from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from adapters.llm.anthropic import AnthropicModel
from adapters.llm.clients import anthropic_client, openai_client
from adapters.llm.openai_compatible import OpenAICompatibleModel
from application.ports.language import Prompt, ToolSpec, Words
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from tests.harness.llm import LanguageEmulator
from tests.harness.rule_answers import RuleAnswers, prompt_of

pytestmark = pytest.mark.anyio

SEARCH = ToolCall("call_1", "search_tires", {"width": 205, "profile": 55, "diameter": 16})
CONFIRM = ToolCall("call_2", "confirm_order", {"payment_method": "cod"})
STATUS = ToolCall("call_3", "get_order_status", {})
TURNS: list[Turn] = [
    CallerTurn("двісті п'ять на п'ятдесят п'ять на шістнадцять", understood="205/55 R16"),
    CallerTurn("зимові"),
    ToolUse(SEARCH, '{"tires":[],"found":0}'),
    AgentTurn("Є зимові", cut=True),
    CallerTurn("беру"),
    ToolUse(CONFIRM, '{"read_out":"Оформлюємо?"}', say="Оформлюємо?"),
    AgentTurn("Оформлюємо?"),
    CallerTurn("де моє замовлення"),
    ToolUse(STATUS, "No such order.", failed=True),
]
NOTE = "Now it is Wednesday 2026-11-25 12:00."
PROMPT = Prompt("Будь чемною.", [ToolSpec(STATUS.name, "", {"type": "object"})], TURNS, NOTE)


@pytest.fixture
async def emulator() -> AsyncIterator[LanguageEmulator]:
    async with LanguageEmulator() as emulator:
        emulator.answer_with(RuleAnswers(emulator))
        yield emulator


async def said(provider: str, emulator: LanguageEmulator) -> str:
    model = (
        AnthropicModel(anthropic_client(api_key="key", base_url=emulator.url), model="claude")
        if provider == "anthropic"
        else OpenAICompatibleModel(
            openai_client(api_key="key", base_url=emulator.openai_url), provider="openai", model="gpt"
        )
    )
    async with aclosing(model.reply(PROMPT)) as deltas:
        return "".join([delta.text async for delta in deltas if isinstance(delta, Words)])


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
async def test_nothing_that_the_rules_go_by_is_lost(provider: str, emulator: LanguageEmulator) -> None:
    assert "не знайшла" in await said(provider, emulator)
    assert not emulator.violations
    prompt = prompt_of(emulator.requests[-1].body)
    assert prompt.note == NOTE
    assert [tool.name for tool in prompt.tools] == [STATUS.name]
    assert [_plain(turn) for turn in prompt.turns] == [_plain(turn) for turn in TURNS]
    assert [bool(turn.say) for turn in prompt.turns if isinstance(turn, ToolUse)] == [False, True, False]


def _plain(turn: Turn) -> object:
    """Return what of a turn a provider is told."""
    if isinstance(turn, ToolUse):
        return (turn.call.name, turn.call.arguments, turn.result, turn.failed)
    return turn
