"""Requests as an emulated provider gets them, and what they ask."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.harness.llm_streams import Json


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    path: str
    body: Json
    connection: tuple[str, int]
    """The client's address: the same for requests over one connection."""

    @property
    def messages(self) -> list[Json]:
        return list(self.body.get("messages") or [])


@dataclass(slots=True)
class Prefixes:
    """Prefixes of prompts that were seen before are cached."""

    seen: set[str] = field(default_factory=set)

    def marked(self, body: Json) -> tuple[int, int]:
        """Return how many tokens are written to the cache and how many are read: prefixes end at Anthropic's marks."""
        prefix: list[Json] = []
        written = cached = 0
        for block in [*(body.get("tools") or []), *(body.get("system") or [])]:
            prefix.append(block)
            if "cache_control" in block:
                if self.is_cached(prefix):
                    cached = tokens(prefix)
                written = tokens(prefix) - cached
        return written, cached

    def is_cached(self, prefix: object) -> bool:
        text = json.dumps(prefix)
        known = text in self.seen
        self.seen.add(text)
        return known


def last_words(messages: list[Json]) -> str:
    """Return what the caller said last, in the messages of any provider; what the system remarks is not his."""
    for message in reversed(messages):
        if message["role"] == "user":
            content = message["content"]
            blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
            texts = [
                block["text"] for block in blocks if block["type"] == "text" and not block["text"].startswith("<state>")
            ]
            if texts:
                return str(texts[-1])
    return ""


def remark(messages: list[Json]) -> str:
    """Return what the system remarks at the end of the messages of any provider, "" when it does not."""
    content = messages[-1]["content"]
    text = content if isinstance(content, str) else content[-1].get("text", "")
    return str(text) if text.startswith("<state>") else ""


def last_results(messages: list[Json]) -> list[str]:
    """Return the results of the tools that the messages end with, of any provider."""
    results: list[str] = []
    for message in reversed(
        messages[:-1] if remark(messages) and isinstance(messages[-1]["content"], str) else messages
    ):
        content = message.get("content")
        blocks = content if isinstance(content, list) else []
        found = [str(block["content"]) for block in blocks if block["type"] == "tool_result"]
        if message["role"] == "tool":
            found = [str(content)]
        if not found:
            break
        results = found + results
    return results


def tokens(body: Any) -> int:
    return len(json.dumps(body)) // 4
