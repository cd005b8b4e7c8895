"""The seam at which a provider's errors become `Unavailable`.

A message names the provider, the kind of failure and the HTTP status, and
nothing that the provider wrote: its texts quote keys and callers.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import anthropic
import httpx2
import openai

from domain.errors import Unavailable


class Kind(Enum):
    """How an attempt failed, as far as it decides what to try next."""

    REFUSED = "refused"
    """The key, the account or the model's name: another try gets the same answer."""
    REJECTED = "rejected"
    """The request is at fault, not the provider."""
    RATE_LIMITED = "rate_limited"
    OVERLOADED = "overloaded"
    LATE = "late"
    BROKEN = "broken"
    MALFORMED = "malformed"
    EMPTY = "empty"


class ModelFailure(Unavailable):
    """A provider failed to complete a reply."""

    def __init__(self, provider: str, kind: Kind, *, status: int | None = None) -> None:
        super().__init__(f"{provider}: {kind.value}" + (f" (HTTP {status})" if status else ""))
        self.provider = provider
        self.kind = kind


@contextmanager
def translated_errors(provider: str) -> Iterator[None]:
    """Raise what the SDKs and their transport raise as `ModelFailure`."""
    try:
        yield
    except (anthropic.APIStatusError, openai.APIStatusError) as error:
        raise ModelFailure(provider, _kind(error), status=error.status_code) from None
    except (anthropic.APITimeoutError, openai.APITimeoutError, httpx2.TimeoutException):
        raise ModelFailure(provider, Kind.LATE) from None
    except (anthropic.APIConnectionError, openai.APIConnectionError, httpx2.HTTPError, httpx2.StreamError):
        raise ModelFailure(provider, Kind.BROKEN) from None
    except (anthropic.APIResponseValidationError, openai.APIResponseValidationError):
        raise ModelFailure(provider, Kind.MALFORMED) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise ModelFailure(provider, Kind.MALFORMED) from None
    except (anthropic.AnthropicError, openai.OpenAIError):
        raise ModelFailure(provider, Kind.BROKEN) from None


def _kind(error: anthropic.APIStatusError | openai.APIStatusError) -> Kind:
    # An error that arrives within a stream has the stream's own status, 200.
    match error.type or error.status_code:
        case "overloaded_error" | 503 | 529:
            return Kind.OVERLOADED
        case "rate_limit_error" | 429:
            return Kind.RATE_LIMITED
        case _:
            pass
    match error.status_code:
        case 401 | 402 | 403 | 404:
            return Kind.REFUSED
        case 400 | 413 | 422:
            return Kind.REJECTED
        case 429:
            return Kind.RATE_LIMITED
        case 408 | 504:
            return Kind.LATE
        case _:
            return Kind.BROKEN
