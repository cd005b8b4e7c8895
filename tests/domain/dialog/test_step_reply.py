"""The agent answers: fillers while it thinks, bounds on everything, and what fails."""

import pytest

from domain.dialog.actions import Forget, HandOver, HangUp, Hush
from domain.dialog.events import (
    Announced,
    EarFailed,
    Event,
    HandOverAsked,
    LineAudible,
    LineSilent,
    ReplyAudible,
    ReplyEnded,
    ReplyFailed,
    ReplyWorded,
    TimePassed,
    ToolEnded,
    ToolStarted,
)
from domain.dialog.phases import Ended, HandingOver, Listening, Outcome, Speaking, Thinking
from domain.endpointing import SpeechStarted
from domain.hand_over import Reason
from domain.phrases import ENGLISH, UKRAINIAN, Announcement, Kind, Phrases, Work
from tests.domain.dialog.talk import asked, listening, speaking, thinking, tool_use

FILLER = Announcement(Kind.FILLER, UKRAINIAN.thinking)


def test_a_reply_that_was_heard_is_a_turn_and_gives_the_caller_the_floor() -> None:
    talk = speaking().tell(ReplyEnded("Є три варіанти."))
    assert talk.turns[-1] == "agent: Є три варіанти."
    assert isinstance(talk.phase, Listening)


def test_a_slow_model_is_covered_by_a_filler_and_again_every_eight_seconds() -> None:
    talk = thinking()
    assert talk.deadline == 0.4
    assert talk.wait().announced == [UKRAINIAN.thinking]
    assert talk.deadline == 8.0
    assert talk.wait().announced == [UKRAINIAN.still_thinking]


def test_fillers_are_not_history() -> None:
    talk = thinking().wait().announces()
    assert talk.turns[-1] == "caller: мені потрібні шини"
    assert isinstance(talk.phase, Thinking)


def test_words_on_their_way_put_the_filler_off_but_not_beyond_the_bound_on_dead_air() -> None:
    talk = thinking().tell(ReplyWorded(), 0.3)
    assert talk.deadline == 1.4  # 2.2 s after the voice, which ended 0.5 s before the turn
    assert talk.wait().announced == [UKRAINIAN.thinking]


def test_an_answer_after_one_that_opened_with_a_filler_does_not_open_with_one_so_soon() -> None:
    talk = thinking().wait().reply("Які саме?").says("зимові")
    assert talk.deadline == 1.5
    assert talk.reply("Добре.").says("дякую").deadline == 0.4


def test_digits_that_were_keyed_long_after_the_voice_are_not_called_dead_air() -> None:
    talk = thinking().reply("Так?").says("так").with_state(voice_ended_at=None, filled_last=True)
    assert talk.deadline == 1.5


def test_a_working_tool_is_covered_by_a_filler() -> None:
    talk = thinking().tell(ReplyWorded(), 0.3).tell(ToolStarted("search_tires"), 0.1)
    assert talk.deadline == 0.4
    assert talk.tell(ToolEnded(tool_use()), 0.2).turns[-1] == "tool: search_tires три"


def test_a_tool_in_the_middle_of_a_reply_is_covered_by_a_filler() -> None:
    talk = speaking().tell(ToolStarted("search_tires")).tell(LineSilent(), 1.0)
    assert talk.deadline == 0.4
    assert talk.wait().announced == [UKRAINIAN.searching]
    assert talk.deadline == 8.0
    talk.tell(ToolEnded(tool_use()))
    assert talk.wait().announced == [UKRAINIAN.still_thinking]


@pytest.mark.parametrize("phrases", [UKRAINIAN, ENGLISH])
@pytest.mark.parametrize(
    ("tool", "work"),
    [
        ("search_tires", Work.SEARCHING),
        ("confirm_order", Work.ORDERING),
        ("get_order_status", Work.TRACING),
        ("get_fitting_slots", Work.SCHEDULING),
        ("book_fitting", Work.BOOKING),
        ("find_storage", Work.LOOKING_UP),
        ("update_customer_profile", Work.THINKING),
    ],
)
def test_a_filler_fits_the_work_that_the_caller_waits_for(phrases: Phrases, tool: str, work: Work) -> None:
    talk = thinking().with_state(phrases=phrases).tell(ToolStarted(tool))
    assert talk.wait().announced == [phrases.filler(work)]
    assert talk.wait().announced == [phrases.still_thinking]


def test_a_filler_says_nothing_of_work_that_has_ended() -> None:
    talk = thinking().tell(ToolStarted("search_tires")).tell(ToolEnded(tool_use()), 0.1)
    assert talk.wait().announced == [UKRAINIAN.thinking]


def test_a_reply_that_falters_is_covered_by_a_filler() -> None:
    talk = speaking().tell(LineSilent())
    assert talk.deadline == 1.5
    assert talk.tell(LineAudible(), 0.5).deadline is not None
    assert talk.deadline > 60


