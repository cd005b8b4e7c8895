"""How the shop's own system fares while callers wait."""

from pytest_bdd import step

from entrypoints.demo_shop.faults import Fault, When
from features.shop import OpenShop

_SLOW_SECONDS = 0.9
_CONFIRM = "/orders/*/confirm"


@step("система магазину відповідає повільно")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(latency_seconds=_SLOW_SECONDS))


@step("система магазину не відповідає")
@step("система магазину падає")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(reset=True))


@step("система магазину каже, що перевантажена")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(status=503))


@step("система магазину відповідає нісенітницею")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(broken_json=True))


@step("система магазину раз спіткнеться")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(status=503, count=1))
    shop.served.fail(Fault(reset=True, count=1))


@step("система магазину оговтується")
def _(shop: OpenShop) -> None:
    shop.served.repair()


@step("магазин оформить замовлення, та відповідь загубиться")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path=_CONFIRM, when=When.AFTER, reset=True))


@step("магазин оформить замовлення, та перша відповідь загубиться")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path=_CONFIRM, when=When.AFTER, reset=True, count=1))


@step("магазин падає на оформленні замовлення")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path=_CONFIRM, reset=True))


@step("магазин довго оформлює замовлення")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path=_CONFIRM, latency_seconds=_SLOW_SECONDS))


@step("магазин довго записує на шиномонтаж")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path="/fitting/bookings", method="POST", latency_seconds=_SLOW_SECONDS))


@step("магазин не може скасувати записів")
def _(shop: OpenShop) -> None:
    shop.served.fail(Fault(path="/fitting/bookings/*", method="DELETE", status=500))
