"""What the agent's reply does, and what becomes of it."""

from dataclasses import replace

from domain.dialog import events, moves
from domain.dialog.actions import Forget, HangUp
from domain.dialog.moves import Step
from domain.dialog.phases import Ended, Outcome, Speaking, Thinking
from domain.dialog.state import State
from domain.transcript import CallerTurn, ToolUse
from domain.words import is_farewell


def from_reply(state: State, event: events.Event, now: float) -> Step:
    match state.phase, event:
        case ((Thinking() | Speaking(announcement=None)), events.HandOverAsked(reason, summary)):
            return replace(state, hand_over_wanted=(reason, summary)), ()
        case ((Thinking() | Speaking(announcement=None)), events.ReplyEnded(heard)):
            return _reply_ended(state, heard, now)
        case ((Thinking() | Speaking(announcement=None)), events.ReplyFailed(_, heard)):
            return moves.give_up(moves.remember(state, heard), state.phrases.hand_over_apology, now)
        case ((Thinking() as phase), events.ReplyWorded()):
            return replace(state, phase=replace(phase, worded_at=now)), ()
        case ((Thinking() as phase), events.ReplyAudible()):
            filled = phase.filled_at is not None
            return replace(state, phase=Speaking(phase.since), filled_last=filled, misunderstandings=0), ()
        case ((Speaking(announcement=None) as phase), events.ReadBackBegan()):
            return replace(state, phase=replace(phase, protected=True)), ()
        case (Thinking() | Speaking(announcement=None)) as phase, events.ToolStarted(name):
            return replace(state, phase=replace(phase, tool_at=now, tool=name)), ()
        case _:
            return state, ()


def tool_ended(state: State, use: ToolUse) -> Step:
    """What a tool has done is kept, whether or not its reply still lives: the next reply knows it."""
    match state.phase:
        case Thinking(tool_at=None) as phase if isinstance(asked := state.turns[-1], CallerTurn):
            return moves.answer_anew(replace(state, turns=(*state.turns[:-1], use, asked)), phase)
        case (Thinking() | Speaking(announcement=None)) as phase:
            return replace(state, turns=(*state.turns, use), phase=replace(phase, tool_at=None)), ()
        case _:
            forget = (Forget(),) if state.considered is not None else ()
            return replace(state, turns=(*state.turns, use), considered=None), forget


def _reply_ended(state: State, heard: str, now: float) -> Step:
    caller = next((turn.text for turn in reversed(state.turns) if isinstance(turn, CallerTurn)), "")
    state = moves.remember(state, heard)
    if state.hand_over_wanted is not None:
        return moves.hand_over(state, *state.hand_over_wanted, now)
    if not heard:
        return moves.misunderstood(state, now)
    if is_farewell(caller) and is_farewell(heard) and not state.words and not state.caller_speaking:
        return replace(state, phase=Ended(Outcome.COMPLETED)), (HangUp(),)
    return moves.listen(state, now)
