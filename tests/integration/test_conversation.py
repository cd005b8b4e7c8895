"""A whole conversation with the engine as it is started for real, every provider emulated."""

from collections.abc import AsyncGenerator, Sequence

import pytest

from tests.harness.engine import CALLER, KEY, EngineCenter, engine_center, recorded
from tests.harness.llm import LanguageEmulator
from tests.harness.llm_requests import last_words
from tests.harness.llm_streams import Json, Script
from tests.harness.recordings import known_again

pytestmark = pytest.mark.anyio

CONVERSATION = {
    "Добрий день": "Вітаю вас.",
    "Потрібні шини": "Які саме?",
    "Зимові": "Розповім про кожну.",
    "Скільки коштують": "Це залежить від моделі.",
    "Є доставка": "Так, звичайно.",
    "До Києва": "Скажіть адресу.",
    "А до Львова": "Туди теж.",
    "Чи є гарантія": "Спитаю в магазину.",
    "Ви працюєте завтра": "Зараз подивлюся.",
    "Гаразд беру": "Чудово, беремо.",
}


@pytest.fixture(scope="module")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    return "asyncio", {"use_uvloop": True}


@pytest.fixture(scope="module")
async def center() -> AsyncGenerator[EngineCenter, None]:
    async with engine_center(recordings=await recorded(*CONVERSATION)) as center:
        center.language.answer_with(lambda messages: Script(CONVERSATION.get(last_words(messages), "Що саме?")))
        yield center


async def test_a_conversation_of_ten_turns_is_held_and_remembered(center: EngineCenter) -> None:
    phone = await center.answered_phone()
    for question, answer in CONVERSATION.items():
        await phone.speak(question)
        await phone.hear(answer)
        await phone.hear_out()
    await phone.hang_up()

    said = [pair for turn in CONVERSATION.items() for pair in turn]
    assert transcript(center.language.requests[-1].messages)[-19:] == said[:19]
    assert center.language.violations == []
    assert phone.call.faults == []
    ended = await center.ended(phone)
    assert (ended["outcome"], ended["turns"]) == ("abandoned", 22)


def transcript(messages: Sequence[Json]) -> list[str]:
    """Return what was said, by both in turn, as the model was told it."""
    said: list[str] = []
    for message in messages:
        content = message["content"]
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        texts = [block["text"] for block in blocks if block["type"] == "text"]
        said += [text for text in texts if not text.startswith("<state>")]
    return said


async def test_the_log_of_a_call_tells_neither_who_called_nor_what_was_said(center: EngineCenter) -> None:
    phone = await center.answered_phone()
    await phone.speak("Потрібні шини")
    await phone.hear("Які саме?")
    await phone.hang_up()
    await center.ended(phone)

    assert CALLER not in center.engine.log
    assert CALLER.removeprefix("38") not in center.engine.log
    assert KEY not in center.engine.log
    assert not [word for question in CONVERSATION for word in question.split() if word in center.engine.log]


async def test_where_no_voice_is_noticed_the_words_stand_for_it(center: EngineCenter) -> None:
    """The literal callers' noise is no voice to the real voice activity: a line as faint as can be."""
    center.google.speech.recordings = {}
    phone = await center.answered_phone()
    for question in ("Потрібні шини", "Зимові", "Є доставка"):
        await phone.say(question)
        await phone.hear(CONVERSATION[question])
        await phone.hear_out()
    await phone.hang_up()


async def test_whisper_hears_the_callers_where_the_settings_say_so() -> None:
    recordings = await recorded("Потрібні шини", "Зимові")
    async with LanguageEmulator() as whisper:
        whisper.recordings = known_again(recordings)
        settings = {"FF_STT_PROVIDER": "whisper", "WHISPER_BASE_URL": whisper.openai_url, "WHISPER_API_KEY": "whisper"}
        async with engine_center(recordings=recordings, **settings) as center:
            center.language.answer_with(lambda messages: Script(CONVERSATION[last_words(messages)]))
            phone = await center.answered_phone()
            for question in recordings:
                await phone.speak(question)
                await phone.hear(CONVERSATION[question])
                await phone.hear_out()
            await phone.hang_up()
            assert whisper.transcribed == ["Потрібні шини", "Зимові"]
            assert center.google.seen.speech_streams == 0


async def test_another_model_answers_where_the_first_does_not() -> None:
    recordings = await recorded("Потрібні шини", "Зимові")
    async with LanguageEmulator() as openai:
        openai.answer_with(lambda messages: Script(CONVERSATION[last_words(messages)]))
        settings = {"OPENAI_API_KEY": "openai", "OPENAI_BASE_URL": openai.openai_url}
        async with engine_center(recordings=recordings, FF_LLM_ROUTING_ENABLED="true", **settings) as center:
            center.language.answer_with(lambda messages: Script("Слухаю."))
            phone = await center.answered_phone()
            await phone.speak("Потрібні шини")
            await phone.hear("Слухаю.")
            await phone.hear_out()
            await center.language.stop()
            await phone.speak("Зимові")
            await phone.hear(CONVERSATION["Зимові"])
            assert transcript(openai.requests[-1].messages)[-3:] == ["Потрібні шини", "Слухаю.", "Зимові"]
