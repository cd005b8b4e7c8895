"""The dialog steps: an event comes, the state changes, the call owes the world some actions.

Rule 1: every change of phase stands in this package, and nowhere else.
Rule 2: nothing here waits, sleeps or sends; `now` is told.
Rule 3: an ended call stays ended.
"""

from dataclasses import replace

from domain.dialog import events, moves
from domain.dialog.actions import Announce, Forget, HandOver, HangUp, Hush
from domain.dialog.caller import digit_pressed, digits_whole, from_caller, typed, utterance_ended
from domain.dialog.fillers import filler
from domain.dialog.moves import Step
from domain.dialog.phases import Closing, Ended, Greeting, HandingOver, Outcome, Speaking, Thinking
from domain.dialog.reply import from_reply, tool_ended
from domain.dialog.state import State
from domain.dialog.waits import Wait, waits
from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.transcript import AgentTurn, CallerTurn
from domain.words import is_farewell

_LAST_WORDS = frozenset({Kind.HAND_OVER, Kind.SILENCE_FAREWELL, Kind.FAREWELL})


def deadline(state: State) -> float | None:
    """Return when `TimePassed` is due, None when nothing is waited for."""
    return min((at for at, _ in waits(state)), default=None)


def step(state: State, event: events.Event, now: float) -> Step:
    """Return the next state and what the call owes the world because of this event."""
    match event:
        case events.Hushed(heard, announcement):
            return _hushed(state, heard, announcement, now)
        case events.ToolEnded(use):
            return tool_ended(state, use)
        case _ if isinstance(state.phase, Ended):
            return state, ()
        case SpeechStarted() | SpeechPaused() | SpeechResumed() | UtteranceEnded() | events.Heard():
            return from_caller(state, event, now)
        case (
            events.ReplyWorded()
            | events.ReplyAudible()
            | events.ReadBackBegan()
            | events.ToolStarted()
            | events.HandOverAsked()
            | events.ReplyEnded()
            | events.ReplyFailed()
        ):
            return from_reply(state, event, now)
        case events.LineSilent() | events.LineAudible():
            return _line_changed(state, event, now), ()
        case events.ClauseJudged() | events.CallerKnown() | events.Used():
            return state, ()
        case events.Welcomed(question):
            return replace(state, welcome=question), ()
        case _:
            return _from_around(state, event, now)


# What is said beside replies


def _announced(state: State, announcement: Announcement, heard: str, now: float) -> Step:
    state = moves.remember(state, heard, announcement)
    match state.phase:
        case Greeting(saying) | Speaking(announcement=Announcement() as saying) if saying == announcement:
            return _said(state, saying, now)
        case HandingOver() | Closing() if announcement.kind in _LAST_WORDS:
            return _leave(state, state.phase)
        case _:
            return state, ()


def _said(state: State, announcement: Announcement, now: float) -> Step:
    """The agent has said its phrase: after the greeting it asks, else it listens."""
    if announcement.kind is not Kind.GREETING or state.caller_speaking or state.words:
        return moves.listen(state, now)
    question = Announcement(Kind.GREETING_QUESTION, state.welcome or state.phrases.greeting_question)
    return replace(state, phase=Greeting(question, now)), (Announce(question),)


def _leave(state: State, phase: HandingOver | Closing) -> Step:
    if isinstance(phase, Closing):
        return replace(state, phase=Ended(phase.outcome)), (HangUp(),)
    return replace(state, phase=Ended(Outcome.HANDED_OVER, phase.reason)), (HandOver(phase.reason, phase.summary),)


def _hushed(state: State, heard: str, announcement: Announcement | None, now: float) -> Step:
    state = moves.remember(state, heard, announcement, cut=True)
    state, answer = moves.take_turn(state, now)
    state, thought = moves.consider(state)
    return state, (*answer, *thought)


