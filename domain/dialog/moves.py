"""What the dialog can do next: each move answers with the next state and the actions that the call owes the world."""

from dataclasses import replace

from domain.dialog.actions import Action, Announce, Answer, Consider, Forget, Hold, Hush, Release
from domain.dialog.phases import Closing, Greeting, HandingOver, Listening, Outcome, Speaking, Thinking
from domain.dialog.state import State
from domain.expectation import expected, pending_question
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.words import is_backchannel, same_words

Step = tuple[State, tuple[Action, ...]]


def interruptible(state: State) -> bool:
    """Whether the caller's words would stop the agent now."""
    match state.phase:
        case Thinking():
            return True
        case Greeting(announcement) | Speaking(announcement):
            return announcement is None or not announcement.protected
        case _:
            return False


def remember(state: State, heard: str, *, cut: bool = False) -> State:
    """Keep what the agent was heard to say, and what it asked for."""
    if not heard:
        return state
    return replace(state, turns=(*state.turns, AgentTurn(heard, cut)), expectation=expected(heard))


def say(state: State, kind: Kind, text: str) -> Step:
    """Say something of the agent's own in place of a reply."""
    announcement = Announcement(kind, text)
    state, released = let_go(state)
    return replace(state, phase=Speaking(announcement)), (*released, Announce(announcement))


def hand_over(state: State, reason: Reason, summary: str, *, text: str | None = None) -> Step:
    """Say that an operator takes over; the caller goes when he has heard it.  What was being said is cut."""
    phrases = state.phrases
    if text is None:
        text = phrases.hand_over_busy if state.operator_free is False else phrases.hand_over
    state = replace(state, phase=HandingOver(reason, summary), held_at=None)
    return state, (Forget(), Hush(), Announce(Announcement(Kind.HAND_OVER, text)))


def listen(state: State, now: float) -> Step:
    """Give the caller the floor, or answer at once what he said meanwhile."""
    state, released = let_go(state)
    state, actions = take_turn(replace(state, phase=Listening(now)), now)
    return state, (*released, *actions)


def take_turn(state: State, now: float) -> Step:
    """The agent answers once the caller has said something and has stopped.

    Which of the two is known first, the recognizer's words or the silence, is
    chance; so no event decides it alone.
    """
    if not isinstance(state.phase, Listening) or state.caller_speaking or not state.words:
        return state, ()
    if _unsure(state):
        return misunderstood(state)
    last = state.heard[-1]
    turns = (*state.turns, CallerTurn(state.words, last.confidence, last.language))
    ready = state.considered is not None and same_words(state.considered, state.words)
    state = replace(
        state,
        phase=Thinking(now),
        turns=turns,
        heard=(),
        answered=state.heard,
        considered=None,
        considerations=0,
        final_owed_since=None,
        final_filled=False,
        silences=0,
    )
    return state, (Answer(),) if ready else (Consider(turns), Answer())


def consider(state: State) -> Step:
    """Begin a reply to what the caller has said so far, if he may have finished."""
    if (
        not isinstance(state.phase, Listening)
        or not state.caller_pausing
        or not state.words
        or state.considerations >= state.limits.considered
        or (state.considered is not None and same_words(state.considered, state.words))
    ):
        return state, ()
    turns: tuple[Turn, ...] = (*state.turns, CallerTurn(state.words))
    return replace(state, considered=state.words, considerations=state.considerations + 1), (Consider(turns),)


def misunderstood(state: State) -> Step:
    """Ask again, then offer choices, then give the caller to an operator."""
    count = state.misunderstandings + 1
    forget = (Forget(),) if state.considered is not None else ()
    state = replace(
        state,
        misunderstandings=count,
        heard=(),
        considered=None,
        considerations=0,
        final_owed_since=None,
        final_filled=False,
    )
    if count >= state.limits.misunderstandings:
        return hand_over(state, Reason.REPEATED_MISUNDERSTANDING, "")
    if count == 1:
        state, actions = say(state, Kind.ASK_AGAIN, state.phrases.ask_again)
    else:
        state, actions = say(state, Kind.CHOICES, state.phrases.choices)
    return state, (*forget, *actions)


def prompt_silent_caller(state: State) -> Step:
    """Ask the question again, then ask whether the caller is there, then say goodbye."""
    count = state.silences + 1
    state = replace(state, silences=count)
    if count == 1:
        last = state.turns[-1] if state.turns else None
        question = pending_question(last.text) if isinstance(last, AgentTurn) and not last.cut else None
        if question is None:
            return say(state, Kind.SILENCE, state.phrases.silence)
        return say(state, Kind.QUESTION_AGAIN, question)
    if count == 2:
        return say(state, Kind.ARE_YOU_THERE, state.phrases.are_you_there)
    farewell = Announcement(Kind.SILENCE_FAREWELL, state.phrases.silence_farewell)
    return replace(state, phase=Closing(Outcome.SILENT)), (Announce(farewell),)


def hold(state: State, now: float) -> Step:
    """Be quiet until it is known whether the caller's voice means anything."""
    if state.held_at is not None or not interruptible(state):
        return state, ()
    return replace(state, held_at=now), (Hold(),)


def let_go(state: State) -> Step:
    """Go on with what is being said."""
    return (state, ()) if state.held_at is None else (replace(state, held_at=None), (Release(),))


def dismiss(state: State) -> Step:
    """It was a cough, or "mhm": it wants no answer, and the agent goes on where it was stopped."""
    heard = tuple(hypothesis for hypothesis in state.heard if not is_backchannel(hypothesis.text))
    return let_go(replace(state, heard=heard))


def interrupt(state: State, now: float) -> Step:
    """The caller has the floor; `Hushed` brings what he had heard.

    A turn that nothing was said to yet goes on with what the caller adds; but
    not when a tool works for it: what a tool has done stays done.
    """
    heard, turns = state.heard, state.turns
    reopened = (
        isinstance(state.phase, Thinking)
        and state.phase.tool_at is None
        and bool(turns)
        and isinstance(turns[-1], CallerTurn)
    )
    if reopened:
        heard, turns = (*state.answered, *state.heard), turns[:-1]
    state = replace(
        state,
        phase=Listening(now),
        held_at=None,
        heard=heard,
        turns=turns,
        considered=None,
        considerations=0,
        hand_over_wanted=None,
    )
    return state, (Forget(), Hush())


def _unsure(state: State) -> bool:
    return any(
        hypothesis.final and hypothesis.confidence is not None and hypothesis.confidence < state.limits.confidence
        for hypothesis in state.heard
    )
