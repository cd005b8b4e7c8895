"""The turns of a call as units of which any provider's messages are built.

Rule 1: the caller's side speaks first and last; where the turns have it
otherwise, a neutral remark stands in.
Rule 2: neighbours of one side are one unit; what is empty is left out.
Rule 3: a tool's call and its result stay together.  Ids are given anew by
position, so that one provider reads the history of another, and the same
history always reads the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from domain.transcript import CUT, AgentTurn, CallerTurn, ToolUse, Turn

_OPENER = "(the caller is on the line)"
_CLOSER = "(the caller is waiting)"


class Side(Enum):
    CALLER = "caller"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Said:
    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Used:
    """Tools that were used at once."""

    uses: tuple[ToolUse, ...]


Unit = Said | Used


def units(turns: Sequence[Turn]) -> list[Unit]:
    whole: list[Unit] = []
    uses = 0
    for turn in turns:
        match turn:
            case CallerTurn(text, understood=understood):
                _add_said(whole, Side.CALLER, _with_meaning(text, understood))
            case AgentTurn(text, cut):
                _add_said(whole, Side.AGENT, f"{text.strip()} {CUT}" if cut and text.strip() else text)
            case ToolUse():
                uses += 1
                _add_use(whole, replace(turn, call=replace(turn.call, id=f"call_{uses}")))
    match whole[-1:]:
        case [Said(Side.AGENT)]:
            whole.append(Said(Side.CALLER, _CLOSER))
        case _:
            pass
    match whole[:1]:
        case [Said(Side.CALLER)]:
            return whole
        case _:
            return [Said(Side.CALLER, _OPENER), *whole]


def _with_meaning(text: str, understood: str) -> str:
    """Return the words with what was read from them, unless they say just that."""
    return f"{text.strip()} (= {understood})" if understood not in ("", text.strip()) else text


def _add_said(whole: list[Unit], side: Side, text: str) -> None:
    match text.strip(), whole[-1:]:
        case "", _:
            pass
        case more, [Said(by, said)] if by is side:
            whole[-1] = Said(side, f"{said}\n{more}")
        case alone, _:
            whole.append(Said(side, alone))


def _add_use(whole: list[Unit], use: ToolUse) -> None:
    match whole[-1:]:
        case [Used(uses)]:
            whole[-1] = Used((*uses, use))
        case _:
            whole.append(Used((use,)))


def result_text(use: ToolUse) -> str:
    """Return the result as a text that is never empty."""
    return use.result.strip() or ("(failed)" if use.failed else "(no result)")


def remark(note: str) -> str:
    """Return what holds at this moment as a text that nobody takes for the caller's words."""
    return f"<state>\n{note}\n</state>"
