"""A caller whose engine is killed calls again, and the agent goes on where they were.

All of it is the product's own: supervisor, engine, pages, PostgreSQL and Redis.
"""

import os
import shutil
import signal
from collections.abc import Mapping, Sequence

import pytest

from domain.audio import Frame
from tests.harness.engine import engine_center, free_port, recorded
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Json, Script
from tests.integration.test_serve import ADMIN

pytestmark = pytest.mark.anyio

WISH, MORE = "Потрібні шини", "Зимові для легкової"
ANSWERS = {WISH: "Які саме?", MORE: "Гаразд, шукаю."}
_FRAMES_A_WORD = 20
"""So the greeting lasts five seconds, as a real one does."""


@pytest.fixture
async def recordings() -> Mapping[str, Sequence[Frame]]:
    return await recorded(*ANSWERS)


@pytest.mark.timeout(120)
async def test_a_call_whose_engine_was_killed_is_taken_up_where_it_was(
    recordings: Mapping[str, Sequence[Frame]],
) -> None:
    serve = ("serve", "--host", "127.0.0.1", "--port", "0")
    own = {**ADMIN, "AUDIOSOCKET_PORT": str(free_port())}
    asked: list[list[Json]] = []

    def answer(messages: list[Json]) -> Script:
        asked.append(messages)
        return Script(ANSWERS.get(last_words(messages), "Так."))

    async with engine_center(*serve, module="entrypoints.cli", recordings=recordings, **own) as center:
        center.language.answer_with(answer)
        first = await center.engine.logged("answering calls")
        await center.engine.logged("serving pages")
        phone = await center.answered_phone()
        await phone.speak(WISH)
        await phone.hear(ANSWERS[WISH])
        await phone.hear_out()

        center.google.voice.frames_a_word = _FRAMES_A_WORD
        shutil.rmtree(center.folder / "voice")
        os.kill(first["process"], signal.SIGKILL)
        await phone.reach("queue")
        await phone.hang_up()
        await center.engine.logged("answering calls", times=2)

        again = await center.phone()
        await again.hear(f"Вибачте, зв'язок перервався. {ANSWERS[WISH]}")
        await again.hear_out()
        await again.speak(MORE)
        await again.hear(ANSWERS[MORE])
        told = str(asked[-1])
        assert told.index(WISH) < told.index("зв'язок перервався") < told.rindex(MORE)
