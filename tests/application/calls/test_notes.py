"""What is noted of a call as it happens."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest

from application.calls.notes import Notes
from application.ports.line import LineFigures
from application.ports.operations import CallRecord
from domain.costs import Cost, Dollars
from domain.dialog import events
from domain.dialog.events import Event
from domain.dialog.phases import Ended, Outcome
from domain.dialog.state import State
from domain.endpointing import UtteranceEnded
from domain.facts import Facts
from domain.figures import Figures
from domain.hand_over import Reason
from domain.money import Money
from domain.records import AnyEntry, CallBegan, CallEnded, EarUsed, ModelUsed, ToolUsed, TurnTaken, VoiceUsed, Waterfall
from domain.shop.events import Booked, Ordered
from domain.shop.fittings import Booking
from domain.shop.orders import Order, OrderStatus
from domain.speech import Hypothesis
from domain.transcript import AgentTurn, CallerTurn, ToolCall, ToolUse, Turn
from domain.troubles import Troubles
from domain.truth.judgement import Judgement
from domain.usage import EarUsage, ModelUsage, Usage, VoiceUsage
from domain.visit.visit import Flow

CALL_ID = UUID(int=7)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
START = 1000.0
ASKED = CallerTurn("є шини?", 0.9, "uk-UA", "шини")
FACTS = Facts(amounts=frozenset({Money(214100)}), in_stock=True)
USE = ToolUse(ToolCall("1", "search_tires", {"width": 205}), "дві", failed=True, facts=FACTS)


class Noted:
    """A call whose dialog has these turns after each event, and all that was noted of it."""

    def __init__(self) -> None:
        self.notes = Notes(CALL_ID, NOON, clock=START, language="uk")
        self.entries = list(self.notes.begin())

    def see(self, event: Event, *turns: Turn, at: float = 0.0) -> list[AnyEntry]:
        noted = self.notes.notice(event, State(turns=turns), START + at)
        self.entries += noted
        return list(noted)


def numbered(entries: list[AnyEntry]) -> list[tuple[int, str]]:
    turns = [(each.number, each.text) for each in entries if isinstance(each, TurnTaken)]
    uses = [(each.number, each.name) for each in entries if isinstance(each, ToolUsed)]
    return sorted(turns + uses)


def test_a_call_is_there_from_its_first_moment() -> None:
    assert Noted().entries == [CallBegan(call_id=CALL_ID, began=NOON, sequence=0, at=NOON, language="uk")]


def test_who_calls_is_noted_as_soon_as_it_is_known() -> None:
    (begun,) = Noted().see(events.CallerKnown("+380671234567"), at=1)
    at = NOON + timedelta(seconds=1)
    assert begun == CallBegan(call_id=CALL_ID, began=NOON, sequence=1, at=at, caller="+380671234567", language="uk")


def test_a_withheld_number_is_not_noted() -> None:
    assert Noted().see(events.CallerKnown(None)) == []


def test_what_was_said_is_noted_once_with_all_that_is_known_of_it() -> None:
    call = Noted()
    assert call.see(events.LineSilent(), ASKED, at=2) == [
        TurnTaken(
            call_id=CALL_ID,
            began=NOON,
            sequence=1,
            at=NOON + timedelta(seconds=2),
            number=1,
            speaker="caller",
            text="є шини?",
            confidence=0.9,
            language="uk-UA",
            understood="шини",
        )
    ]
    assert call.see(events.LineSilent(), ASKED, at=3) == []


def test_the_agents_turn_says_where_it_was_cut() -> None:
    (turn,) = Noted().see(events.Hushed("Є дві", None), AgentTurn("Є дві", cut=True))
    assert isinstance(turn, TurnTaken) and (turn.speaker, turn.cut, turn.waterfall) == ("agent", True, None)


def test_a_turn_that_the_caller_goes_on_with_keeps_its_number() -> None:
    call = Noted()
    greeting, more = AgentTurn("Вітаю!"), CallerTurn("є шини? зимові")
    call.see(events.LineSilent(), greeting)
    call.see(events.LineSilent(), greeting, ASKED)
    call.see(events.LineSilent(), greeting)
    assert numbered(call.see(events.LineSilent(), greeting, more)) == [(2, "є шини? зимові")]
    assert [each.sequence for each in call.entries] == [0, 1, 2, 3]


def test_a_tool_that_ends_late_takes_no_turns_number() -> None:
    call = Noted()
    call.see(events.LineSilent(), ASKED)
    assert numbered(call.see(events.ToolEnded(USE), USE, ASKED)) == [(2, "search_tires")]
    assert call.see(events.LineSilent(), USE, ASKED) == []
    assert numbered(call.see(events.LineSilent(), USE, ASKED, AgentTurn("Є"))) == [(3, "Є")]


def test_a_tool_is_noted_with_what_it_was_told_and_how_long_it_took() -> None:
    call = Noted()
    call.see(events.ToolStarted("search_tires"), at=1)
    (used,) = call.see(events.ToolEnded(USE), USE, at=1.5)
    assert used == ToolUsed(
        call_id=CALL_ID,
        began=NOON,
        sequence=1,
        at=NOON + timedelta(seconds=1.5),
        number=1,
        name="search_tires",
        arguments={"width": 205},
        result="дві",
        failed=True,
        seconds=0.5,
        facts={"amounts": ["2141"], "in_stock": True},
    )
    (again,) = call.see(events.ToolEnded(USE), USE, USE, at=2)
    assert isinstance(again, ToolUsed) and again.seconds is None


def test_what_the_gate_refused_is_noted_with_what_was_said_in_its_place() -> None:
    call = Noted()
    call.see(events.ClauseJudged(Judgement.REFUSED, "Коштує 2000 грн."))
    call.see(events.ClauseJudged(Judgement.REFUSED, "Коштує 2100 грн."))
    call.see(events.ClauseJudged(Judgement.REPLACED))
    sorry = AgentTurn("Хвилинку, уточню.")
    assert call.see(events.LineSilent(), ASKED) != []
    (turn,) = call.see(events.ReplyEnded("Хвилинку, уточню."), ASKED, sorry)
    assert isinstance(turn, TurnTaken) and turn.refused == ("Коштує 2000 грн.", "Коштує 2100 грн.")
    call.see(events.ClauseJudged(Judgement.PASSED))
    (after,) = call.see(events.LineSilent(), ASKED, sorry, AgentTurn("Алло?"))
    assert isinstance(after, TurnTaken) and after.refused == ()


REPLY: list[tuple[float, Event]] = [
    (10.4, UtteranceEnded(voice_seconds=1.0, silence_seconds=0.4)),
    (10.25, events.Heard(Hypothesis(0, "є", final=False))),
    (10.5, events.Heard(Hypothesis(0, "є шини", final=True))),
    (10.75, events.Heard(Hypothesis(0, "є шини", final=True))),
    (11.0, events.ReplyWorded()),
    (11.5, events.ReplyAudible()),
    (11.5, events.ReplyWorded()),
    (12.0, events.LineAudible()),
    (12.5, events.LineAudible()),
]


@pytest.mark.parametrize(
    ("without", "waterfall"),
    [
        ((), Waterfall(final=0.5, first_word=1.0, first_audio=2.0)),
        ((UtteranceEnded,), None),
        ((events.ReplyAudible,), None),
        ((events.LineAudible,), None),
        ((events.Heard,), Waterfall(first_word=1.0, first_audio=2.0)),
    ],
)
def test_a_reply_tells_how_it_came(without: tuple[type[Event], ...], waterfall: Waterfall | None) -> None:
    call = Noted()
    for at, event in REPLY:
        if not isinstance(event, without):
            call.see(event, at=at)
    (turn,) = call.see(events.ReplyEnded("Є"), AgentTurn("Є"), at=13)
    assert isinstance(turn, TurnTaken)
    assert turn.waterfall == waterfall
    (next_turn,) = call.see(events.LineSilent(), AgentTurn("Є"), AgentTurn("Алло?"), at=20)
    assert isinstance(next_turn, TurnTaken) and next_turn.waterfall is None


def test_the_answer_to_what_was_written_is_timed_from_then() -> None:
    call = Noted()
    call.see(events.Typed("є шини?"), at=10)
    call.see(events.ReplyWorded(), at=10.5)
    call.see(events.ReplyAudible(), at=11)
    call.see(events.LineAudible(), at=11)
    (turn,) = call.see(events.ReplyEnded("Є"), AgentTurn("Є"), at=13)
    assert isinstance(turn, TurnTaken) and turn.waterfall == Waterfall(final=0.0, first_word=0.5, first_audio=1.0)


def test_words_that_were_ready_before_the_caller_had_done_came_at_once() -> None:
    call = Noted()
    call.see(events.ReplyWorded(), at=9.0)
    call.see(UtteranceEnded(voice_seconds=1.0, silence_seconds=0.4), at=10.4)
    call.see(events.ReplyAudible(), at=10.5)
    call.see(events.LineAudible(), at=10.5)
    (turn,) = call.see(events.ReplyEnded("Є"), AgentTurn("Є"), at=13)
    assert isinstance(turn, TurnTaken)
    assert turn.waterfall == Waterfall(first_word=0.0, first_audio=0.5)


ORDER = Order(id="a", order_number="10245", status=OrderStatus.CONFIRMED, status_label="", total=Money(100))
BOOKING = Booking(id="7", station_id="1", station="", date=date(2026, 11, 26), time=time(10))
COST = Cost(model=Dollars(21_300), voice=Dollars(296))
RECORD = CallRecord(
    CALL_ID,
    "+380671234567",
    State(),
    Ended(Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST),
    Figures(interruptions=1, responses_seconds=[0.5, 0.7], dead_air_seconds=[0.2, 1.4]),
    LineFigures(),
    60.0,
    16,
    COST,
)


def test_a_call_that_has_ended_is_noted_with_its_figures_and_what_was_left_to_note() -> None:
    call = Noted()
    ordered = replace(USE, events=(Ordered(ORDER), Booked(BOOKING)))
    other = replace(ORDER, order_number=None, id="b", total=Money(250))
    known = replace(USE, events=(Ordered(ORDER), Ordered(other)))
    *left, last = call.notes.end(replace(RECORD, state=State(turns=(ordered, ASKED, known))))
    assert numbered(left) == [(1, "search_tires"), (2, "search_tires"), (3, "є шини?")]
    assert last == CallEnded(
        call_id=CALL_ID,
        began=NOON,
        sequence=4,
        at=NOON + timedelta(seconds=60),
        outcome=Outcome.HANDED_OVER,
        reason=Reason.CUSTOMER_REQUEST,
        caller="+380671234567",
        seconds=60.0,
        cause=16,
        interruptions=1,
        response_p50_seconds=0.7,
        response_p95_seconds=0.7,
        dead_air_seconds=1.4,
        orders=("10245", "b"),
        order_total=Money(350),
        bookings=("7",),
        cost=COST,
        flow=Flow.BUYING,
    )


@pytest.mark.parametrize(
    "usage",
    [
        ModelUsage(
            provider="anthropic",
            model="claude",
            input_tokens=2100,
            output_tokens=45,
            cached_tokens=1800,
            written_tokens=30,
            estimated=True,
        ),
        VoiceUsage(provider="google", voice="uk-UA-Standard-A", characters=74),
        EarUsage(provider="google", model="latest_long", seconds=12.5),
    ],
)
def test_what_was_used_is_noted_with_all_that_is_known_of_it(usage: Usage) -> None:
    call = Noted()
    (noted,) = call.see(events.Used(usage), at=2)
    assert isinstance(noted, ModelUsed | VoiceUsed | EarUsed)
    assert (noted.call_id, noted.began, noted.sequence, noted.at) == (CALL_ID, NOON, 1, NOON + timedelta(seconds=2))
    assert noted.usage == usage
    assert call.see(events.LineSilent(), at=3) == []


def test_a_call_without_orders_sells_nothing() -> None:
    (ended,) = Noted().notes.end(RECORD)
    assert isinstance(ended, CallEnded)
    assert (ended.orders, ended.order_total) == ((), Money(0))


def test_figures_that_nothing_is_known_of_are_left_open() -> None:
    (ended,) = Noted().notes.end(replace(RECORD, figures=Figures()))
    assert isinstance(ended, CallEnded)
    assert (ended.response_p50_seconds, ended.response_p95_seconds, ended.dead_air_seconds) == (None, None, 0.0)


def test_what_went_wrong_in_a_call_is_counted() -> None:
    call = Noted()
    for event in (events.EarFailed(), events.ClauseJudged(Judgement.PASSED), events.ReplyFailed("model", "")):
        call.see(event)
    refused = next(each for each in Judgement if each is not Judgement.PASSED)
    call.see(events.ClauseJudged(refused))
    call.notes.notice(events.TimePassed(), State(misunderstandings=1), START)
    call.notes.notice(events.TimePassed(), State(misunderstandings=1, silences=1), START)
    call.notes.notice(events.TimePassed(), State(misunderstandings=1, silences=1), START)
    (ended,) = call.notes.end(RECORD)
    assert isinstance(ended, CallEnded)
    assert ended.troubles == Troubles(asked_again=1, unanswered=1, refused=1, failures=2)
