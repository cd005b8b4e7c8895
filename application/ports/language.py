"""The language model."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from domain.transcript import ToolCall, Turn


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """What the model is told of a tool; `parameters` is a JSON Schema object."""

    name: str
    description: str
    parameters: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Prompt:
    """All that the model gets for one completion, the stable part first.

    The turns are whole units in the order in which they happened and end
    with a caller's turn or a tool use.
    """

    instructions: str
    tools: Sequence[ToolSpec]
    turns: Sequence[Turn]
    note: str = ""
    """What holds at this moment, told after the turns: how far the caller's wishes have come."""


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the answer's text, as it comes; pieces join without a space."""

    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """What a completion took, in tokens; told once, last, where the provider says it."""

    provider: str
    model: str
    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0


Delta = Words | ToolCall | Usage


class LanguageModel(Protocol):
    def reply(self, prompt: Prompt) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; a tool call comes whole, after the words before it.

        An empty answer yields no words and no tool call.  Raises
        `Unavailable`; closing the generator ends the provider's stream.
        """
        ...
