from domain.breaker import Breaker, State


def failed(breaker: Breaker, *, times: int, now: float) -> Breaker:
    for _ in range(times):
        breaker = breaker.failed(now)
    return breaker


def test_it_opens_after_five_failures_in_a_row_and_not_before() -> None:
    assert failed(Breaker(), times=4, now=0).state(0) is State.CLOSED
    assert failed(Breaker(), times=5, now=0).state(0) is State.OPEN


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = failed(Breaker(), times=4, now=0).succeeded()
    assert failed(breaker, times=4, now=0).allows(0)


def test_open_it_allows_nothing_for_thirty_seconds() -> None:
    breaker = failed(Breaker(), times=5, now=100)
    assert [breaker.allows(now) for now in (100, 129.9, 130)] == [False, False, True]


def test_half_open_it_allows_one_trial_at_a_time() -> None:
    breaker = failed(Breaker(), times=5, now=0)
    assert breaker.state(30) is State.HALF_OPEN
    assert not breaker.tried(30).allows(31)


def test_a_trial_that_succeeds_closes_it() -> None:
    breaker = failed(Breaker(), times=5, now=0).tried(30).succeeded()
    assert breaker == Breaker()


def test_a_trial_that_fails_opens_it_again_for_the_whole_time() -> None:
    breaker = failed(Breaker(), times=5, now=0).tried(30).failed(31)
    assert [breaker.allows(now) for now in (31, 60.9, 61)] == [False, False, True]


def test_a_trial_that_was_abandoned_makes_room_for_another() -> None:
    breaker = failed(Breaker(), times=5, now=0).tried(30)
    assert breaker.abandoned().allows(31)


def test_a_trial_of_which_nothing_is_heard_ends_by_itself() -> None:
    breaker = failed(Breaker(), times=5, now=0).tried(30)
    assert [breaker.allows(now) for now in (39.9, 40)] == [False, True]


def test_a_failure_from_before_it_opened_does_not_keep_it_open_longer() -> None:
    breaker = failed(Breaker(), times=5, now=0).failed(20)
    assert breaker.allows(30)


def test_an_attempt_on_a_closed_breaker_changes_nothing() -> None:
    assert Breaker().tried(1) == Breaker()
