"""What was done for a caller in an earlier call and may not have reached his ears.

Rule 1: it is told before anything else, in the words of its confirmation.
Rule 2: it is heard when the agent has said its number, or those words, without being cut short.
"""

from collections.abc import Iterable, Sequence

from domain.facts import NOTHING, Deed, Facts, Finding
from domain.transcript import AgentTurn, ToolUse, Turn
from domain.visit.promise import Promise, PromiseState
from domain.words import words

_FINDINGS = {
    Deed.ORDERED: Finding.CONFIRMED,
    Deed.BOOKED: Finding.BOOKED,
    Deed.RESCHEDULED: Finding.BOOKED,
    Deed.CANCELLED: Finding.CANCELLED,
}
_LOOK_UP = {
    Deed.ORDERED: "get_order_status",
    Deed.BOOKED: "get_customer_bookings",
    Deed.RESCHEDULED: "get_customer_bookings",
    Deed.CANCELLED: "get_customer_bookings",
}


def was_heard(promise: Promise, turns: Iterable[Turn]) -> bool:
    """Whether the caller heard in these turns that it is done."""
    telling = [phrase for phrase in (_joined(promise.number), _joined(promise.text)) if phrase.strip()]
    heard = [_joined(turn.text) for turn in turns if isinstance(turn, AgentTurn) and not turn.cut]
    return promise.state is PromiseState.DONE and any(phrase in said for said in heard for phrase in telling)


def notes(promises: Iterable[Promise], turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return what the model is told of earlier calls, a line for each promise that is still to be heard."""
    return tuple(_note(promise) for promise in promises if not was_heard(promise, turns))


def missed(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return what the model is told of what was done in this call and cut off before it was heard.

    It is told until the agent's next words are heard to their end.
    """
    lines: list[str] = []
    for turn in turns:
        match turn:
            case ToolUse(facts=facts, say=say) if facts.deeds and say:
                lines.append(
                    "This is done, and the caller has not heard it:"
                    f' before anything else tell him, naming all numbers: "{say}"'
                )
            case AgentTurn(cut=False):
                lines.clear()
            case _:
                pass
    return tuple(lines)


def standing(promises: Iterable[Promise]) -> Facts:
    """Return what may be said of earlier calls: that it is so, and the figures of its confirmation."""
    facts = NOTHING
    for promise in promises:
        if promise.state is PromiseState.DONE:
            found = _FINDINGS.get(promise.deed)
            facts |= Facts(
                numbers=frozenset({promise.number} if promise.number else ()),
                findings=frozenset({found} if found else ()),
                said=(promise.text,),
            )
    return facts


def _note(promise: Promise) -> str:
    if promise.state is PromiseState.DONE:
        return (
            "This was done in an earlier call, and the caller may not have heard it:"
            f' before anything else tell him, naming all numbers: "{_told_later(promise.text)}"'
        )
    tool = _LOOK_UP.get(promise.deed)
    look = f" Call {tool}, and tell the caller how it stands." if tool else ""
    return (
        f"In an earlier call something ({promise.deed.value}) was begun, and it is not known whether it was done.{look}"
    )


def _told_later(text: str) -> str:
    """Return a confirmation without its "Done!", which is true only in the call in which it was done."""
    opening, mark, rest = text.partition("! ")
    return rest if mark and " " not in opening else text


def _joined(text: str) -> str:
    return f" {' '.join(words(text))} "