def test_a_model_that_never_answers_is_given_up_after_the_turns_limit() -> None:
    talk = thinking()
    began = talk.now
    while isinstance(talk.phase, Thinking):
        talk.wait()
    assert talk.now - began == 45
    assert talk.announced == [UKRAINIAN.hand_over_apology]


def test_a_reply_that_falters_for_ever_is_given_up_although_fillers_are_heard() -> None:
    talk = speaking().tell(LineSilent())
    began = talk.now
    while isinstance(talk.phase, Speaking):
        talk.wait()
        if talk.announced == [UKRAINIAN.thinking] or talk.announced == [UKRAINIAN.still_thinking]:
            talk.tell(LineAudible()).tell(LineSilent(), 1.5).tell(Announced(FILLER, FILLER.text))
    assert 40 < talk.now - began < 50
    assert isinstance(talk.phase, HandingOver) and talk.phase.reason is Reason.TECHNICAL_FAILURE


def test_a_long_reply_that_draws_breath_is_not_given_up() -> None:
    talk = speaking().tell(LineSilent(), 60.0)
    assert talk.deadline == 1.5


@pytest.mark.parametrize("stage", ["model", "voice"])
def test_a_provider_that_fails_is_apologised_for_and_the_caller_goes_to_an_operator(stage: str) -> None:
    talk = thinking().tell(ReplyFailed(stage, ""))
    assert talk.owed[:2] == [Forget(), Hush()]
    assert talk.announced == [UKRAINIAN.hand_over_apology]
    assert talk.announces().owed == [HandOver(Reason.TECHNICAL_FAILURE, "")]


def test_what_was_heard_before_the_model_failed_is_remembered_once() -> None:
    talk = speaking().tell(ReplyFailed("model", "Є три"))
    assert talk.turns[-1] == "agent: Є три"


def test_an_ear_that_fails_is_apologised_for() -> None:
    talk = listening().tell(EarFailed())
    assert talk.announced == [UKRAINIAN.hand_over_apology]
    assert talk.tell(EarFailed()).owed == []


def test_the_model_may_ask_for_an_operator_and_its_words_are_heard_first() -> None:
    talk = speaking().tell(HandOverAsked(Reason.COMPLEX_QUESTION, "питає про диски"))
    assert isinstance(talk.phase, Speaking)
    talk.tell(ReplyEnded("Зараз."))
    assert talk.announced == [UKRAINIAN.hand_over]
    assert talk.announces().owed == [HandOver(Reason.COMPLEX_QUESTION, "питає про диски")]
    assert talk.state.phase == Ended(Outcome.HANDED_OVER, Reason.COMPLEX_QUESTION)


def test_an_operator_who_was_asked_for_in_an_answer_that_is_begun_again_is_not_called() -> None:
    talk = thinking().tell(HandOverAsked(Reason.CUSTOMER_REQUEST, "")).heard("мені потрібні диски", 0, final=True)
    assert isinstance(talk.tell(ReplyAudible()).tell(ReplyEnded("Які?")).phase, Listening)


def test_the_caller_is_told_when_all_operators_are_busy() -> None:
    talk = thinking().with_state(operator_free=False).tell(HandOverAsked(Reason.CUSTOMER_REQUEST, ""))
    assert talk.tell(ReplyEnded("")).announced == [UKRAINIAN.hand_over_busy]


def test_both_have_said_goodbye_and_the_agent_hangs_up() -> None:
    talk = asked("Щось іще?").says("ні, дякую, до побачення").reply("Дякую за дзвінок. До побачення!")
    assert talk.owed == [HangUp()] and talk.phase == Ended(Outcome.COMPLETED)


@pytest.mark.parametrize(
    ("caller", "agent"), [("дякую", "До побачення!"), ("до побачення", "Чи є ще питання?"), ("дякую", "Прошу.")]
)
def test_one_goodbye_does_not_end_a_call(caller: str, agent: str) -> None:
    assert isinstance(asked("Щось іще?").says(caller).reply(agent).phase, Listening)


def test_who_speaks_again_during_the_goodbye_is_not_hung_up_on() -> None:
    talk = asked("Щось іще?").says("до побачення").reply_begins()
    talk.tell(SpeechStarted()).tell(ReplyEnded("До побачення!"))
    assert isinstance(talk.phase, Listening)


@pytest.mark.parametrize(
    "event",
    [
        ReplyWorded(),
        ReplyAudible(),
        ReplyEnded("Так."),
        ReplyFailed("model", "Так."),
        ToolStarted("search_tires"),
        HandOverAsked(Reason.CUSTOMER_REQUEST, ""),
        TimePassed(),
    ],
)
def test_what_comes_from_a_reply_that_is_no_more_changes_nothing(event: Event) -> None:
    talk = listening()
    before = talk.state
    assert talk.tell(event).owed == [] and talk.state == before
