"""Asking ARI: the one seam where its errors become `Unavailable`."""

from collections.abc import Mapping

import aiohttp

from domain.errors import Unavailable


async def asked(
    session: aiohttp.ClientSession, method: str, url: str, parameters: Mapping[str, str] | None = None
) -> object:
    """Return what ARI answers, as JSON knows it."""
    try:
        async with session.request(method, url, params=parameters or {}) as answer:
            if answer.status >= 400:
                raise Unavailable(f"ARI answered {answer.status}")
            return await answer.json() if answer.content_type == "application/json" else None
    except (aiohttp.ClientError, OSError, ValueError, RuntimeError) as error:
        raise Unavailable(f"ARI: {told(error)}") from error


def listed(found: object) -> list[dict[str, object]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def told(error: Exception) -> str:
    """Say what went wrong in words that name neither address nor password."""
    status = getattr(error, "status", None)
    return type(error).__name__ if status is None else f"answered {status}"
