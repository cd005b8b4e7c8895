"""What the shop must have before the caller dials, so that he may hear what he heard."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from domain.drafting.seen import Seen, answer, things
from domain.drafting.steps import Line, Step, ToDo, day_in_words
from domain.records import ToolUsed

_PRICE = re.compile(r"(\d+)(?:[.,]\d+)? грн")
_IN_QUOTES = re.compile(r"«([^»]+)»")
_FEW = 4
_OF_CALLERS = frozenset("get_order_status get_customer_bookings cancel_fitting find_storage".split())


def before(uses: Iterable[ToolUsed]) -> Iterator[Line]:
    """Yield what is to be given: of a tyre that was told of again, how many there were at first."""
    seen, shelf, times, of_caller = Seen(), dict[tuple[object, object], Step](), list[Line](), False
    for use in uses:
        told = answer(use)
        for tire in things(told, "tires"):
            if step := _on_the_shelf(tire):
                shelf.setdefault((tire.get("name"), tire.get("size")), step)
        if use.name == "get_fitting_slots":
            station = str(seen.thing(use.arguments.get("station")).get("name", ""))
            times += [line for line in _free_times(told, station) if line not in times]
        of_caller |= use.name in _OF_CALLERS
        seen.learn(use)
    yield from shelf.values()
    yield from times
    if of_caller:
        yield ToDo("абонент мав замовлення, запис чи шини на зберіганні: дайте йому номер, за яким вони є в магазині")


def _on_the_shelf(tire: Mapping[str, Any]) -> Step | None:
    price, stock = _PRICE.fullmatch(str(tire.get("price", ""))), tire.get("stock")
    if price is None or not isinstance(stock, int) or stock <= 0:
        return None
    pieces = "шини" if stock <= _FEW else "шин"
    return Step(f"у магазині є {stock} {pieces} {tire.get('name')} {tire.get('size')} по {price[1]} грн")


def _free_times(told: Mapping[str, Any], station: str) -> Iterator[Line]:
    named = _IN_QUOTES.search(station)
    if named is None:
        return
    days: dict[str, list[str]] = {}
    for slot in things(told, "slots"):
        days.setdefault(str(slot.get("date")), []).append(str(slot.get("time")))
    more = told.get("more")
    for times in list(days.values())[:1]:
        times += sorted(more.values()) if isinstance(more, dict) else []
    for day, times in days.items():
        where = f"на станції «{named[1]}» {_day(day)}"
        if len(times) == 1:
            yield Step(f"{where} вільно лише о {times[0]}")
        else:
            yield ToDo(f"{where} вільно було о {', '.join(times)}: перевірте, чи так є в магазині прикладів")
    full = told.get("days_full")
    for day in full if isinstance(full, list) else ():
        yield Step(f"на станції «{named[1]}» {_day(str(day))} все зайнято")


def _day(written: str) -> str:
    return day_in_words(date.fromisoformat(written))
