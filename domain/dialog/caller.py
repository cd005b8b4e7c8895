"""What the caller does, and what becomes of it."""

from dataclasses import replace

from domain.dialog import events, moves
from domain.dialog.actions import FinishUtterance, Forget
from domain.dialog.moves import Step
from domain.dialog.phases import Closing, Connected, HandingOver, Listening, Thinking
from domain.dialog.state import State
from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.speech import Hypothesis
from domain.transcript import CallerTurn
from domain.words import is_backchannel, same_words

_KEYED = -1
"""Stands for the utterance where the caller pressed keys instead of speaking."""
_TYPED = -2
"""Stands for it where he wrote."""

FromCaller = SpeechStarted | SpeechPaused | SpeechResumed | UtteranceEnded | events.Heard


def from_caller(state: State, event: FromCaller, now: float) -> Step:
    match event:
        case SpeechStarted():
            state = replace(state, caller_speaking=True, paused_at=None, voice_ended_at=None)
            return moves.hold(_notice_early(state, state.utterance), now)
        case SpeechPaused():
            state = replace(state, paused_at=now)
            # Where words trail the voice, those that are known are not the last ones yet.
            return (state, ()) if state.words_trail else moves.consider(state)
        case SpeechResumed():
            return _pause_over(state), ()
        case UtteranceEnded():
            return utterance_ended(state, event, now)
        case _:
            answered = any(one.utterance == event.hypothesis.utterance for one in state.answered)
            return (_reconcile if answered else _heard)(state, event.hypothesis, now)


def _pause_over(state: State) -> State:
    if state.paused_at is None:
        return state
    return replace(state, paused_at=None, words_trail=state.heard_at > state.paused_at)


def utterance_ended(state: State, event: UtteranceEnded, now: float) -> Step:
    voice_ended_at = now - event.silence_seconds
    spoke = event.voice_seconds >= state.limits.cough_seconds
    state = replace(
        _pause_over(state),
        caller_speaking=False,
        voice_ended_at=voice_ended_at,
        utterance=state.utterance + 1,
    )
    if not isinstance(state.phase, Listening):
        state, actions = moves.dismiss(state, now) if state.words else (state, ())
        return state, (FinishUtterance(), *actions)
    if not state.words and spoke:
        state = replace(state, final_owed_since=now, final_filled=False)
    state, actions = moves.take_turn(state, now)
    return state, (FinishUtterance(), *actions)


def _heard(state: State, hypothesis: Hypothesis, now: float) -> Step:
    others = tuple(one for one in state.heard if one.utterance != hypothesis.utterance)
    heard = tuple(sorted((*others, hypothesis), key=lambda one: one.utterance)) if hypothesis.text else others
    if not isinstance(state.phase, Listening):
        state = _notice_early(state, hypothesis.utterance)
        return _heard_over_agent(replace(state, heard=heard, heard_at=now), hypothesis, now)
    murmured = state.murmured is not None and state.murmured.utterance == hypothesis.utterance
    if murmured and is_backchannel(hypothesis.text):
        return state, ()
    state = replace(state, heard=heard, heard_at=now)
    if state.words:
        state = replace(state, final_owed_since=None)
    elif hypothesis.final and hypothesis.utterance == state.utterance - 1 and state.final_owed_since is not None:
        state = replace(state, final_owed_since=None)
        return (state, ()) if state.caller_speaking else moves.misunderstood(state, now)
    state, answer = moves.take_turn(state, now)
    state, thought = moves.consider(state)
    return state, (*answer, *thought)


def _notice_early(state: State, utterance: int) -> State:
    return replace(state, early=state.early | {utterance}) if state.reading_out else state


def _heard_over_agent(state: State, hypothesis: Hypothesis, now: float) -> Step:
    if moves.interruptible(state) and not is_backchannel(hypothesis.text):
        return moves.interrupt(state, now)
    whole = hypothesis.final and not state.caller_speaking
    return moves.dismiss(state, now) if whole else (state, ())


def _reconcile(state: State, hypothesis: Hypothesis, now: float) -> Step:
    """The final of an utterance that is answered already: was it what the answer is for?"""
    if not hypothesis.text:
        return state, ()
    before = " ".join(one.text for one in state.answered)
    answered = tuple(hypothesis if one.utterance == hypothesis.utterance else one for one in state.answered)
    after = " ".join(one.text for one in answered)
    last = max(index for index, one in enumerate(state.turns) if isinstance(one, CallerTurn))
    turn = moves.caller_turn(replace(state, expectation=state.answered_to, heard=answered), after, hypothesis)
    turns = (*state.turns[:last], turn, *state.turns[last + 1 :])
    state = replace(state, turns=turns, answered=answered)
    phase = state.phase
    if not isinstance(phase, Thinking) or phase.tool_at is not None or last != len(turns) - 1:
        return state, ()
    if hypothesis.confidence is not None and hypothesis.confidence < state.limits.confidence:
        state, actions = moves.misunderstood(replace(state, turns=turns[:last], answered=()), now)
        return state, (Forget(), *actions)
    return (state, ()) if same_words(before, after) else moves.answer_anew(state, phase)


def digit_pressed(state: State, digit: str, now: float) -> Step:
    if isinstance(state.phase, HandingOver | Closing | Connected):
        return state, ()
    expected = state.asking.dictated or bool(state.digits)
    if digit == "0" and not expected:
        return moves.hand_over(state, Reason.CUSTOMER_REQUEST, "", now)
    if not expected or (not isinstance(state.phase, Listening) and not moves.interruptible(state)):
        return state, ()
    if digit == "#":
        return digits_whole(state, now)
    state, actions = (state, ()) if isinstance(state.phase, Listening) else moves.interrupt(state, now)
    return replace(state, digits=state.digits + digit, digit_at=now), actions


def digits_whole(state: State, now: float) -> Step:
    digits, state = state.digits, replace(state, digits="")
    if digits == "0":
        return moves.hand_over(state, Reason.CUSTOMER_REQUEST, "", now)
    if not digits:
        return state, ()
    keyed = Hypothesis(_KEYED, digits, final=True)
    return moves.take_turn(replace(state, heard=(*state.heard, keyed), heard_at=now), now)


def typed(state: State, text: str, now: float) -> Step:
    """Take what the caller has written for an utterance that is understood and at its end."""
    if isinstance(state.phase, HandingOver | Closing | Connected) or not text:
        return state, ()
    early = state.early | {_TYPED} if state.reading_out else state.early - {_TYPED}
    written = Hypothesis(_TYPED, text, final=True, confidence=1.0)
    state = replace(state, heard=(*state.heard, written), heard_at=now, early=early, final_owed_since=None)
    if not state.caller_speaking:
        state = replace(state, voice_ended_at=now)
    if isinstance(state.phase, Listening):
        return moves.take_turn(state, now)
    return moves.interrupt(state, now) if moves.interruptible(state) else (state, ())
