"""What language models of each provider send, byte for byte: server-sent events for a script."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: Json


@dataclass(frozen=True, slots=True)
class Script:
    """What the model answers: words, then tool calls."""

    text: str = ""
    calls: Sequence[Call] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """A response: what comes at once, what comes token by token, what comes last, and what keeps it alive."""

    head: bytes
    body: Sequence[bytes]
    tail: bytes
    ping: bytes


@dataclass(frozen=True, slots=True)
class Quirks:
    """How a stream departs from the book."""

    malformed_call: bool = False
    nulls: bool = False
    no_end: bool = False
    late_usage: bool = False
    no_ids: bool = False


def pieces(text: str) -> list[str]:
    """Cut a text into tokens: a word each, with the space after it."""
    return re.findall(r"\S+\s*", text)


def _arguments(call: Call, quirks: Quirks) -> list[str]:
    text = json.dumps(call.arguments, ensure_ascii=False)
    if quirks.malformed_call:
        text = text[:-1] or "{"
    return [text[at : at + 12] for at in range(0, len(text), 12)]


def _event(kind: str, **more: object) -> bytes:
    data = json.dumps({"type": kind, **more}, ensure_ascii=False)
    return f"event: {kind}\ndata: {data}\n\n".encode()


def anthropic_stream(script: Script, quirks: Quirks, *, model: str, fresh: int, written: int, cached: int) -> Stream:
    usage = {
        "input_tokens": fresh,
        "cache_creation_input_tokens": written,
        "cache_read_input_tokens": cached,
        "output_tokens": 1,
    }
    message: Json = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": None if quirks.nulls else usage,
    }
    ping = _event("ping")
    body: list[bytes] = []
    if script.text:
        body += _anthropic_text(script.text, quirks)
    for number, call in enumerate(script.calls, start=bool(script.text)):
        body += _anthropic_call(number, call, quirks)
    done = _event(
        "message_delta",
        delta={"stop_reason": "tool_use" if script.calls else "end_turn", "stop_sequence": None},
        usage=None if quirks.nulls else {"output_tokens": max(1, len(body))},
    ) + _event("message_stop")
    return Stream(_event("message_start", message=message) + ping, body, b"" if quirks.no_end else done, ping)


def _anthropic_text(text: str, quirks: Quirks) -> list[bytes]:
    body = [
        _event("content_block_delta", index=0, delta={"type": "text_delta", "text": piece}) for piece in pieces(text)
    ]
    start: Json = {"type": "text", "text": None if quirks.nulls else ""}
    body[0] = _event("content_block_start", index=0, content_block=start) + body[0]
    if quirks.nulls:
        body[0] += _event("content_block_delta", index=0, delta=None)
    if not quirks.no_end:
        body[-1] += _event("content_block_stop", index=0)
    return body


def _anthropic_call(number: int, call: Call, quirks: Quirks) -> list[bytes]:
    block = {"type": "tool_use", "id": f"toolu_{number}", "name": call.name, "input": {}}
    # The real one sends an empty piece first, and nothing more for a call without arguments.
    body = [
        _event("content_block_start", index=number, content_block=block)
        + _event("content_block_delta", index=number, delta={"type": "input_json_delta", "partial_json": ""})
    ]
    if call.arguments or quirks.malformed_call:
        body += [
            _event("content_block_delta", index=number, delta={"type": "input_json_delta", "partial_json": piece})
            for piece in _arguments(call, quirks)
        ]
    if not quirks.no_end:
        body[-1] += _event("content_block_stop", index=number)
    return body


def _chunk(model: str, choices: object, **more: object) -> bytes:
    data = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": model, "choices": choices}
    return f"data: {json.dumps({**data, **more}, ensure_ascii=False)}\n\n".encode()


def _choice(delta: object, finish: str | None = None) -> list[Json]:
    return [{"index": 0, "delta": delta, "finish_reason": finish}]


def chat_stream(script: Script, quirks: Quirks, *, dialect: str, model: str, prompt_tokens: int, cached: int) -> Stream:
    body = [_chunk(model, _choice({"content": piece})) for piece in pieces(script.text)]
    for number, call in enumerate(script.calls):
        body += [_chunk(model, _choice({"tool_calls": [delta]})) for delta in _chat_call(number, call, quirks, dialect)]
    usage: Json = {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": len(body),
        "total_tokens": prompt_tokens + len(body),
    }
    if dialect == "deepseek":
        usage |= {"prompt_cache_hit_tokens": cached, "prompt_cache_miss_tokens": prompt_tokens - cached}
    else:
        usage |= {"prompt_tokens_details": {"cached_tokens": cached}}
    finish = "tool_calls" if script.calls and dialect != "gemini" else "stop"
    if dialect == "openai" or quirks.late_usage:
        tail = _chunk(model, _choice({}, finish), usage=None) + _chunk(model, [], usage=usage)
    else:
        tail = _chunk(model, _choice({"content": ""}, finish), usage=usage)
    stream = Stream(
        _chunk(model, _choice({"role": "assistant", "content": ""})),
        body,
        tail + b"data: [DONE]\n\n",
        b": keep-alive\n\n",
    )
    return _with_chat_quirks(stream, quirks, model)


def _chat_call(number: int, call: Call, quirks: Quirks, dialect: str) -> list[Json]:
    arguments = _arguments(call, quirks)
    if dialect == "gemini":
        whole: Json = {"type": "function", "function": {"name": call.name, "arguments": "".join(arguments)}}
        whole |= {"id": "" if quirks.no_ids else f"function-call-{number}"}
        return [whole | {"extra_content": {"google": {"thought_signature": "c2lnbmF0dXJl"}}}]
    first: Json = {"index": number, "type": "function", "function": {"name": call.name, "arguments": ""}}
    if not quirks.no_ids:
        first |= {"id": f"call_{number}"}
    return [first, *({"index": number, "function": {"arguments": piece}} for piece in arguments)]


def _with_chat_quirks(stream: Stream, quirks: Quirks, model: str) -> Stream:
    if quirks.nulls:
        noise = _chunk(model, None) + _chunk(model, _choice(None)) + _chunk(model, [], usage=None)
        noise += _chunk(model, _choice({"content": None, "tool_calls": None}))
        stream = replace(stream, head=noise + stream.head, body=[piece + noise for piece in stream.body])
    if quirks.no_end:
        stream = replace(stream, tail=b"")
    return stream
