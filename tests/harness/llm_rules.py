"""What the real providers refuse with 400, as far as a history can be at fault."""

import re
from itertools import pairwise
from typing import Any

Json = dict[str, Any]

_ID = re.compile(r"^[a-zA-Z0-9_-]+$")


def anthropic_faults(body: Json) -> list[str]:
    messages: list[Json] = body.get("messages") or []
    faults: list[str] = []
    if not isinstance(body.get("max_tokens"), int):
        faults.append("max_tokens: field required")
    if not messages:
        return [*faults, "messages: at least one message is required"]
    if messages[0]["role"] != "user":
        faults.append("messages: first message must use the user role")
    if messages[-1]["role"] != "user":
        faults.append("messages: the conversation must end with a user message")
    if any(one["role"] == other["role"] for one, other in pairwise(messages)):
        faults.append("messages: roles must alternate")
    faults += [
        "messages: text content blocks must be non-empty"
        for block in [*_of_type("text", *messages), *(body.get("system") or [])]
        if not block["text"].strip()
    ]
    return faults + _pairing_faults(messages)


def _pairing_faults(messages: list[Json]) -> list[str]:
    faults: list[str] = []
    used = [block["id"] for block in _of_type("tool_use", *messages)]
    if len(set(used)) != len(used) or not all(_ID.match(one) for one in used):
        faults.append("tool_use ids must be unique and of letters, digits, - and _")
    asked: set[str] = set()
    for message in messages:
        answered = {block["tool_use_id"] for block in _of_type("tool_result", message)}
        if asked - answered:
            faults.append("tool_use ids were found without tool_result blocks immediately after")
        if answered - asked:
            faults.append("unexpected tool_use_id found in tool_result blocks")
        kinds = [block["type"] for block in _blocks(message)]
        if answered and "tool_result" in kinds[len(answered) :]:
            faults.append("tool_result blocks must come first")
        asked = {block["id"] for block in _of_type("tool_use", message)}
    return [*faults, "tool_use without a result at the end"] if asked else faults


def _blocks(message: Json) -> list[Json]:
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _of_type(kind: str, *messages: Json) -> list[Json]:
    return [block for message in messages for block in _blocks(message) if block["type"] == kind]


def chat_faults(body: Json, *, dialect: str) -> list[str]:
    faults: list[str] = []
    wrong, right = ("max_tokens", "max_completion_tokens")
    if dialect != "openai":
        wrong, right = right, wrong
    if wrong in body or right not in body:
        faults.append(f"unsupported parameter: '{wrong}', use '{right}'")
    if body.get("tools") == []:
        faults.append("tools: array too short")
    owed: list[str] = []
    for message in body.get("messages") or []:
        calls: list[Json] = message.get("tool_calls") or []
        if message["role"] == "tool":
            if message["tool_call_id"] not in owed:
                faults.append("role 'tool' must be a response to a preceding message with 'tool_calls'")
            else:
                owed.remove(message["tool_call_id"])
        elif owed:
            faults.append("'tool_calls' must be followed by tool messages responding to each 'tool_call_id'")
            owed = []
        if not calls and not (message.get("content") or "").strip():
            faults.append("content must not be empty")
        if dialect == "gemini" and not all("extra_content" in call for call in calls):
            faults.append("Function call is missing a thought_signature in functionCall parts")
        owed += [call["id"] for call in calls]
    return [*faults, "tool_calls without a result at the end"] if owed else faults
