"""Nobody speaks, or nobody is understood: the agent asks, asks again, and ends it with dignity."""

import pytest

from domain.dialog.actions import Forget, HangUp
from domain.dialog.events import Announced, Hushed, LineSilent, ReplyEnded
from domain.dialog.phases import Closing, Ended, HandingOver, Listening, Outcome, Speaking, Thinking
from domain.endpointing import SpeechPaused, SpeechStarted, UtteranceEnded
from domain.hand_over import Reason
from domain.phrases import UKRAINIAN, Announcement, Kind
from domain.speech import Expectation
from tests.domain.dialog.talk import asked, listening, thinking, tool_use

QUESTION = "Який у вас номер телефону?"


def test_a_silent_caller_is_asked_three_times_and_then_the_call_ends() -> None:
    talk = asked("Є три варіанти.")
    assert talk.deadline == 15
    said = []
    for _ in range(3):
        said += talk.wait().announced
        talk.announces()
    assert said == [UKRAINIAN.silence, UKRAINIAN.are_you_there, UKRAINIAN.silence_farewell]
    assert talk.owed == [HangUp()]
    assert talk.phase == Ended(Outcome.SILENT)


def test_a_pending_question_is_repeated_instead_of_asking_whether_the_caller_is_there() -> None:
    talk = asked(f"Добре. {QUESTION}").wait()
    assert talk.announced == [QUESTION]


def test_a_question_that_was_not_understood_is_still_pending() -> None:
    talk = asked(QUESTION).speech().heard("", 1, final=True).announces().wait()
    assert talk.announced == [QUESTION]


def test_a_question_is_still_pending_after_a_late_result_of_a_tool() -> None:
    talk = asked(QUESTION)
    talk.state = talk.with_state(turns=(*talk.state.turns, tool_use())).state
    assert talk.wait().announced == [QUESTION]


def test_a_question_that_was_cut_is_not_repeated() -> None:
    talk = thinking().reply_begins()
    talk.cut = Hushed(QUESTION, None)
    talk.tell(SpeechStarted()).heard("угу що").heard("", final=True).tell(UtteranceEnded(0.3, 0.2))
    assert isinstance(talk.phase, Listening)
    assert talk.wait().announced == [UKRAINIAN.silence]


def test_a_caller_of_whom_nothing_is_known_is_asked_how_to_help() -> None:
    talk = listening().with_state(turns=()).wait()
    assert talk.announced == [UKRAINIAN.silence]


def test_a_question_that_was_answered_is_not_repeated() -> None:
    talk = thinking().tell(ReplyEnded("")).announces()
    assert talk.wait().announced == [UKRAINIAN.silence]


def test_who_speaks_again_begins_with_a_clean_slate() -> None:
    talk = listening().wait().announces().says("я тут").reply("Слухаю.")
    assert talk.wait().announced == [UKRAINIAN.silence]


def test_a_voice_doubles_the_patience_but_does_not_end_it() -> None:
    assert listening().tell(SpeechStarted()).deadline == 30


def test_goodbye_to_a_silent_caller_is_heard_to_its_end() -> None:
    talk = listening().with_state(silences=2).wait().says("я тут")
    assert isinstance(talk.phase, Closing)


def test_a_goodbye_without_a_voice_ends_the_call_all_the_same() -> None:
    talk = listening().with_state(silences=2).wait()
    assert talk.deadline == 30
    assert talk.wait().phase == Ended(Outcome.SILENT)


def test_an_unsure_word_is_asked_again_then_choices_are_offered_then_an_operator() -> None:
    talk, said = asked(QUESTION), list[str]()
    for utterance in (1, 2, 3):
        talk.speech().heard("миші", utterance, final=True, confidence=0.2)
        said += talk.announced
        if utterance < 3:
            talk.announces()
    assert said == [UKRAINIAN.ask_again, UKRAINIAN.choices, UKRAINIAN.hand_over]
    assert isinstance(talk.phase, HandingOver) and talk.phase.reason is Reason.REPEATED_MISUNDERSTANDING


def test_being_understood_ends_the_ladder() -> None:
    talk = listening().speech().heard("", 0, final=True).announces().says("шини").reply("Які саме?")
    assert talk.speech().heard("", 2, final=True).announced == [UKRAINIAN.ask_again]


def test_being_understood_ends_the_ladder_even_when_the_answer_is_cut() -> None:
    talk = listening().speech().heard("", 0, final=True).announces().says("шини").reply_begins()
    talk.tell(SpeechStarted()).heard("ні").heard("", final=True).tell(UtteranceEnded(0.5, 1.0))
    assert talk.heard("", 2, final=True).announced == [UKRAINIAN.ask_again]


def test_an_empty_answer_of_the_model_asks_the_caller_again() -> None:
    talk = thinking().tell(ReplyEnded(""))
    assert talk.announced == [UKRAINIAN.ask_again]
    assert talk.turns[-1] == "caller: мені потрібні шини"


def test_a_voice_that_brings_no_words_is_asked_again_with_a_filler_meanwhile() -> None:
    talk = listening().speech()
    assert talk.deadline == 1.2
    assert talk.wait().announced == [UKRAINIAN.thinking]
    assert talk.deadline == 1.8
    assert talk.wait().announced == [UKRAINIAN.ask_again]


def test_the_filler_before_the_words_is_the_answers_filler() -> None:
    talk = listening().speech().wait().heard("шини", 0, final=True)
    assert isinstance(talk.phase, Thinking)
    assert talk.deadline == talk.state.limits.filler_repeat_seconds


def test_a_cough_is_not_asked_again() -> None:
    talk = listening().speech(voice=0.2)
    assert talk.owed[1:] == []
    assert talk.state.final_owed_since is None


def test_nobody_is_asked_again_while_he_speaks() -> None:
    talk = listening().speech().tell(SpeechStarted()).heard("", 0, final=True)
    assert talk.owed == []
    assert talk.deadline is not None and talk.deadline > 20


def test_the_end_of_a_cough_is_not_taken_for_the_words_that_are_owed() -> None:
    talk = listening().speech(voice=0.2).speech().heard("", 0, final=True)
    assert talk.owed == []
    assert talk.heard("шини", 1, final=True).turns[-1] == "caller: шини"


def test_a_thought_about_words_that_were_none_is_forgotten() -> None:
    talk = (
        listening().tell(SpeechStarted()).heard("миші").tell(SpeechPaused()).heard("миші", final=True, confidence=0.1)
    )
    talk.tell(UtteranceEnded(0.5, 1.0))
    assert Forget() in talk.owed and talk.announced == [UKRAINIAN.ask_again]


@pytest.mark.parametrize("kind", [Kind.ASK_AGAIN, Kind.ARE_YOU_THERE])
def test_what_was_asked_for_is_still_expected_after_asking_again(kind: Kind) -> None:
    talk = asked(QUESTION)
    again = Announcement(kind, UKRAINIAN.are_you_there)
    talk.with_state(phase=Speaking(talk.now, again)).tell(LineSilent())
    assert talk.tell(Announced(again, again.text)).state.expectation is Expectation.PHONE
    assert isinstance(talk.phase, Listening)
