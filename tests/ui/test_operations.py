"""What machines ask for, in the words of the deployment guide."""

import json
from collections.abc import Awaitable, Callable

import anyio.lowlevel
import pytest
from anyio import wait_all_tasks_blocked

from tests.harness.timeless import TIMELESS
from tests.ui.browser import Browser, Website
from ui.operations import Readiness

pytestmark = pytest.mark.anyio


async def away() -> bool:
    return False


async def broken() -> bool:
    raise RuntimeError("a bug")


async def test_health_has_the_guides_shape(browser: Browser) -> None:
    answer = await browser.get("/health")
    assert (answer.status, json.loads(answer.text)) == (
        200,
        {"status": "ok", "active_calls": 3, "redis": "connected"},
    )


async def test_readiness_has_the_guides_shape_when_all_is_there(browser: Browser) -> None:
    answer = await browser.get("/health/ready")
    assert (answer.status, json.loads(answer.text)) == (
        200,
        {
            "status": "ready",
            "redis": "connected",
            "store_api": "reachable",
            "tts_engine": "initialized",
            "claude_api": "reachable",
            "google_stt": "credentials_present",
        },
    )


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("redis", "disconnected"),
        ("store_api", "unreachable"),
        ("tts_engine", "not_initialized"),
        ("claude_api", "unreachable"),
        ("google_stt", "no_credentials"),
        ("postgres", "disconnected"),
        ("call_engine", "not_accepting"),
    ],
)
@pytest.mark.parametrize("probe", [away, broken])
async def test_a_part_that_is_away_is_named_and_the_answer_is_503(
    website: Website, browser: Browser, part: str, told: str, probe: Callable[[], Awaitable[bool]]
) -> None:
    website.probes[part] = probe
    answer = await browser.get("/health/ready")
    words = json.loads(answer.text)
    assert (answer.status, words["status"], words[part]) == (503, "not_ready", told)
    assert (await browser.get("/health")).status == 200


async def test_what_has_come_back_is_seen_a_moment_later(website: Website, browser: Browser) -> None:
    there = website.probes["redis"]
    website.probes["redis"] = away
    assert (await browser.get("/health/ready")).status == 503
    website.probes["redis"] = there
    assert (await browser.get("/health/ready")).status == 503
    website.clock.at += 2
    assert (await browser.get("/health/ready")).status == 200


async def test_parts_are_asked_once_however_many_ask() -> None:
    asked = 0

    async def count() -> bool:
        nonlocal asked
        asked += 1
        await anyio.lowlevel.checkpoint()
        return True

    readiness = Readiness({"redis": count}, now=lambda: 0.0)
    async with anyio.create_task_group() as many:
        for _ in range(20):
            many.start_soon(readiness.parts)
    assert asked == 1


@pytest.mark.parametrize("anyio_backend", [TIMELESS])
async def test_a_part_that_never_answers_is_away_after_two_seconds_and_keeps_nobody_else_waiting() -> None:
    async def there() -> bool:
        return True

    async def never() -> bool:
        await anyio.sleep_forever()
        return True

    readiness = Readiness({"redis": there, "store_api": never})
    async with anyio.create_task_group() as together:
        together.start_soon(readiness.parts)
        await wait_all_tasks_blocked()
        assert await readiness.has("redis")
        assert anyio.current_time() < 1
    assert 2 <= anyio.current_time() < 3
    assert await readiness.parts() == {"redis": True, "store_api": False}


async def test_metrics_are_prometheus_text(browser: Browser) -> None:
    answer = await browser.get("/metrics")
    assert (answer.status, answer.text) == (200, "callcenter_active_calls 3.0\n")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")


async def test_files_are_kept_for_ever_under_a_name_that_changes_with_them(browser: Browser) -> None:
    page = (await browser.get("/admin/login")).text
    for name in ("admin.css", "htmx.js", "mark.svg"):
        path = next(part for part in page.split('"') if part.endswith(name))
        answer = await browser.get(path)
        assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]
        assert (await browser.get(f"/static/000000000000/{name}")).status == 404
    assert (await browser.get("/static/x/..%2f..%2fapp.py")).status == 404


async def test_the_address_alone_leads_to_the_admin(browser: Browser) -> None:
    assert (await browser.get("/")).headers["Location"] == "/admin"
