"""Two weeks of calls at a shop that sells tyres; the same at every time, counted back from now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import accumulate, cycle, islice
from typing import Any
from uuid import UUID

from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.money import Money
from domain.price_list import PRICES
from domain.records import AnyEntry, AnyUsed, CallBegan, CallEnded, EarUsed, ModelUsed, TurnTaken, VoiceUsed, Waterfall
from domain.troubles import Troubles
from domain.visit.visit import Flow

_DAYS, _A_DAY = 15, 19
_PAUSES = (9, 31, 14, 22, 7, 43, 11, 26)
"""Minutes between calls."""
_WISHES = (
    (Flow.ORDER_STATUS, "Скажіть, де моє замовлення?", "Замовлення в дорозі, буде завтра до вечора."),
    (Flow.FITTING, "Хочу записатися на шиномонтаж", "Вільно в суботу о десятій. Записати вас?"),
    (Flow.STORAGE, "Скільки коштує зберігання шин?", "Дев'ятсот гривень за сезон, за чотири колеса."),
    (Flow.OPENING, "З'єднайте мене з людиною", "З'єдную вас з оператором. Залишайтеся, будь ласка, на лінії."),
    (Flow.CONSULTATION, "Які шини кращі для зими в місті?", "Для міста раджу фрикційні: вони тихіші на асфальті."),
    (Flow.BUYING, "Потрібні чотири зимові шини на шістнадцять", "Є Росава Сноугард. Оформити замовлення?"),
)
_OUTCOMES: tuple[tuple[Outcome, Reason | None], ...] = (
    (Outcome.COMPLETED, None),
    (Outcome.COMPLETED, None),
    (Outcome.HANDED_OVER, Reason.CUSTOMER_REQUEST),
    (Outcome.COMPLETED, None),
    (Outcome.ABANDONED, None),
    (Outcome.COMPLETED, None),
    (Outcome.HANDED_OVER, Reason.COMPLEX_QUESTION),
    (Outcome.COMPLETED, None),
    (Outcome.COMPLETED, None),
    (Outcome.SILENT, None),
    (Outcome.COMPLETED, None),
    (Outcome.HANDED_OVER, Reason.TECHNICAL_FAILURE),
    (Outcome.COMPLETED, None),
)


def number_of(number: int) -> str:
    return f"+3806{number % 9}{1_000_000 + number * 7_919 % 9_000_000}"


def call_id_of(number: int) -> UUID:
    return UUID(int=(number + 1) * 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834 % 2**128, version=4)


def weeks(now: datetime) -> Iterator[AnyEntry]:
    number = 0
    for day in range(_DAYS):
        for minutes in accumulate(islice(cycle(_PAUSES), _A_DAY - (day * 5) % 9)):
            yield from _call(number, now - timedelta(days=day, minutes=minutes + day * 7 % 5))
            number += 1


def _call(number: int, began: datetime) -> Iterator[AnyEntry]:
    call_id = call_id_of(number)
    outcome, reason = _OUTCOMES[number % len(_OUTCOMES)]
    flow, *said = _WISHES[number % len(_WISHES)]
    caller = None if number % 11 == 7 else number_of(number % 40)
    yield CallBegan(call_id=call_id, began=began, sequence=0, at=began, caller=caller, language="uk")
    sequence = 1
    if outcome is not Outcome.SILENT:
        for speaker, text in zip(("caller", "agent"), said, strict=True):
            yield TurnTaken(
                call_id=call_id,
                began=began,
                sequence=sequence,
                at=began + timedelta(seconds=7 * sequence),
                number=sequence,
                speaker="caller" if speaker == "caller" else "agent",
                text=text,
                confidence=0.93 if speaker == "caller" else None,
                waterfall=Waterfall(final=0.19, first_word=0.63, first_audio=0.81) if speaker == "agent" else None,
            )
            sequence += 1
    seconds = 21.0 + number * 37 % 260
    good = outcome is Outcome.COMPLETED
    ordered = good and number % 4 == 0
    for usage in _used(seconds):
        yield replace(usage, call_id=call_id, began=began, sequence=sequence, at=began + timedelta(seconds=seconds))
        sequence += 1
    yield CallEnded(
        call_id=call_id,
        began=began,
        sequence=sequence,
        at=began + timedelta(seconds=seconds),
        outcome=outcome,
        reason=reason,
        seconds=seconds,
        interruptions=number % 3,
        response_p50_seconds=0.6 + number % 7 / 20,
        response_p95_seconds=0.9 + number % 11 / 12,
        dead_air_seconds=0.4 + number % 5 / 4 + (5.2 if number % 17 == 9 else 0),
        flow=flow,
        troubles=Troubles(asked_again=2 if number % 19 == 11 else 0, refused=number % 2),
        orders=(f"ORD-{1000 + number}",) if ordered else (),
        order_total=Money(100 * (1_980 + number * 137 % 3_000) * 4) if ordered else Money(0),
        bookings=(f"FIT-{500 + number}",) if good and number % 5 == 3 else (),
        cost=PRICES.cost(each.usage for each in _used(seconds)),
    )


def _used(seconds: float) -> Sequence[AnyUsed]:
    place: dict[str, Any] = {"call_id": UUID(int=0), "began": datetime.min, "sequence": 0, "at": datetime.min}
    tokens = round(seconds) * 70
    return (
        ModelUsed(
            **place,
            provider="anthropic",
            model="claude-sonnet-4-5-20250929",
            input_tokens=tokens,
            cached_tokens=tokens // 2,
            output_tokens=tokens // 30,
        ),
        VoiceUsed(**place, provider="google", voice="uk-UA-Standard-A", characters=round(seconds) * 8),
        EarUsed(**place, provider="google", model="latest_long", seconds=seconds),
    )
