"""The dialog steps: an event comes, the state changes, the call owes the world some actions.

Rule 1: every change of phase stands here and in `moves`, and nowhere else.
Rule 2: nothing here waits, sleeps or sends; `now` is told.
Rule 3: an ended call stays ended.
"""

from dataclasses import replace

from domain.dialog import events, moves
from domain.dialog.actions import (
    Announce,
    Answer,
    Consider,
    FinishUtterance,
    Forget,
    HandOver,
    HangUp,
    Hush,
)
from domain.dialog.moves import Step
from domain.dialog.phases import (
    Closing,
    Connected,
    Ended,
    Greeting,
    HandingOver,
    Listening,
    Outcome,
    Speaking,
    Thinking,
)
from domain.dialog.state import State
from domain.dialog.waits import Wait, waits
from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.speech import Expectation, Hypothesis
from domain.transcript import AgentTurn, CallerTurn, ToolUse
from domain.words import is_backchannel, is_farewell, same_words


_KEYED = -1
"""Stands for the utterance where the caller pressed keys instead of speaking."""


def deadline(state: State) -> float | None:
    """Return when `TimePassed` is due, None when nothing is waited for."""
    return min((at for at, _ in waits(state)), default=None)


def step(state: State, event: events.Event, now: float) -> Step:
    """Return the next state and what the call owes the world because of this event."""
    match event:
        case events.Hushed(heard, announcement):
            return _hushed(state, heard, announcement, now)
        case events.ToolEnded(use):
            return _tool_ended(state, use)
        case _ if isinstance(state.phase, Ended):
            return state, ()
        case SpeechStarted() | SpeechPaused() | SpeechResumed() | UtteranceEnded() | events.Heard():
            return _from_caller(state, event, now)
        case (
            events.ReplyWorded()
            | events.ReplyAudible()
            | events.ToolStarted()
            | events.HandOverAsked()
            | events.ReplyEnded()
            | events.ReplyFailed()
        ):
            return _from_reply(state, event, now)
        case events.Answered(greeting):
            opening = Announcement(Kind.GREETING, greeting)
            return replace(state, phase=Greeting(opening), answered_at=now), (Announce(opening),)
        case events.Announced(announcement, heard):
            return _announced(state, announcement, heard, now)
        case events.LineSilent() | events.LineAudible():
            return _line_changed(state, event, now), ()
        case events.DigitPressed(digit):
            return _digit(state, digit, now)
        case events.TimePassed():
            return _time_passed(state, now)
        case events.EarFailed():
            return _give_up(state, state.phrases.hand_over_apology)
        case events.DrainOver():
            return _give_up(state, state.phrases.restarting)
        case events.HungUp():
            return replace(state, phase=Ended(_outcome_of_hang_up(state))), (Forget(), Hush())


# What the caller does


def _from_caller(state: State, event: events.Event, now: float) -> Step:
    match event:
        case SpeechStarted():
            state = replace(state, caller_speaking=True, caller_pausing=False, voice_ended_at=None)
            return moves.hold(state, now)
        case SpeechPaused():
            return moves.consider(replace(state, caller_pausing=True))
        case SpeechResumed():
            return replace(state, caller_pausing=False), ()
        case UtteranceEnded():
            return _utterance_ended(state, event, now)
        case events.Heard(hypothesis) if hypothesis.utterance in {one.utterance for one in state.answered}:
            return _reconcile(state, hypothesis)
        case events.Heard(hypothesis):
            return _heard(state, hypothesis, now)
        case _:  # pragma: no cover - the caller's events are all above
            return state, ()


def _utterance_ended(state: State, event: UtteranceEnded, now: float) -> Step:
    voice_ended_at = now - event.silence_seconds
    spoke = event.voice_seconds >= state.limits.cough_seconds
    state = replace(
        state,
        caller_speaking=False,
        caller_pausing=False,
        voice_ended_at=voice_ended_at,
        utterance=state.utterance + 1,
    )
    if moves.interruptible(state) and state.words:
        state, actions = moves.dismiss(state)
        return state, (FinishUtterance(), *actions)
    if isinstance(state.phase, Listening) and not state.words and spoke:
        state = replace(state, final_owed_since=now, final_filled=False)
    state, actions = moves.take_turn(state, now)
    return state, (FinishUtterance(), *actions)


