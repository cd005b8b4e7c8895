"""Trials: calls that somebody makes from the admin, to try the agent.

Rule 1: a trial is known by its id, which is announced before the call comes; no number and no words make a call one.
Rule 2: in the records a mark with the name of who tried stands in the number's place, and no tally counts the call.
"""

from dataclasses import dataclass
from uuid import UUID

MARK = "test:"
"""No number begins like this."""
_NOBODYS = "+38000"
"""No number that can be called begins like this either."""
_DIGITS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    call_id: UUID
    by: str
    """Who tries, by the name under which he has signed in."""
    real: bool = False
    """Whether what is ordered, booked or asked for in it is so in earnest."""

    @property
    def caller(self) -> str:
        """Return what stands in the number's place."""
        return f"{MARK}{self.by}"

    @property
    def number(self) -> str:
        """Return what the agent takes for the caller's number: nobody's, and another in each trial.

        So nothing is known of him, whatever was done in trials before.
        """
        return f"{_NOBODYS}{self.call_id.int % 10**_DIGITS:0{_DIGITS}d}"


def tried_by(caller: str | None) -> str | None:
    """Return who made this call to try the agent; None when it was a caller."""
    return caller.removeprefix(MARK) if caller is not None and caller.startswith(MARK) else None
