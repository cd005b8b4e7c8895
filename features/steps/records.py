"""What the shop's database and the agent's notes hold."""

from collections.abc import Callable

from pytest_bdd import parsers, step, then

from domain.visit.promise import PromiseState
from features.desk import Desk
from features.shop import OpenShop, booked, ordered
from tests.harness.center import Center
from tests.harness.phone import Phone


@then(parsers.parse("у магазині одне нове замовлення абонента: {order}"))
def _(desk: Desk, center: Center, shop: OpenShop, phone: Phone, order: str) -> None:
    _comes(desk, center, phone, lambda: len(shop.orders_of(_number(phone))) > 0, lambda: "no order was placed")
    assert _orders(desk, shop, phone) == [order]


@then(parsers.parse("у магазині {count:d} нових замовлень абонента"))
@then(parsers.parse("у магазині {count:d} нові замовлення абонента"))
def _(desk: Desk, shop: OpenShop, phone: Phone, count: int) -> None:
    orders = _orders(desk, shop, phone)
    assert len(orders) == count, orders


@then("у магазині немає нових замовлень абонента")
def _(desk: Desk, shop: OpenShop, phone: Phone) -> None:
    orders = _orders(desk, shop, phone)
    assert not orders, orders


@then(parsers.parse("у магазині лишилося {quantity:d} шин {named}"))
@then(parsers.parse("у магазині лишилося {quantity:d} шини {named}"))
def _(desk: Desk, shop: OpenShop, quantity: int, named: str) -> None:
    assert desk.do(shop.tire, named)["stock_quantity"] == quantity


@then("у магазині нічого не змінилося")
def _(desk: Desk, shop: OpenShop) -> None:
    changes = desk.do(shop.changes)
    assert not changes, changes


@then(parsers.parse("записи абонента на шиномонтаж: {bookings}"))
def _(desk: Desk, center: Center, shop: OpenShop, phone: Phone, bookings: str) -> None:
    """All that stand; of several each is in its own pair of «»."""

    def standing() -> list[str]:
        return sorted(booked(each) for each in shop.bookings_of(_number(phone)))

    wanted = sorted(bookings.removeprefix("«").removesuffix("»").split("», «"))
    _comes(desk, center, phone, lambda: standing() == wanted, lambda: f"these stand: {standing()}")


@then("записів абонента на шиномонтаж немає")
def _(desk: Desk, shop: OpenShop, phone: Phone) -> None:
    bookings = [booked(each) for each in desk.do(shop.bookings_of, _number(phone))]
    assert not bookings, bookings


@step("абонент записаний у списку, кому передзвонити")
def _(desk: Desk, shop: OpenShop, phone: Phone) -> None:
    assert [request.number for request in shop.ledger.callbacks.values()] == [_number(phone)]


@then(parsers.parse("у списку, кому передзвонити, є абонент: «{when}»"))
def _(desk: Desk, shop: OpenShop, phone: Phone, when: str) -> None:
    requests = [(request.number, request.preferred_time) for request in shop.ledger.callbacks.values()]
    assert requests == [(_number(phone), when)]


@then("список, кому передзвонити, порожній")
def _(desk: Desk, shop: OpenShop) -> None:
    assert not shop.ledger.callbacks, shop.ledger.callbacks


@then(parsers.parse("абонента запам'ятовано як {name}"))
def _(desk: Desk, center: Center, shop: OpenShop, phone: Phone, name: str) -> None:
    def known() -> bool:
        profile = shop.ledger.profiles.get(_number(phone))
        return profile is not None and profile.name == name

    _comes(desk, center, phone, known, lambda: f"this is known: {shop.ledger.profiles}")


@then("за абонентом не лишилося нерозказаного")
def _(desk: Desk, center: Center, shop: OpenShop, phone: Phone) -> None:
    """All that was done for him he has heard of."""

    def all_heard() -> bool:
        return all(promise.state is PromiseState.HEARD for promise in shop.ledger.promises.values())

    _comes(desk, center, phone, all_heard, lambda: f"these are the promises: {list(shop.ledger.promises.values())}")


def _orders(desk: Desk, shop: OpenShop, phone: Phone) -> list[str]:
    return [ordered(each) for each in desk.do(shop.orders_of, _number(phone))]


def _number(phone: Phone) -> str:
    assert phone.number is not None
    return phone.number


def _comes(desk: Desk, center: Center, phone: Phone, condition: Callable[[], bool], wrong: Callable[[], str]) -> None:
    """Wait for what a call is still doing, to its end if it has ended."""
    try:
        if phone.call.where == "agent":
            desk.do(lambda: phone.call.until(condition))
        elif phone.call.uuid is not None:
            desk.do(center.watch.record_of, phone.call.uuid)
    except TimeoutError:
        pass
    if not desk.do(condition):
        raise AssertionError(desk.do(wrong))
