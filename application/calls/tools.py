"""What the model may have done, and the one tool that every call has: a person."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import anyio

from application.ports.language import ToolSpec
from domain.errors import Unavailable
from domain.hand_over import Reason
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


class ToolRefused(Exception):
    """The tool will not do this; the message tells the model why."""


class Tool(Protocol):
    @property
    def spec(self) -> ToolSpec: ...

    async def __call__(self, arguments: Mapping[str, object]) -> str:
        """Do it and return what the model is told.  Raises `ToolRefused` and `Unavailable`."""
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

    @property
    def specs(self) -> tuple[ToolSpec, ...]:
        return (*(tool.spec for tool in self._tools.values()), TRANSFER_TO_OPERATOR)

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

    async def use(self, call: ToolCall) -> ToolUse:
        tool = self._tools.get(call.name)
        if tool is None:
            return ToolUse(call, f"There is no tool named {call.name}.", failed=True)
        try:
            with anyio.fail_after(self._seconds):
                return ToolUse(call, await tool(call.arguments))
        except ToolRefused as refusal:
            return ToolUse(call, str(refusal), failed=True)
        except Unavailable:
            return ToolUse(call, "The shop's system does not answer right now.", failed=True)
        except TimeoutError:
            return ToolUse(call, "The shop's system did not answer in time; it is not known whether it was done.", True)


def asked_hand_over(call: ToolCall) -> tuple[Reason, str]:
    """Read the arguments of `transfer_to_operator`.  Raises `ToolRefused`."""
    try:
        reason = Reason(call.arguments.get("reason"))
    except ValueError:
        known = ", ".join(reason.value for reason in Reason)
        raise ToolRefused(f"The reason must be one of: {known}.") from None
    return reason, str(call.arguments.get("summary", ""))
