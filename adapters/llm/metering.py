"""Counting what a request to a provider takes, however it ends.

Rule 1: what the provider tells is right.  Where it did not come to tell it, the length of what was sent and written
        is counted in its place, and marked as estimated.
Rule 2: a request that we gave up counts: the provider has read it and may have begun to write.
Rule 3: a request that the provider refused, or never answered, does not.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from application.ports.metering import Meter
from domain.errors import Unavailable
from domain.usage import ModelUsage

_BYTES_A_TOKEN = 4
"""Of UTF-8: two letters of Ukrainian, four of English or JSON; providers differ by a third."""


class Count:
    """One request's tokens."""

    def __init__(self) -> None:
        self.input_tokens: int | None = None
        self.output_tokens: int | None = None
        """None until the provider has told all of it."""
        self.cached_tokens = 0
        self.written_tokens = 0
        self._written_bytes = 0

    @property
    def begun(self) -> bool:
        return self.input_tokens is not None or self._written_bytes > 0

    def write(self, text: str) -> None:
        self._written_bytes += len(text.encode())

    def usage(self, provider: str, model: str, request: Mapping[str, Any]) -> ModelUsage:
        told_in, told_out = self.input_tokens, self.output_tokens
        return ModelUsage(
            provider=provider,
            model=model,
            input_tokens=_tokens(_length(request)) if told_in is None else told_in,
            output_tokens=_tokens(self._written_bytes) if told_out is None else told_out,
            cached_tokens=self.cached_tokens,
            written_tokens=self.written_tokens,
            estimated=told_in is None or told_out is None,
        )


@contextmanager
def counted(used: Meter, provider: str, model: str, request: Mapping[str, Any]) -> Iterator[Count]:
    count = Count()
    try:
        yield count
    except Unavailable:
        if count.begun:
            used(count.usage(provider, model, request))
        raise
    except BaseException:  # whoever asked wants no more of it
        used(count.usage(provider, model, request))
        raise
    used(count.usage(provider, model, request))


def _length(request: Mapping[str, Any]) -> int:
    return len(json.dumps(request, ensure_ascii=False, default=str).encode("utf-8", "replace"))


def _tokens(size: int) -> int:
    return -(-size // _BYTES_A_TOKEN)
