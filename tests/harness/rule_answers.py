"""The offline model behind an emulated provider: its answer to the messages of either dialect.

    emulator.answer_with(RuleAnswers(emulator))

Rule: what it answers by is read off the request alone, as a provider's model does it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from adapters.offline.rule_model import answer
from application.ports.language import Prompt, ToolSpec
from domain.facts import Deed
from domain.money import Money
from domain.shop.events import BookingCancelled, CallbackNoted, Ordered, Proposed, ShopEvent
from domain.shop.orders import Order, OrderStatus
from domain.shop.proposal import Proposal
from domain.transcript import CUT, AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from tests.harness.llm import LanguageEmulator
from tests.harness.llm_streams import Call, Json, Script

_REMARKS = ("(the caller is on the line)", "(the caller is waiting)")
_STATE = re.compile(r"<state>\n(.*)\n</state>", re.DOTALL)
_UNDERSTOOD = re.compile(r"(.*) \(= (.*)\)", re.DOTALL)
_ERROR = "error: "
_SAID = "…"
"""Stands for what a tool had said aloud: the words themselves are the agent's next turn."""
_SOME_ORDER = Order(id="", order_number="", status=OrderStatus.CONFIRMED, status_label="", total=Money(0))


@dataclass(frozen=True, slots=True)
class RuleAnswers:
    emulator: LanguageEmulator

    def __call__(self, messages: list[Json]) -> Script:
        text, call = answer(prompt_of(self.emulator.requests[-1].body))
        return Script(text, [Call(call.name, call.arguments)] if call else [])


def prompt_of(body: Json) -> Prompt:
    """Return the prompt that a request was made of."""
    turns: list[Turn] = []
    note = ""
    for part in _parts(body["messages"]):
        match part:
            case _Said("user", text):
                if state := _STATE.fullmatch(text):
                    note = state[1]
                elif text not in _REMARKS:
                    turns += [_heard(line) for line in text.split("\n")]
            case _Said(_, text):
                turns += [AgentTurn(line.removesuffix(f" {CUT}"), line.endswith(CUT)) for line in text.split("\n")]
            case ToolCall():
                turns.append(ToolUse(part, ""))
            case _Result():
                turns = [_with_result(turn, part) for turn in turns]
    return Prompt("", [ToolSpec(name, "", {}) for name in _tools(body)], turns, note)


@dataclass(frozen=True, slots=True)
class _Said:
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class _Result:
    id: str
    text: str
    failed: bool


def _parts(messages: Sequence[Json]) -> Iterator[_Said | ToolCall | _Result]:
    for message in messages:
        role, content = message["role"], message.get("content")
        if role == "tool":
            text = str(content)
            yield _Result(message["tool_call_id"], text.removeprefix(_ERROR), text.startswith(_ERROR))
        elif isinstance(content, str) and role != "system":
            yield _Said(role, content)
        elif isinstance(content, list):
            yield from (_block(role, block) for block in content)
        for call in message.get("tool_calls") or ():
            function = call["function"]
            yield ToolCall(call["id"], function["name"], json.loads(function["arguments"]))


def _block(role: str, block: Json) -> _Said | ToolCall | _Result:
    match block["type"]:
        case "tool_use":
            return ToolCall(block["id"], block["name"], block["input"])
        case "tool_result":
            return _Result(block["tool_use_id"], block["content"], block["is_error"])
        case _:
            return _Said(role, block["text"])


def _tools(body: Json) -> list[str]:
    return [tool["name"] if "name" in tool else tool["function"]["name"] for tool in body.get("tools") or ()]


def _heard(line: str) -> CallerTurn:
    meaning = _UNDERSTOOD.fullmatch(line)
    return CallerTurn(meaning[1], understood=meaning[2]) if meaning else CallerTurn(line)


def _with_result(turn: Turn, result: _Result) -> Turn:
    if not isinstance(turn, ToolUse) or turn.call.id != result.id:
        return turn
    if result.failed:
        return replace(turn, result=result.text, failed=True)
    told = _told(result.text)
    event, says = _meaning(turn.call, told)
    return replace(turn, result=result.text, events=(event,) if event else (), say=_SAID if says else "")


def _told(text: str) -> Mapping[str, Any]:
    try:
        read = json.loads(text)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _meaning(call: ToolCall, told: Mapping[str, Any]) -> tuple[ShopEvent | None, bool]:
    """Return what a result meant to the visit, as far as the rules go by it, and whether it was said aloud."""
    match call.name, told:
        case _, {"read_out": str(text)}:
            return Proposed(Proposal(deed=Deed.ORDERED, content="", text=text)), True
        case "confirm_order" | "create_order_draft", {"order": {"order_number": str()}}:
            return Ordered(_SOME_ORDER), True
        case "book_fitting" | "cancel_fitting", {"booking": _} | {"cancelled": _}:
            return BookingCancelled(""), True
        case "create_callback_request", _:
            return CallbackNoted(""), False
        case _:
            return None, False
