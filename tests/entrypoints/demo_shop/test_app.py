"""The demo shop over HTTP: envelopes, keys, faults, and an administrator's paths."""

import time as clock
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import anyio
import pytest
from aiohttp import ClientConnectionError, ClientSession

from domain.shop.catalog import TireSize
from entrypoints.demo_shop.faults import Fault, When
from tests.harness.shop import ServedShop, demo_shop_server, kyiv_today

pytestmark = pytest.mark.anyio

CALLER = "+380671234567"
SIZE = TireSize(205, 55, 16)
PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Got:
    status: int
    headers: Mapping[str, str]
    text: str
    body: dict[str, object]

    @property
    def code(self) -> object:
        error = self.body["error"]
        assert isinstance(error, dict)
        assert error["request_id"] == self.headers["X-Request-Id"]
        assert error["message"]
        return error["code"]


class Client:
    def __init__(self, shop: ServedShop, session: ClientSession) -> None:
        self.shop = shop
        self._session = session

    async def ask(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        key: str | None = None,
        bearer: str | None = "demo",
        **headers: str,
    ) -> Got:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if bearer is not None:
            given["Authorization"] = f"Bearer {bearer}"
        if key is not None:
            given["Idempotency-Key"] = key
        url = (self.shop.root if path.startswith("/admin") else self.shop.url) + path
        with anyio.fail_after(PATIENCE_SECONDS):
            async with self._session.request(method, url, json=json, headers=given) as response:
                text = await response.text()
                body = await response.json() if text.endswith("}") else {}
                return Got(response.status, response.headers, text, body)

    def order(self, quantity: int = 1) -> dict[str, object]:
        tire_id = self.shop.tires(SIZE)[0]["id"]
        return {
            "customer_phone": CALLER,
            "items": [{"product_id": tire_id, "quantity": quantity}],
            "source": "ai_agent",
        }


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with demo_shop_server() as shop, ClientSession() as session:
        yield Client(shop, session)


async def test_health_needs_no_key(client: Client) -> None:
    got = await client.ask("GET", "/health", bearer=None)
    assert (got.status, got.body) == (200, {"data": {"status": "ok"}})


@pytest.mark.parametrize("path", ["/tires/search", "/orders/search?phone=0671234567", "/admin/orders", "/admin/faults"])
@pytest.mark.parametrize("bearer", [None, "", "wrong", "демо"])
async def test_all_else_needs_the_key(client: Client, path: str, bearer: str | None) -> None:
    got = await client.ask("GET", path, bearer=bearer)
    assert (got.status, got.code) == (401, "unauthorized")


async def test_a_request_id_comes_back_or_is_made(client: Client) -> None:
    assert (await client.ask("GET", "/health", X_Request_Id="abc-1")).headers["X-Request-Id"] == "abc-1"
    made = [(await client.ask("GET", "/health")).headers["X-Request-Id"] for _ in range(2)]
    assert made[0] != made[1]
    assert len((await client.ask("GET", "/health", X_Request_Id="x" * 129)).headers["X-Request-Id"]) == 36


async def test_a_list_has_its_pages(client: Client) -> None:
    got = await client.ask("GET", "/tires/search?brand=Michelin&page=2&per_page=50")
    pagination = got.body["pagination"]
    assert isinstance(pagination, dict)
    assert pagination == {"page": 2, "per_page": 50, "total": pagination["total"], "total_pages": 2}
    assert len(got.body["data"]) == pagination["total"] - 50  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing/here", 404, "not_found"),
        ("GET", "/tires/tire_of_nobody", 404, "not_found"),
        ("DELETE", "/orders", 405, "method_not_allowed"),
        ("GET", "/tires/search?per_page=51", 422, "validation_error"),
        ("GET", "/tires/search?brand=", 422, "validation_error"),
        ("GET", "/tires/search?wdth=205", 422, "validation_error"),
        ("GET", "/orders/search", 422, "validation_error"),
        ("POST", "/orders", 400, "idempotency_key_required"),
        ("DELETE", "/fitting/bookings/bk_000501", 400, "idempotency_key_required"),
    ],
)
async def test_every_error_has_its_envelope(client: Client, method: str, path: str, status: int, code: str) -> None:
    got = await client.ask(method, path)
    assert (got.status, got.code) == (status, code)


