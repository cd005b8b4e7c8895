"""An administrator's view of the demo shop, and his switches.  Not part of the Store API."""

from enum import Enum

from adapters.demo_shop.refusals import Invalid
from adapters.demo_shop.shop import DemoShop
from entrypoints.demo_shop.faults import Fault, Faults, When
from entrypoints.demo_shop.operations import Answer, Asked, Operation
from entrypoints.demo_shop.reading import required

_STATUSES = (429, 500, 503)
_MOST_LATENCY_SECONDS = 120.0
_MOST_COUNT = 1_000_000
_MOST_STOCK = 100_000


class _Method(Enum):
    GET = "GET"
    POST = "POST"
    PATCH = "PATCH"
    DELETE = "DELETE"


def admin(shop: DemoShop, faults: Faults) -> tuple[Operation, ...]:
    inside = _Inside(shop, faults)
    return (
        Operation(method="GET", path="/admin/orders", answer=lambda _: Answer(data=shop.all_orders())),
        Operation(method="GET", path="/admin/bookings", answer=lambda _: Answer(data=shop.all_bookings())),
        Operation(
            method="GET",
            path="/admin/stock/<tire_id>",
            answer=lambda asked: Answer(data=shop.tire(asked.path["tire_id"])),
        ),
        Operation(method="PUT", path="/admin/stock/<tire_id>", answer=inside.set_stock),
        Operation(method="PUT", path="/admin/slots", answer=inside.set_slots),
        Operation(method="GET", path="/admin/faults", answer=inside.faults),
        Operation(method="POST", path="/admin/faults", answer=inside.add_fault),
        Operation(method="DELETE", path="/admin/faults", answer=inside.clear_faults),
        Operation(method="POST", path="/admin/reset", answer=inside.reset),
    )


class _Inside:
    def __init__(self, shop: DemoShop, faults: Faults) -> None:
        self._shop = shop
        self._faults = faults

    def set_stock(self, asked: Asked) -> Answer:
        quantity = required("quantity", asked.body.whole("quantity", least=0, most=_MOST_STOCK))
        asked.end()
        return Answer(data=self._shop.set_stock(asked.path["tire_id"], quantity))

    def set_slots(self, asked: Asked) -> Answer:
        body = asked.body
        station_id = required("station_id", body.text("station_id"))
        day, at = required("date", body.day("date")), body.at("time")
        free = required("available", body.switch("available"))
        asked.end()
        self._shop.set_slots(station_id, day, at, free=free)
        return Answer(data={"station_id": station_id, "date": day.isoformat(), "available": free})

    def faults(self, _: Asked) -> Answer:
        return Answer(
            data=[
                {
                    "path": fault.path,
                    "method": fault.method,
                    "when": fault.when.value,
                    "latency_seconds": fault.latency_seconds,
                    "status": fault.status,
                    "retry_after_seconds": fault.retry_after_seconds,
                    "broken_json": fault.broken_json,
                    "reset": fault.reset,
                    "probability": fault.probability,
                    "count": fault.count,
                    "seed": fault.seed,
                    "struck": struck,
                }
                for fault, struck in self._faults.struck
            ]
        )

    def add_fault(self, asked: Asked) -> Answer:
        body = asked.body
        method = body.choice("method", _Method)
        probability = body.number("probability", least=0, most=1)
        fault = Fault(
            path=body.text("path") or "*",
            method=method.value if method else None,
            when=body.choice("when", When) or When.BEFORE,
            latency_seconds=body.number("latency_seconds", least=0, most=_MOST_LATENCY_SECONDS) or 0.0,
            status=body.whole("status", least=_STATUSES[0], most=_STATUSES[-1]),
            retry_after_seconds=body.whole("retry_after_seconds", least=0, most=3600),
            broken_json=bool(body.switch("broken_json")),
            reset=bool(body.switch("reset")),
            probability=1.0 if probability is None else probability,
            count=body.whole("count", least=1, most=_MOST_COUNT),
            seed=body.whole("seed", least=0, most=999_999_999) or 0,
        )
        asked.end()
        if fault.status not in (None, *_STATUSES):
            raise Invalid(f"status: must be one of {', '.join(map(str, _STATUSES))}")
        self._faults.add(fault)
        return self.faults(asked)

    def clear_faults(self, asked: Asked) -> Answer:
        self._faults.clear()
        return self.faults(asked)

    def reset(self, asked: Asked) -> Answer:
        """Forget all orders, bookings, keys and faults."""
        self._faults.clear()
        self._shop.reset()
        return Answer(data={"status": "ok"})
