"""Each part that calls need is taken away from the real processes: `/health/ready` says so, and when it is back."""

import json
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import anyio
import anyio.to_thread
import pytest

from adapters.embedded.postgres import embedded_postgres
from adapters.embedded.redis import embedded_redis
from domain.audio import Frame
from entrypoints.demo_shop.faults import Fault
from tests.entrypoints.test_serve import PAGES, url
from tests.harness.engine import engine_center, free_port, recorded
from tests.harness.llm_streams import Script
from tests.harness.servers import Server
from tests.harness.shop import demo_shop_server

pytestmark = pytest.mark.anyio

BYE = "До побачення"
ADMIN = {"ADMIN_PASSWORD": "of the admin", "ADMIN_JWT_SECRET": "of at least thirty-two characters"}
READY = {
    "status": "ready",
    "redis": "connected",
    "store_api": "reachable",
    "tts_engine": "initialized",
    "claude_api": "reachable",
    "google_stt": "credentials_present",
}


class Readiness:
    def __init__(self, pages: Mapping[str, object]) -> None:
        self._url = f"{url(pages)}/health/ready"

    async def until_ready(self) -> None:
        await self._until(200, READY)

    async def until_away(self, part: str, word: str) -> None:
        """Wait until this part, and no other, is said to be away."""
        await self._until(503, {**READY, "status": "not_ready", part: word})

    async def _until(self, status: int, words: Mapping[str, str]) -> None:
        told: tuple[int, Mapping[str, str]] = (0, {})
        with anyio.move_on_after(30):
            while True:
                told = await anyio.to_thread.run_sync(self._ask)
                if told == (status, words):
                    return
                await anyio.sleep(0.2)
        raise AssertionError(f"not {status} with {words}, but {told}")

    def _ask(self) -> tuple[int, Mapping[str, str]]:
        try:
            with urlopen(self._url, timeout=10) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refusal:
            return refusal.code, json.load(refusal)


@pytest.fixture
async def recordings() -> Mapping[str, Sequence[Frame]]:
    return await recorded(BYE)


@pytest.mark.timeout(180)
async def test_a_part_that_is_taken_away_is_named_until_it_is_back(
    data_dir: Path, recordings: Mapping[str, Sequence[Frame]]
) -> None:
    async with AsyncExitStack() as stack:
        servers = await stack.enter_async_context(anyio.create_task_group())
        postgres = Server(lambda: embedded_postgres(data_dir), servers)
        redis = Server(lambda: embedded_redis(data_dir), servers)
        await postgres.come()
        await redis.come()
        for server in (postgres, redis):
            stack.push_async_callback(server.go)
        shop = await stack.enter_async_context(demo_shop_server())
        settings = {
            **ADMIN,
            "AUDIOSOCKET_PORT": str(free_port()),
            "DATABASE_URL": postgres.url,
            "REDIS_URL": redis.url,
            "STORE_API_URL": shop.url,
            "STORE_API_KEY": shop.key,
        }
        running = engine_center("serve", *PAGES, module="entrypoints.cli", recordings=recordings, **settings)
        center = await stack.enter_async_context(running)
        center.language.answer_with(lambda messages: Script("До побачення!"))
        readiness = Readiness(await center.engine.logged("serving pages"))
        await readiness.until_ready()

        for server, part in ((postgres, "postgres"), (redis, "redis")):
            await server.go()
            await readiness.until_away(part, "disconnected")
            await server.come()
            await readiness.until_ready()

        shop.fail(Fault(status=503))
        await readiness.until_away("store_api", "unreachable")
        shop.repair()
        await readiness.until_ready()

        port = center.language.port
        await center.language.stop()
        await readiness.until_away("claude_api", "unreachable")
        await center.language.start(port)
        await readiness.until_ready()

        phone = await center.answered_phone()
        center.engine.terminate()
        await readiness.until_away("call_engine", "not_accepting")
        await phone.speak(BYE)
        await phone.reach("hung_up")
        assert await center.engine.ended(within=30) == 0
