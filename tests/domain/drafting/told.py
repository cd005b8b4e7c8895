"""Calls to be drafted, told shortly."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.dialog.phases import Outcome
from domain.hand_over import Reason
from domain.records import CallEnded, StoredCall, StoredRecord, ToolUsed, TurnTaken

CALL_ID = UUID(int=7)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
CALLER = "+380509998877"

Unit = TurnTaken | ToolUsed


def caller(text: str, understood: str = "") -> TurnTaken:
    return _turn("caller", text, understood=understood)


def agent(text: str, *, cut: bool = False, refused: tuple[str, ...] = ()) -> TurnTaken:
    return _turn("agent", text, cut=cut, refused=refused)


def _turn(speaker: str, text: str, **known: object) -> TurnTaken:
    about = {"call_id": CALL_ID, "began": NOON, "sequence": 0, "at": NOON, "number": 0}
    return TurnTaken(**about, speaker=speaker, text=text, **known)  # type: ignore[arg-type]


def tool(
    name: str,
    arguments: Mapping[str, object] | None = None,
    told: object = "",
    *,
    failed: bool = False,
    addresses: tuple[str, ...] = (),
) -> ToolUsed:
    return ToolUsed(
        call_id=CALL_ID,
        began=NOON,
        sequence=0,
        at=NOON,
        number=0,
        name=name,
        arguments=arguments or {},
        result=told if isinstance(told, str) else json.dumps(told, ensure_ascii=False),
        failed=failed,
        facts={"addresses": list(addresses)} if addresses else {},
    )


def call(
    *units: Unit,
    outcome: Outcome | None = Outcome.COMPLETED,
    reason: Reason | None = None,
    number: str | None = CALLER,
    orders: tuple[str, ...] = (),
    began: datetime = NOON,
    language: str = "uk",
) -> StoredRecord:
    ended = None
    if outcome is not None:
        at = began + timedelta(minutes=2)
        ended = CallEnded(
            call_id=CALL_ID, began=began, sequence=9, at=at, outcome=outcome, reason=reason, seconds=120, orders=orders
        )
    stored = StoredCall(call_id=CALL_ID, began=began, caller=number, language=language, ended=ended)
    return StoredRecord(call=stored, transcript=units)


TIRES = {
    "tires": [
        {"tire": "T1", "name": "Michelin X-Ice Snow", "size": "205/55 R16", "price": "5000 грн", "stock": 8},
        {"tire": "T2", "name": "Rosava Snowgard", "size": "205/55 R16", "price": "1980.50 грн", "stock": 3},
    ]
}
POINTS = {"points": [{"point": "P1", "name": "Магазин на Позняках", "city": "Київ", "address": "вул. Драгоманова, 2"}]}
STATIONS = {"stations": [{"station": "S1", "name": "Шинний центр «Позняки»", "city": "Київ"}]}
SLOTS = {
    "slots": [{"slot": "L1", "date": "2026-11-26", "time": "12:00"}],
    "days_full": ["2026-11-27"],
}
BOOKED = {"station": "Шинний центр «Позняки»", "date": "2026-11-26", "time": "12:00", "car": "Toyota Camry"}

EVERYTHING = call(
    agent("Вітаю!"),
    caller("потрібні шини"),
    tool("search_tires", {}, TIRES),
    agent("Є Michelin за 5000 грн. Які берете?"),
    caller("перші"),
    tool("create_order_draft", {"items": [{"product": "T1", "quantity": 4}]}, {"draft": {}}),
    tool("get_pickup_points", {}, POINTS),
    tool("update_order_delivery", {"delivery_type": "pickup", "pickup_point": "P1"}, {"delivery": {}}),
    agent("Магазин на Позняках, вулиця Драгоманова", cut=True),
    caller("добре"),
    tool("confirm_order", {"payment_method": "online", "customer_name": "Олександр"}, {"order": {}}),
    agent("Готово."),
    tool("get_fitting_stations", {}, STATIONS),
    tool("get_fitting_slots", {"station": "S1"}, SLOTS),
    tool("book_fitting", {"slot": "L1", "customer_name": "Олександр"}, {"booking": BOOKED}),
    agent("Записала."),
    caller("передзвоніть мені"),
    tool("create_callback_request", {"preferred_time": "завтра"}, {"callback": "noted"}),
    tool("update_customer_profile", {"name": "Олександр"}, {"saved": True}),
    caller("оператора"),
    outcome=Outcome.HANDED_OVER,
    reason=Reason.CUSTOMER_REQUEST,
    orders=("58211",),
)
"""A call in which all happens that a draft has words for."""
