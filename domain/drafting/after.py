"""What came of a call: where the caller ended up, and what is different at the shop."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from domain.dialog.phases import Outcome
from domain.drafting.seen import Seen, answer, things
from domain.drafting.steps import Line, Step, ToDo, day_in_words, quoted
from domain.hand_over import Reason
from domain.records import CallEnded, ToolUsed

_PAYMENTS = {"cod": "при отриманні", "card_on_delivery": "карткою при отриманні", "online": "онлайн"}
_REASONS = {
    Reason.CUSTOMER_REQUEST: "прохання абонента",
    Reason.NEGATIVE_EMOTION: "роздратування абонента",
    Reason.REPEATED_MISUNDERSTANDING: "непорозуміння",
    Reason.POLICY_LIMIT: "понад дозволене",
    Reason.TECHNICAL_FAILURE: "технічна несправність",
}
"""Those that the features have words for."""
_UNTOLD = "допишіть, що саме"


def after(uses: Sequence[ToolUsed], ended: CallEnded | None) -> Iterator[Line]:
    yield from _where(ended)
    seen, basket, way = Seen(), "", ""
    orders: list[str] = []
    bookings: list[str] = []
    cancelled = noted = False
    for use in uses:
        told, given = answer(use), use.arguments
        match use.name:
            case "create_order_draft":
                basket = _basket(given, seen) if told else basket
            case "update_order_delivery":
                way = _way(given, seen) if told else way
            case "confirm_order" if "order" in told:
                orders.append(_order(basket, way, given))
            case "book_fitting" if isinstance(told.get("booking"), dict):
                bookings.append(_booking(told["booking"], given))
            case "cancel_fitting" if told and "read_out" not in told:
                cancelled = True
            case "create_callback_request" if told:
                noted = True
                yield _callback(str(given.get("preferred_time") or ""))
            case "update_customer_profile" if told and given.get("name"):
                yield Step(f"абонента запам'ятовано як {given['name']}")
        seen.learn(use)
    yield from _changes(orders, bookings, cancelled=cancelled, noted=noted)


def _where(ended: CallEnded | None) -> Iterator[Line]:
    match ended:
        case CallEnded(outcome=Outcome.COMPLETED):
            yield Step("дзвінок завершено")
        case CallEnded(outcome=Outcome.HANDED_OVER, reason=reason):
            yield Step("абонент у черзі до операторів")
            if reason in _REASONS:
                yield Step(f"оператор бачить причину: {_REASONS[reason]}")
            elif reason is not None:
                yield ToDo(f"причина передачі була {reason.value}: для неї ще немає слів у прикладах")
        case CallEnded(outcome=Outcome.ABANDONED):
            pass
        case _:
            outcome = ended.outcome.value if ended else "ще триває"
            yield ToDo(f"дзвінок скінчився так: {outcome}; допишіть, чого слід чекати тепер")


def _changes(orders: Sequence[str], bookings: Sequence[str], *, cancelled: bool, noted: bool) -> Iterator[Line]:
    if len(orders) == 1:
        whole = _UNTOLD not in orders[0]
        step = f"у магазині одне нове замовлення абонента: {orders[0]}"
        yield Step(step) if whole else ToDo(step)
    elif orders:
        yield Step(f"у магазині {len(orders)} нових замовлень абонента")
    if cancelled:
        yield ToDo("абонент скасував або переніс запис: допишіть, які записи лишилися")
    elif bookings:
        several = ", ".join(f"«{each}»" for each in bookings)
        yield Step(f"записи абонента на шиномонтаж: {bookings[0] if len(bookings) == 1 else several}")
    if not (orders or bookings or cancelled or noted):
        yield Step("у магазині нічого не змінилося")


def _basket(given: Mapping[str, object], seen: Seen) -> str:
    """Return the tyres of a draft as the features name them."""
    items = []
    for item in things(given, "items"):
        tire = seen.thing(item.get("product"))
        items.append(f"{item.get('quantity')} шт. {tire['name']} {tire['size']}" if tire else _UNTOLD)
    return ", ".join(items)


def _way(given: Mapping[str, object], seen: Seen) -> str:
    if given.get("delivery_type") == "pickup":
        point = seen.thing(given.get("pickup_point"))
        return f"{point['city']}, {point['name']}" if point else _UNTOLD
    place = (given.get("city"), given.get("address"))
    return ", ".join(map(str, place)) if all(place) else _UNTOLD


def _order(basket: str, way: str, given: Mapping[str, object]) -> str:
    payment = _PAYMENTS.get(str(given.get("payment_method")), _UNTOLD)
    return "; ".join((basket or _UNTOLD, way or _UNTOLD, payment, str(given.get("customer_name") or _UNTOLD)))


def _booking(told: Mapping[str, Any], given: Mapping[str, object]) -> str:
    day = day_in_words(date.fromisoformat(told["date"]))
    return f"{told['station']}, {day} о {told['time']}, {told['car']}, {given.get('customer_name') or _UNTOLD}"


def _callback(preferred: str) -> Step:
    if preferred:
        return Step(f"у списку, кому передзвонити, є абонент: «{quoted(preferred)}»")
    return Step("абонент записаний у списку, кому передзвонити")
