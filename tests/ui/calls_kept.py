"""Calls as an archive keeps them, for pages to show."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.costs import Cost, Dollars
from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.records import AnyEntry, CallBegan, CallEnded, ModelUsed, ToolUsed, TurnTaken, Waterfall
from domain.visit.visit import Flow

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
"""Half past two in the afternoon in Kyiv."""
CALLER = "+380671234567"


def call_id_of(number: int) -> UUID:
    return UUID(int=number + 1, version=4)


def ordering(
    number: int = 0,
    began: datetime = NOW - timedelta(minutes=20),
    *,
    caller: str | None = CALLER,
    wish: str = "Добрий день, мені потрібні зимові шини двісті п'ять на п'ятдесят п'ять, ер шістнадцять",
    running: bool = False,
) -> Sequence[AnyEntry]:
    """A call that orders tyres: four turns, a tool between them, and the end unless it still runs."""
    call_id = call_id_of(number)

    def at(seconds: float) -> datetime:
        return began + timedelta(seconds=seconds)

    entries: list[AnyEntry] = [
        CallBegan(call_id=call_id, began=began, sequence=0, at=began, caller=caller, language="uk"),
        TurnTaken(
            call_id=call_id,
            began=began,
            sequence=1,
            at=at(0.1),
            number=1,
            speaker="agent",
            text="Добрий день! Магазин шин, вас вітає Олена, автоматичний помічник. Чим можу допомогти?",
        ),
        TurnTaken(
            call_id=call_id,
            began=began,
            sequence=2,
            at=at(9),
            number=2,
            speaker="caller",
            text=wish,
            confidence=0.91,
            language="uk-UA",
            understood="205/55 R16",
        ),
        ToolUsed(
            call_id=call_id,
            began=began,
            sequence=3,
            at=at(9.8),
            number=3,
            name="search_tires",
            arguments={"width": 205, "profile": 55, "diameter": 16, "season": "winter"},
            result="T1 Nokian Hakkapeliitta R5, 3 412,00 UAH\nT2 Rosava Snowgard, 1 980,00 UAH",
            seconds=0.31,
            facts={"amounts": ["1980", "3412"], "quantities": [4, 12], "in_stock": True},
        ),
        TurnTaken(
            call_id=call_id,
            began=began,
            sequence=4,
            at=at(10.4),
            number=4,
            speaker="agent",
            text="Є Nokian Hakkapeliitta за три тисячі чотириста дванадцять гривень і Rosava Snowgard за тисячу",
            cut=True,
            refused=("Nokian є за 2 900 грн.",),
            waterfall=Waterfall(final=0.21, first_word=0.74, first_audio=0.93),
        ),
        ModelUsed(
            call_id=call_id,
            began=began,
            sequence=5,
            at=at(10.4),
            provider="anthropic",
            model="m",
            input_tokens=2300,
            output_tokens=84,
        ),
        TurnTaken(
            call_id=call_id,
            began=began,
            sequence=6,
            at=at(16),
            number=5,
            speaker="caller",
            text="беру Росаву, чотири штуки",
            confidence=0.43,
        ),
    ]
    if not running:
        entries.append(ended(number, began, 7, orders=("ORD-1043",)))
    return entries


def ended(
    number: int,
    began: datetime,
    sequence: int,
    *,
    outcome: Outcome = Outcome.COMPLETED,
    reason: Reason | None = None,
    orders: tuple[str, ...] = (),
    bookings: tuple[str, ...] = (),
) -> CallEnded:
    return CallEnded(
        call_id=call_id_of(number),
        began=began,
        sequence=sequence,
        at=began + timedelta(seconds=95),
        outcome=outcome,
        reason=reason,
        seconds=95.2,
        interruptions=1,
        response_p50_seconds=0.71,
        response_p95_seconds=1.34 - number % 5 / 10,
        dead_air_seconds=0.62,
        orders=orders,
        order_total=Money(856_400 * len(orders)),
        bookings=bookings,
        cost=Cost(model=Dollars(24_000), voice=Dollars(27_000), ear=Dollars(21_000)),
        flow=Flow.FITTING if bookings and not orders else Flow.BUYING,
    )


def two_weeks(a_day: int = 9) -> Iterator[AnyEntry]:
    """Calls of every kind over two weeks and today, the numbers from 100 on."""
    outcomes: list[tuple[Outcome, Reason | None]] = [
        (Outcome.COMPLETED, None),
        (Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST),
        (Outcome.COMPLETED, None),
        (Outcome.COMPLETED, None),
        (Outcome.ABANDONED, None),
        (Outcome.HANDED_OVER, Reason.COMPLEX_QUESTION),
        (Outcome.COMPLETED, None),
        (Outcome.SILENT, None),
        (Outcome.FAILED, None),
    ]
    number = 100
    for day in range(14):
        for each in range(a_day - (day * 5) % 7):
            began = NOW - timedelta(days=day, minutes=23 * each + 2)
            outcome, reason = outcomes[(each + day) % len(outcomes)]
            caller = None if number % 6 == 0 else f"+38067{number:07d}"
            call_id = call_id_of(number)
            yield CallBegan(call_id=call_id, began=began, sequence=0, at=began, caller=caller, language="uk")
            kept = (f"ORD-{number}",) if outcome is Outcome.COMPLETED and each % 2 else ()
            booked = (f"FIT-{number}",) if outcome is Outcome.COMPLETED and each % 3 == 0 else ()
            yield ended(number, began, 1, outcome=outcome, reason=reason, orders=kept, bookings=booked)
            number += 1
