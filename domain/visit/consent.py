"""Whether the caller has heard what is proposed, and said yes to it."""

from collections.abc import Sequence
from enum import Enum

from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.words import agrees, words


class Consent(Enum):
    UNHEARD = "unheard"
    """The caller has not heard it to its end."""
    OPEN = "open"
    """He has heard it and not said yes, or has said something else since."""
    GIVEN = "given"


def consent(proposal: Proposal, turns: Sequence[Turn]) -> Consent:
    """Return what the caller, by his last words, says to a proposal that he may have heard."""
    heard_at = next((at for at, turn in enumerate(turns) if _reads_out(turn, proposal)), None)
    if heard_at is None:
        return Consent.UNHEARD
    answers = [turn.text for turn in turns[heard_at:] if isinstance(turn, CallerTurn)]
    return Consent.GIVEN if answers and agrees(answers[-1]) else Consent.OPEN


def _reads_out(turn: Turn, proposal: Proposal) -> bool:
    return isinstance(turn, AgentTurn) and _joined(proposal.text) in _joined(turn.text)


def _joined(text: str) -> str:
    return f" {' '.join(words(text))} "
