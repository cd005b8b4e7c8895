"""A trial is told from a call by what stands in the number's place."""

from uuid import UUID

import pytest

from domain.trial import NUMBER, Trial, tried_by


def test_in_the_numbers_place_stands_who_tried() -> None:
    assert tried_by(Trial(call_id=UUID(int=1), by="о'льга").caller) == "о'льга"


@pytest.mark.parametrize("caller", [None, "", "+380671234567", "test", NUMBER])
def test_who_calls_tries_nothing(caller: str | None) -> None:
    assert tried_by(caller) is None
