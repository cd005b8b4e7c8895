"""Calls and pages under one supervisor, from the first caller to the end."""

from collections.abc import Mapping, Sequence

import pytest

from domain.audio import Frame
from tests.entrypoints.test_serve import health
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
