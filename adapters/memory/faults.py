"""What goes wrong on demand in a part that is made of memory, changeable while calls run."""

import math
from collections.abc import Callable

import anyio

from domain.errors import Unavailable


class Faults:
    """A part asks `endure` before it answers; whoever tests it says what then happens.

    A change reaches those who wait already: what hangs goes on once it is
    repaired, and breaks once it is told to fail.
    """

    def __init__(self) -> None:
        self._failures = 0.0
        self._hanging = False
        self._watchers: set[Callable[[], None]] = set()
        self._changed = anyio.Event()

    @property
    def failing(self) -> bool:
        """Whether the next answer will be a failure."""
        return self._failures > 0

    def fail(self, times: float = math.inf) -> None:
        """Fail so many times, or until `repair`; streams that are open break at once."""
        self._failures = times
        self._tell()

    def hang(self) -> None:
        """Answer nothing, until `repair` or `fail`."""
        self._hanging = True
        self._tell()

    def repair(self) -> None:
        self._failures, self._hanging = 0.0, False
        self._tell()

    def watch(self, told: Callable[[], None]) -> None:
        """Have `told` called at every change, until `unwatch`."""
        self._watchers.add(told)

    def unwatch(self, told: Callable[[], None]) -> None:
        self._watchers.discard(told)

    async def endure(self) -> None:
        """Wait while the part hangs.  Raises `Unavailable` when it fails."""
        while self._hanging and not self.failing:
            await self._changed.wait()
        if self.failing:
            self._failures -= 1
            raise Unavailable("told to fail")

    def _tell(self) -> None:
        self._changed.set()
        self._changed = anyio.Event()
        for told in tuple(self._watchers):
            told()
