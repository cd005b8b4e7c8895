"""What the model may have done, and the one tool that every call has: a person.

Rule 1: a tool never fails a call, and each is bounded in time.
Rule 2: what a tool has begun it finishes, whatever becomes of its reply or
of the call; its result is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import anyio

from application.ports.language import ToolSpec
from domain.errors import Unavailable
from domain.facts import NOTHING, Facts
from domain.hand_over import Reason
from domain.shop.events import ShopEvent
from domain.transcript import ToolCall, ToolUse, Turn

TRANSFER_TO_OPERATOR = ToolSpec(
    name="transfer_to_operator",
    description="Give the caller to a human operator. The caller is told so by the system: say nothing about it.",
    parameters={
        "type": "object",
        "properties": {
            "reason": {
                "type": "string",
                "enum": [reason.value for reason in Reason if reason is not Reason.TECHNICAL_FAILURE],
            },
            "summary": {"type": "string", "description": "What the operator must know, in one or two sentences."},
        },
        "required": ["reason", "summary"],
    },
)


DONE_OR_NOT = "The shop's system did not answer in time; it is not known whether it was done."


class ToolRefused(Exception):
    """The tool will not do this; the message tells the model why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a tool has done."""

    told: str
    """What the model is told: a JSON object, or a sentence."""
    facts: Facts = NOTHING
    events: tuple[ShopEvent, ...] = ()
    say: str = ""
    """What the agent says at once, word for word and to its end; the model is not asked again in this turn."""


class Tool(Protocol):
    """One call's tool: whose call it is, it knows from the line."""

    @property
    def spec(self) -> ToolSpec: ...

    async def __call__(self, arguments: Mapping[str, object], turns: Sequence[Turn]) -> Done:
        """Do it, for a conversation that has come so far.  Raises `ToolRefused` and `Unavailable`."""
        ...


class Work:
    """A tool that has begun, and what it has done."""

    def __init__(self, call: ToolCall) -> None:
        self.call = call
        self.use: ToolUse | None = None
        self._done = anyio.Event()

    def end(self, use: ToolUse) -> None:
        self.use = use
        self._done.set()

    async def result(self) -> ToolUse:
        while self.use is None:
            await self._done.wait()
        return self.use


class Toolbox:
    """The tools of a call, each bounded in time; a tool never fails a call."""

    def __init__(self, tools: Sequence[Tool], *, seconds: float) -> None:
        self._tools = {tool.spec.name: tool for tool in tools}
        self._seconds = seconds
        self._works: list[Work] = []

    def specs(self, names: frozenset[str]) -> tuple[ToolSpec, ...]:
        """Return the tools of these names, and the way to a person."""
        return (*(tool.spec for name, tool in self._tools.items() if name in names), TRANSFER_TO_OPERATOR)

    def begin(self, call: ToolCall) -> Work:
        work = Work(call)
        self._works.append(work)
        return work

    def begun(self, call: ToolCall, known: Sequence[Turn]) -> Work | None:
        """Return the work that this call would repeat, unless its result is known: for a reply that was cut, say."""
        for work in self._works:
            same = (work.call.name, work.call.arguments) == (call.name, call.arguments)
            if same and work.use not in known:
                return work
        return None

    @property
    def at_work(self) -> tuple[str, ...]:
        """The tools that have begun and not ended."""
        return tuple(work.call.name for work in self._works if work.use is None)

    async def use(self, call: ToolCall, turns: Sequence[Turn]) -> ToolUse:
        tool = self._tools.get(call.name)
        if tool is None:
            return ToolUse(call, f"There is no tool named {call.name}.", failed=True)
        try:
            with anyio.fail_after(self._seconds):
                done = await tool(call.arguments, turns)
                return ToolUse(call, done.told, facts=done.facts, events=done.events, say=done.say)
        except ToolRefused as refusal:
            return ToolUse(call, str(refusal), failed=True)
        except Unavailable:
            return ToolUse(call, "The shop's system does not answer right now.", failed=True)
        except TimeoutError:
            return ToolUse(call, DONE_OR_NOT, failed=True)


def asked_hand_over(call: ToolCall) -> tuple[Reason, str]:
    """Read the arguments of `transfer_to_operator`.  Raises `ToolRefused`."""
    try:
        reason = Reason(call.arguments.get("reason"))
    except ValueError:
        known = ", ".join(reason.value for reason in Reason)
        raise ToolRefused(f"The reason must be one of: {known}.") from None
    return reason, str(call.arguments.get("summary", ""))
