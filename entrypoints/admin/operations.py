"""`call-center-admin db` and `ops`: whether what runs is as it should be."""

import json as json_format
import sys
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, build_opener

import anyio

from domain.errors import Misconfigured, Unavailable
from entrypoints.admin.columns import table
from entrypoints.admin.records import database

_PAGES = "http://127.0.0.1:8080"
_SECONDS = 10.0
_NOT_READY = 503


def migrations_status() -> None:
    """Say of every migration whether the database has it; nothing is changed."""
    anyio.run(_migrations_status)


def status(*, url: str = _PAGES) -> None:
    """Ask the pages how many calls run and whether each part is there; the exit code is 1 when one is not.

    Parameters
    ----------
    url
        Where the pages are.
    """
    if not url.startswith(("http://", "https://")):
        raise Misconfigured(f"--url is {url!r}: it must start with http:// or https://")
    health, readiness = _ask(f"{url}/health"), _ask(f"{url}/health/ready")
    said = readiness.pop("status", "unknown")
    print(table(("part", "is"), [("running calls", health.get("active_calls")), *readiness.items(), ("all", said)]))
    if said != "ready":
        sys.exit(1)


async def _migrations_status() -> None:
    async with database() as named:
        migrations = await named.migrations()
    print(table(("migration", "is"), [(name, "made" if made else "pending") for name, made in migrations.items()]))


def _ask(url: str) -> dict[str, Any]:
    opener = build_opener(ProxyHandler({}))
    try:
        try:
            with opener.open(url, timeout=_SECONDS) as answer:
                return dict(json_format.load(answer))
        except HTTPError as error:
            if error.code == _NOT_READY:
                return dict(json_format.load(error))
            raise
    except (URLError, TimeoutError, ValueError, TypeError) as error:
        reason = getattr(error, "reason", error)
        raise Unavailable(f"{url} does not answer: {reason}; callcenter serve runs the pages") from error
