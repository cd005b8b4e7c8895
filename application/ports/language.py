"""The language model."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from application.ports.metering import Meter, uncounted
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


Delta = Words | ToolCall


class LanguageModel(Protocol):
    def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        """Yield the answer as it comes; a tool call comes whole, after the words before it.

        `used` learns what each request to a provider took, at its end, also when the answer is not wanted any more.

        An empty answer yields no words and no tool call.  Raises
        `Unavailable`; closing the generator ends the provider's stream.
        """
        ...
