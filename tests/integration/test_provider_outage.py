"""Whichever provider fails in the middle of a call, its caller hears that he is handed over, and is."""

from collections.abc import AsyncGenerator, Callable, Coroutine
from typing import Any

import grpc
import pytest

from domain.phrases import UKRAINIAN
from tests.harness.engine import EngineCenter, engine_center, recorded
from tests.harness.google import SpeechBehaviour, VoiceBehaviour
from tests.harness.llm import Trouble
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Script

pytestmark = pytest.mark.anyio

QUESTION, NEXT = "Потрібні шини", "Є доставка"
ANSWER = "Які саме?"

Outage = Callable[[EngineCenter], Coroutine[Any, Any, None]]


async def google_dies(center: EngineCenter) -> None:
    """Speech and voice die together: they are one address."""
    await center.google.stop()


async def the_recognizer_refuses(center: EngineCenter) -> None:
    center.google.speech.fail = grpc.StatusCode.UNAVAILABLE
    center.google.cut(grpc.StatusCode.UNAVAILABLE)


async def the_voice_fails(center: EngineCenter) -> None:
    center.google.voice.fail = grpc.StatusCode.UNAVAILABLE


async def the_voice_hangs(center: EngineCenter) -> None:
    center.google.voice.hangs = True


async def the_model_fails(center: EngineCenter) -> None:
    center.language.misbehave(Trouble.SERVER_ERROR)


async def the_model_is_mute(center: EngineCenter) -> None:
    center.language.misbehave(Trouble.MUTE)


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
async def shared_center() -> AsyncGenerator[EngineCenter, None]:
    async with engine_center(recordings=await recorded(QUESTION, NEXT)) as center:
        center.language.answer_with(lambda messages: Script(ANSWER if last_words(messages) == QUESTION else "Так."))
        yield center


@pytest.fixture
async def center(shared_center: EngineCenter) -> AsyncGenerator[EngineCenter, None]:
    """Every outage ends, and the next caller is answered as if nothing had been."""
    google, language = shared_center.google, shared_center.language
    recordings, pace = google.speech.recordings, google.voice.frames_a_word
    yield shared_center
    google.speech = SpeechBehaviour(recordings=recordings)
    google.voice = VoiceBehaviour(frames_a_word=pace)
    language.behave()
    await google.stop()
    await google.start()


@pytest.mark.parametrize(
    ("outage", "version"),
    [
        (google_dies, "22.10"),
        (the_recognizer_refuses, "20.6"),
        (the_voice_fails, "22.10"),
        (the_voice_hangs, "22.10"),
        (the_model_fails, "22.10"),
        (the_model_is_mute, "20.6"),
    ],
)
async def test_an_outage_in_mid_call_ends_with_an_operator(center: EngineCenter, outage: Outage, version: str) -> None:
    center.run_version(version)
    await hold_call_through(outage, center)


async def test_a_recognizer_that_hangs_is_given_up_with_an_operator(center: EngineCenter) -> None:
    phone = await center.answered_phone()
    center.google.speech.hangs = True
    await phone.speak(QUESTION)
    await phone.hear(UKRAINIAN.ask_again)
    await phone.hear_out()
    await phone.speak(QUESTION)
    await phone.hear(UKRAINIAN.choices)
    await phone.hear_out()
    await phone.speak(QUESTION)
    await phone.hear("З'єдную вас з оператором.")
    await phone.reach("queue")
    assert (await center.ended(phone))["outcome"] == "handed_over"


async def test_a_model_that_dies_in_mid_call_leaves_the_caller_to_an_operator(center: EngineCenter) -> None:
    """The last of the tests, for the model stays dead."""

    async def death(center: EngineCenter) -> None:
        await center.language.stop()

    center.run_version("22.10")
    await hold_call_through(death, center)


async def hold_call_through(outage: Outage, center: EngineCenter) -> None:
    phone = await center.answered_phone()
    await phone.speak(QUESTION)
    await phone.hear(ANSWER)
    await phone.hear_out()

    await outage(center)
    await phone.speak(NEXT)
    await phone.hear(UKRAINIAN.hand_over_apology)
    await phone.reach("queue")
    ended = await center.ended(phone)
    assert (ended["outcome"], ended["reason"]) == ("handed_over", "technical_failure")
    assert phone.call.name_shown == "AI technical_failure"
    assert phone.call.faults == []
