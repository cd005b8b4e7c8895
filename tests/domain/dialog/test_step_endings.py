"""How a call ends: by the caller, by its limit, by the program's end; and that it stays ended."""

import pytest

from domain.dialog.actions import FinishUtterance, Forget, HandOver, HangUp, Hush
from domain.dialog.events import (
    Announced,
    Answered,
    DrainOver,
    EarFailed,
    EndDemanded,
    Event,
    HandOverDemanded,
    Heard,
    HungUp,
    Hushed,
    TimePassed,
    ToolEnded,
    ToolStarted,
)
from domain.dialog.phases import Closing, Ended, HandingOver, Outcome
from domain.endpointing import SpeechStarted
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN, Announcement, Kind
from domain.speech import Hypothesis
from tests.domain.dialog.talk import Talk, asked, listening, speaking, thinking, tool_use


def test_a_caller_who_hangs_up_ends_the_reply_and_what_he_heard_is_remembered() -> None:
    talk = speaking()
    talk.cut = Hushed("Є три", None)
    assert talk.tell(HungUp()).owed == [Forget(), Hush()]
    assert talk.phase == Ended(Outcome.ABANDONED)
    assert talk.turns[-1] == "agent: Є три —"


@pytest.mark.parametrize(
    ("talk", "outcome"),
    [
        (Talk(), Outcome.ABANDONED),
        (listening(), Outcome.ABANDONED),
        (asked("Щось іще?"), Outcome.ABANDONED),
        (asked("Дякую за дзвінок. До побачення!"), Outcome.COMPLETED),
        (thinking("дякую, до побачення"), Outcome.COMPLETED),
        (listening().tell(SpeechStarted()).heard("до побачення"), Outcome.COMPLETED),
        (asked("До побачення!").tell(SpeechStarted()).heard("зачекайте"), Outcome.ABANDONED),
        (listening().with_state(silences=2).wait(), Outcome.SILENT),
        (listening().tell(EarFailed()), Outcome.ABANDONED),
    ],
)
def test_who_hangs_up_after_goodbye_has_completed_the_call(talk: Talk, outcome: Outcome) -> None:
    assert talk.tell(HungUp()).phase == Ended(outcome)


@pytest.mark.parametrize(
    "event",
    [
        Answered("Добрий день!"),
        SpeechStarted(),
        Heard(Hypothesis(0, "алло", True)),
        HungUp(),
        EarFailed(),
        DrainOver(),
        HandOverDemanded(),
        EndDemanded(),
        TimePassed(),
        Announced(Announcement(Kind.HAND_OVER, "З'єдную."), "З'єдную."),
    ],
)
def test_an_ended_call_stays_ended(event: Event) -> None:
    talk = listening().tell(HungUp())
    before = talk.state
    assert talk.tell(event).owed == [] and talk.state == before
    assert talk.deadline is None


def test_what_a_tool_did_after_the_hang_up_is_still_remembered() -> None:
    talk = thinking().tell(ToolStarted("book")).tell(HungUp()).tell(ToolEnded(tool_use("book", "записано")))
    assert talk.turns[-1] == "tool: book записано"


def test_the_longest_call_ends_with_an_operator() -> None:
    talk = speaking()
    talk.now = 100.0 + 30 * 60
    talk.tell(TimePassed())
    assert talk.announced == [UKRAINIAN.too_long]
    assert isinstance(talk.phase, HandingOver) and talk.phase.reason is Reason.POLICY_LIMIT


def test_a_program_that_must_stop_apologises_and_hands_over() -> None:
    talk = speaking().tell(DrainOver())
    assert talk.owed[:2] == [Forget(), Hush()] and talk.announced == [UKRAINIAN.restarting]
    assert talk.announces().phase == Ended(Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE)


def test_a_goodbye_that_is_being_said_is_not_cut_by_the_programs_end() -> None:
    talk = listening().with_state(silences=2).wait().tell(DrainOver())
    assert talk.owed == [] and isinstance(talk.phase, Closing)


@pytest.mark.parametrize("talk", [Talk(), listening(), thinking(), speaking(), speaking().tell(SpeechStarted())])
def test_who_watches_a_call_may_give_it_to_an_operator(talk: Talk) -> None:
    talk.tell(HandOverDemanded())
    assert talk.owed[:2] == [Forget(), Hush()] and talk.announced == [UKRAINIAN.hand_over]
    assert talk.state.held_at is None
    assert talk.announces().phase == Ended(Outcome.HANDED_OVER, Reason.CANNOT_HELP)


@pytest.mark.parametrize("talk", [Talk(), listening(), thinking(), speaking(), speaking().tell(SpeechStarted())])
def test_who_watches_a_call_may_end_it_with_a_goodbye(talk: Talk) -> None:
    talk.tell(EndDemanded())
    phrase = talk.saying
    assert talk.owed[:2] == [Forget(), Hush()] and talk.announced == [UKRAINIAN.farewell]
    assert phrase is not None and phrase.protected and talk.state.held_at is None
    assert talk.tell(Announced(phrase, phrase.text)).owed == [HangUp()]
    assert talk.phase == Ended(Outcome.STOPPED)


@pytest.mark.parametrize("demand", [HandOverDemanded(), EndDemanded()])
def test_a_call_that_is_on_its_way_out_takes_no_more_demands(demand: Event) -> None:
    for talk in (listening().tell(EarFailed()), listening().tell(EndDemanded())):
        before = talk.state
        assert talk.tell(demand).owed == [] and talk.state == before


def test_the_caller_goes_to_the_operator_when_the_phrase_was_heard_and_not_before() -> None:
    talk = thinking().wait().tell(EarFailed())
    phrase = talk.saying
    assert talk.tell(Announced(Announcement(Kind.FILLER, UKRAINIAN.thinking), UKRAINIAN.thinking)).owed == []
    assert phrase is not None and phrase.protected
    assert talk.tell(Announced(phrase, phrase.text)).owed == [HandOver(Reason.TECHNICAL_FAILURE, "")]
    assert talk.turns[-1] == f"agent: {UKRAINIAN.hand_over_apology}"


def test_a_hand_over_without_a_voice_happens_all_the_same() -> None:
    talk = listening().tell(EarFailed())
    assert talk.deadline == 30
    assert talk.wait().owed == [HandOver(Reason.TECHNICAL_FAILURE, "")]


def test_the_hand_over_lets_go_of_a_held_line() -> None:
    talk = speaking().tell(SpeechStarted()).tell(EarFailed())
    assert Hush() in talk.owed and talk.state.held_at is None


def test_the_recognizer_is_told_of_utterances_to_the_end() -> None:
    assert listening().tell(EarFailed()).speech().owed == [FinishUtterance()]
