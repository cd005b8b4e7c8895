"""Whose turn it is: words and silence, early thoughts, late finals, several pieces of one sentence."""

from itertools import permutations

import pytest

from domain.dialog.actions import Action, Answer, Consider, FinishUtterance, Forget, Hush
from domain.dialog.events import Event, Heard, ReadBackBegan, ReplyEnded, ToolEnded, ToolStarted
from domain.dialog.phases import Listening, Speaking, Thinking
from domain.endpointing import SpeechPaused, SpeechStarted, UtteranceEnded
from domain.phrases import UKRAINIAN
from domain.speech import Hypothesis
from domain.transcript import CallerTurn
from tests.domain.dialog.talk import Talk, asked, listening, speaking, thinking, tool_use

WORDS = "мені потрібні шини"
INTERIM = Hypothesis(0, WORDS, final=False)
FINAL = Hypothesis(0, WORDS, final=True, confidence=0.9, language="uk-UA")


def kinds(owed: list[Action]) -> list[type[Action]]:
    return [type(action) for action in owed]


@pytest.mark.parametrize(
    "order",
    list(permutations((UtteranceEnded(0.5, 1.0), Heard(INTERIM), Heard(FINAL)))),
)
def test_words_and_silence_may_come_in_any_order_and_are_answered_once(order: tuple[Event, ...]) -> None:
    talk = listening().tell(SpeechStarted())
    owed = [action for event in order for action in talk.tell(event, 0.1).owed]
    assert owed.count(Answer()) == 1
    assert owed.count(FinishUtterance()) == 1
    assert isinstance(talk.phase, Thinking)
    assert talk.turns[2:] == [f"caller: {WORDS}"]


def test_nothing_is_answered_while_the_caller_speaks() -> None:
    talk = listening().tell(SpeechStarted()).heard(WORDS)
    assert talk.owed == [] and isinstance(talk.phase, Listening)


def test_a_pause_starts_a_thought_that_makes_no_sound() -> None:
    talk = listening().tell(SpeechStarted()).heard(WORDS).tell(SpeechPaused())
    assert kinds(talk.owed) == [Consider]


def test_words_that_come_in_a_pause_start_a_thought() -> None:
    talk = listening().tell(SpeechStarted()).tell(SpeechPaused())
    assert talk.owed == []
    assert kinds(talk.heard(WORDS).owed) == [Consider]


def test_where_words_trail_the_voice_a_thought_waits_for_those_of_the_pause() -> None:
    talk = listening().tell(SpeechStarted()).heard("Мені").tell(SpeechPaused(), 1.0)
    talk.tell(Heard(Hypothesis(0, "Мені потрібні", final=False)), 0.1)
    talk.resumes().tell(SpeechPaused(), 1.0)
    assert talk.owed == []
    assert kinds(talk.tell(Heard(Hypothesis(0, WORDS, final=False)), 0.1).owed) == [Consider]


def test_where_words_no_longer_trail_the_voice_a_thought_begins_with_the_pause() -> None:
    talk = listening().with_state(words_trail=True).tell(SpeechStarted()).heard(WORDS).tell(SpeechPaused(), 1.0)
    assert talk.owed == []
    talk.tell(UtteranceEnded(0.5, 1.0), 0.5).reply("Добре.")
    talk.tell(SpeechStarted(), 0.1).heard(WORDS)
    assert kinds(talk.tell(SpeechPaused(), 1.0).owed) == [Consider]


def test_a_thought_is_used_when_the_final_says_the_same() -> None:
    talk = listening().tell(SpeechStarted()).heard(WORDS).tell(SpeechPaused())
    talk.heard("Мені потрібні шини.")
    assert talk.owed == []
    assert talk.tell(UtteranceEnded(0.5, 1.0)).owed == [FinishUtterance(), Answer()]


def test_a_thought_is_replaced_when_the_caller_said_something_else() -> None:
    talk = listening().tell(SpeechStarted()).heard(WORDS).tell(SpeechPaused()).resumes().heard(f"{WORDS} зимові")
    talk.tell(UtteranceEnded(0.5, 2.0))
    assert kinds(talk.owed) == [FinishUtterance, Consider, Answer]
    assert talk.turns[-1] == f"caller: {WORDS} зимові"


def test_who_hesitates_costs_a_bounded_number_of_thoughts() -> None:
    talk = listening().tell(SpeechStarted())
    thoughts = 0
    for count in range(1, 10):
        talk.heard(" ".join(["ще"] * count)).tell(SpeechPaused())
        thoughts += kinds(talk.owed).count(Consider)
        talk.resumes()
    assert thoughts == talk.state.limits.considered


def test_several_utterances_before_an_answer_are_one_turn() -> None:
    talk = listening().speech().tell(SpeechStarted()).heard("шини", 0, final=True)
    assert talk.owed == []
    talk.heard("зимові").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[-1] == "caller: шини зимові"


