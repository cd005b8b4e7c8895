"""What became of a clause at the gate."""

from enum import Enum


class Judgement(Enum):
    PASSED = "passed"
    REFUSED = "refused"
    """The model is asked once to correct itself."""
    REPLACED = "replaced"
    """It did not; a safe sentence is said."""
