"""What the agent has begun to do for a caller, written down so that nobody forgets it.

Rule 1: the world may end between any two steps: what was begun and has no
answer may or may not be done, and what is done may be unheard.
Rule 2: what is done is never undone by late news, and what was heard stays heard.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from domain.facts import Deed


class PromiseState(Enum):
    BEGUN = "begun"
    """The shop was asked; whether it is done is not known."""
    DONE = "done"
    """The shop has done it; the caller may not know."""
    HEARD = "heard"
    """The caller has heard that it is done."""
    FAILED = "failed"
    """The shop has refused it: it is not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    caller: str
    """The number that the line named."""
    call_id: UUID
    key: str
    """The key under which the shop was asked: of the call and of the content."""
    deed: Deed
    content: str
    """What was agreed, in the one fixed form of its proposal."""
    at: datetime
    """When it was begun; with its zone."""
    state: PromiseState = PromiseState.BEGUN
    number: str = ""
    """Of the order or booking, in the shop's answer."""
    text: str = ""
    """What the caller is told when it is done."""

    @property
    def open(self) -> bool:
        """Whether the caller must still hear of it."""
        return self.state in (PromiseState.BEGUN, PromiseState.DONE)

    def begun_again(self) -> "Promise":
        return replace(self, state=PromiseState.BEGUN) if self.state is PromiseState.FAILED else self

    def done(self, number: str, text: str) -> "Promise":
        """The shop's answer is here; it counts even after a failure."""
        state = PromiseState.HEARD if self.state is PromiseState.HEARD else PromiseState.DONE
        return replace(self, state=state, number=number, text=text)

    def failed(self) -> "Promise":
        return replace(self, state=PromiseState.FAILED) if self.state is PromiseState.BEGUN else self

    def heard(self) -> "Promise":
        """The caller has heard that it is done, which is never said of what was refused."""
        return replace(self, state=PromiseState.HEARD) if self.open else self
