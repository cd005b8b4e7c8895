import pytest

from domain.rollout import whisper_chosen

CALLERS = [f"+38067{number:07}" for number in range(2000)]


@pytest.mark.parametrize("caller", [None, "+380671234567"])
def test_the_provider_that_is_set_hears_everybody(caller: str | None) -> None:
    assert whisper_chosen("whisper", 0, caller)


def test_nobody_is_chosen_at_nought_percent_and_everybody_at_a_hundred() -> None:
    assert not any(whisper_chosen("google", 0, caller) for caller in CALLERS)
    assert all(whisper_chosen("google", 100, caller) for caller in CALLERS)


def test_as_many_are_chosen_as_asked_for() -> None:
    assert sum(whisper_chosen("google", 20, caller) for caller in CALLERS) == pytest.approx(400, abs=60)


def test_who_is_chosen_stays_chosen_when_more_are() -> None:
    few = {caller for caller in CALLERS if whisper_chosen("google", 10, caller)}
    many = {caller for caller in CALLERS if whisper_chosen("google", 30, caller)}
    assert few < many


def test_the_choice_is_the_same_on_every_machine() -> None:
    chosen = [number for number, caller in enumerate(CALLERS[:20]) if whisper_chosen("google", 50, caller)]
    assert chosen == [6, 7, 12, 13, 15, 16, 17]


def test_a_caller_who_is_not_known_is_not_tried_on() -> None:
    assert not whisper_chosen("google", 100, None)
