"""A trial is told from a call by what stands in the number's place."""

from uuid import UUID

import pytest

from domain.trial import Trial, tried_by


def test_in_the_numbers_place_stands_who_tried() -> None:
    assert tried_by(Trial(call_id=UUID(int=1), by="о'льга").caller) == "о'льга"


def test_the_agent_takes_each_trial_for_the_call_of_somebody_else() -> None:
    numbers = [Trial(call_id=UUID(int=each), by="olga").number for each in (1, 2, 12_345_678)]
    assert numbers == ["+380000000001", "+380000000002", "+380002345678"]


@pytest.mark.parametrize("caller", [None, "", "+380671234567", "test", Trial(call_id=UUID(int=1), by="olga").number])
def test_who_calls_tries_nothing(caller: str | None) -> None:
    assert tried_by(caller) is None
