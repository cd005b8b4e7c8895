"""What goes wrong between us and the shop is borne for a while, told in one way, and never done twice."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

import anyio
import pytest
import structlog
from aiohttp import web

from adapters.store.client import StoreClient
from application.ports.shop import NotFound, ShopRefused
from domain.breaker import State
from domain.errors import Unavailable
from domain.shop.catalog import TireQuery
from domain.shop.orders import PaymentMethod
from tests.adapters.store.documents import ORDER, PHONE, TIRE
from tests.adapters.store.raw_shop import KEY, Answering, RawShop, data, raw_shop, refusal, reset, says

pytestmark = pytest.mark.anyio

AT_ONCE = (0.001, 0.001)
SHORT_SECONDS = 0.25
BUSY, FAILING = refusal(429, "too_many_requests", Retry_After="0"), says(500, "oops")
FOUND, NOTHING = data([TIRE]), data([])


@dataclass(slots=True)
class Clock:
    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@dataclass(slots=True)
class Watch:
    seen: list[tuple[str, int | None]] = field(default_factory=list)

    def __call__(self, path: str, status: int | None) -> None:
        self.seen.append((path, status))


class Connect(Protocol):
    def __call__(self, *, attempt_seconds: float = 5.0, give_up_seconds: float = 12.0) -> StoreClient: ...


@pytest.fixture
async def shop() -> AsyncIterator[RawShop]:
    async with raw_shop() as shop:
        yield shop


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def connect(shop: RawShop, clock: Clock, watch: Watch) -> AsyncIterator[Connect]:
    made: list[StoreClient] = []

    def connect(*, attempt_seconds: float = 5.0, give_up_seconds: float = 12.0) -> StoreClient:
        client = StoreClient(
            url=shop.url,
            key=KEY,
            attempt_seconds=attempt_seconds,
            give_up_seconds=give_up_seconds,
            pauses_seconds=AT_ONCE,
            now=clock,
            on_response=watch,
        )
        made.append(client)
        return client

    yield connect
    for client in made:
        await client.close()


@pytest.fixture
def client(connect: Connect) -> StoreClient:
    return connect()


def state(client: StoreClient) -> State:
    return client.breaker_state


async def ask(client: StoreClient) -> int:
    return len(await client.search_tires(TireQuery()))


async def confirm(client: StoreClient) -> str | None:
    order = await client.confirm_order("ord 1/2", payment=PaymentMethod.COD, customer_name="Олена", key="the key")
    return order.order_number


async def test_every_question_is_signed_and_has_an_id_of_its_own(shop: RawShop, client: StoreClient) -> None:
    shop.answer(BUSY, FOUND)
    assert await ask(client) == 1
    ids = [asked.headers["X-Request-Id"] for asked in shop.asked]
    assert len(set(ids)) == 2 and all(re.fullmatch(r"[0-9a-f-]{36}", each) for each in ids)
    assert {asked.headers["Authorization"] for asked in shop.asked} == {f"Bearer {KEY}"}
    assert "Idempotency-Key" not in shop.asked[0].headers


async def test_paths_are_below_the_address_and_ids_cannot_leave_theirs(shop: RawShop, client: StoreClient) -> None:
    shop.answer(data(ORDER))
    assert await confirm(client) == "10245"
    assert shop.asked[0].path == "/api/v1/orders/ord%201%2F2/confirm"
    assert shop.asked[0].body == {"payment_method": "cod", "customer_name": "Олена", "send_sms_confirmation": True}
    for stray in ("..", ".", ""):
        with pytest.raises(NotFound):
            await client.availability(stray)
    assert len(shop.asked) == 1


@pytest.mark.parametrize(
    "trouble", [BUSY, refusal(503, "maintenance", Retry_After="0"), refusal(503, "maintenance"), reset]
)
async def test_what_is_too_busy_or_gives_no_answer_is_asked_twice_more(
    shop: RawShop, client: StoreClient, watch: Watch, trouble: Answering
) -> None:
    shop.answer(trouble, trouble, FOUND)
    assert await ask(client) == 1
    shop.answer(trouble)
    with pytest.raises(Unavailable, match="GET /tires/search"):
        await ask(client)
    assert (len(watch.seen), len(shop.asked)) == (6, 6)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (FAILING, "the shop fails"),
        (says(502, "<html>"), "the shop fails"),
        (says(200, '{"data": [{'), "no JSON"),
        (says(200, '{"data": [NaN]}'), "no JSON"),
        (says(200, "[" * 100_000), "no JSON"),
        (says(200, '{"data": ' + "9" * 5_000 + "}"), "no JSON"),
        (says(200, "[]"), "is no object"),
        (says(200, {"items": []}), "data is missing"),
        (says(302, "", Location="/elsewhere"), "not as agreed"),
        (says(401, "who are you"), "STORE_API_KEY"),
        (refusal(403, "forbidden"), "STORE_API_KEY"),
        (says(404, "<html>no such page</html>"), "STORE_API_URL"),
        (says(405, ""), "not as agreed"),
        (says(409, "a proxy's words"), "not as agreed"),
    ],
)
async def test_what_asking_again_would_not_mend_is_told_at_once(
    shop: RawShop, client: StoreClient, answer: Answering, told: str
) -> None:
    shop.answer(answer, FOUND)
    with pytest.raises(Unavailable, match=told):
        await ask(client)
    assert len(shop.asked) == 1


@pytest.mark.parametrize(("status", "code"), [(400, "bad_request"), (409, "out_of_stock"), (422, "validation_error")])
async def test_a_refusal_comes_with_the_shops_own_code_and_is_no_failure(
    shop: RawShop, client: StoreClient, status: int, code: str
) -> None:
    shop.answer(refusal(status, code))
    for _ in range(6):
        with pytest.raises(ShopRefused, match="said so") as caught:
            await confirm(client)
        assert caught.value.code == code
    assert client.breaker_state is State.CLOSED


async def test_what_the_shop_does_not_know_is_not_found(shop: RawShop, client: StoreClient) -> None:
    shop.answer(refusal(404, "not_found"))
    with pytest.raises(NotFound):
        await client.availability("t1")


async def test_a_short_wish_to_be_left_alone_is_respected(shop: RawShop, client: StoreClient) -> None:
    shop.answer(refusal(429, "slow_down", Retry_After="0.3"), FOUND)
    began = anyio.current_time()
    assert await ask(client) == 1
    assert 0.3 <= anyio.current_time() - began < 3


@pytest.mark.parametrize("wish", ["60", "3.5"])
async def test_who_wants_to_be_left_alone_for_long_is_not_asked_again(
    shop: RawShop, client: StoreClient, wish: str
) -> None:
    shop.answer(refusal(503, "maintenance", Retry_After=wish), FOUND)
    with pytest.raises(Unavailable, match="503"):
        await ask(client)
    assert len(shop.asked) == 1


@pytest.mark.parametrize("wish", ["Wed, 21 Oct 2026 07:28:00 GMT", "soon", "-5"])
async def test_a_wish_that_is_no_number_of_seconds_is_taken_for_a_short_one(
    shop: RawShop, client: StoreClient, wish: str
) -> None:
    shop.answer(refusal(429, "slow_down", Retry_After=wish), FOUND)
    assert await ask(client) == 1


async def test_each_attempt_has_its_bound(shop: RawShop, connect: Connect) -> None:
    shop.answer(shop.silence, FOUND)
    assert await ask(connect(attempt_seconds=SHORT_SECONDS)) == 1
    assert len(shop.asked) == 2


async def test_all_attempts_together_have_one(shop: RawShop, connect: Connect) -> None:
    shop.answer(shop.silence)
    began = anyio.current_time()
    with pytest.raises(Unavailable, match="no answer in"):
        await ask(connect(attempt_seconds=10, give_up_seconds=SHORT_SECONDS))
    assert anyio.current_time() - began < 1
    assert len(shop.asked) == 1


async def test_pages_that_do_not_end_in_time_are_given_up(shop: RawShop, connect: Connect) -> None:
    shop.answer(data([TIRE], pagination={"total_pages": 9}), shop.silence)
    with pytest.raises(Unavailable, match="no answer in 0"):
        await connect(attempt_seconds=10, give_up_seconds=SHORT_SECONDS).search_tires(TireQuery(), limit=99)


async def test_an_answer_without_end_is_given_up(shop: RawShop, client: StoreClient) -> None:
    shop.answer(says(200, " " * (4 * 2**20 + 1)))
    with pytest.raises(Unavailable, match="no end"):
        await ask(client)


async def test_who_is_asked_at_a_dead_address_is_unavailable(unused_port: int) -> None:
    client = StoreClient(url=f"http://127.0.0.1:{unused_port}/api/v1", key=KEY, pauses_seconds=AT_ONCE)
    with pytest.raises(Unavailable, match="ClientConnector"):
        await ask(client)
    await client.close()


@pytest.fixture
async def unused_port() -> int:
    async with raw_shop() as gone:
        return int(gone.url.split(":")[2].split("/")[0])


async def test_a_write_whose_answer_was_lost_is_done_once(shop: RawShop, client: StoreClient) -> None:
    made: dict[str, object] = {}

    async def make(request: web.Request) -> web.StreamResponse:
        made.setdefault(request.headers["Idempotency-Key"], ORDER)
        return await data(ORDER)(request)

    async def make_and_lose(request: web.Request) -> web.StreamResponse:
        await make(request)
        return await reset(request)

    shop.answer(make_and_lose, make_and_lose, make)
    assert await confirm(client) == "10245"
    assert list(made) == ["the key"]
    assert len(shop.asked) == 3
    assert len({str(asked.body) for asked in shop.asked}) == 1


async def test_a_shop_that_fails_again_and_again_is_left_alone_then_tried_once(
    shop: RawShop, client: StoreClient, clock: Clock
) -> None:
    shop.answer(FAILING)
    for _ in range(5):
        assert state(client) is State.CLOSED
        with pytest.raises(Unavailable, match="fails"):
            await ask(client)
    with pytest.raises(Unavailable, match="left alone"):
        await ask(client)
    assert (len(shop.asked), state(client)) == (5, State.OPEN)

    clock.at += 30
    assert state(client) is State.HALF_OPEN
    with pytest.raises(Unavailable, match="fails"):
        await ask(client)
    assert (len(shop.asked), state(client)) == (6, State.OPEN)

    clock.at += 30
    shop.answer(FOUND)
    assert await ask(client) == 1
    assert state(client) is State.CLOSED


@pytest.mark.parametrize("answer", [refusal(409, "out_of_stock"), refusal(404, "not_found"), refusal(401, "no")])
async def test_any_answer_ends_a_row_of_failures_and_closes_a_breaker_that_is_half_open(
    shop: RawShop, client: StoreClient, clock: Clock, answer: Answering
) -> None:
    for _ in range(2):
        shop.answer(*[FAILING] * 4, answer)
        for _ in range(5):
            with pytest.raises((Unavailable, NotFound, ShopRefused)):
                await ask(client)
        assert state(client) is State.CLOSED
    await fail_until_open(shop, client)
    clock.at += 30
    shop.answer(answer)
    with pytest.raises((Unavailable, NotFound, ShopRefused)):
        await ask(client)
    assert state(client) is State.CLOSED


async def test_a_half_open_breaker_lets_one_question_through(shop: RawShop, client: StoreClient, clock: Clock) -> None:
    await fail_until_open(shop, client)
    clock.at += 30
    shop.answer(shop.silence)
    async with anyio.create_task_group() as group:
        group.start_soon(ask, client)
        await shop.hanging.wait()
        with pytest.raises(Unavailable, match="left alone"):
            await ask(client)
        group.cancel_scope.cancel()
    shop.answer(FOUND)
    assert await ask(client) == 1, "a trial that was given up is no trial"


async def test_attempts_that_get_no_answer_open_the_breaker_in_the_middle_of_a_question(
    shop: RawShop, client: StoreClient, watch: Watch
) -> None:
    shop.answer(reset)
    with pytest.raises(Unavailable):
        await ask(client)
    with pytest.raises(Unavailable, match="left alone"):
        await ask(client)
    assert (len(watch.seen), len(shop.asked)) == (5, 5)


@pytest.mark.parametrize("busy", [BUSY, refusal(401, "no"), refusal(404, "not_found")])
async def test_a_shop_that_answers_is_not_failing(shop: RawShop, client: StoreClient, busy: Answering) -> None:
    shop.answer(busy)
    for _ in range(6):
        with pytest.raises((Unavailable, NotFound)):
            await ask(client)
    assert client.breaker_state is State.CLOSED


async def test_each_attempt_is_told_by_its_pattern_and_the_log_knows_no_number(
    shop: RawShop, client: StoreClient, watch: Watch
) -> None:
    shop.answer(BUSY, reset, data([ORDER]), data(ORDER), refusal(404, "not_found"))
    with structlog.testing.capture_logs() as logs:
        await client.orders_of(PHONE)
        await client.confirm_order("ord_7", payment=PaymentMethod.COD, customer_name="Олена", key="the key")
        with pytest.raises(NotFound):
            await client.cancel("bk_7", phone=PHONE, key="the key")
    assert watch.seen == [
        ("/orders/search", 429),
        ("/orders/search", None),
        ("/orders/search", 200),
        ("/orders/{}/confirm", 200),
        ("/fitting/bookings/{}", 404),
    ]
    assert [(log["event"], log["attempt"], log["status"]) for log in logs[:3]] == [
        ("shop_asked", 1, 429),
        ("shop_asked", 2, None),
        ("shop_asked", 3, 200),
    ]
    assert all({"method", "path", "ms", "request_id", "breaker"} <= set(log) for log in logs)
    told = str(logs)
    assert [secret for secret in (PHONE, PHONE[1:], "Олена", "ord_7", "bk_7", "the key", KEY) if secret in told] == []


async def test_a_client_that_was_closed_opens_anew(shop: RawShop, client: StoreClient) -> None:
    shop.answer(FOUND)
    assert await ask(client) == 1
    await client.close()
    await client.close()
    assert await ask(client) == 1


async def fail_until_open(shop: RawShop, client: StoreClient) -> None:
    shop.answer(FAILING)
    while client.breaker_state is State.CLOSED:
        with pytest.raises(Unavailable):
            await ask(client)
