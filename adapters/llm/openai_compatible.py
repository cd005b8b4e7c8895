"""Models that speak the chat completions of OpenAI, each with its accent.

Gemini gives a tool call no index and needs a signature with each call of the
history; DeepSeek counts cached tokens in a field of its own; any of them may
leave out the end, send nulls, or tell the usage wherever it likes.
"""

import json
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Literal, cast

from openai import AsyncOpenAI, AsyncStream
from openai.types.chat import (
    ChatCompletionFunctionToolParam,
    ChatCompletionMessageFunctionToolCallParam,
    ChatCompletionMessageParam,
)

from adapters.llm.errors import translated_errors
from adapters.llm.history import Said, Side, Used, remark, result_text, units
from adapters.llm.metering import Count, counted
from adapters.llm.tool_calls import BEGUN, PartialCall
from adapters.llm.warmth import warmed
from application.ports.language import Delta, Prompt, ToolSpec, Words
from application.ports.metering import Meter, uncounted
from domain.transcript import ToolUse, Turn

Provider = Literal["openai", "deepseek", "gemini"]
Json = dict[str, Any]

# What Gemini documents for calls that it did not make itself.
_GEMINI_SIGNATURE = {"google": {"thought_signature": "skip_thought_signature_validator"}}


class OpenAICompatibleModel:
    def __init__(self, client: AsyncOpenAI, *, provider: Provider, model: str, max_tokens: int = 512) -> None:
        # Whether to try again is decided in one place, above the providers.
        self._client = client.with_options(max_retries=0)
        self._provider: Provider = provider
        self._model = model
        self._max_tokens = max_tokens

    async def reply(self, prompt: Prompt, used: Meter = uncounted) -> AsyncGenerator[Delta, None]:
        calls = _Calls()
        request = self._request(prompt)
        with counted(used, self._provider, self._model, request) as count, translated_errors(self._provider):
            # The SDK's typed way takes two to three times the processor's time for a turn.
            async with await self._client.post(
                "/chat/completions",
                body=request,
                cast_to=object,
                stream=True,
                stream_cls=AsyncStream[object],
            ) as chunks:
                async for chunk in chunks:
                    match chunk:
                        case {"usage": {} as told} if told:
                            _take_usage(told, count)
                        case _:
                            pass
                    for delta in _deltas(chunk, calls):
                        if isinstance(delta, Words):
                            count.write(delta.text)
                        yield delta
        for call in calls.begun:
            yield call.whole(self._provider)

    def _request(self, prompt: Prompt) -> Json:
        # OpenAI's newer models refuse `max_tokens`; the others know no other name.
        limit = "max_completion_tokens" if self._provider == "openai" else "max_tokens"
        request: Json = {
            "model": self._model,
            limit: self._max_tokens,
            "messages": _messages(prompt, self._provider),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        return request | {"tools": _tools(prompt.tools)} if prompt.tools else request

    async def warm_up(self) -> None:
        """Open the connection and build what the SDK builds at its first request; at most 3 s, failures are logged."""
        await warmed(self._provider, self._client.models.list())


class _Calls:
    """The tool calls of one answer, in the order in which they began."""

    def __init__(self) -> None:
        self.begun: list[PartialCall] = []
        self._by_index: dict[int, PartialCall] = {}

    def take(self, piece: Json) -> bool:
        """Add a piece to its call; tell whether it began a new one."""
        function = piece.get("function") or {}
        call_id, name, index = piece.get("id") or "", function.get("name") or "", piece.get("index")
        newest = self.begun[-1] if self.begun else None
        call = newest if index is None else self._by_index.get(index)
        began = False
        if call is None or _is_another(call, call_id=call_id, name=name):
            began, call = True, PartialCall(call_id, name)
            self.begun.append(call)
            if index is not None:
                self._by_index[index] = call
        call.id = call.id or call_id
        call.name = call.name or name
        call.arguments += function.get("arguments") or ""
        return began


def _is_another(call: PartialCall, *, call_id: str, name: str) -> bool:
    """Tell whether a piece that has this call's index, or none, belongs to the next call."""
    if call_id and call.id:
        return call_id != call.id
    return bool(name and call.name and call.is_whole())


def _deltas(chunk: object, calls: _Calls) -> list[Delta]:
    match chunk:
        case {"choices": [{"delta": {} as delta}, *_]}:
            text = delta.get("content")
            words: list[Delta] = [Words(text)] if text else []
            return words + [BEGUN for piece in delta.get("tool_calls") or () if calls.take(piece)]
        case _:
            return []


def _take_usage(told: Json, count: Count) -> None:
    details = told.get("prompt_tokens_details") or {}
    count.cached_tokens = details.get("cached_tokens") or told.get("prompt_cache_hit_tokens") or 0
    count.input_tokens = told.get("prompt_tokens") or 0
    count.output_tokens = told.get("completion_tokens") or 0


def _tools(specs: Sequence[ToolSpec]) -> list[ChatCompletionFunctionToolParam]:
    # Tools stand in the prefix that providers cache: in one order, whatever order they came in.
    return [
        {
            "type": "function",
            "function": {"name": spec.name, "description": spec.description, "parameters": dict(spec.parameters)},
        }
        for spec in sorted(specs, key=lambda spec: spec.name)
    ]


def _messages(prompt: Prompt, provider: Provider) -> list[ChatCompletionMessageParam]:
    messages: list[ChatCompletionMessageParam] = []
    if prompt.instructions.strip():
        messages.append({"role": "system", "content": prompt.instructions})
    messages += _conversation(prompt.turns, provider)
    return [*messages, {"role": "user", "content": remark(prompt.note)}] if prompt.note else messages


def _conversation(turns: Sequence[Turn], provider: Provider) -> list[ChatCompletionMessageParam]:
    messages: list[ChatCompletionMessageParam] = []
    for unit in units(turns):
        match unit, messages[-1:]:
            case Said(Side.CALLER, text), _:
                messages.append({"role": "user", "content": text})
            case Said(Side.AGENT, text), _:
                messages.append({"role": "assistant", "content": text})
            case Used(uses), [{"role": "assistant", "content": str(said)}]:
                calls = [_call(use, provider) for use in uses]
                messages[-1] = {"role": "assistant", "content": said, "tool_calls": calls}
                messages.extend(_result(use) for use in uses)
            case Used(uses), _:
                calls = [_call(use, provider) for use in uses]
                messages.append({"role": "assistant", "tool_calls": calls})
                messages.extend(_result(use) for use in uses)
    return messages


def _call(use: ToolUse, provider: Provider) -> ChatCompletionMessageFunctionToolCallParam:
    call: ChatCompletionMessageFunctionToolCallParam = {
        "id": use.call.id,
        "type": "function",
        "function": {"name": use.call.name, "arguments": json.dumps(use.call.arguments, ensure_ascii=False)},
    }
    if provider != "gemini":
        return call
    return cast(ChatCompletionMessageFunctionToolCallParam, {**call, "extra_content": _GEMINI_SIGNATURE})


def _result(use: ToolUse) -> ChatCompletionMessageParam:
    content = result_text(use)
    return {
        "role": "tool",
        "tool_call_id": use.call.id,
        "content": f"error: {content}" if use.failed else content,
    }
