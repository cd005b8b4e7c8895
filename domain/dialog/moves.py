"""What the dialog can do next: each move answers with the next state and the actions that the call owes the world."""

from dataclasses import replace

from domain.dialog.actions import Action, Announce, Answer, Consider, Forget, Hold, Hush, Release
from domain.dialog.phases import Closing, Greeting, HandingOver, Listening, Outcome, Speaking, Thinking
from domain.dialog.state import State
from domain.expectation import expected, pending_question
from domain.hand_over import Reason
from domain.hearing.understood import understood
from domain.phrases import Announcement, Kind
from domain.speech import Expectation, Hypothesis
from domain.transcript import AgentTurn, CallerTurn, Turn
from domain.words import hangs, is_backchannel, same_words

Step = tuple[State, tuple[Action, ...]]


def interruptible(state: State) -> bool:
    """Whether the caller's words would stop the agent now."""
    match state.phase:
        case Thinking():
            return True
        case Speaking(announcement=None, protected=protected):
            return not protected
        case Greeting(announcement) | Speaking(announcement=Announcement() as announcement):
            return not announcement.protected
        case _:
            return False


def remember(state: State, heard: str, announcement: Announcement | None = None, *, cut: bool = False) -> State:
    """Keep what the agent was heard to say, and what it asked for."""
    if not heard or (announcement is not None and not announcement.remembered):
        return state
    state = replace(state, turns=(*state.turns, AgentTurn(heard, cut)))
    if announcement is not None and announcement.leaves_question:
        return state
    said = _said_of_question(state, heard, announcement) if cut else heard
    return replace(state, expectation=expected(said))


def _said_of_question(state: State, heard: str, announcement: Announcement | None) -> str:
    """Return the whole of what was cut, if its question had begun: he who answers early knows what is asked."""
    whole = announcement.text if announcement is not None else state.saying
    question = pending_question(whole)
    begun = question is not None and (bool(state.digits) or len(heard) > whole.rfind(question))
    return whole if begun and whole.startswith(heard) else heard


def say(state: State, kind: Kind, text: str, now: float) -> Step:
    """Say something of the agent's own in place of a reply."""
    announcement = Announcement(kind, text)
    state, released = let_go(state, now)
    return replace(state, phase=Speaking(now, announcement)), (*released, Announce(announcement))


def hand_over(state: State, reason: Reason, summary: str, now: float, *, text: str | None = None) -> Step:
    """Say that an operator takes over; the caller goes when he has heard it.  What was being said is cut."""
    phrases = state.phrases
    if text is None:
        text = phrases.hand_over_busy if state.operator_free is False else phrases.hand_over
    state = replace(state, phase=HandingOver(reason, summary, now), held_at=None)
    return state, (Forget(), Hush(), Announce(Announcement(Kind.HAND_OVER, text)))


def give_up(state: State, text: str, now: float) -> Step:
    """Something of ours failed: say so, and give the caller to an operator."""
    if isinstance(state.phase, HandingOver | Closing):
        return state, ()
    return hand_over(state, Reason.TECHNICAL_FAILURE, "", now, text=text)


def listen(state: State, now: float) -> Step:
    """Give the caller the floor, or answer at once what he said meanwhile."""
    state, released = let_go(state, now)
    heard = (*state.heard, state.murmured) if state.murmured and _answers_early(state, now) else state.heard
    state, actions = take_turn(replace(state, phase=Listening(now), heard=heard), now)
    return state, (*released, *actions)


def take_turn(state: State, now: float) -> Step:
    """The agent answers once the caller has said something and has stopped.

    Which of the two is known first, the recognizer's words or the silence, is
    chance; so no event decides it alone.
    """
    if not isinstance(state.phase, Listening) or state.caller_speaking or state.digits or not state.words:
        return state, ()
    if _unsure(state):
        return misunderstood(state, now)
    last = state.heard[-1]
    turns = (*state.turns, caller_turn(state, state.words, last))
    ready = state.considered is not None and same_words(state.considered, state.words)
    state = replace(
        state,
        phase=Thinking(now, filled_at=now if state.final_filled else None),
        turns=turns,
        heard=(),
        answered=state.heard,
        answered_to=state.expectation,
        murmured=None,
        considered=None,
        considerations=0,
        final_owed_since=None,
        final_filled=False,
        silences=0,
    )
    return state, (Answer(),) if ready else (Consider(turns), Answer())


