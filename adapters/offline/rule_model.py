"""A language model of rules: what a demonstration can say with neither key nor network.

Rule 1: it knows nothing but the prompt; the same prompt has the same answer.
Rule 2: the caller's words since the agent's last turn are one request, and
they choose the language of the answer.
"""

import re
from collections.abc import AsyncGenerator, Sequence

import anyio

from adapters.offline.rules import ENGLISH, UKRAINIAN, Intent, Tongue
from application.ports.language import Delta, Prompt, Words
from domain.hand_over import Reason
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.words import words

_TRANSFER = "transfer_to_operator"
_NUMBERS_OF_A_SIZE = 3
_CYRILLIC = re.compile("[а-яіїєґ]", re.IGNORECASE)


class RuleModel:
    """Fulfils the port `LanguageModel`; its words come at a pace, as a stream's do."""

    def __init__(self, *, first_word_seconds: float = 0.02, words_per_second: float = 200.0) -> None:
        self._first_word_seconds = first_word_seconds
        self._words_per_second = words_per_second

    async def reply(self, prompt: Prompt) -> AsyncGenerator[Delta, None]:
        await anyio.sleep(self._first_word_seconds)
        match _Talk(prompt).answer():
            case str(text):
                for number, word in enumerate(text.split()):
                    if number:
                        await anyio.sleep(1 / self._words_per_second)
                    yield Words(f" {word}" if number else word)
            case Reason() as reason:
                yield _transfer(prompt, reason)


def intent_of(text: str, tongue: Tongue) -> Intent | None:
    """Return what these words want, if it is known."""
    spoken = " ".join(words(text))
    for intent, pattern in tongue.patterns.items():
        if _sounds(pattern, spoken):
            return intent
    return Intent.TIRES if _numbers(spoken, tongue) >= _NUMBERS_OF_A_SIZE else None


def tongue_of(text: str) -> Tongue:
    return UKRAINIAN if _CYRILLIC.search(text) else ENGLISH


class _Talk:
    """One conversation up to the caller's last words."""

    def __init__(self, prompt: Prompt) -> None:
        self._turns = prompt.turns
        self._can_transfer = any(tool.name == _TRANSFER for tool in prompt.tools)
        self._said = _last_words(prompt.turns)
        self._asked = next((turn.text for turn in reversed(prompt.turns) if isinstance(turn, AgentTurn)), "")
        self._tongue = tongue_of(self._said)

    def answer(self) -> str | Reason:
        tongue = self._tongue
        if self._turns and isinstance(self._turns[-1], ToolUse):
            return tongue.failed
        match intent_of(self._said, tongue):
            case Intent.OPERATOR:
                return self._operator(Reason.CUSTOMER_REQUEST)
            case Intent.YES | Intent.NO as agreed:
                return self._agreed(yes=agreed is Intent.YES)
            case Intent.GOODBYE:
                return tongue.farewell
            case Intent.REPEAT if self._asked:
                return self._repeated()
            case Intent.TIRES:
                return self._tires()
            case None | Intent.REPEAT:
                return self._not_understood()
            case intent:
                return tongue.answers[intent]

    def _operator(self, reason: Reason) -> str | Reason:
        return reason if self._can_transfer else self._tongue.failed

    def _agreed(self, *, yes: bool) -> str | Reason:
        if self._tongue.offer_operator in self._asked:
            return self._operator(Reason.CUSTOMER_REQUEST) if yes else self._tongue.go_on
        if self._tongue.offer_more in self._asked and not yes:
            return self._tongue.farewell
        return self._tongue.go_on

    def _repeated(self) -> str:
        before, _, text = self._tongue.repeated.partition("{text}")
        return before + self._asked.removeprefix(before) + text

    def _tires(self) -> str:
        told = " ".join(" ".join(words(turn.text)) for turn in self._turns if isinstance(turn, CallerTurn))
        season = next((said for said, sound in self._tongue.seasons.items() if _sounds(sound, told)), None)
        if season is None:
            return self._tongue.ask_season
        if _numbers(told, self._tongue) < _NUMBERS_OF_A_SIZE:
            return self._tongue.ask_size
        return self._tongue.found.format(season=season)

    def _not_understood(self) -> str | Reason:
        if self._tongue.still_unknown in self._asked:
            return self._operator(Reason.REPEATED_MISUNDERSTANDING)
        if self._tongue.unknown in self._asked:
            return self._tongue.still_unknown
        return self._tongue.unknown


def _last_words(turns: Sequence[Turn]) -> str:
    """Return what the caller said since the agent's last turn."""
    said: list[str] = []
    for turn in reversed(turns):
        match turn:
            case CallerTurn(text):
                said.append(text)
            case AgentTurn():
                break
            case ToolUse():
                pass
    return " ".join(reversed(said))


def _transfer(prompt: Prompt, reason: Reason) -> ToolCall:
    spoken = "; ".join(turn.text for turn in prompt.turns if isinstance(turn, CallerTurn))
    summary = tongue_of(spoken).summary.format(words=spoken)
    return ToolCall(f"call-{len(prompt.turns)}", _TRANSFER, {"reason": reason.value, "summary": summary})


def _sounds(pattern: str, spoken: str) -> bool:
    return re.search(rf"(?<!\S)(?:{pattern})(?!\S)", spoken) is not None


def _numbers(spoken: str, tongue: Tongue) -> int:
    return sum(re.fullmatch(tongue.number, word) is not None for word in spoken.split())