async def test_a_body_must_be_json(client: Client) -> None:
    async with ClientSession() as session:
        headers = {"Authorization": "Bearer demo", "Idempotency-Key": "k"}
        for body, kind in ((b"{", "application/json"), (b"{}", "text/plain")):
            url = client.shop.url + "/orders"
            async with session.post(url, data=body, headers=headers | {"Content-Type": kind}) as response:
                assert (response.status, (await response.json())["error"]["code"]) == (400, "bad_request")


async def test_an_order_is_found_by_its_number(client: Client) -> None:
    draft = await client.ask("POST", "/orders", client.order(), key="a")
    order = draft.body["data"]
    assert draft.status == 201
    assert isinstance(order, dict)
    path = f"/orders/{order['id']}"
    await client.ask("PATCH", f"{path}/delivery", {"delivery_type": "pickup", "pickup_point_id": "pp_kyiv_1"}, key="b")
    done = await client.ask("POST", f"{path}/confirm", {"payment_method": "cod", "customer_name": "Іван"}, key="c")
    found = await client.ask("GET", "/orders/search?order_number=10245")
    assert found.body["data"] == [done.body["data"]]
    assert client.shop.orders(CALLER)[0]["customer_name"] == "Іван"
    assert CALLER not in found.text


async def test_the_same_key_replays_and_another_body_is_a_conflict(client: Client) -> None:
    first = await client.ask("POST", "/orders", client.order(), key="k")
    again = await client.ask("POST", "/orders", dict(reversed(client.order().items())), key="k")
    assert (again.status, again.body) == (first.status, first.body)
    other = await client.ask("POST", "/orders", client.order(2), key="k")
    assert (other.status, other.code) == (409, "idempotency_conflict")
    elsewhere = await client.ask("PATCH", "/orders/ord_000007/delivery", client.order(), key="k")
    assert elsewhere.status == 422
    assert len(client.shop.orders(CALLER)) == 1


async def test_the_same_key_at_the_same_time_orders_once(client: Client) -> None:
    answers: list[object] = []

    async def order() -> None:
        answers.append((await client.ask("POST", "/orders", client.order(), key="k")).body)

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(order)
    assert len(client.shop.orders(CALLER)) == 1
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("fault", [Fault(reset=True), Fault(reset=True, when=When.AFTER)], ids=["before", "after"])
async def test_a_reset_comes_before_or_after_the_deed(client: Client, fault: Fault) -> None:
    client.shop.fail(fault)
    with pytest.raises(ClientConnectionError):
        await client.ask("POST", "/orders", client.order(), key="k")
    assert len(client.shop.orders(CALLER)) == (fault.when is When.AFTER)
    client.shop.repair()
    assert (await client.ask("POST", "/orders", client.order(), key="k")).status == 201
    assert len(client.shop.orders(CALLER)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("status", "code", "retry_after"),
    [(429, "rate_limited", "7"), (500, "internal_error", None), (503, "unavailable", "7")],
)
async def test_a_status_comes_before_or_after_the_deed(
    client: Client, when: str, status: int, code: str, retry_after: str | None
) -> None:
    await client.ask("POST", "/admin/faults", {"status": status, "retry_after_seconds": 7, "count": 1, "when": when})
    got = await client.ask("POST", "/orders", client.order(), key="k")
    assert (got.status, got.code, got.headers.get("Retry-After")) == (status, code, retry_after)
    assert len(client.shop.orders(CALLER)) == (when == "after")
    assert (await client.ask("POST", "/orders", client.order(), key="k")).status == 201