def caller_turn(state: State, text: str, last: Hypothesis | None = None) -> CallerTurn:
    """Return what the caller said, and what was asked for as it is read from his words."""
    read = understood(text, state.expectation, today=state.today)
    early = all(one.utterance in state.early for one in state.heard)
    if last is None:
        return CallerTurn(text, understood=read, early=early)
    return CallerTurn(text, last.confidence, last.language, read, early)


def consider(state: State) -> Step:
    """Begin a reply to what the caller has said so far, unless his words hang in the air."""
    if (
        not isinstance(state.phase, Listening)
        or state.paused_at is None
        or not state.words
        or hangs(state.words)
        or state.considerations >= state.limits.considered
        or (state.considered is not None and same_words(state.considered, state.words))
    ):
        return state, ()
    turns: tuple[Turn, ...] = (*state.turns, caller_turn(state, state.words))
    return replace(state, considered=state.words, considerations=state.considerations + 1), (Consider(turns),)


def answer_anew(state: State, phase: Thinking) -> Step:
    """Begin the answer again, to turns that say something else; nothing of it has been heard."""
    state = replace(state, phase=replace(phase, worded_at=None), hand_over_wanted=None)
    return state, (Consider(state.turns), Answer())


def misunderstood(state: State, now: float) -> Step:
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
        return hand_over(state, Reason.REPEATED_MISUNDERSTANDING, "", now)
    if count == 1:
        state, actions = say(state, Kind.ASK_AGAIN, state.phrases.ask_again, now)
    else:
        state, actions = say(state, Kind.CHOICES, state.phrases.choices, now)
    return state, (*forget, *actions)


def prompt_silent_caller(state: State, now: float) -> Step:
    """Ask the question again, then ask whether the caller is there, then say goodbye."""
    count = state.silences + 1
    state = replace(state, silences=count)
    if count == 1:
        question = _question_asked(state)
        if question is None:
            return say(state, Kind.SILENCE, state.phrases.silence, now)
        return say(state, Kind.QUESTION_AGAIN, question, now)
    if count == 2:
        return say(state, Kind.ARE_YOU_THERE, state.phrases.are_you_there, now)
    farewell = Announcement(Kind.SILENCE_FAREWELL, state.phrases.silence_farewell)
    return replace(state, phase=Closing(Outcome.SILENT, now)), (Announce(farewell),)


def say_goodbye(state: State, now: float) -> Step:
    """Somebody who watches ends the call; what was being said is cut."""
    farewell = Announcement(Kind.FAREWELL, state.phrases.farewell)
    state = replace(state, phase=Closing(Outcome.STOPPED, now), held_at=None)
    return state, (Forget(), Hush(), Announce(farewell))


def hold(state: State, now: float) -> Step:
    """Be quiet until it is known whether the caller's voice means anything."""
    if state.held_at is not None or not interruptible(state):
        return state, ()
    return replace(state, held_at=now), (Hold(),)


def let_go(state: State, now: float) -> Step:
    """Go on with what is being said."""
    if state.held_at is None:
        return state, ()
    if isinstance(state.phase, Speaking) and state.phase.silent_since is not None:
        state = replace(state, phase=replace(state.phase, silent_since=now))
    return replace(state, held_at=None), (Release(),)


def dismiss(state: State, now: float) -> Step:
    """It was a cough, or "mhm": it wants no answer, and the agent goes on where it was stopped."""
    murmured = state.murmured
    for hypothesis in state.heard:
        if is_backchannel(hypothesis.text):
            murmured = hypothesis
    heard = tuple(hypothesis for hypothesis in state.heard if not is_backchannel(hypothesis.text))
    return let_go(replace(state, heard=heard, murmured=murmured), now)


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
        state = replace(state, answered=())
    state = replace(
        state,
        phase=Listening(now),
        held_at=None,
        heard=heard,
        turns=turns,
        murmured=None,
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


def _answers_early(state: State, now: float) -> bool:
    """Whether the last "mhm" fell upon the end of a question that it answers."""
    return (
        state.expectation is Expectation.YES_NO
        and state.murmured is not None
        and state.murmured.utterance not in state.early
        and state.murmured.utterance == state.utterance - 1
        and state.voice_ended_at is not None
        and now - state.voice_ended_at <= state.limits.early_answer_seconds
    )


def _question_asked(state: State) -> str | None:
    """Return what the agent asked last and the caller has not answered."""
    for turn in reversed(state.turns):
        match turn:
            case CallerTurn():
                return None
            case AgentTurn(text, cut) if text != state.phrases.ask_again:
                return None if cut else pending_question(text)
    return None