def _heard(state: State, hypothesis: Hypothesis, now: float) -> Step:
    others = tuple(one for one in state.heard if one.utterance != hypothesis.utterance)
    heard = tuple(sorted((*others, hypothesis), key=lambda one: one.utterance)) if hypothesis.text else others
    state = replace(state, heard=heard)
    if moves.interruptible(state):
        if hypothesis.text and not is_backchannel(hypothesis.text):
            return moves.interrupt(state, now)
        ended = hypothesis.utterance < state.utterance
        return moves.dismiss(state) if ended and hypothesis.final else (state, ())
    if state.final_owed_since is not None and hypothesis.final and not state.words:
        return moves.misunderstood(state)
    state, answer = moves.take_turn(state, now)
    state, thought = moves.consider(state)
    return state, (*answer, *thought)


def _reconcile(state: State, hypothesis: Hypothesis) -> Step:
    """The final of an utterance that is answered already: was it what the answer is for?"""
    if not hypothesis.text:
        return state, ()
    before = " ".join(one.text for one in state.answered)
    answered = tuple(hypothesis if one.utterance == hypothesis.utterance else one for one in state.answered)
    after = " ".join(one.text for one in answered)
    turn = CallerTurn(after, hypothesis.confidence, hypothesis.language)
    last = max(index for index, one in enumerate(state.turns) if isinstance(one, CallerTurn))
    turns = (*state.turns[:last], turn, *state.turns[last + 1 :])
    state = replace(state, turns=turns, answered=answered)
    unanswered = isinstance(state.phase, Thinking) and state.phase.tool_at is None and last == len(turns) - 1
    if not unanswered:
        return state, ()
    if hypothesis.confidence is not None and hypothesis.confidence < state.limits.confidence:
        state, actions = moves.misunderstood(replace(state, turns=turns[:last]))
        return state, (Forget(), *actions)
    return (state, ()) if same_words(before, after) else (state, (Consider(turns), Answer()))


def _digit(state: State, digit: str, now: float) -> Step:
    if isinstance(state.phase, HandingOver | Closing | Connected):
        return state, ()
    expected = state.expectation is Expectation.DIGITS or bool(state.digits)
    if digit == "0" and not expected:
        return moves.hand_over(state, Reason.CUSTOMER_REQUEST, "")
    if not expected or (not isinstance(state.phase, Listening) and not moves.interruptible(state)):
        return state, ()
    if digit == "#":
        return _digits_whole(state, now)
    state, actions = (state, ()) if isinstance(state.phase, Listening) else moves.interrupt(state, now)
    return replace(state, digits=state.digits + digit, digit_at=now), actions


def _digits_whole(state: State, now: float) -> Step:
    digits, state = state.digits, replace(state, digits="")
    if digits == "0":
        return moves.hand_over(state, Reason.CUSTOMER_REQUEST, "")
    if not digits:
        return state, ()
    return moves.take_turn(replace(state, heard=(*state.heard, Hypothesis(_KEYED, digits, final=True))), now)


# What the agent's reply does


def _from_reply(state: State, event: events.Event, now: float) -> Step:
    match state.phase, event:
        case (Thinking() | Speaking(None)), events.HandOverAsked(reason, summary):
            return replace(state, hand_over_wanted=(reason, summary)), ()
        case (Thinking() | Speaking(None)), events.ReplyEnded(heard):
            return _reply_ended(state, heard, now)
        case (Thinking() | Speaking(None)), events.ReplyFailed(_, heard):
            return _give_up(moves.remember(state, heard), state.phrases.hand_over_apology)
        case (Thinking() as phase), events.ReplyWorded():
            return replace(state, phase=replace(phase, worded_at=now)), ()
        case (Thinking() as phase), events.ReplyAudible():
            return replace(state, phase=Speaking(), filled_last=phase.filled_at is not None), ()
        case (Thinking() as phase), events.ToolStarted():
            return replace(state, phase=replace(phase, tool_at=now)), ()
        case (Speaking(None) as phase), events.ToolStarted():
            return replace(state, phase=replace(phase, tool_at=now)), ()
        case _:
            return state, ()


