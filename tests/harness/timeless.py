"""An event loop whose time passes only when everybody waits, and then at once.

What takes half an hour in a call takes a moment in a test, and always the
same way.  For tests without sockets and threads.
"""

import asyncio
import selectors
from collections.abc import Mapping


class _Selector(selectors.DefaultSelector):
    """Never waits: tells how long it would have."""

    waited_seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("everybody waits, and for nothing that would ever come")
        self.waited_seconds += max(0.0, timeout)
        return super().select(0)


class TimelessLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._waiting = _Selector()
        super().__init__(self._waiting)

    def time(self) -> float:
        return self._waiting.waited_seconds


TIMELESS: tuple[str, Mapping[str, object]] = ("asyncio", {"loop_factory": TimelessLoop})
