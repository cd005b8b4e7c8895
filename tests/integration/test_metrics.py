"""Every metric moves in calls over real sockets, and `/metrics` of the pages tells them for all processes."""

import csv
import re
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from io import StringIO
from urllib.request import urlopen

import anyio
import anyio.to_thread
import pytest
from aiohttp import ClientSession, CookieJar

from domain.audio import Frame
from entrypoints.demo_shop.faults import Fault
from tests.entrypoints.test_serve import PAGES, health, url
from tests.harness.engine import EngineCenter, engine_center, free_port, recorded
from tests.harness.llm import LanguageEmulator, Trouble
from tests.harness.llm_requests import last_results, last_words
from tests.harness.llm_streams import Call, Json, Script
from tests.harness.shop import demo_shop_server
from tests.ui.browser import Browser

pytestmark = pytest.mark.anyio

TIRES, MORE, WAIT, PERSON, BYE = (
    "Потрібні шини",
    "Розкажіть усе",
    "Стривайте хвилину",
    "Покличте людину",
    "До побачення",
)
SEARCH = Call("search_tires", {"width": 205, "profile": 55, "diameter": 16})
LONG = "Розповім про кожну модель окремо, бо їх у нас справді багато, і всі вони різні."
ANSWERS = {MORE: LONG, WAIT: "Чекаю.", BYE: "До побачення!"}
ADMIN = {"ADMIN_PASSWORD": "of the admin", "ADMIN_JWT_SECRET": "of at least thirty-two characters"}

MOVING = (
    "active_calls",
    'calls_total{status="handed_over"',
    "call_duration_seconds_count",
    "call_cost_usd_count",
    "call_cost_usd_sum",
    'transfers_to_operator_total{reason="customer_request"',
    "operator_queue_length",
    'pipeline_errors_total{stage="model"',
    'store_api_errors_total{status_code="503"',
    "store_api_circuit_breaker_state",
    'tool_call_duration_ms_count{tool_name="search_tires"',
    'tool_call_errors_total{tool_name="search_tires"',
    'llm_requests_total{provider="anthropic"',
    'llm_errors_total{provider="anthropic"',
    'llm_provider_latency_ms_count{provider="openai"',
    "llm_fallbacks_total",
    "tts_cache_hits_total",
    "tts_cache_misses_total",
    "barge_in_total",
    "frame_lateness_ms_count",
    "dead_air_seconds_count",
    "audiosocket_to_stt_ms_count",
    "stt_latency_ms_count",
    "llm_latency_ms_count",
    "tts_latency_ms_count",
    "tts_delivery_ms_count",
    "total_response_latency_ms_count",
    'truth_gate_total{verdict="passed"',
)
"""Those of the product, each by how it begins without `callcenter_`."""


@pytest.fixture
async def recordings() -> Mapping[str, Sequence[Frame]]:
    return await recorded(TIRES, MORE, WAIT, PERSON, BYE)


def answer(messages: list[Json]) -> Script:
    """Search for whoever asks for tyres, and own up to what went wrong; give whoever asks for a person to one."""
    words = last_words(messages)
    if words == TIRES and not last_results(messages):
        return Script(calls=[SEARCH])
    if words == PERSON:
        return Script(
            calls=[Call("transfer_to_operator", {"reason": "customer_request", "summary": "Просить людину."})]
        )
    return Script(ANSWERS.get(words, "Які саме?"))


class Metrics:
    """What the pages tell now."""

    def __init__(self, pages: Mapping[str, object]) -> None:
        self._url = f"{url(pages)}/metrics"

    async def now(self) -> dict[str, float]:
        """Return the sum over all processes by name and labels."""
        figures: dict[str, float] = {}
        for line in (await anyio.to_thread.run_sync(self._read)).splitlines():
            if line.startswith("callcenter_"):
                name, value = line.removeprefix("callcenter_").rsplit(" ", 1)
                series = re.sub(r'process="[^"]*",?', "", name)
                figures[series] = figures.get(series, 0.0) + float(value)
        return figures

    async def until(self, name: str, *, moved_from: Mapping[str, float]) -> None:
        with anyio.move_on_after(20):
            while True:
                figures = await self.now()
                if any(moved_from.get(each) != value for each, value in figures.items() if each.startswith(name)):
                    return
                await anyio.sleep(0.2)
        raise AssertionError(f"{name} has not moved")

    def _read(self) -> str:
        with urlopen(self._url, timeout=10) as answer:
            return str(answer.read().decode())


async def call_with_all_that_may_happen(center: EngineCenter) -> None:
    """Be answered by the second model, fail at the shop, interrupt, and ask for a person."""
    phone = await center.answered_phone()
    center.language.misbehave(Trouble.SERVER_ERROR)
    for _ in range(2):
        await phone.speak(TIRES)
        await phone.hear("Які саме?")
        await phone.hear_out()
    center.language.behave()
    await phone.speak(MORE)
    await phone.hear("Розповім про кожну")
    await phone.speak(WAIT)
    await phone.hear("Чекаю")
    await phone.hear_out()
    await phone.speak(PERSON)
    await phone.reach("queue")
    await center.ended(phone)


async def costs_of_two_calls(pages: Mapping[str, object]) -> Mapping[str, float]:
    """Return what the page of costs tells of today, once two calls stand in it."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        browser = Browser(url(pages), session)
        assert (await browser.sign_in(password=ADMIN["ADMIN_PASSWORD"])).status == 303
        with anyio.fail_after(30):
            while True:
                days = list(csv.DictReader(StringIO((await browser.get("/admin/costs/days.csv")).text)))
                figures = {name: sum(float(day[name] or 0) for day in days) for name in days[0] if name != "day"}
                if figures["calls"] == 2 and figures["usd"] > 0:
                    return figures
                await anyio.sleep(0.2)


@pytest.mark.timeout(120)
async def test_metrics_move_in_calls_and_the_pages_tell_what_these_cost(
    recordings: Mapping[str, Sequence[Frame]],
) -> None:
    async with AsyncExitStack() as stack:
        shop = await stack.enter_async_context(demo_shop_server())
        second = await stack.enter_async_context(LanguageEmulator())
        second.answer_with(answer)
        settings = {
            **ADMIN,
            "AUDIOSOCKET_PORT": str(free_port()),
            "FF_LLM_ROUTING_ENABLED": "true",
            "OPENAI_API_KEY": "key-of-the-second",
            "OPENAI_BASE_URL": second.openai_url,
            "STORE_API_URL": shop.url,
            "STORE_API_KEY": shop.key,
        }
        running = engine_center("serve", *PAGES, module="entrypoints.cli", recordings=recordings, **settings)
        center = await stack.enter_async_context(running)
        center.language.answer_with(answer)
        pages = await center.engine.logged("serving pages")
        metrics = Metrics(pages)
        before = await metrics.now()
        shop.fail(Fault(path="/tires*", status=503))
        await call_with_all_that_may_happen(center)

        await center.language.stop()
        await second.stop()
        phone = await center.answered_phone()
        assert (await health(pages))["status"] == "ok"
        await metrics.until("active_calls", moved_from=before)
        await phone.speak(MORE)
        await phone.reach("queue", within=30)
        await center.ended(phone)
        for name in MOVING:
            if name != "active_calls":
                await metrics.until(name, moved_from=before)
        costs = await costs_of_two_calls(pages)
        used = ("input_tokens", "output_tokens", "characters", "speech_seconds", "model_usd", "voice_usd", "ear_usd")
        assert [name for name in used if costs[name] <= 0] == []
        assert costs["calls_with_unpriced"] == 0
