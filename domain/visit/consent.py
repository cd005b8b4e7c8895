"""Whether the caller has heard what is proposed, and said yes to it.

Rule 1: a yes counts for what was read out last before it; once the agent has
asked anything else, the proposal must be read out again.
Rule 2: a yes that began before all was read out is none; the question alone is asked again.
Rule 3: whatever else the caller says with or after his yes takes it back.
"""

from collections.abc import Collection, Mapping, Sequence
from enum import Enum

from domain.expectation import pending_question
from domain.facts import Deed
from domain.phrases import PHRASES
from domain.shop.proposal import Proposal
from domain.transcript import AgentTurn, CallerTurn, ToolUse, Turn
from domain.words import agrees, words


class Consent(Enum):
    UNHEARD = "unheard"
    """The caller has not heard it to its end."""
    OPEN = "open"
    """He has heard it and not said yes, or has said something else since."""
    GIVEN = "given"


_YES_TO: Mapping[Deed, Collection[str]] = {
    Deed.CANCELLED: frozenset(
        """
        скасовуйте скасуйте скасовуй скасуй скасувати відміняйте відмініть відміняй отменяйте отмените отменяй cancel
        """.split()
    ),
    Deed.RESCHEDULED: frozenset(
        """
        переносьте перенесіть перенось перенести переносимо перенесите move reschedule
        """.split()
    ),
}
"""Words that are a yes to one thing, and to another a no."""


def consent(proposal: Proposal, turns: Sequence[Turn]) -> Consent:
    """Return what the caller, by his last words, says to a proposal that he may have heard."""
    heard_at = next((at for at in reversed(range(len(turns))) if _reads_out(turns[at], proposal)), None)
    if heard_at is None:
        return Consent.UNHEARD
    answered_at = max((at for at, turn in enumerate(turns) if isinstance(turn, CallerTurn)), default=0)
    since = turns[heard_at + 1 : answered_at + 1]
    asked_else = any(isinstance(turn, AgentTurn) and not _leaves_open(turn, proposal) for turn in since)
    answers = [turn for turn in since if isinstance(turn, CallerTurn)]
    in_time = [turn for turn in answers if not turn.early]
    agreed = _agree(proposal, answers) and _agree(proposal, in_time)
    return Consent.GIVEN if agreed and not asked_else else Consent.OPEN


def agreed_early(proposal: Proposal, turns: Sequence[Turn]) -> bool:
    """Whether the caller's only answer is a yes that he began before all was read out; he has heard it since."""
    answers: list[CallerTurn] = []
    for turn in reversed(turns):
        match turn:
            case CallerTurn():
                answers.append(turn)
            case AgentTurn():
                return (
                    _reads_out(turn, proposal)
                    and any(each.early for each in answers)
                    and _agree(proposal, answers[::-1])
                )
            case _:
                pass
    return False


def tried(tool: str, turns: Sequence[Turn]) -> bool:
    """Whether a tool was used since the caller spoke last."""
    for turn in reversed(turns):
        match turn:
            case CallerTurn():
                return False
            case ToolUse(call=call) if call.name == tool:
                return True
            case _:
                pass
    return False


def _agree(proposal: Proposal, answers: Sequence[CallerTurn]) -> bool:
    return agrees(" ".join(turn.text for turn in answers), _YES_TO.get(proposal.deed, ()))


def _reads_out(turn: Turn, proposal: Proposal) -> bool:
    return isinstance(turn, AgentTurn) and _joined(proposal.text) in _joined(turn.text)


def _leaves_open(turn: AgentTurn, proposal: Proposal) -> bool:
    """Whether a yes to these words is still a yes to the proposal: its question again, or a plea to repeat."""
    question = pending_question(proposal.text)
    asked_again = {words(phrases.ask_again) for phrases in PHRASES.values()}
    return words(turn.text) in asked_again or (
        question is not None and words(pending_question(turn.text) or "") == words(question)
    )


def _joined(text: str) -> str:
    return f" {' '.join(words(text))} "
