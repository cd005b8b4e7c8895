"""Roles: each may do its own work.  Wrong passwords and requests: few are free, more make everybody wait."""

import pytest

from domain.access import Allowance, Attempts, Permission, Role


@pytest.mark.parametrize(
    ("role", "permitted"),
    [
        (Role.ADMIN, set(Permission)),
        (
            Role.ANALYST,
            {
                Permission.SEE_CALLS,
                Permission.EXPORT_CALLS,
                Permission.WATCH_CALLS,
                Permission.SEE_COSTS,
                Permission.SEE_OPERATORS,
                Permission.SEE_CALLBACKS,
            },
        ),
        (
            Role.OPERATOR,
            {
                Permission.SEE_CALLS,
                Permission.WATCH_CALLS,
                Permission.SEE_OPERATORS,
                Permission.SEE_CALLBACKS,
                Permission.FOLLOW_UP_CALLBACKS,
                Permission.SEE_CUSTOMERS,
                Permission.EDIT_CUSTOMERS,
                Permission.SEE_NUMBERS,
                Permission.STEER_CALLS,
            },
        ),
        (Role.CONTENT_MANAGER, {Permission.SEE_CALLS, Permission.DRAFT_FEATURES, Permission.TEST_CALLS}),
    ],
)
def test_each_role_may_do_its_own_work_and_no_more(role: Role, permitted: set[Permission]) -> None:
    assert {each for each in Permission if role.may(each)} == permitted


def after(*failed_at: float) -> Attempts:
    attempts = Attempts()
    for at in failed_at:
        attempts = attempts.failed(at, within_seconds=100)
    return attempts


@pytest.mark.parametrize(
    ("failed_at", "now", "wait_seconds"),
    [
        ((), 0, 0),
        ((0, 1), 2, 0),
        ((0, 1, 2), 3, 97),
        ((0, 10, 90), 99, 1),
        ((0, 10, 90), 100, 0),
        ((0, 10, 90, 95), 100, 10),
    ],
)
def test_three_failures_in_a_hundred_seconds_mean_to_wait_until_the_first_is_old(
    failed_at: tuple[float, ...], now: float, wait_seconds: float
) -> None:
    assert after(*failed_at).wait_seconds(now, most=3, within_seconds=100) == wait_seconds


def test_what_is_old_is_forgotten() -> None:
    assert after(0, 50, 120).failed_at == (50, 120)


def test_what_was_no_attempt_is_taken_back_once() -> None:
    assert after(0, 50, 50).without(50).failed_at == (0, 50)
    assert after(0, 50).without(70).failed_at == (0, 50)


def taken(*times: float) -> list[float]:
    """Return how long each has to wait who asks at these times, of three at once and two a second."""
    left, waits = Allowance(3, times[0]), []
    for at in times:
        left, wait_seconds = left.less_one(at, most=3, a_second=2)
        waits.append(wait_seconds)
    return waits


@pytest.mark.parametrize(
    ("times", "waits"),
    [
        ((0, 0, 0), [0, 0, 0]),
        ((0, 0, 0, 0), [0, 0, 0, 0.5]),
        ((0, 0, 0, 0.25, 0.5), [0, 0, 0, 0.25, 0]),
        ((0, 100, 100, 100, 100), [0, 0, 0, 0, 0.5]),
        ((5, 4, 4, 4), [0, 0, 0, 0.5]),
    ],
)
def test_who_asks_for_more_than_is_left_waits_until_there_is_some_again(
    times: tuple[float, ...], waits: list[float]
) -> None:
    assert taken(*times) == waits
