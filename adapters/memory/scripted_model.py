"""A language model that says what a script says: for tests, features and demos."""

from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

import anyio

from adapters.memory.faults import Faults
from application.ports.language import Delta, Prompt, Words
from application.ports.metering import Meter, uncounted
from domain.transcript import CallerTurn, ToolCall, Turn
from domain.usage import ModelUsage

_MOST_PROMPTS = 200
_MOST_PLACES = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()


Script = Callable[[Prompt], str | Answer]


class AnswersInOrder:
    """A script of answers, one for each place in a conversation; the last is said again and again.

    A place is what was said before the caller's last words: the model is
    asked anew when these turn out to be others, and at the beginning of
    another call.
    """

    def __init__(self, answers: Sequence[str | Answer]) -> None:
        if not answers:
            raise ValueError("a script needs an answer")
        self._answers = tuple(answers)
        self._places: OrderedDict[tuple[Turn, ...], int] = OrderedDict()
        self._given = 0

    def __call__(self, prompt: Prompt) -> str | Answer:
        place = tuple(prompt.turns)
        if place and isinstance(place[-1], CallerTurn):
            place = place[:-1]
        if place not in self._places:
            self._places[place] = min(self._given, len(self._answers) - 1)
            self._given += 1
            if len(self._places) > _MOST_PLACES:
                self._places.popitem(last=False)
        return self._answers[self._places[place]]


class ScriptedModel:
    """Fulfils the port `LanguageModel`; its pace and faults may be changed while calls run."""

    def __init__(
        self,
        *,
        script: Script | Sequence[str | Answer],
        first_word_seconds: float = 0.0,
        words_per_second: float = 200.0,
    ) -> None:
        self.script: Script = script if callable(script) else AnswersInOrder(script)
        self.first_word_seconds = first_word_seconds
        self.words_per_second = words_per_second
        self.faults = Faults()
        self.prompts: deque[Prompt] = deque(maxlen=_MOST_PROMPTS)
        """What the model was asked, the newest last."""

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        used(ModelUsage(provider="offline", model="script", input_tokens=0, output_tokens=0))
        self.prompts.append(prompt)
        await anyio.sleep(self.first_word_seconds)
        await self.faults.endure()
        answer = self.script(prompt)
        if isinstance(answer, str):
            answer = Answer(answer)
        for number, word in enumerate(answer.text.split()):
            if number:
                await anyio.sleep(1 / self.words_per_second)
                await self.faults.endure()
            yield Words(f" {word}" if number else word)
        for call in answer.tool_calls:
            yield call
