"""What may go wrong in a way that the product has an answer to."""

import pytest

from domain.errors import Misconfigured, Unavailable


@pytest.mark.parametrize("error", [Unavailable, Misconfigured])
def test_an_expected_failure_says_what_happened_and_is_no_other(error: type[Exception]) -> None:
    assert str(error("the store did not answer")) == "the store did not answer"
    assert error.__bases__ == (Exception,)
