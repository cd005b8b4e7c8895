"""Giving the caller to a person: why, and what the person is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from domain.transcript import Turn


class Reason(Enum):
    CUSTOMER_REQUEST = "customer_request"
    CANNOT_HELP = "cannot_help"
    COMPLEX_QUESTION = "complex_question"
    NEGATIVE_EMOTION = "negative_emotion"
    REPEATED_MISUNDERSTANDING = "repeated_misunderstanding"
    POLICY_LIMIT = "policy_limit"
    TECHNICAL_FAILURE = "technical_failure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far things have come, in the words in which the caller is told."""

    done: tuple[str, ...] = ()
    """What was done in this call; he may not have heard it."""
    asked: str = ""
    """What was read out to him last and is not done."""
    at_work: tuple[str, ...] = ()
    """Tools that have begun and not ended: look whether it is done before it is done again."""


NOTHING_AGREED = Agreed()


@dataclass(frozen=True, slots=True)
class Card:
    """What the operator gets together with the caller."""

    caller: str | None
    reason: Reason
    summary: str
    turns: Sequence[Turn]
    agreed: Agreed = NOTHING_AGREED
