"""Models that speak the chat completions of OpenAI, each with its accent.

Gemini gives a tool call no index and needs a signature with each call of the
history; DeepSeek counts cached tokens in a field of its own; any of them may
leave out the end, send nulls, or tell the usage wherever it likes.
"""

import json
from collections.abc import AsyncGenerator, Sequence
from typing import Literal, cast

from openai import AsyncOpenAI, omit
from openai.types.chat import (
    ChatCompletionChunk,
    ChatCompletionFunctionToolParam,
    ChatCompletionMessageFunctionToolCallParam,
    ChatCompletionMessageParam,
)
from openai.types.chat.chat_completion_chunk import ChoiceDelta, ChoiceDeltaToolCall
from openai.types.completion_usage import CompletionUsage

from adapters.llm.errors import translated_errors
from adapters.llm.history import Said, Side, Used, result_text, units
from adapters.llm.tool_calls import BEGUN, PartialCall
from adapters.llm.warmth import warmed
from application.ports.language import Delta, Prompt, ToolSpec, Usage, Words
from domain.transcript import ToolUse, Turn

Provider = Literal["openai", "deepseek", "gemini"]

# What Gemini documents for calls that it did not make itself.
_GEMINI_SIGNATURE = {"google": {"thought_signature": "skip_thought_signature_validator"}}


class OpenAICompatibleModel:
    def __init__(self, client: AsyncOpenAI, *, provider: Provider, model: str, max_tokens: int = 512) -> None:
        # Whether to try again is decided in one place, above the providers.
        self._client = client.with_options(max_retries=0)
        self._provider: Provider = provider
        self._model = model
        self._max_tokens = max_tokens

    async def reply(self, prompt: Prompt) -> AsyncGenerator[Delta, None]:
        calls = _Calls()
        usage: CompletionUsage | None = None
        # OpenAI's newer models refuse `max_tokens`; the others know no other name.
        is_openai = self._provider == "openai"
        with translated_errors(self._provider):
            async with await self._client.chat.completions.create(
                model=self._model,
                max_completion_tokens=self._max_tokens if is_openai else omit,
                max_tokens=omit if is_openai else self._max_tokens,
                messages=_messages(prompt, self._provider),
                tools=_tools(prompt.tools) or omit,
                stream=True,
                stream_options={"include_usage": True},
            ) as chunks:
                async for chunk in chunks:
                    usage = chunk.usage or usage
                    for delta in _deltas(chunk, calls):
                        yield delta
        for call in calls.begun:
            yield call.whole(self._provider)
        if usage is not None:
            yield Usage(
                self._provider,
                self._model,
                usage.prompt_tokens or 0,
                usage.completion_tokens or 0,
                _cached_tokens(usage),
            )

    async def warm_up(self) -> None:
        """Open the connection and build what the SDK builds at its first request; at most 3 s, failures are logged."""
        await warmed(self._provider, self._client.models.list())


class _Calls:
    """The tool calls of one answer, in the order in which they began."""

    def __init__(self) -> None:
        self.begun: list[PartialCall] = []
        self._by_index: dict[int, PartialCall] = {}

    def take(self, piece: ChoiceDeltaToolCall) -> bool:
        """Add a piece to its call; tell whether it began a new one."""
        function = piece.function
        name = (function.name if function else None) or ""
        index = cast(int | None, piece.index)
        newest = self.begun[-1] if self.begun else None
        call = newest if index is None else self._by_index.get(index)
        began = False
        if call is None or _is_another(call, call_id=piece.id or "", name=name):
            began, call = True, PartialCall(piece.id or "", name)
            self.begun.append(call)
            if index is not None:
                self._by_index[index] = call
        call.id = call.id or piece.id or ""
        call.name = call.name or name
        call.arguments += (function.arguments if function else None) or ""
        return began


def _is_another(call: PartialCall, *, call_id: str, name: str) -> bool:
    """Tell whether a piece that has this call's index, or none, belongs to the next call."""
    if call_id and call.id:
        return call_id != call.id
    return bool(name and call.name and call.is_whole())


def _deltas(chunk: ChatCompletionChunk, calls: _Calls) -> list[Delta]:
    deltas: list[Delta] = []
    for choice in chunk.choices or ():
        delta = cast(ChoiceDelta | None, choice.delta)
        if delta is None:
            continue
        if delta.content:
            deltas.append(Words(delta.content))
        deltas.extend(BEGUN for piece in delta.tool_calls or () if calls.take(piece))
    return deltas


def _cached_tokens(usage: CompletionUsage) -> int:
    details = usage.prompt_tokens_details
    if details and details.cached_tokens:
        return details.cached_tokens
    return int((usage.model_extra or {}).get("prompt_cache_hit_tokens") or 0)


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
    return messages + _conversation(prompt.turns, provider)


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
