"""Faults strike whom they are meant for, as often as they are meant to."""

import pytest

from entrypoints.demo_shop.faults import Fault, Faults


def faults(*each: Fault) -> Faults:
    together = Faults()
    for fault in each:
        together.add(fault)
    return together


@pytest.mark.parametrize(
    ("fault", "struck"),
    [
        (Fault(), True),
        (Fault(path="/orders/*/confirm"), True),
        (Fault(path="/orders"), False),
        (Fault(path="/orders*", method="POST"), True),
        (Fault(method="GET"), False),
        (Fault(probability=0.0), False),
    ],
    ids=str,
)
def test_a_fault_strikes_what_fits(fault: Fault, struck: bool) -> None:
    assert (faults(fault).next("POST", "/orders/ord_1/confirm") is fault) is struck


def test_a_fault_strikes_so_many_times_and_the_next_one_takes_over() -> None:
    first, second = Fault(count=2), Fault(count=1)
    together = faults(first, second)
    assert [together.next("GET", "/x") for _ in range(4)] == [first, first, second, None]
    assert together.struck == [(first, 2), (second, 1)]


def test_the_same_seed_strikes_the_same_requests() -> None:
    def run(seed: int) -> list[bool]:
        together = faults(Fault(probability=0.5, seed=seed))
        return [together.next("GET", "/x") is not None for _ in range(100)]

    assert run(1) == run(1) != run(2)
    assert 30 < sum(run(1)) < 70


def test_nothing_strikes_when_faults_are_cleared() -> None:
    together = faults(Fault())
    together.clear()
    assert together.next("GET", "/x") is None
