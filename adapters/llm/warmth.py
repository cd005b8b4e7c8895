"""The first request to a provider, made before a caller waits for it."""

from collections.abc import Awaitable

import anyio
import structlog

from adapters.llm.errors import translated_errors
from domain.errors import Unavailable

_LONGEST_SECONDS = 3.0

_log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


async def warmed(provider: str, request: Awaitable[object]) -> None:
    """Await the request for at most three seconds; its failure is told to the log only."""
    began = anyio.current_time()
    failure = ""
    try:
        with translated_errors(provider), anyio.fail_after(_LONGEST_SECONDS):
            await request
    except (Unavailable, TimeoutError) as error:
        failure = str(error) or "late"
    seconds = round(anyio.current_time() - began, 3)
    if failure:
        _log.warning("model_not_warmed_up", provider=provider, failure=failure, seconds=seconds)
    else:
        _log.info("model_warmed_up", provider=provider, seconds=seconds)
