"""Calls and pages under one supervisor, from the first caller to the end."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from domain.audio import Frame
from tests.entrypoints.test_serve import admin, health
from tests.harness.engine import engine_center, free_port, recorded
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Script

pytestmark = pytest.mark.anyio

QUESTION, GOODBYE = "Потрібні шини", "Дякую до побачення"
ANSWERS = {QUESTION: "Які саме?", GOODBYE: "До побачення!"}
ADMIN = {"ADMIN_PASSWORD": "of the admin", "ADMIN_JWT_SECRET": "of at least thirty-two characters"}


@pytest.fixture
async def recordings() -> Mapping[str, Sequence[Frame]]:
    return await recorded(*ANSWERS)


@pytest.mark.timeout(120)
async def test_a_call_is_held_to_its_end_and_pages_show_it_while_the_rest_ends(
    recordings: Mapping[str, Sequence[Frame]],
) -> None:
    serve = ("serve", "--processes", "2", "--host", "127.0.0.1", "--port", "0")
    own = {**ADMIN, "AUDIOSOCKET_PORT": str(free_port())}
    async with engine_center(*serve, module="entrypoints.cli", recordings=recordings, **own) as center:
        center.language.answer_with(lambda messages: Script(ANSWERS[last_words(messages)]))
        await center.engine.logged("answering calls", times=2)
        pages = await center.engine.logged("serving pages")
        phone = await center.answered_phone()

        center.engine.terminate()
        await center.engine.logged("draining", times=2)
        late = await center.phone()
        await late.reach("queue", within=1.0)
        assert (await health(pages))["redis"] == "connected"

        await phone.speak(QUESTION)
        await phone.hear(ANSWERS[QUESTION])
        await phone.hear_out()
        await phone.speak(GOODBYE)
        await phone.hear(ANSWERS[GOODBYE])
        await phone.reach("hung_up")
        assert phone.call.cause == 16
        assert await center.engine.ended(within=20) == 0
        assert (await center.ended(phone))["outcome"] == "completed"


@pytest.mark.timeout(120)
async def test_what_is_said_in_a_call_is_seen_from_a_terminal_while_it_runs(
    recordings: Mapping[str, Sequence[Frame]],
) -> None:
    serve = ("serve", "--host", "127.0.0.1", "--port", "0")
    async with engine_center(*serve, module="entrypoints.cli", recordings=recordings, **ADMIN) as center:
        center.language.answer_with(lambda messages: Script(ANSWERS[last_words(messages)]))
        phone = await center.answered_phone()
        await phone.speak(QUESTION)
        await phone.hear(ANSWERS[QUESTION])
        await phone.hear_out()

        record = await kept(center.folder, str(phone.call.uuid), ANSWERS[QUESTION])
        assert [(unit["speaker"], unit["text"]) for unit in record["transcript"]][-2:] == [
            ("caller", QUESTION),
            ("agent", ANSWERS[QUESTION]),
        ]
        assert record["outcome"] is None


async def kept(folder: Path, call_id: str, text: str) -> dict[str, Any]:
    """Return what is kept of a call as soon as this was said in it."""
    with anyio.fail_after(20):
        while True:
            told = await anyio.to_thread.run_sync(admin, folder, "calls", "show", call_id, "--json")
            if text in told.stdout:
                return dict(json.loads(told.stdout))
            await anyio.sleep(0.1)
