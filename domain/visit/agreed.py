"""What an operator must know of a visit, so that nothing is asked or done twice."""

from collections.abc import Iterable, Sequence

from domain.hand_over import Agreed
from domain.transcript import ToolUse, Turn
from domain.visit.visit import visit_of


def agreed(turns: Sequence[Turn], *, at_work: Iterable[str] = ()) -> Agreed:
    """Return what was done and what waits for a yes; `at_work` are the tools whose end is not known."""
    proposal = visit_of(turns).proposal
    return Agreed(
        done=tuple(turn.say for turn in turns if isinstance(turn, ToolUse) and turn.say and turn.facts.deeds),
        asked="" if proposal is None else proposal.text,
        at_work=tuple(at_work),
    )