def _line_changed(state: State, event: events.LineSilent | events.LineAudible, now: float) -> State:
    match state.phase, event:
        case Speaking() as phase, events.LineSilent():
            return replace(state, phase=replace(phase, silent_since=now))
        case Speaking() as phase, events.LineAudible():
            return replace(state, phase=replace(phase, silent_since=None))
        case _:
            return state


# What happens around the conversation

_FromAround = (
    events.Answered
    | events.Announced
    | events.DigitPressed
    | events.Typed
    | events.EarFailed
    | events.DrainOver
    | events.HandOverDemanded
    | events.EndDemanded
    | events.HungUp
    | events.TimePassed
)


def _from_around(state: State, event: _FromAround, now: float) -> Step:
    match event:
        case events.Answered(greeting):
            opening = Announcement(Kind.GREETING, greeting)
            return replace(state, phase=Greeting(opening, now), answered_at=now), (Announce(opening),)
        case events.Announced(announcement, heard):
            return _announced(state, announcement, heard, now)
        case events.DigitPressed(digit):
            return digit_pressed(state, digit, now)
        case events.Typed(text):
            return typed(state, text, now)
        case events.TimePassed():
            return _time_passed(state, now)
        case events.EarFailed():
            return moves.give_up(state, state.phrases.hand_over_apology, now)
        case events.DrainOver():
            return moves.give_up(state, state.phrases.restarting, now)
        case events.HandOverDemanded() | events.EndDemanded():
            return _demanded(state, event, now)
        case _:
            return replace(state, phase=Ended(_outcome_of_hang_up(state))), (Forget(), Hush())


def _demanded(state: State, event: events.HandOverDemanded | events.EndDemanded, now: float) -> Step:
    """Do what somebody who watches wants, unless the call is on its way out already."""
    if isinstance(state.phase, HandingOver | Closing):
        return state, ()
    if isinstance(event, events.EndDemanded):
        return moves.say_goodbye(state, now)
    return moves.hand_over(state, Reason.CANNOT_HELP, "", now)


# What time does


def _time_passed(state: State, now: float) -> Step:
    due = [wait for at, wait in sorted(waits(state), key=lambda each: each[0]) if at <= now]
    match due[0] if due else None:
        case Wait.CALL:
            return moves.hand_over(state, Reason.POLICY_LIMIT, "", now, text=state.phrases.too_long)
        case Wait.HOLD:
            return moves.let_go(state, now)
        case Wait.ANNOUNCEMENT:
            return _unsaid(state, now)
        case Wait.DIGITS:
            return digits_whole(state, now)
        case Wait.FINAL:
            return moves.misunderstood(state, now)
        case Wait.UTTERANCE:
            return utterance_ended(state, UtteranceEnded(0.0, state.limits.utterance_seconds), now)
        case Wait.SILENCE:
            return moves.prompt_silent_caller(state, now)
        case Wait.FILLER:
            return _fill(state, now)
        case Wait.TURN:
            return moves.give_up(state, state.phrases.hand_over_apology, now)
        case _:
            return state, ()


def _unsaid(state: State, now: float) -> Step:
    """What the agent says of itself has no voice: go on as if it had been said."""
    match state.phase:
        case HandingOver() | Closing():
            return _leave(state, state.phase)
        case _:
            return moves.listen(state, now)


def _fill(state: State, now: float) -> Step:
    match state.phase:
        case (Thinking() | Speaking()) as phase:
            text = filler(phase, state.phrases)
            state = replace(state, phase=replace(phase, filled_at=now))
        case _:
            text = state.phrases.thinking
            state = replace(state, final_filled=True)
    return state, (Announce(Announcement(Kind.FILLER, text)),)


# How it ends


def _outcome_of_hang_up(state: State) -> Outcome:
    if isinstance(state.phase, Closing):
        return state.phase.outcome
    said = (turn.text for turn in reversed(state.turns) if isinstance(turn, AgentTurn | CallerTurn))
    return Outcome.COMPLETED if is_farewell(state.words or next(said, "")) else Outcome.ABANDONED