async def test_a_fault_may_break_json_and_be_slow(client: Client) -> None:
    await client.ask("POST", "/admin/faults", {"broken_json": True, "latency_seconds": 0.2, "path": "/pickup-points"})
    before = clock.monotonic()
    got = await client.ask("GET", "/pickup-points")
    assert (got.status, got.body) == (200, {})
    assert clock.monotonic() - before >= 0.2
    assert (await client.ask("GET", "/fitting/stations")).body
    cleared = await client.ask("DELETE", "/admin/faults")
    assert cleared.body == {"data": []}
    assert (await client.ask("GET", "/pickup-points")).body


async def test_a_fault_that_is_only_slow_answers_truly(client: Client) -> None:
    client.shop.fail(Fault(latency_seconds=0.05, when=When.AFTER))
    assert (await client.ask("GET", "/health")).body == {"data": {"status": "ok"}}


async def test_who_hangs_up_while_the_shop_is_slow_has_ordered_nothing(client: Client) -> None:
    client.shop.fail(Fault(latency_seconds=0.3, count=1))
    with anyio.move_on_after(0.1):
        await client.ask("POST", "/orders", client.order(), key="k")
    await anyio.sleep(0.4)
    assert client.shop.orders(CALLER) == []


async def test_an_unknown_status_is_no_fault(client: Client) -> None:
    assert (await client.ask("POST", "/admin/faults", {"status": 501})).code == "validation_error"
    assert (await client.ask("GET", "/admin/faults")).body == {"data": []}


async def test_faults_are_told_with_what_they_have_struck(client: Client) -> None:
    await client.ask("POST", "/admin/faults", {"status": 500, "path": "/tires/*", "probability": 1, "seed": 3})
    await client.ask("GET", "/tires/search")
    got = await client.ask("GET", "/admin/faults")
    assert got.body["data"] == [
        {
            "path": "/tires/*",
            "method": None,
            "when": "before",
            "latency_seconds": 0.0,
            "status": 500,
            "retry_after_seconds": None,
            "broken_json": False,
            "reset": False,
            "probability": 1.0,
            "count": None,
            "seed": 3,
            "struck": 1,
        }
    ]


async def test_an_administrator_sets_stock_and_times(client: Client) -> None:
    tire_id = client.shop.tires(SIZE)[0]["id"]
    await client.ask("PUT", f"/admin/stock/{tire_id}", {"quantity": 3})
    assert client.shop.stock(tire_id) == 3
    assert (await client.ask("POST", "/orders", client.order(4), key="k")).code == "out_of_stock"
    day = (kyiv_today() + timedelta(days=2)).isoformat()
    full = {"station_id": "st_dnipro_diivka", "date": day, "available": False}
    await client.ask("PUT", "/admin/slots", full)
    path = f"/fitting/stations/st_dnipro_diivka/slots?date_from={day}&date_to={day}"
    assert '"available": true' not in (await client.ask("GET", path)).text
    await client.ask("PUT", "/admin/slots", full | {"time": "10:00", "available": True})
    assert (await client.ask("GET", path)).text.count('"available": true') == 1


async def test_an_administrator_sees_whose_orders_and_bookings_there_are(client: Client) -> None:
    orders = await client.ask("GET", "/admin/orders")
    assert orders.body["data"] == client.shop.orders()
    assert "+380671112233" in orders.text
    assert (await client.ask("GET", "/admin/bookings")).body["data"] == client.shop.bookings()


async def test_a_reset_forgets_orders_and_faults(client: Client) -> None:
    await client.ask("POST", "/orders", client.order(), key="k")
    client.shop.fail(Fault(status=500))
    await client.ask("POST", "/admin/reset")
    assert (await client.ask("GET", "/health")).status == 200
    assert client.shop.orders(CALLER) == []


async def test_two_shops_in_one_process_are_strangers(client: Client) -> None:
    async with demo_shop_server() as other, ClientSession() as session:
        await Client(other, session).ask("POST", "/orders", client.order(), key="k")
        assert len(other.orders(CALLER)) == 1
    assert client.shop.orders(CALLER) == []
