"""Tool calls, gathered from the pieces in which they come."""

import json
from dataclasses import dataclass
from uuid import uuid4

from adapters.llm.errors import Kind, ModelFailure
from application.ports.language import Words
from domain.transcript import ToolCall

BEGUN = Words("")
"""Stands where a tool call begins: a sign of life that adds nothing to the answer.

A long call takes seconds to come whole; without it the model would seem late.
"""


@dataclass(slots=True)
class PartialCall:
    id: str
    name: str
    arguments: str = ""

    def is_whole(self) -> bool:
        """Tell whether the arguments so far are a complete JSON text."""
        try:
            json.loads(self.arguments)
        except ValueError:
            return False
        return True

    def whole(self, provider: str) -> ToolCall:
        """Return the call; a call that cannot be read makes the whole answer malformed.

        To run a tool with arguments that the model did not finish would be a guess.
        """
        try:
            arguments = json.loads(self.arguments or "{}")
        except ValueError:
            raise ModelFailure(provider, Kind.MALFORMED) from None
        if not isinstance(arguments, dict) or not self.name:
            raise ModelFailure(provider, Kind.MALFORMED)
        return ToolCall(self.id or f"call_{uuid4().hex}", self.name, arguments)
