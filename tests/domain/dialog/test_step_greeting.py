"""The call is answered: the greeting is heard whole, and what was said over it is not lost."""

from domain.dialog.actions import Announce, Answer, Consider, Hold
from domain.dialog.events import Announced, Answered, CallerKnown, Heard, LineAudible, LineSilent, TimePassed, Welcomed
from domain.dialog.phases import Connected, Greeting, Listening, Thinking
from domain.endpointing import SpeechPaused, SpeechStarted, UtteranceEnded
from domain.phrases import UKRAINIAN, Announcement, Kind
from domain.speech import Hypothesis
from tests.domain.dialog.talk import GREETING, Talk, answered, listening


def test_an_answered_call_is_greeted_at_once() -> None:
    assert Talk().tell(Answered(GREETING)).announced == [GREETING]


def test_the_greeting_is_followed_by_its_question_and_then_the_caller_has_the_floor() -> None:
    talk = answered().announces()
    assert talk.announced == [UKRAINIAN.greeting_question]
    assert isinstance(talk.announces().phase, Listening)
    assert talk.turns == [f"agent: {GREETING}", f"agent: {UKRAINIAN.greeting_question}"]


def test_who_is_known_in_time_is_asked_what_is_for_him() -> None:
    talk = answered().tell(CallerKnown("380671234567")).tell(Welcomed("Олено, чим можу допомогти?"))
    assert talk.owed == []
    assert talk.announces().announced == ["Олено, чим можу допомогти?"]
    assert talk.announces().turns == [f"agent: {GREETING}", "agent: Олено, чим можу допомогти?"]


def test_who_is_known_too_late_has_been_asked_as_everybody() -> None:
    talk = answered().announces()
    assert talk.announced == [UKRAINIAN.greeting_question]
    assert talk.tell(Welcomed("Олено, чим можу допомогти?")).owed == []
    assert isinstance(talk.announces().phase, Listening)


def test_nothing_stops_the_legal_sentence() -> None:
    talk = answered().tell(SpeechStarted())
    assert talk.owed == []
    assert talk.heard("мені потрібні шини").owed == []
    assert isinstance(talk.phase, Greeting)


def test_what_is_said_over_the_greeting_is_answered_after_it() -> None:
    talk = answered().says("мені потрібні шини").announces()
    assert isinstance(talk.phase, Thinking)
    assert [type(action) for action in talk.owed] == [Consider, Answer]
    assert talk.turns == [f"agent: {GREETING}", "caller: мені потрібні шини"]


def test_who_speaks_as_the_greeting_ends_is_let_finish() -> None:
    talk = answered().tell(SpeechStarted()).announces()
    assert isinstance(talk.phase, Listening) and talk.owed == []
    talk.heard("алло").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[-1] == "caller: алло"


def test_mhm_over_the_greeting_wants_no_answer() -> None:
    talk = answered().says("угу").heard("Угу.", 0, final=True).announces()
    assert talk.announced == [UKRAINIAN.greeting_question]


def test_mhm_over_the_greeting_known_by_its_final_alone_wants_no_answer() -> None:
    talk = answered().speech().heard("угу", 0, final=True).announces()
    assert talk.announced == [UKRAINIAN.greeting_question]


def test_the_greetings_question_may_be_interrupted() -> None:
    talk = answered().announces().tell(SpeechStarted())
    assert talk.owed == [Hold()]
    assert isinstance(talk.heard("мені потрібні шини").phase, Listening)


def test_a_greeting_without_a_voice_does_not_keep_the_caller_waiting_for_ever() -> None:
    talk = answered()
    assert talk.deadline == 30
    assert isinstance(talk.wait().phase, Listening)


def test_before_the_leg_is_there_nothing_is_waited_for() -> None:
    talk = Talk()
    assert talk.deadline is None
    for event in (TimePassed(), LineSilent(), LineAudible(), SpeechPaused(), Heard(Hypothesis(0, "алло", False))):
        assert talk.tell(event).owed == []
    assert isinstance(talk.phase, Connected)


def test_an_announcement_of_which_the_end_comes_late_changes_nothing() -> None:
    talk = listening()
    before = talk.phase
    assert talk.tell(Announced(Announcement(Kind.FILLER, "Хвилинку."), "Хвилинку.")).phase == before


def test_the_end_of_another_announcement_is_not_the_end_of_this_one() -> None:
    talk = answered().announces()
    question = talk.phase
    assert talk.tell(Announced(Announcement(Kind.SILENCE, "Я вас слухаю."), "Я вас слухаю.")).phase == question


def test_every_announcement_that_is_asked_for_is_made_of_this_calls_phrases() -> None:
    talk = answered()
    assert talk.owed == [Announce(Announcement(Kind.GREETING, GREETING))]