def test_a_final_that_corrects_the_interim_begins_the_answer_again() -> None:
    talk = thinking("мені потрібні шини").heard("мені потрібні диски", 0, final=True)
    assert kinds(talk.owed) == [Consider, Answer]
    assert talk.turns[-1] == "caller: мені потрібні диски"


def test_a_final_that_says_the_same_changes_only_what_is_remembered() -> None:
    talk = thinking("мені потрібні шини").heard("Мені потрібні шини.", 0, final=True, confidence=0.9)
    assert talk.owed == []
    assert talk.turns[-1] == "caller: Мені потрібні шини."


def test_an_empty_final_does_not_take_back_what_was_answered() -> None:
    talk = thinking().heard("", 0, final=True)
    assert talk.owed == [] and talk.turns[-1] == "caller: мені потрібні шини"


def test_a_final_that_comes_when_the_answer_is_heard_does_not_repeat_the_answer() -> None:
    talk = speaking().heard("мені потрібні диски", 0, final=True)
    assert talk.owed == [] and isinstance(talk.phase, Speaking)
    assert talk.turns[-1] == "caller: мені потрібні диски"


def test_a_final_that_comes_when_a_tool_works_does_not_repeat_the_tool() -> None:
    talk = thinking().tell(ToolStarted("search_tires"))
    assert talk.heard("мені потрібні диски", 0, final=True).owed == []


def test_an_unsure_final_of_an_answered_turn_is_asked_again() -> None:
    talk = thinking().heard("мені потрібні миші", 0, final=True, confidence=0.2)
    assert talk.owed[0] == Forget()
    assert talk.announced == [UKRAINIAN.ask_again]
    assert "caller" not in talk.turns[-1]


def test_a_late_word_about_a_turn_that_was_asked_again_is_heard_as_new() -> None:
    talk = thinking().heard("миші", 0, final=True, confidence=0.2).heard("шини", 0, final=True, confidence=0.9)
    assert isinstance(talk.phase, Thinking) and talk.turns[-1] == "caller: шини"


def test_who_goes_on_before_the_answer_is_heard_says_one_turn() -> None:
    talk = thinking("мені потрібні шини")
    talk.tell(SpeechStarted()).heard("зимові")
    assert kinds(talk.owed)[:2] == [Forget, Hush]
    talk.tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[2:] == ["caller: мені потрібні шини зимові"]


def test_the_late_final_of_a_turn_that_was_taken_back_belongs_to_the_new_one() -> None:
    talk = thinking("мені потрібні шини").tell(SpeechStarted()).heard("зимові")
    talk.heard("Мені потрібні диски.", 0, final=True).tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[2:] == ["caller: Мені потрібні диски. зимові"]


def test_a_turn_for_which_a_tool_worked_is_not_taken_back() -> None:
    talk = thinking("запишіть мене").tell(ToolStarted("search_tires")).says("зачекайте")
    assert talk.turns[2:] == ["caller: запишіть мене", "caller: зачекайте"]


def test_words_are_never_lost_to_another_utterance_that_waits_for_its_final() -> None:
    talk = listening().speech().tell(SpeechStarted(), 0.2).heard("шини", 0, final=True)
    assert talk.deadline == 12
    talk.tell(UtteranceEnded(0.5, 5.0), 4.0)
    assert talk.turns[-1] == "caller: шини"


def test_a_voice_without_an_end_is_noise_and_the_words_before_it_are_answered() -> None:
    talk = listening().tell(SpeechStarted()).heard(WORDS)
    assert talk.deadline == 12
    talk.wait()
    assert kinds(talk.owed) == [FinishUtterance, Consider, Answer]
    assert talk.heard("і ще", 1).turns[-1] == f"caller: {WORDS} і ще"


def test_the_words_of_a_caller_who_goes_on_put_off_the_bound_on_noise() -> None:
    talk = listening().tell(SpeechStarted()).heard("мені", 0)
    talk.now += 10
    assert talk.heard("мені потрібні").deadline == 12


@pytest.mark.parametrize("gap", [0.3, 1.2])
def test_a_yes_said_over_the_end_of_a_question_answers_it(gap: float) -> None:
    talk = speaking().tell(SpeechStarted()).heard("так").tell(UtteranceEnded(0.3, 0.4), gap)
    assert isinstance(talk.phase, Speaking)
    talk.tell(ReplyEnded("Чи записати вас на завтра?"))
    assert isinstance(talk.phase, Thinking)
    assert talk.turns[-1] == "caller: так"


def test_a_yes_long_before_the_question_does_not_answer_it() -> None:
    talk = speaking().says("так").tell(ReplyEnded("Чи записати вас на завтра?"), 5.0)
    assert isinstance(talk.phase, Listening)


def test_a_cough_does_not_bring_an_old_yes_back() -> None:
    talk = speaking().says("так").speech(voice=0.2).tell(ReplyEnded("Чи записати вас на завтра?"))
    assert isinstance(talk.phase, Listening)


