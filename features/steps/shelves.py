"""What the shop has before anybody calls: tyres, times, customers."""

from datetime import time, timedelta

from pytest_bdd import given, parsers, step

from adapters.memory.scripted_model import Answer
from domain.shop.events import ProfileSaved
from domain.transcript import ToolCall
from features.desk import Desk
from features.shop import NOW, OpenShop, day_named, days_to_come, station_named
from tests.domain.past import entries, past


@given("магазин відчинено")
def _(shop: OpenShop) -> None:
    """The shop, its database and its agent are there."""


@step(parsers.parse("у магазині є {quantity:d} шин {named} по {price:d} грн"))
@step(parsers.parse("у магазині є {quantity:d} шини {named} по {price:d} грн"))
def _(desk: Desk, shop: OpenShop, quantity: int, named: str, price: int) -> None:
    """Of this size there is nothing but what a scenario puts there."""
    desk.do(lambda: shop.put(named, quantity=quantity, hryvnias=price))


@step(parsers.parse("{named} щойно розкупили"))
def _(desk: Desk, shop: OpenShop, named: str) -> None:
    desk.do(lambda: shop.served.set_stock(shop.tire(named)["id"], 0))


@given(parsers.parse("на станції «{station}» {day} все зайнято"))
def _(desk: Desk, shop: OpenShop, station: str, day: str) -> None:
    desk.do(shop.served.fill_day, station_named(station), day_named(day))


@given(parsers.parse("на станції «{station}» {day} вільно лише о {at}"))
def _(desk: Desk, shop: OpenShop, station: str, day: str, at: str) -> None:
    desk.do(lambda: shop.served.fill_day(station_named(station), day_named(day), except_at=time.fromisoformat(at)))


@given(parsers.parse("на станції «{station}» {day} все вільно"))
def _(desk: Desk, shop: OpenShop, station: str, day: str) -> None:
    desk.do(shop.served.free_day, station_named(station), day_named(day))


@given(parsers.parse("на станції «{station}» все зайнято на три тижні"))
def _(desk: Desk, shop: OpenShop, station: str) -> None:
    for day in days_to_come():
        desk.do(shop.served.fill_day, station_named(station), day)


@step(parsers.parse("хтось щойно зайняв {day} о {at} на станції «{station}»"))
def _(desk: Desk, shop: OpenShop, station: str, day: str, at: str) -> None:
    at_time = time.fromisoformat(at)
    desk.do(lambda: shop.served.inside.set_slots(station_named(station), day_named(day), at_time, free=False))


@given(parsers.parse("магазин знає абонента як {name}"))
def _(shop: OpenShop, name: str) -> None:
    shop.ledger.profiles["380671234567"] = ProfileSaved(name=name)


@given(parsers.parse("{minutes:d} хвилини тому розмова абонента обірвалася на словах агента «{text}»"))
@given(parsers.parse("{minutes:d} хвилин тому розмова абонента обірвалася на словах агента «{text}»"))
def _(desk: Desk, shop: OpenShop, minutes: int, text: str) -> None:
    """He had asked for tyres; then the program died."""
    ago = timedelta(minutes=minutes)
    broken = past("потрібні зимові шини", "* search_tires", f"- {text}", ago=ago, now=NOW, caller="380671234567")
    desk.do(shop.archive.save, entries(broken))


@given(parsers.parse("на слова «{question}» модель вигадує «{text}»"))
def _(shop: OpenShop, question: str, text: str) -> None:
    shop.invent(question, text)


@given(parsers.parse("на слова «{question}» модель вигадує «{text}», а виправлена каже «{corrected}»"))
def _(shop: OpenShop, question: str, text: str, corrected: str) -> None:
    shop.invent(question, text, corrected)


@given(parsers.parse("абонент сьогодні вже замовляв {times:d} рази"))
def _(desk: Desk, shop: OpenShop, times: int) -> None:
    desk.do(shop.order_before, "380671234567", times)


@given(parsers.parse("на слова «{question}» модель удруге оформлює замовлення"))
def _(shop: OpenShop, question: str) -> None:
    """It calls the tool as it would after a yes."""
    agreed: dict[str, object] = {"payment_method": "card_on_delivery", "customer_name": "Віктор"}
    shop.invent(question, Answer(tool_calls=(ToolCall("1", "confirm_order", agreed),)))
