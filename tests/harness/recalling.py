"""Recalling earlier calls in tests: at once, and what goes wrong with it is not passed over."""

from collections.abc import Callable
from datetime import datetime

from adapters.memory.archive import InMemoryArchive
from adapters.memory.switchboard import InMemorySwitchboard
from application.calls.recall_calls import RecallCalls


def recalling(
    now: Callable[[], datetime],
    archive: InMemoryArchive | None = None,
    switchboard: InMemorySwitchboard | None = None,
) -> RecallCalls:
    return RecallCalls(
        archive or InMemoryArchive(),
        switchboard or InMemorySwitchboard(),
        now=now,
        failed=_raise,
        carried_seconds=0,
    )


def _raise(error: Exception) -> None:
    raise error
