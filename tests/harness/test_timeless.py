"""Time passes when everybody waits, and only then."""

import anyio
import pytest

from tests.harness.timeless import TIMELESS

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> object:
    return TIMELESS


async def test_half_an_hour_passes_in_a_moment_and_everything_happens_in_its_order() -> None:
    happened: list[tuple[str, float]] = []

    async def do(what: str, after_seconds: float) -> None:
        await anyio.sleep(after_seconds)
        happened.append((what, anyio.current_time()))

    began = anyio.current_time()
    async with anyio.create_task_group() as group:
        group.start_soon(do, "late", 1800)
        group.start_soon(do, "early", 0.02)
    assert [(what, round(at - began, 6)) for what, at in happened] == [("early", 0.02), ("late", 1800)]


async def test_a_wait_for_nothing_ends_at_its_bound() -> None:
    with pytest.raises(TimeoutError), anyio.fail_after(60):
        await anyio.sleep_forever()
