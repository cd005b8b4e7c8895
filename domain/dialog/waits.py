"""When something must happen although nothing has happened."""

from collections.abc import Iterator
from enum import Enum, auto

from domain.dialog.phases import Closing, Connected, Ended, HandingOver, Listening, Speaking, Thinking
from domain.dialog.state import State


class Wait(Enum):
    CALL = auto()
    """The call has lasted as long as it may."""
    HOLD = auto()
    """The voice that holds the agent brings no words."""
    ANNOUNCEMENT = auto()
    """What the agent says of itself never comes to its end."""
    DIGITS = auto()
    FINAL = auto()
    """The recognizer owes the words of an utterance."""
    UTTERANCE = auto()
    """A voice goes on but brings no more words."""
    SILENCE = auto()
    FILLER = auto()
    TURN = auto()
    """The reply has taken as long as it may."""


def waits(state: State) -> Iterator[tuple[float, Wait]]:
    """Yield what the dialog waits for, each with the time at which it has waited enough."""
    limits = state.limits
    phase = state.phase
    if isinstance(phase, HandingOver | Closing):
        yield phase.since + limits.announcement_seconds, Wait.ANNOUNCEMENT
    if isinstance(phase, Connected | HandingOver | Closing | Ended):
        return
    yield state.answered_at + limits.call_seconds, Wait.CALL
    if state.held_at is not None:
        yield _hold_ends(state, state.held_at), Wait.HOLD
        return
    match phase:
        case Listening(since):
            yield from _listening(state, since)
        case Thinking():
            yield from _thinking(state, phase)
        case Speaking(announcement=None, silent_since=silent_since):
            if silent_since is not None:
                yield from _speaking(state, phase, silent_since)
        case _:
            yield phase.since + limits.announcement_seconds, Wait.ANNOUNCEMENT


def _hold_ends(state: State, held_at: float) -> float:
    if state.voice_ended_at is not None:
        return state.voice_ended_at + state.limits.hold_after_voice_seconds
    return held_at + state.limits.hold_seconds


def _listening(state: State, since: float) -> Iterator[tuple[float, Wait]]:
    limits = state.limits
    if state.digits:
        yield state.digit_at + limits.digit_seconds, Wait.DIGITS
    elif state.final_owed_since is not None and not state.caller_speaking:
        yield state.final_owed_since + limits.final_seconds, Wait.FINAL
        if not state.final_filled:
            yield state.final_owed_since + limits.final_filler_seconds, Wait.FILLER
    elif state.words:
        yield max(since, state.heard_at) + limits.utterance_seconds, Wait.UTTERANCE
    else:
        patience = limits.silence_seconds * (2 if state.caller_speaking else 1)
        yield since + patience, Wait.SILENCE


def _thinking(state: State, phase: Thinking) -> Iterator[tuple[float, Wait]]:
    limits = state.limits
    yield phase.since + limits.turn_seconds, Wait.TURN
    if phase.filled_at is not None:
        yield phase.filled_at + limits.filler_repeat_seconds, Wait.FILLER
    elif phase.tool_at is not None:
        yield phase.tool_at + limits.filler_after_seconds, Wait.FILLER
    else:
        if phase.worded_at is not None:
            due = phase.worded_at + limits.words_flow_seconds
        else:
            due = phase.since + (
                limits.filler_after_filler_seconds if state.filled_last else limits.filler_after_seconds
            )
        silent_since = phase.since if state.voice_ended_at is None else state.voice_ended_at
        latest = max(silent_since + limits.dead_air_seconds, phase.since + limits.filler_after_seconds)
        yield min(due, latest), Wait.FILLER


def _speaking(state: State, phase: Speaking, silent_since: float) -> Iterator[tuple[float, Wait]]:
    limits = state.limits
    yield max(phase.since + limits.turn_seconds, silent_since + limits.words_flow_seconds), Wait.TURN
    if phase.filled_at is not None:
        yield phase.filled_at + limits.filler_repeat_seconds, Wait.FILLER
    elif phase.tool_at is not None:
        yield max(silent_since, phase.tool_at) + limits.filler_after_seconds, Wait.FILLER
    else:
        yield silent_since + limits.words_flow_seconds, Wait.FILLER