def test_mhm_over_the_end_of_a_statement_is_no_turn_even_when_its_final_is_late() -> None:
    talk = speaking().says("угу").tell(ReplyEnded("Є три варіанти."))
    assert isinstance(talk.heard("угу", 1, final=True).phase, Listening)
    assert talk.heard("угу, беру", 1, final=True).turns[-1] == "caller: угу, беру"


def test_yes_is_an_answer_when_the_agent_listens() -> None:
    assert asked("Записати вас на завтра, вірно?").says("так").turns[-1] == "caller: так"


def test_an_early_yes_waits_for_the_caller_who_speaks_again() -> None:
    talk = speaking().says("так").tell(SpeechStarted()).tell(ReplyEnded("Чи записати вас?"))
    assert isinstance(talk.phase, Listening)
    talk.heard("на завтра").tell(UtteranceEnded(0.5, 1.0))
    assert talk.turns[-1] == "caller: на завтра"


def test_a_result_that_comes_after_an_interruption_reaches_the_next_answer() -> None:
    talk = thinking("замовте").tell(ToolStarted("search_tires")).says("і ще диски")
    talk.tell(ToolEnded(tool_use()))
    assert kinds(talk.owed) == [Consider, Answer]
    assert talk.turns[2:] == ["caller: замовте", "tool: search_tires три", "caller: і ще диски"]


def test_a_thought_that_does_not_know_a_result_is_forgotten() -> None:
    talk = (
        thinking("замовте").tell(ToolStarted("search_tires")).tell(SpeechStarted()).heard("і ще").tell(SpeechPaused())
    )
    assert kinds(talk.owed) == [Consider]
    assert talk.tell(ToolEnded(tool_use())).owed == [Forget()]
    assert kinds(talk.tell(UtteranceEnded(0.5, 1.0)).owed) == [FinishUtterance, Consider, Answer]


def test_a_result_is_kept_whatever_the_agent_does_meanwhile() -> None:
    for talk in (listening(), speaking(), thinking().tell(ToolStarted("search_tires"))):
        assert talk.tell(ToolEnded(tool_use())).turns[-1] == "tool: search_tires три"


def test_no_thought_is_wasted_on_words_that_hang_in_the_air() -> None:
    assert listening().tell(SpeechStarted()).heard("мені потрібні шини на").tell(SpeechPaused()).owed == []


READ_BACK = "Чотири шини, разом 13920 грн. Оформлюємо?"


def reading_out(reached: str, saying: str = READ_BACK) -> Talk:
    """A read-back is being said; so much of it has been heard."""
    return speaking().tell(ReadBackBegan()).with_state(saying=saying, reached=reached)


def last_said(talk: Talk) -> CallerTurn:
    turn = talk.state.turns[-1]
    assert isinstance(turn, CallerTurn)
    return turn


@pytest.mark.parametrize(
    ("reached", "saying", "early"),
    [
        ("", READ_BACK, True),
        ("Чотири шини, разом", READ_BACK, True),
        ("Чотири шини, разом", "Чотири шини, разом 13920 грн.", True),
        ("Чотири шини, разом 13920 грн.", READ_BACK, False),
        (READ_BACK, READ_BACK, False),
    ],
)
def test_words_that_began_before_all_was_read_out_are_marked_when_they_are_answered(
    reached: str, saying: str, *, early: bool
) -> None:
    talk = reading_out(reached, saying).says("так, оформлюйте").tell(ReplyEnded(READ_BACK))
    assert (last_said(talk).text, last_said(talk).early) == ("так, оформлюйте", early)
    talk.heard("так, оформлюйте це", 1, final=True)
    assert (last_said(talk).text, last_said(talk).early) == ("так, оформлюйте це", early)


def test_what_is_said_after_a_read_back_is_in_time_whatever_was_said_over_it() -> None:
    talk = reading_out("Чотири").says("так, оформлюйте").says("так").tell(ReplyEnded(READ_BACK))
    assert last_said(talk).early
    talk = reading_out("Чотири").says("так, оформлюйте").with_state(reached=READ_BACK)
    assert not last_said(talk.says("оформлюйте так").tell(ReplyEnded(READ_BACK))).early


def test_words_that_trail_into_a_read_back_are_early_too() -> None:
    talk = speaking().speech().tell(ReadBackBegan()).with_state(saying=READ_BACK, reached="")
    assert last_said(talk.heard("так, оформлюйте", 1, final=True).tell(ReplyEnded(READ_BACK))).early


def test_a_yes_that_was_murmured_before_all_was_read_out_is_no_answer() -> None:
    for reached, phase in (("Чотири шини", Listening), ("Чотири шини, разом 13920 грн.", Thinking)):
        assert isinstance(reading_out(reached).says("так").tell(ReplyEnded(READ_BACK)).phase, phase)
