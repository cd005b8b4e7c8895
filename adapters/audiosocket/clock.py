"""One clock for all calls of a process.

Rule 1: a wheel of four slots, 5 ms apart, turns once in 20 ms; each leg has a
place in one slot, so that the calls' work is spread over the 20 ms.
Rule 2: deadlines are absolute.  What is late now does not make later what
comes after it.
Rule 3: no bursts.  Asterisk does not pace what it gets, so after a stall at
most two frames go out at once; the deadlines before them are passed over, and
counted as late.
"""

import asyncio
from time import monotonic
from typing import Final, Protocol

from domain.audio import FRAME_SECONDS

_SLOTS: Final = 4
_STEP_SECONDS: Final = FRAME_SECONDS / _SLOTS
_MOST_AT_ONCE: Final = 2  # frames
_EARLY_SECONDS: Final = 0.001  # the resolution of the event loop's timers


class Ticking(Protocol):
    def tick(self, due: float) -> None:
        """Send the frame that was due then.  Must not raise."""
        ...

    def pass_over(self, periods: int, late_seconds: float) -> None:
        """Learn that so many frames were not sent, the oldest of them late by so much."""
        ...


class Clock:
    """Ticks each leg every 20 ms, from `join` to `leave`; rests when there are no legs."""

    def __init__(self) -> None:
        self._slots: list[tuple[Ticking, ...]] = [()] * _SLOTS
        self._started_at = 0.0
        self._step = 0
        """The step to be taken next; its deadline is that many steps after the start."""
        self._timer: asyncio.TimerHandle | None = None

    def join(self, leg: Ticking) -> None:
        """Give the leg a place in the emptiest slot, the soonest of those."""
        if self._timer is None:
            self._started_at, self._step = monotonic(), 0
        coming = range(self._step, self._step + _SLOTS)
        slot = min(coming, key=lambda step: len(self._slots[step % _SLOTS])) % _SLOTS
        self._slots[slot] += (leg,)
        if self._timer is None:
            self._wind()

    def leave(self, leg: Ticking) -> None:
        self._slots = [tuple(other for other in slot if other is not leg) for slot in self._slots]
        if not any(self._slots):
            self._rest()

    def _due(self, step: int) -> float:
        return self._started_at + step * _STEP_SECONDS

    def _turn(self) -> None:
        now = monotonic()
        self._pass_over_what_was_missed(now)
        while (due := self._due(self._step)) <= now + _EARLY_SECONDS:
            for leg in self._slots[self._step % _SLOTS]:
                leg.tick(due)
            self._step += 1
        self._wind()

    def _pass_over_what_was_missed(self, now: float) -> None:
        periods = int((now - self._due(self._step)) / FRAME_SECONDS) - (_MOST_AT_ONCE - 1)
        if periods <= 0:
            return
        for step in range(self._step, self._step + _SLOTS):
            for leg in self._slots[step % _SLOTS]:
                leg.pass_over(periods, now - self._due(step))
        self._step += periods * _SLOTS

    def _wind(self) -> None:
        """Set the timer to the next slot that has a leg in it."""
        self._rest()
        if not any(self._slots):
            return
        while not self._slots[self._step % _SLOTS]:
            self._step += 1
        self._timer = asyncio.get_running_loop().call_at(self._due(self._step), self._turn)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class Lateness:
    """How late frames were: a histogram of half milliseconds up to a tenth of a second."""

    _BUCKETS_PER_SECOND: Final = 2_000
    _LAST: Final = 200

    def __init__(self) -> None:
        self._buckets = [0] * (self._LAST + 1)
        self._frames = 0

    def add(self, seconds: float, frames: int = 1) -> None:
        bucket = int(seconds * self._BUCKETS_PER_SECOND)
        self._frames += frames
        self._buckets[bucket if 0 <= bucket < self._LAST else self._LAST if bucket > 0 else 0] += frames

    def percentile_ms(self, percent: float) -> float:
        """Return what so many of a hundred frames were not later than, to the half millisecond above."""
        if not self._frames:
            return 0.0
        wanted = self._frames * percent / 100
        seen = 0
        for bucket, frames in enumerate(self._buckets):
            seen += frames
            if seen >= wanted:
                return (bucket + 1) * 1_000 / self._BUCKETS_PER_SECOND
        raise AssertionError("the buckets hold all frames")
