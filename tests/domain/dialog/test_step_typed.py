"""The caller of a trial writes: his words are understood, and at their end, in the moment in which they come."""

import pytest

from domain.dialog.actions import Answer, Consider, Forget, Hush
from domain.dialog.events import EndDemanded, Hushed, ReadBackBegan, ReplyEnded, Typed
from domain.dialog.phases import Closing, Greeting, Listening, Thinking
from domain.endpointing import SpeechStarted, UtteranceEnded
from domain.transcript import CallerTurn
from tests.domain.dialog.talk import Talk, answered, asked, listening, speaking, thinking

NUMBER = "Який у вас номер телефону?"


def written(text: str, understood: str = "", *, early: bool = False) -> CallerTurn:
    return CallerTurn(text, 1.0, understood=understood, early=early)


def test_what_is_written_is_answered_at_once() -> None:
    talk = listening().tell(Typed("потрібні шини"))
    assert talk.owed == [Consider(talk.state.turns), Answer()]
    assert talk.state.turns[-1] == written("потрібні шини") and isinstance(talk.phase, Thinking)


def test_what_is_written_is_read_as_what_was_asked_for() -> None:
    talk = asked(NUMBER).tell(Typed("067 123 45 67"))
    assert talk.state.turns[-1] == written("067 123 45 67", "0671234567")


def test_what_is_written_next_is_a_turn_of_its_own() -> None:
    talk = listening().tell(Typed("шини")).reply("Які саме?").tell(Typed("зимові"))
    assert talk.turns[-3:] == ["caller: шини", "agent: Які саме?", "caller: зимові"]


def test_what_is_written_stops_the_agent_and_follows_what_was_heard_of_it() -> None:
    talk = speaking()
    talk.cut = Hushed("Є три", None)
    talk.tell(Typed("ні, літні"))
    assert talk.owed[:2] == [Forget(), Hush()]
    assert talk.turns[-2:] == ["agent: Є три —", "caller: ні, літні"] and isinstance(talk.phase, Thinking)


def test_what_is_written_before_anything_of_the_answer_was_heard_goes_on_with_the_question() -> None:
    assert thinking("шини").tell(Typed("зимові")).turns[-1] == "caller: шини зимові"


def test_the_legal_sentence_is_heard_out_and_then_answered() -> None:
    talk = answered().tell(Typed("потрібні шини"))
    assert talk.owed == [] and isinstance(talk.phase, Greeting)
    assert talk.announces().turns[-1] == "caller: потрібні шини"


def test_a_yes_that_is_written_while_something_is_read_out_agrees_to_nothing() -> None:
    read_out = "Дві шини, вісім тисяч гривень. Оформлюємо?"
    talk = speaking().tell(ReadBackBegan()).with_state(saying=read_out, reached="Дві шини")
    talk.tell(Typed("так")).tell(ReplyEnded(read_out))
    assert talk.state.turns[-1] == written("так", "yes", early=True)
    assert talk.reply("Оформлюємо?").tell(Typed("так")).state.turns[-1] == written("так", "yes")


def test_who_writes_and_speaks_is_answered_when_he_has_spoken() -> None:
    talk = listening().tell(SpeechStarted(), 0.1).tell(Typed("зимові"))
    assert isinstance(talk.phase, Listening)
    assert talk.heard("шини").tell(UtteranceEnded(0.5, 1.0), 1.0).turns[-1] == "caller: зимові шини"


def test_words_that_the_recognizer_owes_are_no_longer_waited_for() -> None:
    talk = listening().speech().tell(Typed("шини"))
    assert isinstance(talk.phase, Thinking) and talk.state.final_owed_since is None


@pytest.mark.parametrize("text", ["", "шини"])
def test_what_is_written_too_early_too_late_or_not_at_all_changes_nothing(text: str) -> None:
    assert Talk().tell(Typed(text)).owed == []
    talk = listening().tell(EndDemanded())
    assert talk.tell(Typed(text)).owed == [] and isinstance(talk.phase, Closing)
    assert listening().tell(Typed("")).owed == []
