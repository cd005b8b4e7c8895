"""A test call through the whole product: pages and engine are processes that have Redis and a port in common."""

import aiohttp
import anyio
import pytest

from adapters.memory.literal_audio import words_in
from domain.audio import FRAME_BYTES
from domain.phrases import UKRAINIAN
from tests.harness.engine import engine_center, free_port
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Script
from tests.integration.test_serve import ADMIN
from tests.ui.browser import Browser

pytestmark = pytest.mark.anyio

QUESTION, ANSWER = "Потрібні шини", "Які саме?"


@pytest.mark.timeout(120)
async def test_what_is_typed_in_the_admin_is_answered_aloud_by_the_engine() -> None:
    serve = ("serve", "--host", "127.0.0.1", "--port", "0")
    own = {**ADMIN, "AUDIOSOCKET_PORT": str(free_port()), "SILENCE_PROMPT_SECONDS": "60"}
    async with engine_center(*serve, module="entrypoints.cli", recordings={}, **own) as center:
        center.language.answer_with(lambda messages: Script({QUESTION: ANSWER}[last_words(messages)]))
        pages = await center.engine.logged("serving pages")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            browser = Browser(f"http://127.0.0.1:{pages['port']}", session)
            assert (await browser.sign_in(password=ADMIN["ADMIN_PASSWORD"])).status == 303
            seal = (await browser.get("/admin/test-call")).seal
            async with browser.socket("/admin/test-call/line") as socket:
                await socket.send_json({"seal": seal, "real": False})
                begun = (await socket.receive_json())["begun"]
                await heard(socket, UKRAINIAN.greeting_question)
                typed = await browser.post("/admin/test-call/words", {"seal": seal, "text": QUESTION})
                assert typed.status == 303
                await heard(socket, ANSWER)
                await read(browser, QUESTION, ANSWER)
            ended = await center.engine.logged("call ended", call_id=begun)
            assert (ended["outcome"], ended["turns"]) == ("abandoned", 4)


async def heard(socket: aiohttp.ClientWebSocketResponse, text: str) -> None:
    """Listen until this is heard."""
    frames: list[bytes] = []
    with anyio.fail_after(30):
        while text not in words_in(frames):
            slin = await socket.receive_bytes()
            frames += [slin[at : at + FRAME_BYTES] for at in range(0, len(slin), FRAME_BYTES)]


async def read(browser: Browser, *texts: str) -> None:
    """Look at the page until it shows these."""
    with anyio.fail_after(30):
        page = await browser.get("/admin/test-call")
        while not all(text in page.text for text in texts):
            await anyio.sleep(0.2)
            page = await browser.get("/admin/test-call")
