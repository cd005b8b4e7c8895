"""An agent with the tools that a test gives it, and no trade."""

from collections.abc import Sequence
from datetime import date

from application.calls.assistant import AssistantFactory, Briefing
from application.calls.tools.toolbox import Tool
from domain.facts import Deed, Facts, Finding
from domain.transcript import Turn

TODAY = date(2026, 11, 25)
ANYTHING_DONE = Facts(in_stock=True, deeds=frozenset(Deed), findings=frozenset(Finding))
"""What lets a test's agent say that goods are there and things are done; amounts and dates need facts of their own."""


class PlainAssistant:
    """Fulfils `Assistant`; every tool always makes sense."""

    def __init__(
        self,
        tools: Sequence[Tool] = (),
        *,
        standing: Facts = ANYTHING_DONE,
        question: str = "",
        earlier: Sequence[Turn] = (),
    ) -> None:
        self.tools = tools
        self.standing = standing
        self.question = question
        """What the caller is asked after the greeting."""
        self.earlier = tuple(earlier)
        self.caller: str | None = None
        self.trying = False
        self.remembered: Sequence[Turn] = ()

    async def welcome(self) -> str:
        return self.question

    async def meet(self, caller: str | None, *, trying: bool = False) -> None:
        self.caller, self.trying = caller, trying

    def brief(self, turns: Sequence[Turn]) -> Briefing:
        names = frozenset(tool.spec.name for tool in self.tools)
        return Briefing(
            instructions="Будь чемною.", tools=names, today=TODAY, earlier=self.earlier, standing=self.standing
        )

    async def remember(self, turns: Sequence[Turn]) -> None:
        self.remembered = turns


def assistant_with(*tools: Tool, question: str = "", earlier: Sequence[Turn] = ()) -> AssistantFactory:
    """Return who makes the assistant of each call."""
    return lambda call_id: PlainAssistant(tools, question=question, earlier=earlier)
