"""Claude, by the Messages API of Anthropic."""

from collections.abc import AsyncGenerator, Sequence
from typing import Any, Literal

from anthropic import AsyncAnthropic, AsyncStream
from anthropic.types import (
    AssistantMessageParam,
    MessageParam,
    TextBlockParam,
    ToolParam,
    ToolResultBlockParam,
    ToolUseBlockParam,
    UserMessageParam,
)

from adapters.llm.errors import translated_errors
from adapters.llm.history import Said, Side, Used, remark, result_text, units
from adapters.llm.metering import Count, counted
from adapters.llm.tool_calls import BEGUN, PartialCall
from adapters.llm.warmth import warmed
from application.ports.language import Delta, Prompt, ToolSpec, Words
from application.ports.metering import Meter, uncounted
from domain.transcript import ToolUse

_PROVIDER = "anthropic"

Json = dict[str, Any]


class AnthropicModel:
    def __init__(self, client: AsyncAnthropic, *, model: str, max_tokens: int = 512) -> None:
        # Whether to try again is decided in one place, above the providers.
        self._client = client.with_options(max_retries=0)
        self._model = model
        self._max_tokens = max_tokens

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        calls: dict[int, PartialCall] = {}
        request = self._request(prompt)
        with counted(used, _PROVIDER, self._model, request) as count, translated_errors(_PROVIDER):
            # The SDK's typed way takes two to three times the processor's time for a turn.
            async with await self._client.post(
                "/v1/messages",
                body=request,
                cast_to=object,
                stream=True,
                stream_cls=AsyncStream[object],
            ) as events:
                async for event in events:
                    _take_usage(event, count)
                    for delta in _deltas(event, calls):
                        if isinstance(delta, Words):
                            count.write(delta.text)
                        yield delta
        for call in calls.values():
            yield call.whole(_PROVIDER)

    def _request(self, prompt: Prompt) -> Json:
        request: Json = {
            "model": self._model,
            "max_tokens": self._max_tokens,
            "messages": _messages(prompt),
            "stream": True,
        }
        if system := _system(prompt.instructions):
            request["system"] = system
        if tools := _tools(prompt.tools):
            request["tools"] = tools
        return request

    async def warm_up(self) -> None:
        """Open the connection and build what the SDK builds at its first request; at most 3 s, failures are logged."""
        await warmed(_PROVIDER, self._client.models.list(limit=1))


def _deltas(event: object, calls: dict[int, PartialCall]) -> list[Delta]:
    match event:
        case {"type": "content_block_delta", "delta": {"type": "text_delta", "text": str(text)}} if text:
            return [Words(text)]
        case {
            "type": "content_block_delta",
            "index": int(index),
            "delta": {"type": "input_json_delta", "partial_json": str(piece)},
        } if index in calls:
            calls[index].arguments += piece
        case {
            "type": "content_block_start",
            "index": int(index),
            "content_block": {"type": "tool_use", "id": str(call_id), "name": str(name)},
        }:
            calls[index] = PartialCall(call_id, name)
            return [BEGUN]
        case {"type": "content_block_start", "content_block": {"type": "text", "text": str(text)}} if text:
            return [Words(text)]
        case {"type": "content_block_stop", "index": int(index)} if index in calls:
            return [calls.pop(index).whole(_PROVIDER)]
        case _:
            pass
    return []


def _take_usage(event: object, count: Count) -> None:
    """Take what the provider tells: of the input at the start, of the output at the end, of either where it likes."""
    match event:
        case {"type": "message_start", "message": {"usage": {} as usage}}:
            _take_input(usage, count)
        case {"type": "message_delta", "usage": {} as usage}:
            _take_input(usage, count)
            count.output_tokens = usage.get("output_tokens") or count.output_tokens
        case _:
            pass


def _take_input(usage: Json, count: Count) -> None:
    """Add up the input's parts, which the provider tells apart; one that it does not tell again stays as it was."""
    fresh = (count.input_tokens or 0) - count.cached_tokens - count.written_tokens
    fresh = usage.get("input_tokens") or fresh
    count.written_tokens = usage.get("cache_creation_input_tokens") or count.written_tokens
    count.cached_tokens = usage.get("cache_read_input_tokens") or count.cached_tokens
    count.input_tokens = fresh + count.written_tokens + count.cached_tokens


def _system(instructions: str) -> list[TextBlockParam]:
    if not instructions.strip():
        return []
    return [{"type": "text", "text": instructions, "cache_control": {"type": "ephemeral"}}]


def _tools(specs: Sequence[ToolSpec]) -> list[ToolParam]:
    # Tools stand before all else in the cached prefix: in one order, whatever order they came in.
    tools: list[ToolParam] = [
        {"name": spec.name, "description": spec.description, "input_schema": dict(spec.parameters)}
        for spec in sorted(specs, key=lambda spec: spec.name)
    ]
    if tools:
        tools[-1]["cache_control"] = {"type": "ephemeral"}
    return tools


def _messages(prompt: Prompt) -> list[MessageParam]:
    messages: list[MessageParam] = []
    blocks: list[_Block] = []
    for unit in units(prompt.turns):
        match unit:
            case Said(side, text):
                blocks = _blocks_of("assistant" if side is Side.AGENT else "user", messages, blocks)
                blocks.append({"type": "text", "text": text})
            case Used(uses):
                blocks = _blocks_of("assistant", messages, blocks)
                blocks.extend(_call(use) for use in uses)
                blocks = _blocks_of("user", messages, blocks)
                blocks.extend(_result(use) for use in uses)
    if prompt.note:
        blocks.append({"type": "text", "text": remark(prompt.note)})  # the last message is always the caller's
    return messages


_Block = TextBlockParam | ToolUseBlockParam | ToolResultBlockParam


def _blocks_of(role: Literal["user", "assistant"], messages: list[MessageParam], blocks: list[_Block]) -> list[_Block]:
    """Return the last message's blocks where it is of this role, else those of a new message."""
    if messages and messages[-1]["role"] == role:
        return blocks
    fresh: list[_Block] = []
    messages.append(
        UserMessageParam(role="user", content=fresh)
        if role == "user"
        else AssistantMessageParam(role="assistant", content=fresh)
    )
    return fresh


def _call(use: ToolUse) -> ToolUseBlockParam:
    return {"type": "tool_use", "id": use.call.id, "name": use.call.name, "input": use.call.arguments}


def _result(use: ToolUse) -> ToolResultBlockParam:
    return {
        "type": "tool_result",
        "tool_use_id": use.call.id,
        "content": result_text(use),
        "is_error": use.failed,
    }
