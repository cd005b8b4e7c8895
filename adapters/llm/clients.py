"""Clients of the providers, as a telephone needs them.

Rule 1: the SDK tries nothing again; whoever knows of other providers decides.
Rule 2: a connection stays open between two turns of a call: the handshake
would be heard as silence.
Rule 3: the transport has a bound for each wait; a model's own bounds, over
all that is useful, are shorter and lie above.
"""

import anthropic
import httpx2
import openai

_LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=120.0)
_TIMEOUT = httpx2.Timeout(10.0, connect=3.0)


def anthropic_client(*, api_key: str, base_url: str = "") -> anthropic.AsyncAnthropic:
    return anthropic.AsyncAnthropic(
        api_key=api_key,
        base_url=base_url or None,
        max_retries=0,
        timeout=_TIMEOUT,
        http_client=anthropic.DefaultAsyncHttpxClient(limits=_LIMITS, timeout=_TIMEOUT),
    )


def openai_client(*, api_key: str, base_url: str = "") -> openai.AsyncOpenAI:
    return openai.AsyncOpenAI(
        api_key=api_key,
        base_url=base_url or None,
        max_retries=0,
        timeout=_TIMEOUT,
        http_client=openai.DefaultAsyncHttpxClient(limits=_LIMITS, timeout=_TIMEOUT),
    )
