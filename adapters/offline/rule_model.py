"""A language model of rules: what a demonstration can say with neither key nor network.

Rule 1: it knows nothing but the prompt; the same prompt has the same answer.
Rule 2: the caller's words since the agent's last turn are one request, and
they choose the language of the answer.
"""

from collections.abc import AsyncGenerator

import anyio

from adapters.offline.rules.policy import TRANSFER, next_step
from adapters.offline.rules.steps import Call, Say, Step, Transfer
from adapters.offline.rules.story import Story
from adapters.offline.rules.telling import story_of
from adapters.offline.rules.wording import Phrase
from application.ports.language import Delta, Prompt, Words
from application.ports.metering import Meter, uncounted
from domain.transcript import CallerTurn, ToolCall
from domain.usage import ModelUsage


class RuleModel:
    """Fulfils the port `LanguageModel`; its words come at a pace, as a stream's do."""

    def __init__(self, *, first_word_seconds: float = 0.02, words_per_second: float = 200.0) -> None:
        self._first_word_seconds = first_word_seconds
        self._words_per_second = words_per_second

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        used(ModelUsage(provider="offline", model="rules", input_tokens=0, output_tokens=0))
        await anyio.sleep(self._first_word_seconds)
        text, call = answer(prompt)
        for number, word in enumerate(text.split()):
            if number:
                await anyio.sleep(1 / self._words_per_second)
            yield Words(f" {word}" if number else word)
        if call is not None:
            yield call


def answer(prompt: Prompt) -> tuple[str, ToolCall | None]:
    """Return what the rules answer: words, then a tool to be used."""
    story = story_of(prompt)
    return _answer(story, next_step(story, prompt.note))


def _answer(story: Story, step: Step) -> tuple[str, ToolCall | None]:
    call_id = f"call-{len(story.turns)}"
    match step:
        case Say(text, ask):
            question = story.wording.questions[ask] if ask else ""
            return f"{text} {question}".strip(), None
        case Call(tool, arguments, before):
            return before, ToolCall(call_id, tool, dict(arguments))
        case Transfer(reason):
            spoken = "; ".join(turn.text for turn in story.turns if isinstance(turn, CallerTurn))
            summary = story.wording.say(Phrase.SUMMARY, words=spoken)
            return "", ToolCall(call_id, TRANSFER, {"reason": reason.value, "summary": summary})
