"""The clock of all calls."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import anyio
import pytest

from adapters.audiosocket.clock import Clock, Lateness
from tests.adapters.audiosocket.peer import PATIENCE_SECONDS

pytestmark = pytest.mark.anyio


@dataclass(eq=False)
class TickedLeg:
    """Writes down its ticks; does something in each, if asked to."""

    doing: Callable[[], object] = lambda: None
    dues: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    passed_over: int = 0
    _ticked: anyio.Event = field(default_factory=anyio.Event)

    def tick(self, due: float) -> None:
        self.dues.append(due)
        self.at.append(time.monotonic())
        self._ticked.set()
        self.doing()

    def pass_over(self, periods: int, late_seconds: float) -> None:
        self.passed_over += periods
        assert late_seconds > 0.02 * periods

    async def ticks(self, count: int) -> None:
        with anyio.fail_after(PATIENCE_SECONDS):
            while len(self.dues) < count:
                self._ticked = anyio.Event()
                await self._ticked.wait()


async def test_deadlines_do_not_drift_though_each_tick_takes_its_time() -> None:
    clock, leg = Clock(), TickedLeg(doing=lambda: time.sleep(0.004))
    clock.join(leg)
    await leg.ticks(60)
    clock.leave(leg)
    steps = [(later - earlier) / 0.02 for earlier, later in pairwise(leg.dues)]
    assert all(step == pytest.approx(round(step)) for step in steps)
    assert sum(round(step) for step in steps) == len(steps) + leg.passed_over
    assert all(at - due > -0.002 for at, due in zip(leg.at, leg.dues, strict=True))


async def test_after_a_stall_two_frames_go_out_at_once_and_no_more() -> None:
    clock, legs = Clock(), [TickedLeg() for _ in range(8)]
    for leg in legs:
        clock.join(leg)
    await legs[0].ticks(3)
    time.sleep(0.3)  # noqa: ASYNC251 the stall is what is tested
    stalled_until = time.monotonic()
    await legs[0].ticks(12)
    for leg in legs:
        clock.leave(leg)
        assert leg.passed_over >= 12
        assert sum(at >= stalled_until > due for at, due in zip(leg.at, leg.dues, strict=True)) <= 2
        assert leg.dues == sorted(set(leg.dues))


async def test_a_stall_leaves_the_beat_as_it_was() -> None:
    clock, leg = Clock(), TickedLeg()
    clock.join(leg)
    await leg.ticks(2)
    time.sleep(0.1)  # noqa: ASYNC251
    await leg.ticks(8)
    clock.leave(leg)
    beats = [(due - leg.dues[0]) / 0.02 for due in leg.dues]
    assert all(beat == pytest.approx(round(beat)) for beat in beats)


async def test_legs_are_spread_over_the_period() -> None:
    clock, legs = Clock(), [TickedLeg() for _ in range(8)]
    for leg in legs:
        clock.join(leg)
    for leg in legs:
        await leg.ticks(1)
    phases = sorted(round((leg.dues[0] - legs[0].dues[0]) / 0.005) % 4 for leg in legs)
    assert phases == [0, 0, 1, 1, 2, 2, 3, 3]
    for leg in legs:
        clock.leave(leg)


async def test_who_has_left_is_not_ticked_and_the_others_are() -> None:
    clock, staying = Clock(), TickedLeg()
    leaving = TickedLeg(doing=lambda: clock.leave(leaving))
    clock.join(leaving)
    clock.join(staying)
    await staying.ticks(5)
    clock.leave(staying)
    assert len(leaving.dues) == 1


async def test_the_clock_rests_without_legs_and_starts_anew() -> None:
    clock, first, second = Clock(), TickedLeg(), TickedLeg()
    clock.join(first)
    await first.ticks(1)
    clock.leave(first)
    ticked = len(first.dues)
    with anyio.move_on_after(0.1):
        await first.ticks(ticked + 1)
    clock.join(second)
    await second.ticks(2)
    clock.leave(second)
    assert (len(first.dues), second.passed_over) == (ticked, 0)


async def test_a_leg_that_joins_from_within_a_tick_is_ticked_once_a_period() -> None:
    clock, second = Clock(), TickedLeg()

    def swap() -> None:
        clock.leave(first)
        clock.join(second)

    first = TickedLeg(doing=swap)
    clock.join(first)
    await second.ticks(4)
    clock.leave(second)
    assert all(later - earlier == pytest.approx(0.02) for earlier, later in pairwise(second.dues))


async def test_lateness_is_told_to_the_half_millisecond_above() -> None:
    lateness = Lateness()
    assert lateness.percentile_ms(99) == 0.0
    lateness.add(-0.0005, frames=50)
    lateness.add(0.0101, frames=48)
    lateness.add(3.0, frames=2)
    assert [lateness.percentile_ms(percent) for percent in (50, 98, 99)] == [0.5, 10.5, 100.5]
