"""However the engine ends, its callers are served or in the operators' queue."""

from collections.abc import AsyncGenerator, Mapping, Sequence

import pytest

from domain.audio import Frame
from domain.phrases import UKRAINIAN
from tests.harness.engine import EngineCenter, engine_center, recorded
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Script

pytestmark = pytest.mark.anyio

QUESTION, GOODBYE = "Потрібні шини", "Дякую до побачення"
ANSWERS = {QUESTION: "Які саме?", GOODBYE: "До побачення!"}


@pytest.fixture
async def recordings() -> Mapping[str, Sequence[Frame]]:
    return await recorded(*ANSWERS)


@pytest.fixture
async def center(recordings: Mapping[str, Sequence[Frame]]) -> AsyncGenerator[EngineCenter, None]:
    async with engine_center(recordings=recordings) as center:
        answer(center)
        yield center


def answer(center: EngineCenter) -> None:
    center.language.answer_with(lambda messages: Script(ANSWERS[last_words(messages)]))


async def test_the_callers_of_an_engine_that_is_killed_are_in_the_queue_at_once(center: EngineCenter) -> None:
    phones = []
    for version in ("22.10", "20.6"):
        center.run_version(version)
        phones.append(await center.answered_phone())
        # Of a line that sends nothing no audio is left unread, which would make a reset by itself.
        phones.append(await center.answered_phone(silence_suppression=True))
    center.engine.kill()
    for phone in phones:
        await phone.reach("queue", within=1.0)
        assert phone.call.name_shown == "AI technical_failure"

    late = await center.phone()
    await late.reach("queue", within=1.0)


async def test_a_draining_engine_ends_the_call_that_runs_and_takes_no_other(center: EngineCenter) -> None:
    phone = await center.answered_phone()
    center.engine.terminate()
    await center.engine.logged("draining")

    late = await center.phone()
    await late.reach("queue", within=1.0)

    await phone.speak(QUESTION)
    await phone.hear(ANSWERS[QUESTION])
    await phone.hear_out()
    await phone.speak(GOODBYE)
    await phone.hear(ANSWERS[GOODBYE])
    await phone.reach("hung_up")
    assert phone.call.cause == 16
    assert await center.engine.ended() == 0
    assert (await center.ended(phone))["outcome"] == "completed"


async def test_who_still_talks_when_the_drain_is_over_hears_why_he_is_handed_over(
    recordings: Mapping[str, Sequence[Frame]],
) -> None:
    async with engine_center(recordings=recordings, DRAIN_SECONDS="0.5") as center:
        phone = await center.answered_phone()
        center.engine.terminate()
        await phone.hear(UKRAINIAN.restarting)
        await phone.reach("queue")
        assert phone.call.faults == []
        assert await center.engine.ended() == 0
