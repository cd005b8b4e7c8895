"""What is used of what is paid for, told by those who use it."""

from collections.abc import Callable

from domain.usage import Usage

Meter = Callable[[Usage], None]
"""Learns of each use once, as soon as all of it is known, however it ends.  Never waits and never raises."""


def uncounted(usage: Usage) -> None:
    """A meter of what belongs to no call."""
