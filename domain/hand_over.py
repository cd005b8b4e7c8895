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


@dataclass(frozen=True, slots=True)
class Card:
    """What the operator gets together with the caller."""

    caller: str | None
    reason: Reason
    summary: str
    turns: Sequence[Turn]
