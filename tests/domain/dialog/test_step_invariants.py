"""Whatever happens in whatever order: nothing raises, nothing spins, nothing is answered that was not considered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.dialog import actions, events
from domain.dialog.phases import Connected, Ended
from domain.dialog.state import State
from domain.dialog.step import deadline, step
from domain.endpointing import SpeechPaused, SpeechResumed, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import Announcement, Kind
from domain.speech import Hypothesis
from domain.transcript import CallerTurn, ToolUse
from tests.domain.dialog.talk import GREETING, tool_use

TEXTS = st.sampled_from(["", "так", "угу", "шини", "мені потрібні", "до побачення", "Який у вас номер?", "Чи так?"])
HYPOTHESES = st.builds(
    Hypothesis, st.integers(0, 4), TEXTS, st.booleans(), st.none() | st.sampled_from([0.1, 0.9]), st.none()
)
ANNOUNCEMENTS = st.builds(Announcement, st.sampled_from(Kind), TEXTS)
EVENTS: st.SearchStrategy[events.Event] = st.one_of(
    st.sampled_from(
        [
            SpeechStarted(),
            SpeechPaused(),
            SpeechResumed(),
            UtteranceEnded(0.5, 0.2),
            UtteranceEnded(0.5, 1.0),
            events.CallerKnown("380671234567"),
            events.LineAudible(),
            events.LineSilent(),
            events.ReplyWorded(),
            events.ReplyAudible(),
            events.ToolStarted("search_tires"),
            events.ToolEnded(tool_use()),
            events.HandOverAsked(Reason.CUSTOMER_REQUEST, ""),
            events.TimePassed(),
        ]
    ),
    st.builds(events.Heard, HYPOTHESES),
    st.builds(events.DigitPressed, st.sampled_from("05#*")),
    st.builds(events.Typed, TEXTS),
    st.builds(events.Welcomed, TEXTS),
    st.builds(events.Announced, ANNOUNCEMENTS, TEXTS),
    st.builds(events.ReplyEnded, TEXTS),
)
ENDINGS: st.SearchStrategy[events.Event] = st.one_of(
    st.sampled_from(
        [
            events.EarFailed(),
            events.DrainOver(),
            events.HungUp(),
            events.HandOverDemanded(),
            events.EndDemanded(),
        ]
    ),
    st.builds(events.ReplyFailed, st.just("model"), TEXTS),
)
PAUSES = st.sampled_from([0.0, 0.1, 1.0, 5.0, 20.0])
STORIES = st.lists(st.tuples(st.one_of(EVENTS, EVENTS, EVENTS, EVENTS, ENDINGS), PAUSES), max_size=40)

Story = list[tuple[events.Event, float]]


class Call:
    """Does what a call does with the actions, and minds that they make sense."""

    def __init__(self) -> None:
        self.state = State()
        self.now = 0.0
        self.considered: tuple[object, ...] | None = None
        self.held = False

    def tell(self, event: events.Event) -> None:
        following = [event]
        while following:
            event = following.pop(0)
            self.state, owed = step(self.state, event, self.now)
            for action in owed:
                self._act(action)
                if action == actions.Hush():
                    following.append(events.Hushed("Є три", None))

    def _act(self, action: actions.Action) -> None:
        match action:
            case actions.Consider(turns):
                assert isinstance(turns[-1], CallerTurn)
                self.considered = turns
            case actions.Answer():
                assert self.considered is not None, "the dialog answers only what it considers"
            case actions.Forget():
                self.considered = None
            case actions.Hold():
                assert not self.held
                self.held = True
            case actions.Release():
                assert self.held
                self.held = False
            case actions.Hush():
                self.held = False


@settings(max_examples=300, deadline=None)
@given(STORIES)
def test_no_story_makes_the_dialog_fail_or_leaves_the_line_held(story: Story) -> None:
    call = Call()
    call.tell(events.Answered(GREETING))
    for event, pause in story:
        call.now += pause
        call.tell(event)
        assert call.held is (call.state.held_at is not None)


@settings(max_examples=200, deadline=None)
@given(STORIES)
def test_time_that_passes_always_moves_the_dialog_on_and_every_call_ends(story: Story) -> None:
    call = Call()
    call.tell(events.Answered(GREETING))
    for event, pause in story:
        call.now += pause
        call.tell(event)
    for _ in range(600):
        due = deadline(call.state)
        if due is None:
            break
        call.now = max(call.now, due)
        before = call.state
        call.tell(events.TimePassed())
        assert call.state != before
    assert isinstance(call.state.phase, Ended)


@settings(max_examples=200, deadline=None)
@given(STORIES, ENDINGS, STORIES)
def test_no_story_brings_an_ended_call_back(before: Story, ending: events.Event, after: Story) -> None:
    call = Call()
    for event, pause in [(events.Answered(GREETING), 0.0), *before, (ending, 1.0), (events.HungUp(), 0.0)]:
        call.now += pause
        call.tell(event)
    ended = call.state.phase
    assert isinstance(ended, Ended)
    for event, _ in after:
        call.tell(event)
        assert call.state.phase == ended and deadline(call.state) is None


@settings(max_examples=200, deadline=None)
@given(STORIES)
def test_what_tools_have_done_is_never_forgotten(story: Story) -> None:
    call = Call()
    call.tell(events.Answered(GREETING))
    done = 0
    for event, pause in story:
        call.now += pause
        call.tell(event)
        done += isinstance(event, events.ToolEnded)
        assert sum(isinstance(turn, ToolUse) for turn in call.state.turns) == done


def test_a_call_that_was_never_answered_waits_for_nothing() -> None:
    assert isinstance(State().phase, Connected) and deadline(State()) is None