def _tool_ended(state: State, use: ToolUse) -> Step:
    """What a tool has done is kept, whether or not its reply still lives."""
    state = replace(state, turns=(*state.turns, use))
    match state.phase:
        case (Thinking() | Speaking(None)) as phase:
            return replace(state, phase=replace(phase, tool_at=None)), ()
        case _:
            return state, ()


def _reply_ended(state: State, heard: str, now: float) -> Step:
    caller = next((turn.text for turn in reversed(state.turns) if isinstance(turn, CallerTurn)), "")
    state = moves.remember(state, heard)
    if state.hand_over_wanted is not None:
        return moves.hand_over(state, *state.hand_over_wanted)
    if not heard:
        return moves.misunderstood(state)
    state = replace(state, misunderstandings=0)
    if is_farewell(caller) and is_farewell(heard) and not state.words and not state.caller_speaking:
        return replace(state, phase=Ended(Outcome.COMPLETED)), (HangUp(),)
    return moves.listen(state, now)


def _announced(state: State, announcement: Announcement, heard: str, now: float) -> Step:
    if announcement.remembered:
        state = moves.remember(state, heard)
    match state.phase:
        case Greeting(saying) if saying.kind is Kind.GREETING and not state.caller_speaking and not state.words:
            question = Announcement(Kind.GREETING_QUESTION, state.phrases.greeting_question)
            return replace(state, phase=Greeting(question)), (Announce(question),)
        case (Greeting() | Speaking(Announcement())) if announcement.remembered:
            return moves.listen(state, now)
        case HandingOver(reason, summary):
            return replace(state, phase=Ended(Outcome.HANDED_OVER, reason)), (HandOver(reason, summary),)
        case Closing(outcome):
            return replace(state, phase=Ended(outcome)), (HangUp(),)
        case _:
            return state, ()


def _hushed(state: State, heard: str, announcement: Announcement | None, now: float) -> Step:
    if announcement is None or announcement.remembered:
        state = moves.remember(state, heard, cut=True)
    state, answer = moves.take_turn(state, now)
    state, thought = moves.consider(state)
    return state, (*answer, *thought)


def _line_changed(state: State, event: events.LineSilent | events.LineAudible, now: float) -> State:
    match state.phase, event:
        case (Speaking(None) as phase), events.LineSilent() if state.held_at is None:
            return replace(state, phase=replace(phase, silent_since=now))
        case (Speaking(None) as phase), events.LineAudible():
            return replace(state, phase=replace(phase, silent_since=None))
        case _:
            return state


# What time does


def _time_passed(state: State, now: float) -> Step:
    due = [wait for at, wait in sorted(waits(state), key=lambda each: each[0]) if at <= now]
    match due[0] if due else None:
        case Wait.CALL:
            return moves.hand_over(state, Reason.POLICY_LIMIT, "", text=state.phrases.too_long)
        case Wait.HOLD:
            return moves.let_go(state)
        case Wait.DIGITS:
            return _digits_whole(state, now)
        case Wait.FINAL:
            return moves.misunderstood(state)
        case Wait.SILENCE:
            return moves.prompt_silent_caller(state)
        case Wait.FILLER:
            return _fill(state, now)
        case Wait.TURN:
            return _give_up(state, state.phrases.hand_over_apology)
        case None:
            return state, ()


def _fill(state: State, now: float) -> Step:
    match state.phase:
        case (Thinking() | Speaking()) as phase:
            text = state.phrases.thinking if phase.filled_at is None else state.phrases.still_thinking
            state = replace(state, phase=replace(phase, filled_at=now))
        case _:
            text = state.phrases.thinking
            state = replace(state, final_filled=True)
    return state, (Announce(Announcement(Kind.FILLER, text)),)


# How it ends


def _give_up(state: State, text: str) -> Step:
    """Something of ours failed: say so, and give the caller to an operator."""
    if isinstance(state.phase, HandingOver | Closing):
        return state, ()
    return moves.hand_over(state, Reason.TECHNICAL_FAILURE, "", text=text)


def _outcome_of_hang_up(state: State) -> Outcome:
    said = [turn.text for turn in state.turns if isinstance(turn, AgentTurn | CallerTurn)]
    if isinstance(state.phase, Closing):
        return state.phase.outcome
    return Outcome.COMPLETED if state.words == "" and said and is_farewell(said[-1]) else Outcome.ABANDONED
